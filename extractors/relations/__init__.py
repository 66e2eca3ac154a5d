"""Who does what to whom? `extractor.py` is the component, read it first: triggers (`triggers.py`, `rules.py`), their
arguments (`arguments/`), negation and hedging (`assertion/`), the predicate (`predicates.py`), the classifiers of
pairs (`classifier/`) and the score (`confidence.py`). `document_level.py` relates what no one sentence does.
"""
