"""Articles in, records out. Read `extract.py` first, then `pipeline.py`; ARCHITECTURE.md has the map of the rooms."""
