"""Articles in, records out. Read `extract.py` first, then `pipeline.py`; ARCHITECTURE.md describes the subpackages."""
