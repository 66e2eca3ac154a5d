"""Which of our predicates the label of a corpus means (`data/corpus_predicates.tsv`)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from extractors.data import data_file

TABLE = data_file("relations/corpus_predicates.tsv")


@cache
def corpus_predicates() -> Mapping[tuple[str, str, str, str], str]:
    """Return guideline, label, kind of the first and of the second name -> predicate; other labels mean none."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return {(row["guideline"], row["label"], row["first"], row["second"]): row["predicate"] for row in rows}
