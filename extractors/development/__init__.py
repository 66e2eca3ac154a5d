"""How are the models made and scored? Annotated corpora (`corpora/`), training (`training/`) and scores
(`evaluation/`). A run does not import any of it. Read `evaluation/relations.py` first.
"""
