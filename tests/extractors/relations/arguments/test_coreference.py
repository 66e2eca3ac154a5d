from __future__ import annotations

import pytest
from argument_sentences import marked

from extractors.relations.arguments.coreference import (
    antecedent_drugs,
    is_anaphoric,
    is_demonstrative_name,
    keeps_topic,
    names_several,
    resolve_former_latter,
)

TWO = "<drug:Abatacept> and <drug:belatacept>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They reduced fever .", True),
        ("However , it reduced fever .", True),
        ("It is suggested that fever falls .", False),
        ("This antibody reduced fever .", True),
        ("These new oral drugs reduced fever .", True),
        ("This blocks fever .", True),
        ("This study showed fever .", False),
        ("These patients had fever .", False),
        ("This human antibody reduced fever .", True),
        ("The latter reduced fever .", True),
        ("The drug reduced fever .", True),
        ("The fever fell .", False),
        ("Fever fell .", False),
    ],
)
def test_a_clause_opens_with_an_anaphor(text: str, expected: bool) -> None:
    sentence = marked(text, before="<drug:Abatacept> was studied .").sentence
    assert is_anaphoric(sentence, sentence.span.start) is expected


def test_an_anaphor_is_not_looked_for_in_the_sentence_behind() -> None:
    sentence = marked("And", after="they reduced fever .").sentence
    assert not is_anaphoric(sentence, sentence.span.start)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This <drug/drug_class:corticosteroid> causes fever .", True),
        ("Such oral <drug:retinoids> cause fever .", True),
        ("This <drug:Retinol> causes fever .", False),
        ("This <target:kinase> causes fever .", False),
        ("The <drug:retinoid> causes fever .", False),
        ("This study of <drug:retinoids> tells nothing .", False),
        ("<drug:Retinoids> cause fever .", False),
    ],
)
def test_a_name_behind_a_demonstrative_takes_up_another(text: str, expected: bool) -> None:
    marks = marked(text, before="This")  # the sentence before ends in a demonstrative
    assert is_demonstrative_name(marks.sentence, marks.sentence.clauses.groups[0]) is expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"{TWO} {{phrase:are used}} .", ["Abatacept", "belatacept"]),
        (f"{TWO} differ : the former {{phrase:is used}} .", ["Abatacept"]),
        (f"{TWO} differ : the latter {{phrase:is used}} .", ["belatacept"]),
        (f"{TWO} differ , the former less than the latter {{phrase:is used}} .", ["belatacept"]),
        (f"{TWO} {{phrase:are used}} , the latter in mice .", ["Abatacept", "belatacept"]),
    ],
)
def test_former_and_latter_pick_one_of_a_list(text: str, names: list[str]) -> None:
    marks = marked(text, before="Here the latter is meant :")
    group = marks.group("Abatacept")
    assert marks.names(resolve_former_latter(marks.sentence, group, 0, marks.trigger)) == names


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("Both reduced fever .", True),
        ("And the latter reduced fever .", True),
        ("They reduced fever .", False),
        ("The dose was low .", False),
    ],
)
def test_a_clause_opens_with_a_word_for_two(text: str, several: bool) -> None:
    assert names_several(marked(text).sentence, 0) is several


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was well tolerated .", True),
        ("( They ) were tolerated .", True),
        ("This drug was tolerated .", True),
        ("This trial was small .", False),
        ("Patients tolerated it .", False),
        ("It", True),
        ("This", False),
    ],
)
def test_a_sentence_keeps_the_topic(text: str, expected: bool) -> None:
    assert keeps_topic(marked(text, after="drug .").sentence) is expected


@pytest.mark.parametrize(
    ("text", "names", "is_inherited"),
    [
        ("<drug:Prednisone> was stopped for its harms .", ["Prednisone"], False),
        ("Unlike <drug:prednisone> , its harms were few .", ["Abatacept"], True),
        ("Because of its harms , <drug:prednisone> was stopped .", ["Abatacept"], True),
    ],
)
def test_a_possessive_takes_up_the_first_drug_before_it(text: str, names: list[str], is_inherited: bool) -> None:
    marks = marked(text, before="<drug:Abatacept> was studied .")
    group, inherited = antecedent_drugs(marks.sentence, marks.place("its"))
    assert (marks.names(group), inherited) == (names, is_inherited)
