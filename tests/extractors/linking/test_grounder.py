from __future__ import annotations

import pytest

from extractors.linking.grounder import Grounder, _forms
from extractors.linking.vocabulary.entry import Entry, NameKind
from extractors.linking.vocabulary.lookup import Vocabulary


@pytest.fixture(scope="module")
def grounder() -> Grounder:
    return Grounder(Vocabulary())


def found(grounder: Grounder, name: str, *types: str, **more: object) -> tuple[str | None, str]:
    grounding = grounder.ground(name, types, **more)  # type: ignore[arg-type]
    number = grounding.concept_no
    return (grounder.vocabulary.concept(number).concept_id if number >= 0 else None), grounding.method


@pytest.mark.parametrize("name", ["TNF", "TNF-α", "TNF-alpha", "tumour necrosis factor alpha", "TNFα", "TNF- α"])
def test_spellings_of_one_name_are_one_concept(grounder: Grounder, name: str) -> None:
    assert found(grounder, name, "target") == ("HGNC:11892", "exact")


@pytest.mark.parametrize(
    ("name", "entity_type", "concept_id", "method"),
    [
        ("tumor", "disease", "MONDO:0005070", "exact"),
        ("tumours", "disease", "MONDO:0005070", "exact"),
        ("failure of the kidneys", "disease", "MONDO:0001106", "word_order"),
        ("methotrexate sodium", "drug", "DRUGBANK:DB00563", "exact"),
        ("methotrexate tosylate", "drug", "DRUGBANK:DB00563", "salt"),
        ("Jyseleca", "drug", "DRUGBANK:DB14845", "exact"),
        ("GLPG-0634", "drug", "DRUGBANK:DB14845", "exact"),
        ("b-catenin", "target", "HGNC:2514", "species"),
        ("TGF-b1", "target", "HGNC:11766", "species"),
        ("sFas", "target", "HGNC:11920", "species"),
        ("murine IL-6", "target", "HGNC:6018", "species"),
        ("hypertensive", "disease", "MONDO:0005044", "exact"),
        ("methotrexte", "drug", "DRUGBANK:DB00563", "fuzzy"),
        ("gastric and ovarian cancer", "disease", "MONDO:0008170", "member"),
        ("anti-IL-31 antibodies", "drug", "PEYER:il_31_inhibitors", "derived"),
        ("avascular necrosis of the femoral head", "disease", "MONDO:0012126", "exact"),
        ("incontinence", "effect", "MESH:D014549", "exact"),
        ("postoperative psoriasis", "disease", "MONDO:0005083", "broader"),
    ],
)
def test_forms_of_a_name_lead_to_its_concept(
    grounder: Grounder, name: str, entity_type: str, concept_id: str, method: str
) -> None:
    assert found(grounder, name, entity_type) == (concept_id, method)


@pytest.mark.parametrize(
    ("name", "kind", "forms"),
    [
        (
            "tofacitinib citrate",
            "drug",
            [
                ("salt", "tofacitinib"),
                ("salt", "tofacitinib citrate hydrochloride"),
                ("salt", "tofacitinib citrate sodium"),
            ],
        ),
        ("L-lysin", "drug", [("salt", "L-lysin hydrochloride"), ("salt", "L-lysin sodium"), ("salt", "lysin")]),
        ("human IL-6", "target", [("species", "IL 6")]),
        ("mTOR", "target", [("species", "TOR")]),
        ("IL1b", "target", [("species", "IL1beta"), ("species", "IL1")]),
        ("cardiac arrhythmogenesis", "effect", []),
        ("psoriatic", "effect", [("derived", "psoriatia"), ("derived", "psoriaty"), ("derived", "psoriates")]),
        ("one two three four five six seven eight nine ten eleven", "effect", []),
        ("", "drug", []),
    ],
)
def test_forms_of_a_name_come_in_the_order_of_trust(name: str, kind: str, forms: list[tuple[str, str]]) -> None:
    found = list(_forms(name, kind))
    assert found[: len(forms)] == forms
    assert forms or not found


def test_a_disease_may_lack_the_noun_that_ends_its_name_or_have_it_added() -> None:
    forms = list(_forms("Crohn's disease", "disease"))
    assert forms[-1] == ("derived", "Crohn's")
    assert ("derived", "Crohn's disease syndrome") in forms
    assert ("derived", "") not in _forms("disease", "disease"), "a bare noun is not left out"


def test_a_form_is_trusted_less_than_the_name_itself(grounder: Grounder) -> None:
    exact, fuzzy = (grounder.ground(name, ("drug",)).score for name in ("methotrexate", "methotrexte"))
    assert 0.5 <= fuzzy < exact == 1.0


@pytest.mark.parametrize(
    ("name", "entity_type", "reason"),
    [
        ("xyzzylimab", "drug", "not_in_vocabulary"),
        ("dostarlimabe", "drug", "not_in_vocabulary"),
        ("qqqq syndrome-like thing", "drug", "not_in_vocabulary"),
        ("asthma", "drug", "other_type"),
    ],
)
def test_what_is_not_known_stays_ungrounded(grounder: Grounder, name: str, entity_type: str, reason: str) -> None:
    assert found(grounder, name, entity_type) == (None, reason)


def test_a_new_name_by_an_inn_stem_is_taken_for_no_older_one(grounder: Grounder) -> None:
    """A drug that differs in one letter from another is another drug."""
    assert found(grounder, "tocilizumab", "drug")[0] == "DRUGBANK:DB06273"
    assert found(grounder, "tociliyumab", "drug") == (None, "not_in_vocabulary")


@pytest.mark.parametrize(
    ("long_form", "concept_id"),
    [("irritable bowel syndrome", "MONDO:0005052"), ("ichthyosis bullosa of Siemens", "MONDO:0007813")],
)
def test_an_abbreviation_means_what_the_article_says(grounder: Grounder, long_form: str, concept_id: str) -> None:
    assert found(grounder, "IBS", "disease", long_forms={"IBS": long_form}) == (concept_id, "abbreviation")


def test_an_abbreviation_of_something_unknown_means_nothing_else(grounder: Grounder) -> None:
    unknown = {"IBS": "implausible blue sofa"}
    assert found(grounder, "IBS", "disease", long_forms=unknown) == (None, "abbreviation_of_unknown")


def test_abbreviations_within_a_name_are_written_out(grounder: Grounder) -> None:
    defined = {"RA": "rheumatoid arthritis"}
    assert found(grounder, "juvenile RA", "disease", long_forms=defined)[0] is not None


def test_a_name_that_several_concepts_have_by_the_same_right_means_none_of_them() -> None:
    def gene(number: int, *more: str) -> Entry:
        names = {f"gene number {number}": NameKind.PREFERRED, "=XYZ9": NameKind.ALIAS}
        names |= dict.fromkeys(more, NameKind.EXACT)
        return Entry(f"USER:{number}", "target", "protein", f"gene number {number}", names)

    vocabulary = Vocabulary(added=[gene(1), gene(2)])
    grounder = Grounder(vocabulary)
    candidates = vocabulary.candidates("XYZ9")
    assert len(candidates) == 2
    assert grounder.choose(candidates).method == "ambiguous"
    elsewhere = {vocabulary.number("USER:2")}
    assert grounder.choose(candidates, elsewhere).concept_no == vocabulary.number("USER:2")


def test_a_concept_with_an_identifier_in_the_namespace_is_preferred(grounder: Grounder) -> None:
    number = grounder.ground("colitis", ("disease",), namespace="MESH:").concept_no
    assert grounder.vocabulary.identifiers(number, "MESH:") == ["MESH:D003092"]
