"""How good the extraction is, measured on annotated corpora; misses count."""
