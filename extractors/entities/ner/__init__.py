"""The recogniser of the bundled model: features of tokens, a tagger with one head per guideline, its decoding."""
