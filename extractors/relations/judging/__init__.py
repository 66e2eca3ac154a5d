"""What may be stated, what speaks for it, and what is stated in the end?

`candidates.py` proposes, by rules and by the classifier of pairs; `evidence.py` gathers what speaks for a candidate and
against it; `judge.py` suppresses what the sentence takes back and scores the rest (`confidence.py`). `explanation.py`
puts it in words for `peyer explain`. Read `judge.py` first. Another way of reading is another proposer.
"""
