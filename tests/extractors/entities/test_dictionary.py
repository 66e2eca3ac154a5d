from __future__ import annotations

import pytest
from hand_made_docs import in_sentences, mention, read, sentence
from spacy.tokens import Span

from extractors.annotations import FoundMention
from extractors.entities.dictionary import ArticleNames, KnownNames
from extractors.linking.grounder import Grounder
from extractors.linking.vocabulary.lookup import bundled_vocabulary


@pytest.fixture(scope="module")
def names() -> KnownNames:
    return KnownNames(bundled_vocabulary(), Grounder(bundled_vocabulary()))


def kinds(span: Span, mentions: list[FoundMention]) -> dict[str, str]:
    return {span.doc[m.start : m.end].text: m.subtype or m.entity_type for m in mentions}


def test_known_names_are_found_as_they_are_written(names: KnownNames) -> None:
    span = sentence("Infliximab lowers TNF-α in Crohn's disease.")
    found = kinds(span, names.find_as_written(span, ArticleNames()))
    assert found["Infliximab"] == "biologic"
    assert found["TNF-α"] == "protein"
    assert found["Crohn's disease"] == "disease"


def test_names_are_found_in_their_own_sentence(names: KnownNames) -> None:
    first, second = read("Infliximab works. Zinc does not.").sents
    assert list(kinds(second, names(second, ArticleNames()))) == ["Zinc"]
    assert list(kinds(first, names(first, ArticleNames()))) == ["Infliximab"]


def test_a_full_stop_within_the_last_token_ends_no_name(names: KnownNames) -> None:
    span = sentence("It treats hepatitis C.")
    found = names(span, ArticleNames())
    assert any(span.doc[m.start : m.end].text.startswith("hepatitis C") for m in found)


def test_what_an_article_defines_goes_before_the_vocabulary(names: KnownNames) -> None:
    span = sentence("GALT is large.")
    assert kinds(span, names(span, ArticleNames())) == {"GALT": "protein"}
    assert names(span, ArticleNames(defined={0: (1, None)})) == []
    meaning = mention(span, "GALT", "target", "structure", concept_no=5, method="exact")
    (found,) = names(span, ArticleNames(defined={0: (1, meaning)}))
    assert (found.subtype, found.concept_no, found.method) == ("structure", 5, "abbreviation")


def test_a_name_of_a_trial_is_none(names: KnownNames) -> None:
    span = sentence("The GALT study was long.")
    assert names(span, ArticleNames()) == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The TNF superfamily is large.", "TNF superfamily", "protein_family"),
        ("Depression is common.", "Depression", "disease"),
        ("ST-segment depression is common.", "depression", "function"),
        ("Depression of cardiac output is common.", "Depression of cardiac output", "function"),
        ("Depression of severe kind is common.", "Depression", "disease"),
    ],
)
def test_the_noun_beside_a_name_may_change_what_it_means(names: KnownNames, text: str, name: str, kind: str) -> None:
    span = sentence(text)
    assert kinds(span, names(span, ArticleNames()))[name] == kind


def test_depression_in_the_next_sentence_is_not_lowered_by_the_one_before(names: KnownNames) -> None:
    _, second = in_sentences("They took marrow", "Depression is common .")
    assert kinds(second, names(second, ArticleNames()))["Depression"] == "disease"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Patients took povorcitinib.", {"povorcitinib": "small_molecule"}),
        ("Patients took zanubilimab.", {"zanubilimab": "biologic"}),
        ("It is rhinoconjunctivitis.", {"rhinoconjunctivitis": "disease"}),
        ("The compound H-151 works.", {"H-151": "small_molecule"}),
        ("Treatment with H-151 works.", {"H-151": "small_molecule"}),
        ("The H-151 inhibits it.", {"H-151": "small_molecule"}),
        ("The H-151 inhibiting it.", {}),
        ("Room H-151 is large.", {}),
        ("CD20 inhibits it.", {}),
    ],
)
def test_form_of_a_word_and_its_neighbours_make_it_a_name(text: str, expected: dict[str, str]) -> None:
    span = sentence(text)
    assert kinds(span, KnownNames.find_by_form(span)) == expected


def test_neighbours_of_a_code_stand_in_its_sentence() -> None:
    _, second = in_sentences("It is a compound", "H-151 is large .")
    assert KnownNames.find_by_form(second) == []


@pytest.mark.parametrize(
    ("text", "protein", "expected"),
    [
        ("An anti-CD38 antibody works.", "CD38", ["anti-CD38 antibody"]),
        ("Anti-TNFs work.", "TNFs", ["Anti-TNFs"]),
        ("Anti-IL-12/23 antibodies work.", "IL-12", ["Anti-IL-12/23 antibodies"]),
        ("Anti-CD38 was low.", "CD38", []),
        ("Anti-MuSK antibodies rose.", "MuSK", []),
        ("CD38 antibodies work.", "CD38", []),
    ],
)
def test_antibodies_to_a_protein_are_drugs(names: KnownNames, text: str, protein: str, expected: list[str]) -> None:
    span = sentence(text)
    found = names.find_antibodies([mention(span, protein, "target", "protein")], span)
    assert [span.doc[m.start : m.end].text for m in found] == expected
