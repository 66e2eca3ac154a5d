"""Outcome measures of clinical trials in immunology; they have identifiers of this project only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from extractors.linking.vocabulary.build.sources.files import table
from extractors.linking.vocabulary.entry import Entry, NameKind
from extractors.linking.vocabulary.supplement import own_curie
from extractors.records import ADVERSE_EFFECT

OUTCOMES = "immunology-outcomes/outcome_measures.tsv"
_LEFT_OUT = frozenset({"biomarker"})
"""Kinds that are substances in blood, not measures; MeSH and the genes have them."""


def outcomes(folder: Path) -> Iterator[Entry]:
    """Yield the measures; short forms in capitals alone are looked up, but not searched for (CDAI, PGA, ACT)."""
    if not (folder / OUTCOMES).is_file():
        return
    rows = [row for row in table(folder / OUTCOMES) if row["kind"] not in _LEFT_OUT]
    shared = Counter(name for row in rows for name in row["other_names"].split("|"))
    for row in rows:
        subtype = ADVERSE_EFFECT if row["kind"] == "safety" else "outcome"
        entry = Entry(own_curie(row["name"]), "effect", subtype, row["name"], {row["name"]: NameKind.PREFERRED})
        for name in row["other_names"].split("|"):
            if name and shared[name] == 1:
                is_short = name.isupper() and name.isalpha() and len(name) < 5
                entry.add(name, NameKind.ABBREVIATION if is_short else NameKind.EXACT)
                entry.undetected |= {name} if is_short else set()
        yield entry
