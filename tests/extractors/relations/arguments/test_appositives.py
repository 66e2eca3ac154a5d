from __future__ import annotations

import pytest
from argument_sentences import marked

from extractors.relations.arguments.appositives import described_drugs

BEFORE = "<drug:Infliximab> was studied ."


@pytest.mark.parametrize(
    ("text", "names", "is_inherited"),
    [
        ("The <target:JAK1> {agent:inhibitor} <drug:tofacitinib> was given .", ["tofacitinib"], False),
        ("The <target:JAK1> {agent:inhibitor} antibody <drug:x> was given .", ["x"], False),
        ("<drug:CAR T cells> {agent:directed} against <target:CD19> were given .", ["CAR T cells"], False),
        ("The <drug:biologic> {agent:directed} against <target:CD19> was given .", [], False),
        ("It is a <drug:biologic> {agent:directed} against <target:CD19> .", ["Infliximab"], True),
        ("We gave <drug:tofacitinib> , an oral <target:JAK1> {agent:inhibitor} .", ["tofacitinib"], False),
        ("We gave <drug:x> and <drug:y> , a <target:JAK1> {agent:inhibitor} .", ["y"], False),
        ("We gave <drug:x> and <drug:y> , the <target:JAK1> {agent:inhibitors} .", ["x", "y"], False),
        ("We gave <drug:x> or another pill , a <target:JAK1> {agent:inhibitor} .", ["x"], False),
        ("We gave <drug:x> or yet another pill , a <target:JAK1> {agent:inhibitor} .", [], False),
        ("<drug:Tofacitinib> is a <target:JAK1> {agent:inhibitor} .", ["Tofacitinib"], False),
        ("<drug:Tofacitinib> was developed as <target:JAK1> {agent:inhibitor} .", ["Tofacitinib"], False),
        ("It is a <target:JAK1> {agent:inhibitor} .", ["Infliximab"], True),
        ("Unlike <drug:prednisone> , yoga is a <target:JAK1> {agent:inhibitor} .", [], False),
        ("This <target:JAK1> {agent:inhibitor} was given .", ["Infliximab"], True),
        ("A new <target:JAK1> {agent:inhibitor} was given .", [], False),
        ("<target:JAK1> {agent:inhibitors} were given .", [], False),
        ("We had no <target:JAK1> {agent:inhibitors} .", [], False),
        ("<drug:Muromonab> , an {prefix:anti -} <target:CD3> antibody , was given .", ["Muromonab"], False),
    ],
)
def test_the_drug_that_a_description_is_said_of(text: str, names: list[str], is_inherited: bool) -> None:
    marks = marked(text, before=BEFORE)
    [objects] = marks.sentence.groups({"target"})
    group, inherited = described_drugs(marks.sentence, marks.trigger, objects, {"drug"})
    assert (marks.names(group), inherited) == (names, is_inherited)


@pytest.mark.parametrize("before", ["We tested it in an", "It was", "The results were specific"])
def test_the_end_of_the_sentence_before_makes_no_description_of_a_drug(before: str) -> None:
    marks = marked("<drug:CAR T cells> {agent:directed} against <target:CD19> were given .", before=before)
    group, _ = described_drugs(marks.sentence, marks.trigger, marks.group("CD19"), {"drug"})
    assert marks.names(group) == ["CAR T cells"]


def test_the_beginning_of_the_sentence_behind_is_no_part_of_a_description() -> None:
    marks = marked("<drug:Tofacitinib> is a <target:JAK1> {agent:inhibitor}", after="modulator drug")
    group, _ = described_drugs(marks.sentence, marks.trigger, marks.group("JAK1"), {"drug"})
    assert marks.names(group) == ["Tofacitinib"]
