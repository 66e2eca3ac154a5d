"""How the vocabulary is compiled from its owners' files: `compile.py` reads `sources/`, a module for each owner."""
