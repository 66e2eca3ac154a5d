"""Which concept is meant? `grounder.py` looks a name up in the compiled vocabulary (`vocabulary/lookup.py`), form by
form; read it first. `scispacy_linker.py` is the alternative: scispaCy's linker.
"""
