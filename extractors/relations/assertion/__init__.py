"""Is it asserted, denied or supposed (`negation_and_hedging.py`), and where was it studied (`study_context.py`)?"""
