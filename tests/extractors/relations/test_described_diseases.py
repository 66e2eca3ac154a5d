from __future__ import annotations

import pytest
from marked_sentences import Marked, make_rule, marked

from extractors.relations.described_diseases import implied_disease_statements
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import Statement

IN_DISEASE = make_rule({"drug-disease": "treats"}, frame="in_disease", words="in of", score=0.5)
EFFECTS = make_rule({"drug-effect": "decreases", "target-effect": "increases"})
BETTERS = make_rule({"drug-effect": "increases"})
CAUSING = make_rule({"drug-effect": "causes"})
PREVENTS = make_rule({"drug-effect": "decreases"}, prevents_recurrence=True)


def implied(text: Marked, subject: int = 0, target: int = 1) -> list[Statement]:
    stated = text.statements(subject, target)
    assert stated
    return list(implied_disease_statements(text.sentence, IN_DISEASE, text.trigger, text.group(target), stated))


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        ("{A:drug} <reduces> {flares:effect:bad} in {B:disease} .", EFFECTS, "A treats B"),
        ("{A:drug} <reduces> {flares:effect} in {B:disease} .", EFFECTS, None),
        ("{A:drug} <reduces> {flares:effect:bad} , in {B:disease} .", EFFECTS, None),
        ("{A:drug} <reduces> {flares:effect:bad} ( 8 % , 13 % ) in {B:disease} .", EFFECTS, "A treats B"),
        ("{A:drug} <reduces> {flares:effect:bad} with {B:disease} .", EFFECTS, None),
        ("{A:drug} <reduces> {flares:effect:bad} that is seen in {B:disease} .", EFFECTS, None),
        ("{A:drug} <improves> {sleep:effect} in {B:disease} .", BETTERS, "A treats B"),
        ("{A:drug} <raises> {sleep:effect} in {B:disease} .", BETTERS, None),
        ("{A:drug} <prevents> {recurrence:effect:bad} of {B:disease} .", PREVENTS, "A prevents B"),
        ("{A:drug} <prevents> {recurrence:effect:bad} in {B:disease} .", PREVENTS, "A treats B"),
        ("{A:drug} <reduces> {recurrence:effect:bad} of {B:disease} .", EFFECTS, "A treats B"),
        ("{A:target} <raises> {flares:effect:bad} in {B:disease} .", EFFECTS, "A associated_with B"),
        ("{A:target} <raises> {sleep:effect} in {B:disease} .", EFFECTS, None),
    ],
)
def test_benefit_to_an_effect_in_a_disease_treats_it(text: str, rule: RelationRule, expected: str | None) -> None:
    read = marked(text, rule)
    made = [f"{read.text(each.subject)} {each.predicate} {read.text(each.object)}" for each in implied(read)]
    assert made == ([expected] if expected else [])


def test_verb_of_a_rule_parts_an_effect_from_a_disease() -> None:
    text = "{A:drug} <reduces> {flares:effect:bad} causing pain in {B:disease} ."
    assert [each.predicate for each in implied(marked(text, EFFECTS))] == ["treats"]
    assert implied(marked(text, EFFECTS, others={"causing": CAUSING})) == []


def test_disease_may_open_the_clause() -> None:
    read = marked("In {B:disease} , {A:drug} <reduces> {flares:effect:bad} .", EFFECTS)
    assert [each.predicate for each in implied(read, 1, 2)] == ["treats"]
    other = marked("With {B:disease} , {A:drug} <reduces> {flares:effect:bad} .", EFFECTS)
    assert implied(other, 1, 2) == []


def test_disease_may_be_that_of_the_patients() -> None:
    read = marked("A woman with {B:disease} given {A:drug} <achieved> {remission:effect:good} .", BETTERS, form="past")
    assert [each.predicate for each in implied(read, 1, 2)] == ["treats"]
    other = marked("A model with {B:disease} given {A:drug} <achieved> {remission:effect:good} .", BETTERS, form="past")
    assert implied(other, 1, 2) == []


def test_implied_statement_is_less_sure_and_keeps_its_flags() -> None:
    read = marked("{A:drug} may not <reduce> {flares:effect:bad} in {B:disease} .", EFFECTS, form="base")
    [made] = implied(read)
    assert (made.score, made.is_negated, made.is_hedged) == (0.4, True, True)
