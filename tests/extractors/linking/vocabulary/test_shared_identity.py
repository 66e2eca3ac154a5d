"""`peyer vocab check`: concepts that share a sure name or a reference."""

from __future__ import annotations

from pathlib import Path

from extractors.linking.vocabulary.build.output import write_vocabulary
from extractors.linking.vocabulary.entry import Entry, NameKind
from extractors.linking.vocabulary.index import index_names
from extractors.linking.vocabulary.shared_identity import Explanation, Shared, shared_identities, unexplained

VERSIONS = "prefix\tfolder\tsource\tversion\tlicence\n"


def compiled(folder: Path, *entries: Entry) -> Path:
    write_vocabulary(folder, entries, index_names(entries), VERSIONS)
    return folder


def drug(concept_id: str, name: str, names: dict[str, NameKind], xrefs: set[str] | None = None) -> Entry:
    return Entry(concept_id, "drug", "small_molecule", name, {name: NameKind.PREFERRED, **names}, xrefs=xrefs or set())


def test_a_shared_synonym_and_a_shared_reference_are_found(tmp_path: Path) -> None:
    one = drug("CHEBI:1", "one", {"dosulepin": NameKind.EXACT, "loose": NameKind.RELATED}, {"CAS:1"})
    other = drug("CHEBI:2", "Dosulepin", {"loose": NameKind.RELATED}, {"CAS:1"})
    assert list(shared_identities(compiled(tmp_path, one, other))) == [
        Shared("drug", "name", "dosulepin", "CHEBI:1", "CHEBI:2"),
        Shared("drug", "reference", "CAS:1", "CHEBI:1", "CHEBI:2"),
    ]


def test_isomers_are_told_apart_by_their_signs(tmp_path: Path) -> None:
    folder = compiled(tmp_path, drug("CHEBI:1", "(+)-catechin", {}), drug("CHEBI:2", "(-)-catechin", {}))
    assert list(shared_identities(folder)) == []


def test_an_explanation_covers_a_pair_whichever_comes_first() -> None:
    shared = [Shared("drug", "reference", "UMLS:1", "CHEBI:1", "MESH:D1"), Shared("drug", "label", "x", "A:1", "B:1")]
    assert (
        unexplained(shared, [Explanation("drug", "reference", "UMLS:*", "MESH:*", "CHEBI:*", "coarse")]) == shared[1:]
    )
