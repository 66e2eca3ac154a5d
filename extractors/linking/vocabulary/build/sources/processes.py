"""Biological processes of the Gene Ontology."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractors.linking.vocabulary.build.sources.files import obo_terms, owners_file, pairs
from extractors.linking.vocabulary.entry import Entry, NameKind


def gene_ontology(folder: Path) -> Iterator[Entry]:
    """Return the processes of the Gene Ontology, from its release (go-basic.obo) or from lists made of it."""
    owners = owners_file(folder, "gene-ontology/go-basic.obo*", "gene-ontology/go.obo*")
    entries = _released(owners) if owners else _listed(folder)
    for curie in sorted(entries):
        yield entries[curie]


def _released(path: Path) -> dict[str, Entry]:
    """Read the processes with their names, earlier identifiers and parents."""
    return {
        term.concept_id: Entry(
            term.concept_id, "effect", "process", term.name, term.names, same=_in_go(term.same), parents=term.parents
        )
        for term in obo_terms(path, "GO:", only=lambda lines: "namespace: biological_process" in lines)
    }


def _in_go(curies: set[str]) -> set[str]:
    return {curie for curie in curies if curie.startswith("GO:")}


def _listed(folder: Path) -> dict[str, Entry]:
    """Read the names from lists of 2020, with the parents in MONDO's import of the ontology."""
    labels = {curie: label for curie, label, *_ in pairs(folder / "gene-ontology/go_id_label_mappings_2020-04.tsv.gz")}
    entries: dict[str, Entry] = {}
    for name, curie, *_ in pairs(folder / "gene-ontology/bio_process_clulab.tsv.gz"):
        if curie.startswith("GO:"):
            label = labels.get(curie, name)
            entry = entries.setdefault(curie, Entry(curie, "effect", "process", label, {label: NameKind.PREFERRED}))
            entry.add(name, NameKind.EXACT)
    for term in obo_terms(folder / "gene-ontology/go_import_mondo.obo.gz", "GO:"):
        if term.concept_id in entries:
            entries[term.concept_id].parents |= term.parents
    return entries
