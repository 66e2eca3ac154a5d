"""How good is the extraction? Scores on annotated corpora and passages; misses count. Read `relations.py` first."""
