from __future__ import annotations

from pathlib import Path

import pytest

from extractors.vocabulary.compile import SupplementError, index_names, merge, read_supplement
from extractors.vocabulary.sources import ALIAS, EXACT, LABEL, Entry, drug_subtype, obo_terms

HEADER = "concept_id\tentity_type\tsubtype\tname\tsynonyms\n"


def entry(concept_id: str, name: str, *, kind: tuple[str, str] = ("drug", "small_molecule"), **more: object) -> Entry:
    return Entry(concept_id, *kind, name, more.get("names", {name: LABEL}), set(more.get("xrefs", ())))  # type: ignore[arg-type, call-overload]


def test_entries_of_one_substance_become_one_concept_with_the_preferred_identifier() -> None:
    merged = merge(
        [
            entry("CHEBI:3", "aspirin", names={"ASA tablet": EXACT}),
            entry("DRUGBANK:DB1", "Aspirin", xrefs={"CHEBI:3"}),
            entry("MESH:D1", "Aspirin"),
        ]
    )
    assert [concept.concept_id for concept in merged] == ["DRUGBANK:DB1"]
    assert merged[0].xrefs == {"CHEBI:3", "MESH:D1"}
    assert set(merged[0].names) == {"Aspirin", "ASA tablet"}


def test_entries_without_a_mapping_stay_apart() -> None:
    diseases = [entry(curie, "colitis", kind=("disease", "disease")) for curie in ("MONDO:1", "NCIT:C1")]
    assert len(merge(diseases)) == 2


def test_curated_type_and_name_win() -> None:
    curated = Entry("MESH:D9", "drug", "microbe", "Probiotics", {"Probiotics": 0})
    [merged] = merge([curated, entry("MESH:D9", "Probiotics (food)", kind=("effect", "process"))])
    assert (merged.entity_type, merged.name) == ("drug", "Probiotics")


def test_curated_identifier_that_no_source_has_is_refused() -> None:
    with pytest.raises(SupplementError, match="MESH:D404"):
        merge([Entry("MESH:D404", "drug", "microbe", "x", {"x": 0})])


def test_supplement_names_file_and_line_of_a_wrong_type(tmp_path: Path) -> None:
    path = tmp_path / "supplement.tsv"
    path.write_text(HEADER + "\tdrug\tprotein\tTNF\t\n", encoding="utf-8")
    with pytest.raises(SupplementError, match=r"supplement.tsv:2: 'drug' with subtype 'protein'; expected one of"):
        read_supplement(path)


def test_curated_name_without_identifier_is_typed_but_ungrounded(tmp_path: Path) -> None:
    path = tmp_path / "supplement.tsv"
    path.write_text(HEADER + "\teffect\toutcome\tFlares\tflare|flare-ups\n", encoding="utf-8")
    [found] = read_supplement(path)
    assert found.concept_id == "TEXT:flares"
    assert set(found.names) == {"Flares", "flare", "flare-ups"}


def test_index_orders_candidates_and_leaves_out_what_cannot_be_trusted() -> None:
    concepts = [
        entry("HGNC:1", "gene", kind=("target", "protein"), names={"=CAT": LABEL}),
        entry("MONDO:1", "category", kind=("disease", "disease"), names={"=CAT": ALIAS, "rhinitis": LABEL}),
        entry("CHEBI:1", "water", names={"water": LABEL, "ES": ALIAS}),
    ]
    index = index_names(concepts, stop_names={"water"})
    assert index["=CAT"] == [(0, 0)]  # three capitals are trusted for a target only
    assert index["rhinitis"] == [(1, 0)]
    assert "water" not in index
    assert "=ES" not in index


def test_plural_label_is_found_by_its_singular_too() -> None:
    index = index_names([entry("MESH:D1", "Calcineurin Inhibitors", kind=("drug", "drug_class"))], stop_names=set())
    assert {"calcineurin_inhibitors", "calcineurin_inhibitor"} <= set(index)


@pytest.mark.parametrize(
    ("name", "subtype"),
    [
        ("Adalimumab", "biologic"),
        ("Tofacitinib", "small_molecule"),
        ("Zinc", "nutrient"),
        ("Lactobacillus casei", "microbe"),
        ("calcium channel blocker", "drug_class"),
    ],
)
def test_drug_subtype_by_name(name: str, subtype: str) -> None:
    assert drug_subtype(name) == subtype


def test_obo_terms_are_read_without_obsolete_ones(tmp_path: Path) -> None:
    path = tmp_path / "small.obo"
    path.write_text(
        'format-version: 1.2\n\n[Term]\nid: X:1\nname: alpha cell\nsynonym: "A cell" EXACT []\nxref: MESH:D1\n\n'
        "[Term]\nid: X:2\nname: old\nis_obsolete: true\n\n[Term]\nid: Y:1\nname: other\n",
        encoding="utf-8",
    )
    [term] = obo_terms(path, "X:")
    assert (term.concept_id, term.names, term.xrefs) == (
        "X:1",
        {"alpha cell": LABEL, "A cell": EXACT},
        {"MESH:D1"},
    )
