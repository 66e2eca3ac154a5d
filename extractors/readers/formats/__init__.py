"""One module a format: marked-up text to blocks (`blocks.py`). Read `text.py` first; a new format is a new module,
named in `read.py`.
"""
