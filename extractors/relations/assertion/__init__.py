"""Is a statement negated or hedged (`negation_and_hedging.py`); where was it studied (`study_context.py`)?"""
