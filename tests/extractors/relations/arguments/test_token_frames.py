"""Each frame on sentences that it reads and on some that it does not; outcomes have a test module of their own."""

from __future__ import annotations

import pytest
from marked_sentences import CAUSES, PREDICATES, Marked, marked

from extractors.relations.arguments.token_frames import FRAMES, arguments
from extractors.relations.rules import FRAMES as KNOWN_FRAMES

Pair = tuple[str, str]
BINDS = {("drug", "target"): "binds"}
TREATS = {("drug", "disease"): "treats"}
ASSOCIATED = {("target", "disease"): "associated_with"}
BEFORE = "<drug:Infliximab> was studied in <disease:lupus> ."


def pairs(marks: Marked) -> list[Pair]:
    """Subjects and objects of what the trigger relates, each as one string."""
    return [
        (" + ".join(marks.names(found.subjects)), " + ".join(marks.names(found.objects)))
        for found in arguments(marks.sentence, marks.trigger)
    ]


def test_every_frame_but_that_of_benefits_is_read() -> None:
    assert set(FRAMES) == set(KNOWN_FRAMES) - {"in_disease"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<drug:X> {verb/third:inhibits} <target:JAK1> .", [("X", "JAK1")]),
        ("<drug:X> and <drug:Y> {verb/base:inhibit} <target:JAK1> , <target:JAK2> and <target:JAK3> .",
         [("X + Y", "JAK1 + JAK2 + JAK3")]),
        ("<drug:X> {verb/third:inhibits} growth .", []),
        ("Strategies to {verb/base:inhibit} <target:JAK1> with <drug:x> .", []),
        ("Side effects of <drug:x> are <effect:rash> , {verb/past:delayed} <effect:growth> and more .", []),
        ("<drug:X> {verb/third:helps} to <effect:sleep> .", []),
        ("<drug:X> {verb/third:helps} prevent <effect:pain> .", []),
        ("<drug:X> {verb/third:helps} <effect:sleep> .", [("X", "sleep")]),
        # a past form as an attribute of what was found
        ("Mice on <drug:x> showed {verb/past:reduced} <target:TNF> .", [("x", "TNF")]),
        ("<target/cell_type:Macrophages> showed {verb/past:reduced} <effect:migration> .", []),
        ("<target/protein:Leptin> showed {verb/past:reduced} <effect:migration> .", [("Leptin", "migration")]),
        # passive
        ("<target:JAK1> is {verb/past:inhibited} by <drug:x> .", [("x", "JAK1")]),
        ("<target:JAK1> is {verb/past:inhibited} .", []),
        ("<target:JAK1> was {verb/past:reduced} after treatment with <drug:x> .", [("x", "JAK1")]),
        ("After treatment with <drug:x> , <target:JAK1> was {verb/past:reduced} .", []),
        ("<disease:Gout> was {verb/past:reduced} after treatment with <drug:x> .", []),
        ("<drug:X> acted , but <target:JAK1> was not {verb/past:reduced} .", [("X", "JAK1")]),
        ("<target:JAK1> was seen , and the dose was {verb/past:raised} by <drug:x> .", []),
    ],
)  # fmt: skip
def test_verbs(text: str, expected: list[Pair]) -> None:
    assert pairs(marked(text)) == expected


def test_the_object_of_a_verb_of_causing_is_no_setting() -> None:
    assert pairs(marked("<drug:X> {verb/past:induced} flares in <disease:lupus> .", predicates=CAUSES)) == []
    assert pairs(marked("<drug:X> {verb/past:induced} flares in <disease:lupus> .")) == [("X", "lupus")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<drug:X> {phrase:is indicated for} <disease:gout> .", [("X", "gout")]),
        ("A man with <disease:gout> {phrase:presented with} <disease:lupus> .", []),
        ("<drug:X> {phrase:presented with} <disease:lupus> .", [("X", "lupus")]),
        # a repeated preposition
        ("<drug:X> {phrase:is used for} <disease:gout> and , in Europe , also for <disease:lupus> .",
         [("X", "gout"), ("X", "lupus")]),
        ("<drug:X> {phrase:is used for} <disease:gout> and <drug:y> for <disease:lupus> .",
         [("X", "gout"), ("y", "lupus")]),
        ("<drug:X> {phrase:is used for} <disease:gout> and not for <disease:lupus> .", [("X", "gout")]),
        ("<drug:X> {phrase:is used for} <disease:gout> or , rarely , in <disease:lupus> .", [("X", "gout")]),
        ("<drug:X> {phrase:helps with} <disease:gout> and , above all , women with <disease:lupus> .", [("X", "gout")]),
    ],
)  # fmt: skip
def test_phrases(text: str, expected: list[Pair]) -> None:
    assert pairs(marked(text)) == expected


@pytest.mark.parametrize(
    ("text", "predicates", "expected"),
    [
        ("<disease:Gout> {reverse:was seen with} <drug:x> .", CAUSES, [("x", "Gout")]),
        ("<effect:Pain> is marked by <disease:gout> and {reverse:responds to} <drug:x> .", PREDICATES, [("x", "Pain")]),
        ("<disease:Gout> in rats {reverse:treated with} <drug:x> .", TREATS, []),
        ("<disease:Gout> in joints {reverse:treated with} <drug:x> .", TREATS, [("x", "Gout")]),
        ("<disease:Gout> in rats {reverse:seen with} <drug:x> .", CAUSES, [("x", "Gout")]),
        ("Rats {reverse:were seen with} <drug:x> .", CAUSES, []),
    ],
)
def test_object_before_subject(text: str, predicates: dict[tuple[str, str], str], expected: list[Pair]) -> None:
    assert pairs(marked(text, predicates=predicates)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Patients with <disease:gout> {reverse:had higher levels of} <target:TNF> .", [("TNF", "gout")]),
        ("Patients with <disease:gout> {reverse:had similar levels of} <target:TNF> .", []),
        ("Patients without <disease:gout> {reverse:had higher levels of} <target:TNF> .", []),
        ("Patients with <disease:gout> on <drug:x> {reverse:had higher levels of} <target:TNF> .", []),
    ],
)
def test_levels_that_differ(text: str, expected: list[Pair]) -> None:
    assert pairs(marked(text, predicates=ASSOCIATED, compares_levels=True)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{nominal:Inhibition of} <target:JAK1> by <drug:x> was seen .", [("x", "JAK1")]),
        ("<target:JAK1> {nominal:inhibition} by <drug:x> was seen .", [("x", "JAK1")]),
        ("<drug:X> showed {nominal:inhibition of} <target:JAK1> .", [("X", "JAK1")]),
        ("{nominal:Inhibition of} <target:JAK1> was observed under <drug:x> .", [("x", "JAK1")]),
        ("{nominal:Inhibition of} <target:JAK1> was great under <drug:x> .", []),
        ("<target:JAK1> {nominal:inhibition} vitro with <drug:x> was seen .", []),
        ("{nominal:Inhibition of} growth and {nominal:rise in} <target:JAK1> by <drug:x> .", []),
        ("Strategies for {nominal:inhibition of} <target:JAK1> by <drug:x> .", []),
        ("The <drug:x> - induced {nominal:inhibition of} <target:JAK1> by <drug:y> .", [("x", "JAK1")]),
        # a verb that lessens the noun of change
        ("<drug:X> {verb/past:prevented} the {!nominal:inhibition of} <target:JAK1> by <drug:y> .", []),
    ],
)
def test_nouns_of_change(text: str, expected: list[Pair]) -> None:
    assert pairs(marked(text)) == expected


def test_a_treatment_without_its_drug_is_no_statement() -> None:
    assert pairs(marked("<drug:X> and {nominal:treatment of} <disease:gout> .", predicates=TREATS)) == []
    [found] = pairs(marked("{nominal:Treatment of} <disease:gout> with <drug:x> .", predicates=TREATS))
    assert found == ("x", "gout")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{nominal:Binding of} <drug:a very long name of six> to <target:TNF> .", [("a very long name of six", "TNF")]),
        ("{nominal:Binding of} <drug:x> to cells is strong .", []),
        ("{nominal:Binding of} <target:TNF> by <drug:x> is strong .", [("x", "TNF")]),
    ],
)
def test_binding(text: str, expected: list[Pair]) -> None:
    assert pairs(marked(text, predicates=BINDS)) == expected


def test_a_lessened_noun_of_change_is_stated_the_other_way_round() -> None:
    text = "<drug:X> {verb/past:prevented} the {!nominal:inhibition of} <target:JAK1> ."
    marks = marked(text, predicates={("drug", "target"): "inhibits"})
    [found] = arguments(marks.sentence, marks.trigger)
    assert found.trigger is not None
    assert "inhibits" not in found.trigger.rule.predicates.values()


def test_directions_of_verb_and_noun_are_multiplied() -> None:
    text = "<drug:X> {verb/past:prevented} the {nominal:fall in} <effect:weight> ."
    marks = marked(text, predicates={("drug", "effect"): "decreases"})
    [found] = arguments(marks.sentence, marks.trigger)
    assert found.trigger is not None
    assert dict(found.trigger.rule.predicates) == {("drug", "effect"): "increases"}


def test_a_phrase_leaves_the_statement_to_a_noun_of_change() -> None:
    marks = marked("<drug:X> {phrase:is associated with} a {nominal:fall in} <effect:weight> .")
    assert pairs(marks) == []
    assert marks.said[-1] == "a noun of change before the object states the direction itself"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<drug:X> , a <target:JAK1> {agent:inhibitor} , was given .", [("X", "JAK1")]),
        ("<drug:X> is an {agent:inhibitor} of <target:JAK1> .", [("X", "JAK1")]),
        ("<drug:X> is an {agent:inhibitor} and <target:JAK1> fell .", []),
        ("A <target:JAK1> {agent:inhibitor} was given .", []),
        ("<drug:X> , an {prefix:anti -} <target:CD3> antibody , was given .", [("X", "CD3")]),
        ("<drug:X> , a <target:CD19> {suffix:- directed} therapy , was given .", [("X", "CD19")]),
        ("<drug:X> {link:- induced} <disease:lupus> is rare .", []),
        ("<drug:X> - {link:induced} <disease:lupus> is rare .", [("X", "lupus")]),
        ("<drug:X> - {link:induced} {nominal:fall in} <effect:weight> is rare .", []),
        ("The <effect/adverse_effect:rash> {possessed:of} <drug:x> is rare .", [("x", "rash")]),
        ("The <effect:sleep> {possessed:of} <drug:x> is rare .", []),
        ("<drug:X> is old , and {own:its} <effect/adverse_effect:rash> is known .", [("X", "rash")]),
        ("<drug:X> is old , and {own:its} <effect:sleep> is known .", []),
        ("{own:Its} <effect/adverse_effect:rash> is known .", [("Infliximab", "rash")]),
        ("<drug:X> is old ; <effect:pain> {own:is its side effect} .", [("X", "pain")]),
        ("The {risk:risk of} <disease:gout> with <drug:x> is high .", [("x", "gout")]),
        ("The {risk:risk of} <disease:gout> or <drug:x> is high .", []),
        ("The {risk:risk of} <disease:gout> with <drug:x> is low .", []),
        ("An {between:association between} <drug:x> and <disease:gout> is known .", [("x", "gout")]),
        ("An {between:association between} <drug:x> or <disease:gout> is known .", []),
        ("Studies {linked:linked} <drug:x> to <disease:gout> .", [("x", "gout")]),
        ("<drug:X> is old , and studies {linked:linked} it to <disease:gout> .", [("X", "gout")]),
        ("Studies {linked:linked} it to <disease:gout> .", [("Infliximab", "gout")]),
        ("Studies {linked:linked} <drug:x> and <disease:gout> .", []),
    ],
)
def test_other_frames(text: str, expected: list[Pair]) -> None:
    assert pairs(marked(text, before=BEFORE)) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<drug:X> {verb/third:inhibits} growth .", "no object of a fitting type follows"),
        ("Strategies to {verb/base:inhibit} <target:JAK1> .", "only a plan's purpose is told"),
        ("Growth {reverse:was seen with} <drug:x> .", "no object of a fitting type stands where the frame has it"),
        ("A <target:JAK1> {agent:inhibitor} was given .", "nothing stands in apposition to the description"),
    ],
)
def test_why_nothing_is_found_is_noted(text: str, said: str) -> None:
    marks = marked(text)
    assert pairs(marks) == []
    assert marks.decisions[-1] == (marks.trigger, "argument", said)
