"""What do whole texts state, by careful readers? `texts.py` reads the tables; README.md says how they came."""
