"""How far does a phrase reach? A head noun takes its modifiers and complements into one mention: read `expansion.py`,
which asks the parse (`by_parse.py`) or, where that cannot be trusted, the words (`by_pattern.py`).
"""
