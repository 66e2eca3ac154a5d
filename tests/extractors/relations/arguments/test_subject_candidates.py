from __future__ import annotations

import pytest
from marked_sentences import marked

from extractors.relations.arguments.subject_candidates import (
    is_object_of_another,
    subject_candidates,
)

TYPES = {"drug", "target", "disease", "effect"}
LESS = {("drug", "effect"): "decreases", ("target", "effect"): "decreases"}


@pytest.mark.parametrize(
    ("text", "excluded", "reason"),
    [
        ("Unlike <drug:x> , it {verb/third:reduces} <target:TNF> .", "x", "it is only a comparator"),
        ("<drug:Penicillin> models {verb/third:reduces} <target:TNF> .", "Penicillin", "it only modifies the noun"),
        ("<drug:X> - resistant cells {verb/base:reduce} <target:TNF> .", "X", "it only modifies the noun"),
        ("<target:JAK1> inhibitors {verb/base:reduce} <target:TNF> .", "JAK1", "it only modifies the noun"),
        (
            "It {verb/past:prevented} <drug:x> - induced death and {!verb/past:reduced} <target:TNF> .",
            "x",
            "it only caused what an earlier verb acted on",
        ),
        ("A switch from <drug:x> to <drug:y> {verb/past:reduced} <target:TNF> .", "x", "another drug is given to it"),
        ("Pretreatment of <target:T cells> with <drug:y> {verb/past:reduced} it .", "T cells", "another drug is given"),
        ("Antibodies against <target:GAD> {verb/base:reduce} <target:TNF> .", "GAD", "it is only what antibodies"),
        (
            "It {verb/past:raised} <target:TNF> in <disease:colitis> but {!phrase:was burdened by} rash .",
            "colitis",
            "it is the object of an earlier verb",
        ),
    ],
)
def test_what_cannot_be_the_subject_is_noted_with_the_reason(text: str, excluded: str, reason: str) -> None:
    marks = marked(text)
    candidates = subject_candidates(marks.sentence, marks.trigger, TYPES)
    assert excluded not in [name for group in candidates for name in marks.names(group)]
    assert [said for said in marks.said if said.startswith(f"{excluded} cannot be the subject: {reason}")] == marks.said


@pytest.mark.parametrize(
    "text",
    [
        "<drug:X> {verb/third:reduces} <target:TNF> .",
        "<drug:X> - treated cells {verb/base:reduce} <target:TNF> .",
        "<drug/drug_class:JAK1> inhibitors {verb/base:reduce} <target:TNF> .",
        "<drug:X> - induced death {!verb/third:reduces} <target:TNF> .",
        "It {verb/past:prevented} <drug:x> - laden death and {!verb/past:reduced} <target:TNF> .",
        "A switch from <drug:x> in May {verb/past:reduced} <target:TNF> .",
        "A supply of <target:T cells> with <drug:y> {verb/past:reduced} it .",
        "Cells against <target:GAD> {verb/base:reduce} <target:TNF> .",
        "It rose in <disease:colitis> but {!phrase:was burdened by} rash .",
        "It {verb/past:raised} <target:TNF> in <disease:colitis> , which {!phrase:was burdened by} rash .",
    ],
)
def test_candidates_are_what_nothing_excludes(text: str) -> None:
    marks = marked(text)
    assert subject_candidates(marks.sentence, marks.trigger, TYPES) == marks.sentence.groups(TYPES)
    assert marks.said == []


def test_the_neighbouring_sentences_exclude_nothing() -> None:
    marks = marked("<drug:X> {verb/third:works}", before="A switch from", after="models")
    assert marks.names(*subject_candidates(marks.sentence, marks.trigger, TYPES)) == ["X"]
    marks = marked("It {verb/third:helps} <drug:x>", after="- resistant models")
    assert marks.names(*subject_candidates(marks.sentence, marks.trigger, TYPES)) == ["x"]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("{nominal:Inhibition of} <target:JAK1> {!verb/third:reduces} <effect:pain> .", "JAK1", False),
        ("<drug:X> and {nominal:inhibition of} <target:JAK1> {!verb/third:reduces} <effect:pain> .", "JAK1", True),
        ("<target:JAK1> {nominal:blockade} with <drug:x> {!verb/third:reduces} <effect:pain> .", "JAK1", True),
        ("<target:JAK1> {nominal:blockade} in cells {!verb/third:reduces} <effect:pain> .", "JAK1", False),
        ("<target:JAK1> {agent:inhibitors} {!verb/base:reduce} <effect:pain> .", "JAK1", True),
        ("It {verb/third:binds} <target:JAK1> and {!verb/third:reduces} <effect:pain> .", "JAK1", True),
        ("It {verb/third:binds} cells with other <target:JAK1> and {!verb/third:reduces} it .", "JAK1", False),
        ("It {verb/third:binds} <drug:x> and {!verb/third:reduces} <effect:pain> .", "x", False),
    ],
)
def test_what_another_trigger_acts_on_is_no_subject(text: str, name: str, expected: bool) -> None:
    marks = marked(text, predicates=LESS)
    assert is_object_of_another(marks.sentence, marks.group(name), marks.trigger) is expected


def test_the_blockade_of_a_target_is_associated_with_nothing() -> None:
    marks = marked("{nominal:Inhibition of} <target:JAK1> {!phrase:is associated with} <disease:lupus> .")
    assert is_object_of_another(marks.sentence, marks.group("JAK1"), marks.trigger)


def test_an_undirected_change_acts_on_nothing() -> None:
    text = "{nominal:Modulation of} <target:JAK1> {!verb/third:reduces} <effect:pain> ."
    marks = marked(text, is_undirected_change=True)
    assert not is_object_of_another(marks.sentence, marks.group("JAK1"), marks.trigger)
