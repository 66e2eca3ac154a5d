"""Numbers of MeSH's supplementary records, which the table of headings lacks, by the names that corpora give them.

The table is made by `python -m extractors.training.mesh_records`; where a folder of sources has NLM's own file of
supplementary records, that counts instead. A record whose name a concept has is one of its cross-references, also where
MeSH has since made it a heading; any other is a concept of its own.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from extractors.vocabulary.entry import RANK, Entry, NameKind
from extractors.vocabulary.keys import key
from extractors.vocabulary.sources.drugs import drug_subtype

RECORDS = Path(__file__).parents[1] / "data" / "mesh_records.tsv"
_SURE = RANK[NameKind.EXACT]


def add_records(concepts: Sequence[Entry], path: Path = RECORDS) -> list[Entry]:
    """Return the concepts with the records of `path`; names of the new ones are looked up, not looked for in a text."""
    having: dict[str, list[tuple[int, str, Entry]]] = {}
    taken = set()
    for concept in concepts:
        taken |= {concept.concept_id, *concept.same, *concept.xrefs}
        if concept.entity_type in ("drug", "target"):
            for name, kind in concept.names.items():
                rank = 0 if name in concept.curated_names else RANK[kind]
                if rank <= _SURE:
                    known = having.setdefault(key(name.lstrip("=").lower()), [])
                    known.append((rank, concept.concept_id, concept))
    added = []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if row["concept_id"] in taken:
                continue
            names = row["names"].split("|")
            found = next((having[key(name.lower())] for name in names if key(name.lower()) in having), None)
            if found:
                min(found)[2].xrefs.add(row["concept_id"])
            else:
                entry = Entry(row["concept_id"], "drug", drug_subtype(names[0]), names[0], {})
                for place, name in enumerate(names):
                    entry.add(name, NameKind.EXACT if place else NameKind.PREFERRED)
                entry.undetected = set(entry.names)
                added.append(entry)
    return sorted([*concepts, *added], key=lambda concept: concept.concept_id)
