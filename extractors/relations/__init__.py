"""Who does what to whom? `extractor.py` is the component, read it first.

Triggers (`triggers.py`, `rules.py`) find their arguments (`arguments/`), negation and hedging (`assertion/`) and the
predicate (`predicates.py`, `polarity.py`); classifiers (`classifier/`) read pairs of mentions; `judging/` decides what
is stated, with which score. `document_level.py` relates what no one sentence does.
"""
