from __future__ import annotations

import pytest
from argument_sentences import marked

from extractors.relations.arguments.verb_syntax import (
    end_of_coordinated_verbs,
    inducing_hyphen,
    is_attributive,
    is_observed_attribute,
    is_passive,
    is_planned,
)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("It neither {verb/past:increased} nor {verb/past:decreased} <target:TNF> .", "decreased"),
        ("It {verb/past:increased} or {verb/past:decreased} and {verb/past:moved} <target:TNF> .", "moved"),
        ("It {verb/past:increased} and {verb/third:decreases} <target:TNF> .", "increased"),
        ("It {verb/past:increased} <target:TNF> and {verb/past:decreased} <effect:fever> .", "increased"),
        ("It {phrase:was used in} and {phrase:was sold for} <disease:gout> .", "in"),
    ],
)
def test_coordinated_verbs_share_an_object(text: str, last: str) -> None:
    marks = marked(text)
    end = end_of_coordinated_verbs(marks.sentence, marks.trigger)
    assert marks.sentence.word_before(end) == last


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Side effects are <effect:hyperlipidemia> , {verb/past:delayed} <effect:wound healing> and rash .", True),
        ("<drug:Prednisone> {verb/past:delayed} <effect:wound healing> .", False),
        ("<drug:Prednisone> , {verb/third:delays} <effect:wound healing> .", False),
        ("<drug:Prednisone> ( old ) , {phrase:delayed} <effect:wound healing> .", False),
        # the comma closes an apposition, a denied member or a participle phrase
        ("<drug:Prednisone> , a steroid , {verb/past:delayed} <effect:wound healing> .", False),
        ("<drug:Prednisone> but not <drug:x> , {verb/past:delayed} <effect:wound healing> .", False),
        ("<drug:Prednisone> , given often , {verb/past:delayed} <effect:wound healing> .", False),
        ("<drug:Prednisone> , <drug:x> , {verb/past:delayed} <effect:wound healing> .", True),
        # a series of verbs
        (
            "<drug:X> {verb/past:raised} <target:B cells> , {!verb/past:reduced} <target:T cells> and "
            "{verb/past:improved} <effect:sleep> .",
            False,
        ),
        (
            "<drug:X> was {verb/past:raised} <target:B cells> , {!verb/past:reduced} <target:T cells> and "
            "{verb/past:improved} <effect:sleep> .",
            True,
        ),
    ],
)
def test_a_past_form_behind_a_comma_may_be_an_attribute(text: str, expected: bool) -> None:
    marks = marked(text)
    assert is_attributive(marks.sentence, marks.trigger) is expected


def test_a_comma_of_the_sentence_before_makes_no_attribute() -> None:
    marks = marked("{verb/past:Delayed} <effect:wound healing> was seen .", before="Results ,")
    assert not is_attributive(marks.sentence, marks.trigger)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cells showed {verb/past:reduced} <target:TNF> .", True),
        ("Cells showed <target:IL-6> production and {verb/past:reduced} <target:TNF> .", True),
        ("Cells began <target:IL-6> production and {verb/past:reduced} <target:TNF> .", False),
        ("{verb/past:Reduced} <target:TNF> was seen .", True),
        ("{verb/past:Reduced} <target:TNF> is good .", False),
        ("In treated mice , {verb/past:reduced} <target:TNF> was seen .", True),
        ("<target:IL-6> rose , while {verb/past:reduced} <target:TNF> was seen .", True),
        ("Doctors {verb/past:reduced} <target:TNF> , as was seen .", False),
        ("Cells show {verb/third:reduces} <target:TNF> .", False),
    ],
)
def test_a_past_form_describes_what_was_found(text: str, expected: bool) -> None:
    marks = marked(text, before="It showed")
    assert is_observed_attribute(marks.sentence, marks.trigger) is expected


def test_what_the_sentence_behind_reports_is_not_found_in_this_one() -> None:
    marks = marked("{verb/past:Reduced} <target:TNF> is good .", after="It was seen .")
    assert not is_observed_attribute(marks.sentence, marks.trigger)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Strategies to {verb/base:prevent} <disease:gout> are few .", True),
        ("Strategies to treat and {verb/base:prevent} <disease:gout> are few .", True),
        ("Trials aimed at {verb/ing:preventing} <disease:gout> are few .", True),
        ("Colchicine helps to {verb/base:prevent} <disease:gout> .", False),
        ("Strategies {verb/base:prevent} <disease:gout> .", False),
        ("To {verb/base:prevent} <disease:gout> is hard .", False),
    ],
)
def test_the_purpose_of_a_plan(text: str, expected: bool) -> None:
    marks = marked(text, before="We need strategies")
    assert is_planned(marks.sentence, marks.trigger) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<target:TNF> {verb/past:reduced} by <drug:x> .", True),
        ("<target:TNF> was {verb/past:reduced} .", True),
        ("<target:TNF> was also strongly {verb/past:reduced} .", True),
        ("<target:TNF> has been {verb/past:reduced} .", True),
        ("<drug:X> has {verb/past:reduced} <target:TNF> .", False),
        ("<drug:X> was new and {verb/past:reduced} <target:TNF> .", False),
        ("<drug:X> {verb/past:reduced} <target:TNF> .", False),
        ("{verb/past:Reduced} <target:TNF> .", False),
        ("<target:TNF> {verb/past:reduced}", False),
    ],
)
def test_passive(text: str, expected: bool) -> None:
    marks = marked(text, before="It was", after="by <drug:x> .")
    assert is_passive(marks.sentence, marks.trigger) is expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("<drug:LPS> - induced {nominal:increase in} <target:TNF> .", 1),
        ("<drug:LPS> - induced systemic {nominal:increase in} <target:TNF> .", 1),
        ("<drug:LPS> induced {nominal:increase in} <target:TNF> .", None),
        ("<drug:LPS> - free {nominal:increase in} <target:TNF> .", None),
        ("{nominal:Increase in} <target:TNF> .", None),
    ],
)
def test_hyphen_of_a_cause_before_a_noun_of_change(text: str, place: int | None) -> None:
    marks = marked(text)
    assert inducing_hyphen(marks.sentence, marks.trigger) == place
