"""What substances are called is added to the drugs that they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.linking.vocabulary.build.attach import Register, add_brands, attach_all, salts_last, without_salt
from extractors.linking.vocabulary.build.duplicates import (
    fold_namesakes,
    fold_salts,
    give_names_one_meaning,
    give_references_one_owner,
)
from extractors.linking.vocabulary.entry import Entry, NameKind


def drug(concept_id: str, name: str, *names: str, xrefs: set[str] | None = None) -> Entry:
    entry = Entry(concept_id, "drug", "small_molecule", name, {name: NameKind.PREFERRED}, xrefs=xrefs or set())
    for each in names:
        entry.add(each, NameKind.BRAND if each.startswith("=") else NameKind.EXACT)
    return entry


def target(concept_id: str, name: str, *names: str) -> Entry:
    entry = Entry(concept_id, "target", "protein", name, {f"={name}": NameKind.PREFERRED})
    for each in names:
        entry.add(each, NameKind.EXACT)
    return entry


@pytest.fixture
def withheld(tmp_path: Path) -> Path:
    path = tmp_path / "withheld.tsv"
    path.write_text("name\treason\nPrism\tordinary word\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Filgotinib hydrochloride", "Filgotinib"),
        ("crenolanib besilate hydrate", "crenolanib"),
        ("Zinc sulfate", None),
        ("sodium chloride", None),
        ("adenosine phosphate", None),
        ("tofacitinib", None),
    ],
)
def test_a_salt_is_its_drug_but_not_its_element(name: str, bare: str | None) -> None:
    assert without_salt(name) == bare


def test_brand_and_code_of_a_salt_become_names_of_the_drug(withheld: Path) -> None:
    register = Register([drug("DRUGBANK:DB1", "Filgotinib")], withheld=withheld)
    attach_all(register, [drug("UNII:A", "Filgotinib hydrochloride", "GLPG0634", "=Jyseleca")])
    [filgotinib] = register.concepts
    assert {"GLPG0634", "=Jyseleca"} <= set(filgotinib.names)
    assert "UNII:A" in filgotinib.xrefs


def test_a_substance_is_found_by_its_identifier_before_its_name(withheld: Path) -> None:
    register = Register([drug("DRUGBANK:DB1", "Drugone", xrefs={"UNII:A"}), drug("DRUGBANK:DB2", "Drugtwo")])
    attach_all(register, [drug("UNII:A", "Drugtwo", "XYZ-12345")])
    assert {concept.concept_id: "XYZ-12345" in concept.names for concept in register.concepts} == {
        "DRUGBANK:DB1": True,
        "DRUGBANK:DB2": False,
    }


def test_a_name_that_a_target_has_or_that_is_a_word_is_not_taken(withheld: Path) -> None:
    register = Register([target("HGNC:1", "GPNMB"), drug("DRUGBANK:DB1", "Drugone")], withheld=withheld)
    attach_all(register, [drug("UNII:A", "Drugone", "GPNMB", "=Prism")])
    assert set(register.concepts[1].names) == {"Drugone"}


def test_a_salt_whose_drug_comes_later_in_the_list_is_still_the_drug(withheld: Path) -> None:
    register = Register([], withheld=withheld)
    attach_all(register, salts_last([drug("UNII:A", "Newdrug mesylate", "AB-12345"), drug("UNII:B", "Newdrug")]))
    [only] = register.concepts
    assert (only.concept_id, "AB-12345" in only.names) == ("UNII:B", True)


def test_a_pair_that_reviewers_refused_stays_apart(withheld: Path) -> None:
    register = Register([drug("CHEBI:1", "Samename")], withheld=withheld)
    attach_all(register, [drug("MESH:C1", "Samename", "othername")], refused={frozenset(("MESH:C1", "CHEBI:1"))})
    assert {concept.concept_id for concept in register.concepts} == {"CHEBI:1", "MESH:C1"}


def test_a_brand_goes_to_its_generic_and_that_of_two_drugs_to_their_combination(withheld: Path) -> None:
    register = Register([drug("DRUGBANK:DB1", "Amlodipine"), drug("DRUGBANK:DB2", "Benazepril")], withheld=withheld)
    add_brands(
        register,
        [("Norvasc", ["Amlodipine Besylate"]), ("Lotrel", ["Amlodipine Besylate/Benazepril"]), ("Odd", ["Unknown"])],
    )
    having = {name: concept for concept in register.concepts for name in concept.names}
    assert having["=Norvasc"].concept_id == "DRUGBANK:DB1"
    assert having["=Lotrel"].name == "amlodipine, benazepril drug combination"
    assert having["=Lotrel"].parents == {"DRUGBANK:DB1", "DRUGBANK:DB2"}
    assert "=Odd" not in having


def test_a_salt_that_has_a_heading_of_its_own_is_folded_into_the_drug() -> None:
    folded = fold_salts([drug("DRUGBANK:DB1", "Quetiapine"), drug("MESH:D1", "Quetiapine Fumarate")])
    assert [(concept.concept_id, "MESH:D1" in concept.same) for concept in folded] == [("DRUGBANK:DB1", True)]


def test_a_heading_with_the_name_of_a_gene_is_the_gene_but_a_family_is_not() -> None:
    gene = target("HGNC:12665", "VCL", "vinculin")
    heading = Entry("MESH:D1", "target", "protein", "Vinculin", {"Vinculin": NameKind.PREFERRED})
    below = Entry("MESH:D2", "target", "protein", "metavinculin", {"metavinculin": NameKind.PREFERRED})
    assert [concept.concept_id for concept in fold_namesakes([gene, heading])] == ["HGNC:12665"]
    below.parents = {"MESH:D1"}
    gene, heading = target("HGNC:12665", "VCL", "vinculin"), heading.copied()
    assert len(fold_namesakes([gene, heading, below])) == 3


def test_namesakes_of_one_vocabulary_stay_apart() -> None:
    assert len(fold_namesakes([drug("CHEBI:1", "catechin"), drug("CHEBI:2", "catechin")])) == 2


def test_the_label_of_one_concept_is_only_a_related_name_of_another() -> None:
    one, other = drug("CHEBI:1", "colestipol"), drug("CHEBI:2", "resin", "colestipol")
    give_names_one_meaning([one, other])
    assert (one.names["colestipol"], other.names["colestipol"]) == (NameKind.PREFERRED, NameKind.RELATED)


def test_a_reference_belongs_to_the_concept_that_is_known_by_it() -> None:
    one, other = drug("CHEBI:1", "one"), drug("DRUGBANK:DB1", "two", xrefs={"CHEBI:1", "CAS:1"})
    give_references_one_owner([one, other])
    assert other.xrefs == {"CAS:1"}
