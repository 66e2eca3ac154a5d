"""Maps the labels of corpora to our predicates (`data/relations/corpus_predicates.tsv`)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from extractors.data import data_file

TABLE = data_file("relations/corpus_predicates.tsv")


@cache
def corpus_predicates() -> Mapping[tuple[str, str, str, str], str]:
    """Return (guideline, label, kind of the first name, kind of the second) -> predicate; other labels map to none."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return {(row["guideline"], row["label"], row["first"], row["second"]): row["predicate"] for row in rows}
