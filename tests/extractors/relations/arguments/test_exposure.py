from __future__ import annotations

import pytest
from argument_sentences import marked

from extractors.relations.arguments.exposure import drugs_received, is_exposure, is_reported_administration


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<drug:Hydralazine> - treated mice had fever .", True),
        ("Patients receiving <drug:hydralazine> had fever .", True),
        ("Patients receiving 50 mg daily oral <drug:hydralazine> had fever .", True),
        ("Patients not receiving <drug:hydralazine> had fever .", False),
        ("After <drug:hydralazine> , fever rose .", True),
        ("Patients on <drug:hydralazine> had fever .", True),
        ("Patients with <disease:gout> on <drug:hydralazine> had fever .", True),
        ("We report on <drug:hydralazine> .", False),
        ("Mice treated with <drug:hydralazine> had fever .", True),
        ("Mice fed with <drug:hydralazine> had fever .", False),
        ("A course of <drug:hydralazine> was given .", True),
        ("Patients on <drug:hydralazine> did not have fever .", False),
        ("After <drug:hydralazine> was withdrawn , fever fell .", False),
        ("Patients previously treated with <drug:hydralazine> had fever .", False),
        ("<drug:Hydralazine> was studied .", False),
    ],
)
def test_what_says_that_a_drug_was_received(text: str, expected: bool) -> None:
    marks = marked(text)
    [group] = marks.sentence.groups({"drug"})
    assert is_exposure(marks.sentence, group) is expected


def test_the_neighbouring_sentences_say_nothing_of_an_exposure() -> None:
    marks = marked("<drug:Hydralazine>", before="They were treated with", after="- treated mice did not .")
    [group] = marks.sentence.groups({"drug"})
    assert not is_exposure(marks.sentence, group)
    marks = marked("Patients on <drug:hydralazine>", after="not withdrawn")
    [group] = marks.sentence.groups({"drug"})
    assert is_exposure(marks.sentence, group)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He fell ill and was newly given <drug:hydralazine> .", True),
        ("He fell ill and received <drug:hydralazine> .", True),
        ("Those who received <drug:hydralazine> fell ill .", False),
        ("Those who were given <drug:hydralazine> fell ill .", False),
        ("Patients on <drug:hydralazine> fell ill .", False),
    ],
)
def test_a_clause_of_its_own_reports_an_administration(text: str, expected: bool) -> None:
    marks = marked(text, before="Mice received")
    [group] = marks.sentence.groups({"drug"})
    assert is_reported_administration(marks.sentence, group) is expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Patients on <drug:hydralazine> {verb/past:developed} fever .", ["hydralazine"]),
        ("Fever {verb/past:developed} in patients on <drug:hydralazine> .", ["hydralazine"]),
        # what stands behind goes before, and of several before it the last
        ("After <drug:x> , fever {verb/past:developed} under <drug:hydralazine> .", ["hydralazine"]),
        ("After <drug:x> and later on , patients on <drug:hydralazine> {verb/past:developed} fever .", ["hydralazine"]),
        # the next clause, where it says what was observed
        ("Fever {verb/past:rose} , whereas rash was seen after <drug:hydralazine> .", ["hydralazine"]),
        ("Fever {verb/past:rose} , whereas rash came after <drug:hydralazine> .", []),
        # a statement of its own, another verb, a comparator
        ("Fever {verb/past:developed} and he was given <drug:hydralazine> .", []),
        ("Fever {verb/past:developed} and rash {verb/past:improved} after <drug:hydralazine> .", []),
        ("Fever {verb/past:developed} more often than under <drug:hydralazine> .", []),
    ],
)
def test_drugs_received_in_the_clause_of_a_trigger(text: str, names: list[str]) -> None:
    marks = marked(text)
    trigger = marks.trigger
    assert marks.names(drugs_received(marks.sentence, trigger.start, trigger.end)) == names
