"""Finds concepts of one type that share what should belong to one: a sure name, or a reference to another vocabulary.

A sure name is a label or an exact synonym. Names are compared as the lookup compares them, but with the signs that tell
isomers apart. What is meant to be shared is explained in `EXPLAINED`, a pair or a kind of pairs in each row.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from extractors.data import data_file
from extractors.linking.vocabulary.beside import BESIDE_FOLDERS
from extractors.linking.vocabulary.build.duplicates import sign_key
from extractors.linking.vocabulary.entry import NameKind
from extractors.linking.vocabulary.index import CONCEPTS_FILE

EXPLAINED = data_file("linking/build/explained_namesakes.tsv")
_SURE = {str(int(kind)) for kind in (NameKind.PREFERRED, NameKind.EXACT)}


class Shared(NamedTuple):
    """Two concepts of a type, with a name or reference that both have."""

    entity_type: str
    kind: str
    """`label` (of both), `name` (a synonym of one or both), or `reference`."""
    what: str
    one: str
    other: str


class Explanation(NamedTuple):
    """Why concepts share something; fields may end in `*`, which stands for anything that begins so."""

    entity_type: str
    kind: str
    what: str
    one: str
    other: str
    reason: str

    def covers(self, shared: Shared) -> bool:
        """Whether it is about two concepts and what they share."""
        patterns = zip((self.entity_type, self.kind, self.what), shared[:3], strict=True)
        if not all(_fits(pattern, text) for pattern, text in patterns):
            return False
        pair = (shared.one, shared.other)
        return any(_fits(self.one, one) and _fits(self.other, other) for one, other in (pair, pair[::-1]))


def _fits(pattern: str, text: str) -> bool:
    return text.startswith(pattern[:-1]) if pattern.endswith("*") else text == pattern


def read_explanations(path: Path = EXPLAINED) -> list[Explanation]:
    """Return the reviewed explanations."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [Explanation(**row) for row in csv.DictReader(lines, delimiter="\t")]


def shared_identities(folder: Path) -> Iterator[Shared]:
    """Yield every pair of concepts of the vocabulary in `folder` that share a sure name or a reference."""
    labels: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    references: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in _rows(folder):
        concept_id, entity_type, _, label, xrefs, _, synonyms = row
        labels[entity_type, sign_key(label)][concept_id] = True
        for synonym in synonyms.split("|"):
            if synonym[:1] in _SURE:
                labels[entity_type, sign_key(synonym[1:])].setdefault(concept_id, False)
        for curie in (concept_id, *xrefs.split("|")):
            if curie:
                references[entity_type, curie].add(concept_id)
    for (entity_type, name), having in labels.items():
        for one, other in combinations(sorted(having), 2):
            yield Shared(entity_type, "label" if having[one] and having[other] else "name", name, one, other)
    for (entity_type, curie), owners in references.items():
        for one, other in combinations(sorted(owners), 2):
            yield Shared(entity_type, "reference", curie, one, other)


def unexplained(shared: Sequence[Shared], explanations: Sequence[Explanation]) -> list[Shared]:
    """Return what no explanation covers."""
    return [each for each in shared if not any(explanation.covers(each) for explanation in explanations)]


def _rows(folder: Path) -> Iterator[list[str]]:
    for place in (folder, *(folder / name for name in BESIDE_FOLDERS)):
        path = place / CONCEPTS_FILE
        if path.is_file():
            for line in gzip.decompress(path.read_bytes()).decode().split("\n")[1:]:
                yield line.split("\t")
