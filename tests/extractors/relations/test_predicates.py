from __future__ import annotations

from collections.abc import Callable

import pytest
from marked_sentences import Marked, make_rule, marked

from extractors.relations.corrections import ArgumentPair
from extractors.relations.predicates import (
    EXCLUSIONS,
    acts_on_effect_of_another,
    assigned_predicate,
    is_part_of_another_name,
)

CAUSES = make_rule({"drug-disease": "causes", "drug-effect": "causes"}, frame="phrase")
REDUCES = make_rule({"drug-disease": "treats", "drug-effect": "decreases"}, lessens_occurrence=True)
RELIEVES = make_rule({"drug-disease": "treats"})
ACTIVATES = make_rule({"drug-target": "activates"})
RAISES = make_rule({"target-effect": "increases", "drug-effect": "increases"})


def test_types_that_a_rule_does_not_relate_have_no_predicate() -> None:
    text = marked("{Tofacitinib:drug} <activates> {psoriasis:disease} .", ACTIVATES)
    assert assigned_predicate(text.pair()) is None
    assert text.said("argument") == ["Tofacitinib and psoriasis: the rule relates no drug to a disease"]


def test_predicate_of_a_subtype_goes_before_that_of_its_type() -> None:
    rule = make_rule({"drug-target": "inhibits", "drug-cell_type": "depletes"})
    assert assigned_predicate(marked("{A:drug} <spares> {B cells:target/cell_type} .", rule).pair()) == "depletes"
    assert assigned_predicate(marked("{A:drug} <spares> {JAK1:target/protein} .", rule).pair()) == "inhibits"


def test_word_that_opens_the_next_sentence_is_not_looked_at() -> None:
    lone = marked("{Fulvestrant:drug} <induces> {ERα:target} || Degradation followed .", ACTIVATES)
    assert assigned_predicate(lone.pair()) == "activates"
    risk = marked("{Aspirin:drug} <was associated with> {fatigue:effect:bad} || Less pain followed .", CAUSES)
    assert assigned_predicate(risk.pair()) == "causes"


@pytest.mark.parametrize(
    ("excludes", "there", "absent"),
    [
        (
            acts_on_effect_of_another,
            marked("{Caffeine:drug} <attenuates> the effect of {adenosine:drug} on {heart rate:effect} .", RAISES),
            marked("{Caffeine:drug} <attenuates> the release of {adenosine:drug} on {heart rate:effect} .", RAISES),
        ),
        (
            acts_on_effect_of_another,
            marked("{Caffeine:drug} <attenuates> the action of {adenosine:drug} upon {heart rate:effect} .", RAISES),
            marked("{Caffeine:drug} <attenuates> the action of {adenosine:drug} and {heart rate:effect} .", RAISES),
        ),
        (
            is_part_of_another_name,
            marked("{Natalizumab:drug} <reduced> {brain:drug} {brain volume:effect} loss .", RAISES),
            marked("{Natalizumab:drug} <reduced> {brain:drug} {brain volume:effect} over time .", RAISES),
        ),
        (
            is_part_of_another_name,
            marked("{Naloxone:drug} <raises> {x:drug} the {hypotension:disease} effects .", RAISES),
            marked("{Naloxone:drug} <raises> {x:drug} the {hypotension:disease} episodes .", RAISES),
        ),
        (
            is_part_of_another_name,
            marked("{Naloxone:drug} <raises> {x:drug} {hypoxia:target} elements .", RAISES),
            marked("{Naloxone:drug} <raises> {x:drug} {hypoxia:target} loss .", RAISES),
        ),
    ],
)
def test_object_that_is_not_what_it_names_is_excluded(
    excludes: Callable[[ArgumentPair], bool], there: Marked, absent: Marked
) -> None:
    assert excludes in {each.applies for each in EXCLUSIONS}
    assert excludes(there.pair(0, 2))
    assert not excludes(absent.pair(0, 2))


def test_excluded_statement_is_not_made_and_noted() -> None:
    text = marked("{Naloxone:drug} <reduced> {colitis:disease} activity .", REDUCES, form="past")
    assert text.statements() == []
    assert text.said("suppressed") == ["Naloxone and colitis: the object is only part of the name of another thing"]


def triples(text: Marked, subject: int = 0, target: int = 1) -> list[tuple[str, str, str]]:
    return [(text.text(s.subject), s.predicate, text.text(s.object)) for s in text.statements(subject, target)]


def test_every_member_of_both_lists_is_related() -> None:
    text = marked("{A:drug} and {B:drug} <relieve> {C:disease} and {D:disease} .", RELIEVES)
    assert triples(text, 0, 2) == [(a, "treats", b) for a in "AB" for b in "CD"]


def test_lists_go_together_member_by_member_with_respectively() -> None:
    text = marked("{A:drug} and {B:drug} <relieve> {C:disease} and {D:disease} , respectively .", RELIEVES)
    assert triples(text, 0, 2) == [("A", "treats", "C"), ("B", "treats", "D")]


def test_member_behind_but_not_is_denied() -> None:
    text = marked("{A:drug} , but not {B:drug} , <relieves> {C:disease} .", RELIEVES)
    assert [(text.text(s.subject), s.is_negated) for s in text.statements(0, 2)] == [("A", False), ("B", True)]


def test_rule_that_denies_is_denied_once_more_by_a_cue() -> None:
    rule = make_rule({"drug-disease": "causes"}, is_negated=True)
    assert [s.is_negated for s in marked("{A:drug} <avoids> {B:disease} .", rule).statements()] == [True]
    assert [s.is_negated for s in marked("{A:drug} never <avoids> {B:disease} .", rule).statements()] == [False]
