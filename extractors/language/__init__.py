"""How does text become sentences, clauses and trees? Nothing here knows what a drug is. Tokens (`tokenizer.py`),
sentences, abbreviations, lists (`coordination.py`) and clauses, whether a parse can be trusted (`parse.py`; read it
first), inflection, word lists (`lexicon.py`), and the normal form by which names are compared (`normalisation.py`).
"""
