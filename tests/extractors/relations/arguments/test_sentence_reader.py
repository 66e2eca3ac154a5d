"""What the reader of a parse refuses, over links made by hand."""

from __future__ import annotations

import pytest
from marked_sentences import Marked, marked

from extractors.language.coordination import Group
from extractors.relations.arguments.dependency_paths import SentenceReader
from extractors.relations.arguments.dependency_patterns import Frame, Links


def frame(frame_id: str, **properties: bool) -> Frame:
    return Frame(id=frame_id, pattern=[], fires_on="", silent_on="", **properties)


def reader(marks: Marked, *links: tuple[str, str, str], **properties: bool) -> SentenceReader:
    """A reader with links of (role, word looked from, word found), all by one frame."""
    doc = marks.sentence.doc
    for token in doc:
        token.tag_ = "VBZ" if token.i == marks.trigger.start else "NN"
    at = [
        (frame("by-hand", **properties), {"trigger": doc[marks.place(word)], role: doc[marks.place(found)]})
        for role, word, found in links
    ]
    return SentenceReader(marks.sentence, Links(at))


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Fever and then <drug:x> {verb/third:inhibits} <target:JAK1> .", True),
        ("Fever , which <drug:x> {verb/third:inhibits} <target:JAK1> .", True),
        ("Fever and <drug:x> , which {verb/third:inhibits} <target:JAK1> .", False),
    ],
)
def test_a_subject_of_the_parse_denies_another(text: str, denied: bool) -> None:
    marks = marked(text)
    parse = reader(marks, ("subject", "inhibits", "Fever"))
    assert parse.denies(marks.trigger, marks.group("x")) is denied
    assert not reader(marks).denies(marks.trigger, marks.group("x"))


def test_a_relative_clause_of_the_sentence_before_does_not_excuse_a_subject() -> None:
    marks = marked("Fever {verb/third:inhibits} <target:JAK1> .", before="<drug:X> , which is old , was seen .")
    topic = marks.sentence.topic.drugs
    assert topic is not None
    assert reader(marks, ("subject", "inhibits", "Fever")).denies(marks.trigger, topic)


def test_a_reading_is_refused_where_another_drug_acts_between() -> None:
    links = ("subject", "inhibits", "x"), ("object", "inhibits", "JAK2")
    marks = marked("<drug:x> {verb/third:inhibits} <target:JAK1> and <drug:y> stops <target:JAK2> .")
    assert list(reader(marks, *links).read(marks.trigger)) == []
    marks = marked("<drug:x> {verb/third:inhibits} <target:JAK1> more than <drug:y> and <target:JAK2> .")
    [reading] = reader(marks, *links).read(marks.trigger)
    assert (marks.names(reading.arguments.subjects), marks.names(reading.arguments.objects)) == (["x"], ["JAK2"])


def test_a_reading_is_refused_across_a_semicolon() -> None:
    links = ("subject", "inhibits", "x"), ("object", "inhibits", "JAK1")
    marks = marked("<drug:x> ; it {verb/third:inhibits} <target:JAK1> .")
    assert list(reader(marks, *links).read(marks.trigger)) == []
    marks = marked("<drug:x> {verb/third:inhibits} <target:JAK1> ; it is old .")
    assert [reading.frames for reading in reader(marks, *links).read(marks.trigger)] == ["by-hand/by-hand"]


@pytest.mark.parametrize(("text", "before", "found"), [
    ("A mix with <drug:x> , that {verb/third:inhibits} <target:JAK1> .", "", True),
    ("A mix with <drug:x> that {verb/third:inhibits} <target:JAK1> .", "", False),
    ("That {verb/third:inhibits} <target:JAK1> in <drug:x> .", "It is new .", True),
])  # fmt: skip
def test_a_relative_clause_behind_a_preposition_is_ambiguous_without_a_comma(
    text: str, before: str, found: bool
) -> None:
    marks = marked(text, before=before)
    parse = reader(marks, ("subject", "inhibits", "x"), ("object", "inhibits", "JAK1"), is_relative=True)
    doc = marks.sentence.doc
    doc[marks.place("x")].dep_ = "pobj"
    doc[marks.place("That" if before else "that")].head = doc[marks.place("inhibits")]
    assert bool(list(parse.read(marks.trigger))) is found


def test_a_list_is_kept_so_far_as_its_members_depend_on_one_word() -> None:
    marks = marked("<drug:x> and <drug:y> {verb/third:inhibits} <target:JAK1> .")
    parse = reader(marks, ("subject", "inhibits", "x"), ("object", "inhibits", "JAK1"))
    [reading] = parse.read(marks.trigger)
    assert reading.arguments.subjects == Group(marks.group("x").members[:1])
