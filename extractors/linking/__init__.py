"""Which concept is meant? `grounder.py` looks a name up in the compiled vocabulary (`vocabulary/lookup.py`), form by
form; `scispacy_linker.py` puts scispaCy's linker in its place.
"""
