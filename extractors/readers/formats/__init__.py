"""How does a file of one format become blocks (`blocks.py`)? One module for each format; read `text.py` first. A new
format is a new module, registered in `read.py`.
"""
