"""The two sides that `linking.py` compares: what both get, scispaCy's names, a process for each."""
