"""The statistical half of relation extraction: what a sentence says of two names, learned from corpora."""
