from __future__ import annotations

import pytest
from marked_sentences import make_rule, marked

from extractors.records import PREDICATES
from extractors.relations.polarity import (
    composed,
    direction_of,
    governing_verb,
    is_loss_of_function,
    is_prevented,
    opposite,
    prevented,
)
from extractors.relations.sentence import Trigger

INHIBITS = make_rule({"drug-target": "inhibits", "drug-effect": "decreases"}, score=0.9)
ACTIVATES = make_rule({"drug-target": "activates", "drug-effect": "increases"})
TREATS = make_rule({"drug-disease": "treats"})
MIXED = make_rule({"drug-target": "inhibits", "drug-effect": "increases"})


def trigger(rule: object, form: str = "third") -> Trigger:
    return Trigger(rule, 0, 1, form)  # type: ignore[arg-type]


def test_direction_of_a_rule_is_that_of_its_predicates() -> None:
    assert direction_of(INHIBITS) == -1
    assert direction_of(ACTIVATES) == 1
    assert direction_of(TREATS) == 0
    assert direction_of(MIXED) == 0
    assert direction_of(make_rule({"drug-disease": "causes", "drug-effect": "increases"})) == 1


def test_opposite_is_the_tables_or_the_predicate_itself() -> None:
    assert opposite("increases") == "decreases"
    assert opposite("causes") == "causes"
    assert {opposite(opposite(name)) for name in PREDICATES} == set(PREDICATES)


def test_change_of_a_change_composes() -> None:
    inhibition = composed(trigger(INHIBITS), trigger(INHIBITS))
    assert inhibition is not None
    assert inhibition.rule.predicates == {("drug", "target"): "activates", ("drug", "effect"): "increases"}
    restored = composed(trigger(ACTIVATES), trigger(INHIBITS))
    assert restored is not None
    assert restored.rule.predicates == INHIBITS.predicates
    assert restored.rule.score == 0.8


def test_what_has_no_direction_or_no_opposite_does_not_compose() -> None:
    assert composed(trigger(TREATS), trigger(INHIBITS)) is None
    assert composed(trigger(INHIBITS), trigger(TREATS)) is None


def test_what_prevents_an_action_does_what_the_table_says() -> None:
    binds = make_rule({"drug-target": "binds", "drug-disease": "treats"})
    assert prevented(trigger(binds)).rule.predicates == {("drug", "target"): "inhibits"}
    assert prevented(trigger(ACTIVATES)).rule.predicates == INHIBITS.predicates


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("{Aprepitant:drug} prevents {P:drug} from <activating> {NK1:target} .", "ing", True),
        ("{Aprepitant:drug} prevents {P:drug} from directly <activating> {NK1:target} .", "ing", True),
        ("{Aprepitant:drug} stops {P:drug} from <switching on> {NK1:target} .", "phrase", True),
        ("{Aprepitant:drug} prevents {P:drug} by <activating> {NK1:target} .", "ing", False),
        ("{Aprepitant:drug} benefits from <activating> {NK1:target} .", "ing", False),
        ("{Aprepitant:drug} prevents {P:drug} from <activates> {NK1:target} .", "third", False),
        ("{Aprepitant:drug} prevents {P:drug} from <switches on> {NK1:target} .", "phrase", False),
        ("<Activating> {NK1:target} is what {Aprepitant:drug} prevents {P:drug} from", "ing", False),
        ("What {Aprepitant:drug} prevents comes from || <Activating> {NK1:target} helps .", "ing", False),
    ],
)
def test_prevented_action(text: str, form: str, expected: bool) -> None:
    read = marked(text, ACTIVATES, form=form)
    assert is_prevented(read.sentence, read.trigger) is expected


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("{A:drug} reversed the abnormal <increase in> {B:effect} .", "reversed"),
        ("{A:drug} reversed it with an <increase in> {B:effect} .", None),
        ("{A:drug} treats the abnormal <increase in> {B:effect} .", None),
        ("{A:drug} was what it reversed || Abnormal <increase in> {B:effect} followed .", None),
    ],
)
def test_verb_that_governs_a_noun_of_change(text: str, verb: str | None) -> None:
    others = {"reversed": INHIBITS, "treats": TREATS}
    read = marked(text, make_rule({"drug-effect": "increases"}, frame="nominal"), form="phrase", others=others)
    found = governing_verb(read.sentence, read.trigger)
    assert (read.sentence.doc[found.start].text if found else None) == verb


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reduced {IL-10:target} <raises> {TNF:effect} .", True),
        ("Low levels of {IL-10:target} <raise> {TNF:effect} .", True),
        ("High levels of {IL-10:target} <raise> {TNF:effect} .", False),
        ("Mice lacking {IL-10:target} <raise> {TNF:effect} .", True),
        ("Mice expressing {IL-10:target} <raise> {TNF:effect} .", False),
        ("Loss of the functional {IL-10:target} <raises> {TNF:effect} .", True),
        ("Release of the functional {IL-10:target} <raises> {TNF:effect} .", False),
        ("{IL-10:target} deficiency <raises> {TNF:effect} .", True),
        ("{IL-10:target} ~- ~deficient mice <raise> {TNF:effect} .", True),
        ("{IL-10:target} ~- ~positive mice <raise> {TNF:effect} .", False),
        ("Therapy with anti ~- ~{IL-10:target} <raises> {TNF:effect} .", True),
        ("Therapy with anti ~- ~{IL-10:target} antibodies <raises> {TNF:effect} .", False),
        ("Therapy with anti ~- ~{IL-10 antibody:target} <raises> {TNF:effect} .", False),
        ("Loss of {IL-10:target} , which <raises> {TNF:effect} , is rare .", False),
        ("Loss of {insulin:drug} <raises> {TNF:effect} .", False),
        ("It is a loss || {IL-10:target} <raises> {TNF:effect} .", False),
        ("<Raised> {TNF:effect} and {IL-10:target} || Deficiency is rare .", False),
    ],
)
def test_loss_of_function(text: str, expected: bool) -> None:
    read = marked(text, ACTIVATES)
    number = next(at for at, mention in enumerate(read.mentions) if read.text(mention).startswith(("IL", "insulin")))
    assert is_loss_of_function(read.sentence, read.group(number)) is expected
