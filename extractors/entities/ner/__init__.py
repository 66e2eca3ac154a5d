"""Which names does the bundled model recognise? Features of tokens, a network with one CRF head for each guideline, and
their decoding. Read `recogniser.py` first.
"""
