"""How are the models trained, and on which texts? `__main__.py` has the steps and `sources.py` the corpora;
`overlaps.py` keeps out every text that is scored on. Read `__main__.py` first.
"""
