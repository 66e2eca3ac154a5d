"""Which names are known, and what do they mean? Read `lookup.py`, which finds names in the compiled vocabulary;
`build/` compiles it.
"""
