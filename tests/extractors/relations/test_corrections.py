from __future__ import annotations

from collections.abc import Callable

import pytest
from marked_sentences import Marked, make_rule, marked

from extractors.relations.corrections import (
    CORRECTIONS,
    ArgumentPair,
    ameliorated_benefit,
    causal_association,
    caused_benefit,
    caused_measure,
    improved_harm,
    improvement_of_disease,
    less_of_object,
    loss_of_object,
    loss_of_subject,
    prevented_events,
    protection_of_target,
    signals_decrease,
    variant_of_target,
)
from extractors.relations.predicates import assigned_predicate

CAUSES = make_rule({"drug-disease": "causes", "drug-effect": "causes"}, frame="phrase")
CAUSED = make_rule({"drug-effect": "causes"})
GOES_WITH = make_rule({"drug-effect": "causes"}, frame="phrase", is_association=True)
REDUCES = make_rule({"drug-disease": "treats", "drug-effect": "decreases"}, lessens_occurrence=True)
RELIEVES = make_rule({"drug-disease": "treats"})
IMPROVES = make_rule({"drug-effect": "increases", "drug-target": "activates"})
AMELIORATES = make_rule({"drug-effect": "decreases"})
ACTIVATES = make_rule({"drug-target": "activates"})
RAISES = make_rule({"target-effect": "increases", "drug-effect": "increases"})
ASSOCIATED = make_rule({"target-effect": "modulates"}, frame="phrase", is_association=True)
AFFECTS = make_rule({"target-effect": "modulates"}, frame="phrase")
Correct = Callable[[ArgumentPair, str], "str | None"]
CORRECTED: list[tuple[Correct, str, Marked, str | None, Marked]] = [
    (
        caused_measure,
        "causes",
        marked("{Cortisol:drug} <causes> {insulin release:effect@secretion} .", CAUSED),
        "increases",
        marked("{Cortisol:drug} <causes> {fatigue:effect} .", CAUSED),
    ),
    (
        caused_measure,
        "causes",
        marked("{Cortisol:drug} <is associated with> {insulin levels:effect@level} .", GOES_WITH),
        "modulates",
        marked("{Cortisol:drug} <is associated with> {lupus flares:effect@progression} .", GOES_WITH),
    ),
    (
        caused_measure,
        "causes",
        marked("{Cortisol:drug} <side effects include> {insulin levels:effect@level} .", CAUSES),
        None,
        marked("{Cortisol:drug} <side effects include> {fatigue:effect} .", CAUSES),
    ),
    (
        prevented_events,
        "treats",
        marked("{Valaciclovir:drug} <reduced> {herpes infections:disease} .", REDUCES),
        "prevents",
        marked("{Valaciclovir:drug} <reduced> {psoriasis:disease} .", REDUCES),
    ),
    (
        prevented_events,
        "treats",
        marked("{Warfarin:drug} <reduced> {stroke:disease} risk .", REDUCES),
        "prevents",
        marked("{Warfarin:drug} <relieved> {stroke:disease} risk .", RELIEVES),
    ),
    (
        improvement_of_disease,
        "causes",
        marked("{Infliximab:drug} <led to> remission of severe ulcerative {colitis:disease} .", CAUSES),
        "treats",
        marked("{Infliximab:drug} <led to> onset of severe ulcerative {colitis:disease} .", CAUSES),
    ),
    (
        less_of_object,
        "causes",
        marked("{Morphine:drug} <was associated with> less {pain:effect:bad} .", CAUSES),
        "decreases",
        marked("{Morphine:drug} <was associated with> more {pain:effect:bad} .", CAUSES),
    ),
    (
        less_of_object,
        "causes",
        marked("{Aspirin:drug} <was associated with> a lower risk of {stroke:disease} .", CAUSES),
        "prevents",
        marked("{Aspirin:drug} <was associated with> a higher risk of {stroke:disease} .", CAUSES),
    ),
    (
        less_of_object,
        "causes",
        marked("{Aspirin:drug} <was associated with> a lower risk of {stroke:disease} than bleeding .", CAUSES),
        None,
        marked("{Aspirin:drug} <was associated with> a risk of {stroke:disease} than bleeding .", CAUSES),
    ),
    (
        caused_benefit,
        "causes",
        marked("{Tacrolimus:drug} <led to> better {survival:effect:good} .", CAUSES),
        "increases",
        marked("{Tacrolimus:drug} <led to> {nephrotoxicity:effect:bad} .", CAUSES),
    ),
    (
        caused_benefit,
        "causes",
        marked("{Tacrolimus:drug} <led to> impaired {renal function:effect:good} .", CAUSES),
        "decreases",
        marked("{Tacrolimus:drug} <led to> impaired {glucose tolerance:effect} .", CAUSES),
    ),
    (
        improved_harm,
        "increases",
        marked("{Dupilumab:drug} <improved> {pruritus:effect:bad} .", IMPROVES, form="past"),
        "decreases",
        marked("{Dupilumab:drug} <improved> {sleep quality:effect:good} .", IMPROVES, form="past"),
    ),
    (
        improved_harm,
        "increases",
        marked("{Abatacept:drug} <improved> impaired {renal function:effect:good} .", IMPROVES, form="past"),
        "decreases",
        marked("{Abatacept:drug} <enhanced> {pruritus:effect:bad} .", IMPROVES, form="past"),
    ),
    (
        ameliorated_benefit,
        "decreases",
        marked("{Abatacept:drug} <ameliorates> {renal function:effect:good} .", AMELIORATES),
        "increases",
        marked("{Abatacept:drug} <ameliorates> {proteinuria:effect:bad} .", AMELIORATES),
    ),
    (
        ameliorated_benefit,
        "decreases",
        marked("{Abatacept:drug} <ameliorated> {renal function:effect:good} .", AMELIORATES),
        "increases",
        marked("{Abatacept:drug} <reduced> {renal function:effect:good} .", AMELIORATES),
    ),
    (
        causal_association,
        "modulates",
        marked("{IL-13:target} <leads to> {mucus secretion:effect} .", ASSOCIATED),
        "increases",
        marked("{IL-13:target} <is linked to> {mucus secretion:effect} .", ASSOCIATED),
    ),
    (
        causal_association,
        "modulates",
        marked("{IL-13:target} <leads to> {mucus secretion:effect} .", ASSOCIATED),
        "increases",
        marked("{IL-13:target} <leads to> {mucus secretion:effect} .", AFFECTS),
    ),
    (
        variant_of_target,
        "increases",
        marked("Mutations in the human {NOD2:target} gene <raise> {autophagy:effect} .", RAISES),
        "modulates",
        marked("Ligands of {NOD2:target} <raise> {autophagy:effect} .", RAISES),
    ),
    (
        variant_of_target,
        "increases",
        marked("{NOD2:target} polymorphisms <raise> {autophagy:effect} .", RAISES),
        "modulates",
        marked("{NOD2:drug} polymorphisms <raise> {autophagy:effect} .", RAISES),
    ),
    (
        protection_of_target,
        "activates",
        marked("{Minocycline:drug} <protects> {neurons:target} .", ACTIVATES),
        None,
        marked("{Minocycline:drug} <stimulates> {neurons:target} .", ACTIVATES),
    ),
    (
        loss_of_object,
        "activates",
        marked("{Fulvestrant:drug} <induces> {ERα:target} degradation .", ACTIVATES),
        "inhibits",
        marked("{Fulvestrant:drug} <induces> {ERα:target} signalling .", ACTIVATES),
    ),
    (
        loss_of_object,
        "activates",
        marked("{Fulvestrant:drug} <induces> {ERα:target} degradation .", ACTIVATES),
        "inhibits",
        marked("{Fulvestrant:drug} causes {ERα:target} <degradation> .", ACTIVATES),
    ),
    (
        loss_of_object,
        "increases",
        marked("{Fulvestrant:drug} <induces> {ERα:target} degradation .", RAISES),
        "decreases",
        marked("{Fulvestrant:drug} <induces> {bone:effect} degradation .", RAISES),
    ),
]


@pytest.mark.parametrize(
    ("correct", "predicate", "there", "corrected", "absent"), CORRECTED, ids=[row[0].__name__ for row in CORRECTED]
)
def test_correction_applies_where_its_construction_is_there(
    correct: Correct, predicate: str, there: Marked, corrected: str | None, absent: Marked
) -> None:
    assert correct(there.pair(), predicate) == corrected
    assert correct(absent.pair(), predicate) == predicate


def test_every_correction_is_tested() -> None:
    assert {row[0] for row in CORRECTED} | {loss_of_subject} == {each.apply for each in CORRECTIONS}


@pytest.mark.parametrize("correction", CORRECTIONS, ids=[each.said for each in CORRECTIONS])
def test_correction_leaves_other_predicates_alone(correction: tuple[str, Correct]) -> None:
    text = "{Infliximab:drug} <protects and improves> mutated {A:disease:bad} less ."
    assert correction[1](marked(text, ASSOCIATED).pair(is_loss_of_function=True), "prevents") == "prevents"


def test_loss_of_a_subject_does_the_opposite() -> None:
    pair = marked("Loss of {IL-10:target} <raises> {TNF release:effect} .", RAISES).pair
    assert loss_of_subject(pair(is_loss_of_function=True), "increases") == "decreases"
    assert loss_of_subject(pair(), "increases") == "increases"
    drug = marked("Loss of {insulin:drug} <raises> {lipolysis:effect} .", RAISES).pair(is_loss_of_function=True)
    assert loss_of_subject(drug, "increases") == "increases"


def test_corrections_apply_in_order() -> None:
    """Less of something good is less of it, though what is good is otherwise increased where it is caused."""
    text = marked("{Placebo:drug} <led to> less {remission:effect:good} .", CAUSES)
    assert caused_benefit(text.pair(), "causes") == "increases"
    assert assigned_predicate(text.pair()) == "decreases"


def test_each_correction_sees_what_those_before_have_left() -> None:
    """The loss of a target increases, then its object is a loss too: twice the opposite."""
    text = marked(
        "{IL-10:target} deficiency <drives> {TNF:target} degradation .", make_rule({"target-target": "inhibits"})
    )
    assert assigned_predicate(text.pair()) == "activates"
    assert assigned_predicate(text.pair(is_loss_of_function=True)) == "inhibits"
    assert len(text.said("predicate")) == 3


def test_what_a_correction_changed_is_noted() -> None:
    text = marked("{Aspirin:drug} <was associated with> a lower risk of {stroke:disease} .", CAUSES)
    assert assigned_predicate(text.pair()) == "prevents"
    assert text.said("predicate") == ["Aspirin prevents stroke: not causes, because less of the object follows"]


def test_that_nothing_is_left_to_state_is_noted() -> None:
    text = marked("{Minocycline:drug} <protects> {neurons:target} .", ACTIVATES)
    assert assigned_predicate(text.pair()) is None
    assert text.said("suppressed") == ["Minocycline activates neurons: the object is protected, not activated"]


def test_what_needs_no_correction_is_not_noted() -> None:
    text = marked("{Tofacitinib:drug} <activates> {JAK1:target} .", ACTIVATES)
    assert assigned_predicate(text.pair()) == "activates"
    assert text.decisions == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("less", True),
        ("a drop in pain and", True),
        ("reduced pain and", False),
        ("reduced pain ,", False),
        ("more", False),
        ("", False),
    ],
)
def test_decrease_is_seen_before_a_name(words: str, expected: bool) -> None:
    assert signals_decrease(words.split()) is expected
