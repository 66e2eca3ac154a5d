from __future__ import annotations

import pytest
from argument_sentences import marked

from extractors.relations.arguments.search import (
    behind_preposition,
    ending_at,
    is_object_pronoun,
    nearest_left,
    paired,
    right_of,
    starting_near,
)

TARGET, DISEASE, DRUG = {"target"}, {"disease"}, {"drug"}


@pytest.mark.parametrize(
    ("text", "types", "names"),
    [
        ("It {verb/third:inhibits} <target:JAK1> and <target:JAK2> .", TARGET, ["JAK1", "JAK2"]),
        ("It {verb/third:inhibits} <drug:x> <target:JAK1> .", TARGET, ["JAK1"]),
        ("It {verb/third:inhibits} <disease:colitis> <target:JAK1> .", TARGET, []),
        ("It {verb/third:inhibits} a b c d e f g h i j k l <target:JAK1> .", TARGET, ["JAK1"]),
        ("It {verb/third:inhibits} a b c d e f g h i j k l m <target:JAK1> .", TARGET, []),
        ("It {verb/third:inhibits} growth through <target:JAK1> .", TARGET, []),
        ("It {verb/third:inhibits} cells that carry <target:JAK1> .", TARGET, []),
        ("It {verb/third:inhibits} cells but <target:JAK1> rose .", TARGET, []),
        ("It {verb/third:inhibits} cells and {verb/third:reduces} <target:JAK1> .", TARGET, []),
        ("It {verb/third:inhibits} , although <target:JAK1> is rare , cells .", TARGET, []),
        ("It ( which {verb/third:inhibits} much ) and <target:JAK1> .", TARGET, []),
        ("It {verb/third:inhibits} ( unlike <target:JAK2> ) <target:JAK1> .", TARGET, ["JAK1"]),
        ("It {verb/third:inhibits} more than <target:JAK2> .", TARGET, []),
        ("It {phrase:is bound by} the <target:STAT3> inhibitor <drug:x> .", {"drug", "target"}, ["x"]),
        ("It {verb/third:raises} the pH of <target:lysosomes> .", TARGET, []),
        ("It {verb/third:raises} the number of <target:lysosomes> .", TARGET, ["lysosomes"]),
        ("It {verb/third:raises} 80 of <target:lysosomes> .", TARGET, ["lysosomes"]),
        ("It {phrase:is superior for} <effect:remission> in <disease:colitis> .", DISEASE, ["colitis"]),
        ("It {phrase:is superior for} <effect:remission> with <disease:colitis> .", DISEASE, []),
    ],
)
def test_first_list_behind_a_token(text: str, types: set[str], names: list[str]) -> None:
    marks = marked(text)
    assert marks.names(right_of(marks.sentence, marks.trigger.end, types)) == names


@pytest.mark.parametrize(
    ("text", "types", "names"),
    [
        ("<disease:Gout> is rare ; colchicine {verb/third:treats} it .", DISEASE, ["Gout"]),
        ("<disease:Gout> is rare ; colchicine {verb/third:treats} IT <disease:lupus> .", DISEASE, ["lupus"]),
        ("<drug:Colchicine> is rare ; we {verb/third:use} it .", DRUG, []),
        ("<disease:Gout> is rare ; it {phrase:is approved for} its treatment .", DISEASE, ["Gout"]),
        ("It {phrase:is approved for} its treatment .", DISEASE, ["asthma"]),
        ("It {phrase:is approved for} its colour .", DISEASE, []),
        ("<disease:Gout> is rare ; it {phrase:is approved for} the disease .", DISEASE, ["Gout"]),
        ("<disease:Gout> is rare ; it {phrase:is approved for} patients with the disease .", DISEASE, []),
        ("<disease:Gout> is rare ; it {phrase:is approved for} the disease burden .", DISEASE, []),
        ("It {phrase:is approved for} this indication .", DISEASE, ["asthma"]),
        ("It {phrase:is approved for} the same indication .", DISEASE, ["asthma"]),
        ("It {phrase:is approved for} the other indication .", DISEASE, []),
        ("Fever {phrase:was seen with} this agent .", DRUG, ["Omalizumab"]),
        ("<drug:X> is old , and fever {phrase:was seen with} this agent .", DRUG, ["X"]),
        ("Fever {phrase:was seen with} this scale .", DRUG, []),
    ],
)
def test_an_anaphor_behind_a_token_is_resolved(text: str, types: set[str], names: list[str]) -> None:
    marks = marked(text, before="<drug:Omalizumab> is approved for <disease:asthma> .")
    assert marks.names(right_of(marks.sentence, marks.trigger.end, types)) == names


def test_an_anaphor_of_the_sentence_behind_is_not_resolved() -> None:
    marks = marked(
        "It {phrase:is approved for} this", before="<disease:Asthma> is treated .", after="indication alone ."
    )
    assert right_of(marks.sentence, marks.trigger.end, DISEASE) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<target:JAK1> and <target:JAK2> {verb/past:fell} .", ["JAK1", "JAK2"]),
        ("<target:JAK1> rose and <target:JAK2> {verb/past:fell} .", ["JAK2"]),
        ("<target:JAK1> rose , although cells {verb/past:fell} .", []),
        ("<target:JAK1> ( as in cells with <target:JAK2> ) {verb/past:fell} .", ["JAK1"]),
        ("Cells {verb/past:fell} under <target:JAK1> .", []),
    ],
)
def test_last_list_before_a_token_in_its_clause(text: str, names: list[str]) -> None:
    marks = marked(text)
    assert marks.names(nearest_left(marks.sentence, marks.trigger.start, TARGET)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<target:JAK1> {agent:inhibitors} are used .", ["JAK1"]),
        ("<target:Janus kinase> ( JAK ) {agent:inhibitors} are used .", ["Janus kinase"]),
        ("The ( <target:JAK1> ) {agent:inhibitors} are used .", ["JAK1"]),
        ("<target:JAK1> and other {agent:inhibitors} are used .", []),
        ("{agent:Inhibitors} of <target:JAK1> are used .", []),
    ],
)
def test_list_that_ends_right_before_a_token(text: str, names: list[str]) -> None:
    marks = marked(text, before="( <target:STAT3> )")
    assert marks.names(ending_at(marks.sentence, marks.trigger.start, TARGET)) == names


def test_list_that_starts_right_behind_a_token() -> None:
    marks = marked("An {prefix:anti -} human <target:CD3> antibody .")
    assert marks.names(starting_near(marks.sentence, marks.trigger.end, TARGET, gap=1)) == ["CD3"]
    assert starting_near(marks.sentence, marks.trigger.end, TARGET, gap=0) is None
    assert starting_near(marks.sentence, marks.trigger.end, DRUG, gap=1) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It {verb/past:fell} by <drug:x> .", "x"),
        ("It {verb/past:fell} strongly and by <drug:x> .", None),
        ("It {verb/past:fell} a b c d e by <drug:x> .", None),
        ("It {verb/past:fell} if {verb/past:reduced} by <drug:x> .", None),
        ("It {verb/past:fell} .", None),
    ],
)
def test_token_behind_a_preposition(text: str, word: str | None) -> None:
    marks = marked(text, after="by y")
    place = behind_preposition(marks.sentence, marks.trigger.end, {"by"})
    assert (place and marks.sentence.word(place)) == word


def test_object_pronouns_are_in_small_letters() -> None:
    sentence = marked("Use it , not IT or them", after="it").sentence
    assert [at for at in range(len(sentence.doc)) if is_object_pronoun(sentence, at)] == [1, 6]


def test_what_is_missing_of_a_pair_is_noted() -> None:
    marks = marked("<drug:Tofacitinib> {verb/third:inhibits} <target:JAK1> .")
    drugs, targets = marks.group("Tofacitinib"), marks.group("JAK1")
    assert paired(marks.sentence, marks.trigger, drugs, targets) == (drugs, targets, False, None)
    assert paired(marks.sentence, marks.trigger, drugs, None) is None
    assert paired(marks.sentence, marks.trigger, None, targets) is None
    assert ["object" in said.split()[:2] for said in marks.said] == [True, False]
