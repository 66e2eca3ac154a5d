from __future__ import annotations

from collections.abc import Callable

import pytest
from marked_sentences import Marked, make_rule, marked

from extractors.relations.predicates import (
    CORRECTIONS,
    EXCLUSIONS,
    ArgumentPair,
    acts_on_effect_of_another,
    ameliorated_benefit,
    assigned_predicate,
    causal_association,
    caused_benefit,
    caused_measure,
    implied_disease_statements,
    improved_harm,
    improvement_of_disease,
    is_part_of_another_name,
    less_of_object,
    loss_of_object,
    loss_of_subject,
    prevented_events,
    protection_of_target,
    signals_decrease,
    variant_of_target,
)
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import Statement

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
