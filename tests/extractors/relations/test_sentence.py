from __future__ import annotations

import pytest
from marked_sentences import marked

from extractors.language.coordination import Group
from extractors.relations.sentence import Topic

SENTENCE = marked("He took <drug:Drug - X> ) .", before="( A", after="He B").sentence
"""Tokens 2 to 8 of a Doc with a sentence before it and one behind it."""


@pytest.mark.parametrize(
    ("place", "word"), [(-1, ""), (0, ""), (1, ""), (2, "he"), (4, "drug"), (8, "."), (9, ""), (10, ""), (99, "")]
)
def test_a_word_outside_the_sentence_is_empty(place: int, word: str) -> None:
    assert SENTENCE.word(place) == word
    assert SENTENCE.word_before(place + 1) == word


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (2, 4, ["he", "took"]),
        (-3, 3, ["he"]),
        (0, 2, []),
        (7, 99, [")", "."]),
        (9, 11, []),
        (5, 3, []),
    ],
)
def test_words_outside_the_sentence_are_left_out(start: int, end: int, words: list[str]) -> None:
    assert SENTENCE.words(start, end) == words


def test_a_hyphen_is_found_in_the_sentence_only() -> None:
    sentence = marked("A - B", before="C -", after="- D").sentence
    assert [at for at in range(-2, 9) if sentence.has_hyphen_at(at)] == [3]


def test_a_decision_is_recorded_where_someone_asks() -> None:
    marks = marked("He {verb/past:took} <drug:x> .")
    marks.sentence.note(marks.trigger, "argument", "no subject")
    marks.sentence.note(None, "kept", "the sentence")
    assert marks.decisions == [(marks.trigger, "argument", "no subject"), (None, "kept", "the sentence")]
    marks.sentence.decisions = None
    marks.sentence.note(None, "kept", "nothing")
    assert len(marks.decisions) == 2


def test_the_topic_is_what_fits_the_wanted_types() -> None:
    marks = marked("<target:TNF> , then <drug:x> , then <drug:y>")
    target, drug = marks.group("TNF"), marks.group("x")
    pair = Group((*drug.members, *marks.group("y").members))
    topic = Topic(subject=target, drugs=drug, pair=pair)
    assert topic.of({"target", "drug"}) == target
    assert topic.of({"drug"}) == drug
    assert topic.of({"disease"}) is None
    assert topic.of({"drug"}, takes_all=True) == pair
    assert topic.of({"target"}, takes_all=True) == target
