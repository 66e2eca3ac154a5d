"""What does a sentence name? `mentions.py` is the component, read it first: it merges the names of the vocabulary
(`dictionary.py`), of the language model (`ner/`, `external_models.py`, `merging.py`) and the phrases on a head noun
(`boundaries/`).
"""
