"""How probable is it that two mentions are related? In a sentence `pairs.py`, in a document `document_pairs.py`."""
