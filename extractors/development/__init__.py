"""How are the models made and scored? Annotated corpora (`corpora/`), training, evaluation. Nothing here is imported
by a user's run. `evaluation/relations.py` is the place to start.
"""
