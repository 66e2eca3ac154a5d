"""What does a sentence state of each pair of its mentions? A trained reader answers for all pairs at once.

`pairs.py` says which pairs may be related, `inputs.py` turns a Doc and its pairs into arrays, `network.py` gives each
pair the probabilities of its predicates and flags, `reader.py` puts them together. Read `reader.py` first. The network
is trained by `development/training/statement_reader.py`.
"""
