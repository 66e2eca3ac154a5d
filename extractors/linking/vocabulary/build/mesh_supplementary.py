"""MeSH numbers and names that corpora link to, and that the tables of headings lack.

`python -m extractors.development.training.mesh_records` makes the table; if a folder of sources has NLM's own file of
supplementary records, that is used instead. If a concept without a MeSH number has the name, the number becomes one of
its cross-references (of a drug also the number of a supplementary record that is now a heading). A name that no concept
has is added to the concept with the number, and a supplementary record without a concept becomes a new one. All these
names are looked up, but not searched for in a text.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from extractors.data import data_file
from extractors.language.normalisation import key
from extractors.linking.vocabulary.build.sources.drugs import drug_subtype
from extractors.linking.vocabulary.entry import RANK, Entry, NameKind

RECORDS = data_file("linking/build/mesh_records.tsv")
_SURE = RANK[NameKind.EXACT]
_TYPES = {"drug": ("drug", "target"), "disease": ("disease", "effect")}


class _Known:
    """Index of the concepts of a kind by name, best first, and by MeSH number."""

    def __init__(self, concepts: Sequence[Entry]) -> None:
        self._having: dict[tuple[str, str], list[tuple[int, str, Entry]]] = defaultdict(list)
        self.numbered: dict[str, Entry] = {}
        for concept in concepts:
            for curie in (concept.concept_id, *sorted(concept.same), *sorted(concept.xrefs)):
                self.numbered.setdefault(curie, concept)
            for name, kind in concept.names.items():
                rank = 0 if name in concept.curated_names else RANK[kind]
                self._having[_spelled(name), concept.entity_type].append((rank, concept.concept_id, concept))

    def having(self, name: str, kind: str) -> list[tuple[int, str, Entry]]:
        return sorted(each for of_type in _TYPES[kind] for each in self._having.get((_spelled(name), of_type), ()))


def add_records(concepts: Sequence[Entry], path: Path = RECORDS) -> list[Entry]:
    """Return the concepts with the numbers and names in `path` added, and those of new supplementary records."""
    known = _Known(concepts)
    added = []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            curie, kind, names = row["concept_id"], row["kind"], row["names"].split("|")
            owner = known.numbered.get(curie)
            if owner is None and not _find_owner(known, curie, kind, names) and kind == "drug" and "MESH:C" in curie:
                added.append(_record(curie, names))
            elif owner is not None and owner.entity_type in _TYPES[kind]:
                for name in names:
                    if not known.having(name, kind):
                        owner.add(name, NameKind.ALIAS)
                        owner.undetected.add(name)
                    elif not _has_number(known.having(name, kind)[0][2]):
                        known.having(name, kind)[0][2].xrefs.add(curie)
    return sorted([*concepts, *added], key=lambda concept: concept.concept_id)


def _find_owner(known: _Known, curie: str, kind: str, names: Sequence[str]) -> bool:
    """Add a number that no concept has as a cross-reference to the concept that has one of its names as a sure one."""
    for name in names:
        sure = [concept for rank, _, concept in known.having(name, kind) if rank <= _SURE]
        if sure and ((kind == "drug" and "MESH:C" in curie) or not _has_number(sure[0])):
            sure[0].xrefs.add(curie)
            return True
    return False


def _has_number(concept: Entry) -> bool:
    return any(curie.startswith("MESH:") for curie in (concept.concept_id, *concept.same, *concept.xrefs))


def _record(curie: str, names: Sequence[str]) -> Entry:
    entry = Entry(curie, "drug", drug_subtype(names[0]), names[0], {names[0]: NameKind.PREFERRED})
    for name in names[1:]:
        entry.add(name, NameKind.EXACT)
    entry.undetected = set(entry.names)
    return entry


def _spelled(name: str) -> str:
    return key(name).lstrip("=").lower()
