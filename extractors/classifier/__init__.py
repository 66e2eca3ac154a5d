"""The statistical half of relation extraction: what a sentence says of two names, by a network trained on corpora."""
