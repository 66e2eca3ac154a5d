"""What may be stated, what speaks for it, and what is stated in the end?

`candidates.py` proposes what the rules find; `judge.py` suppresses what the sentence takes back and states what the
statement reader (`statement_reader/`) finds probable. `explanation.py` puts it in words for `peyer explain`. Read
`judge.py` first.
"""
