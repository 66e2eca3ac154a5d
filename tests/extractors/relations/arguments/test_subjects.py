"""Each strategy on a sentence in which it decides, and on one like it in which it does not."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from argument_sentences import Marked, marked

from extractors.relations.arguments.subjects import STRATEGIES, contrasted_drugs, subject_of

DRUG = {"drug"}
AGENTS = {"drug", "target"}
STUDIED = "<drug:Infliximab> was studied ."
FUNCTIONS = {strategy.said: strategy.find.__name__ for strategy in STRATEGIES}


class Case(NamedTuple):
    decides: str | None
    """The function that decides."""
    text: str
    names: list[str]
    before: str = ""
    is_inherited: bool = False
    types: set[str] = AGENTS


def deciding(marks: Marked) -> str | None:
    """The function that the last decision on the subject came from."""
    return FUNCTIONS.get(marks.said[-1].removesuffix(": no subject"))


CASES = {
    "compound": Case(
        "cause_in_compound",
        "<drug:Losartan> {verb/past:attenuated} <drug:bleomycin> {!verb/past:induced} <disease:lung fibrosis> .",
        ["bleomycin"],
    ),
    "no compound: no verb acts on it": Case(
        "first_in_clause", "<drug:Bleomycin> {verb/past:induced} <disease:lung fibrosis> .", ["Bleomycin"]
    ),
    "reduced relative": Case(
        "head_of_reduced_relative",
        "We stored <drug:colchicine> , first {phrase:used in} <disease:gout> , in the dark .",
        ["colchicine"],
    ),
    "reduced relative behind a bracket": Case(
        "head_of_reduced_relative",
        "We stored <drug:colchicine> ( an alkaloid ) {phrase:used in} <disease:gout> .",
        ["colchicine"],
    ),
    "reduced relative of a word that is no name": Case(
        "head_of_reduced_relative", "<drug:Colchicine> comes from leaves once {phrase:used in} <disease:gout> .", []
    ),
    "no reduced relative: a predicate": Case(
        "first_in_clause", "<drug:Colchicine> remains {phrase:effective in} <disease:gout> .", ["Colchicine"]
    ),
    "no reduced relative: its noun stands for a drug": Case(
        "first_in_clause", "<drug:Colchicine> is an agent {phrase:used in} <disease:gout> .", ["Colchicine"]
    ),
    "no reduced relative: the sentence begins with it": Case(
        None, "{phrase:Used in} <disease:gout> .", [], before="They were remedies"
    ),
    "relative clause": Case(
        "antecedent_of_relative_pronoun",
        "<drug:Prednisone> was replaced by <drug:tofacitinib> , which {verb/third:inhibits} <target:JAK1> .",
        ["tofacitinib"],
    ),
    "relative clause behind brackets": Case(
        "antecedent_of_relative_pronoun",
        "We gave <drug:tofacitinib> ( Xeljanz ) that {verb/third:inhibits} <target:JAK1> .",
        ["tofacitinib"],
    ),
    "no antecedent: another verb stands between": Case(
        "first_in_clause",
        "<drug:Tofacitinib> , which {verb/third:blocks} <target:JAK1> and {!verb/third:reduces} <effect:fever> .",
        ["Tofacitinib"],
    ),
    "no antecedent: only the class of the subject": Case(
        "first_in_clause",
        "<drug:Adalimumab> is from a class of <drug/drug_class:biologics> that {verb/base:bind} <target:TNF> .",
        ["Adalimumab"],
    ),
    "antecedent: the class is spoken of in the sentence before": Case(
        "antecedent_of_relative_pronoun",
        "<drug:Biologics> that {verb/base:bind} <target:TNF> are used .",
        ["Biologics"],
        before="They form a class of",
    ),
    "leading phrase before an anaphor": Case(
        "topic_behind_leading_phrase",
        "By {verb/ing:binding} <target:TNF> , this antibody also reduced <effect:fever> .",
        ["Infliximab"],
        before=STUDIED,
        is_inherited=True,
    ),
    "leading phrase before a name": Case(
        "subject_behind_leading_phrase",
        "By {verb/ing:binding} <target:TNF> , <drug:adalimumab> also reduced <effect:fever> .",
        ["adalimumab"],
        before=STUDIED,
    ),
    "trigger behind the leading phrase": Case(
        "first_in_clause", "In mice , <drug:adalimumab> {verb/third:binds} <target:TNF> .", ["adalimumab"]
    ),
    "possessive": Case(
        "topic_of_possessive",
        "Its use {verb/past:reduced} <effect:fever> .",
        ["Infliximab"],
        before=STUDIED,
        is_inherited=True,
    ),
    "possessive of something else": Case(None, "Its price {verb/past:reduced} <effect:fever> .", [], before=STUDIED),
    "possessive without a topic": Case(None, "Its use {verb/past:reduced} <effect:fever> .", []),
    "disease before another name": Case(
        "disease_before_another_name",
        "<disease:Colitis> under <drug:infliximab> {verb/past:impaired} <effect:sleep> .",
        [],
        types={"drug", "disease"},
    ),
    "disease alone": Case(
        "first_in_clause",
        "<disease:Colitis> {verb/past:impaired} <effect:sleep> .",
        ["Colitis"],
        types={"drug", "disease"},
    ),
    "demonstrative and name": Case(
        "topic_of_demonstrative_name",
        "This <drug/drug_class:antibody> {verb/past:reduced} <effect:fever> .",
        ["Infliximab"],
        before=STUDIED,
        is_inherited=True,
    ),
    "article and name": Case(
        "first_in_clause",
        "An <drug/drug_class:antibody> {verb/past:reduced} <effect:fever> .",
        ["antibody"],
        before=STUDIED,
    ),
    "first name": Case("first_in_clause", "<drug:Tofacitinib> {verb/third:inhibits} <target:JAK1> .", ["Tofacitinib"]),
    "first name and its partner": Case(
        "first_in_clause",
        "<drug:Rituximab> , given in combination with <drug:bendamustine> , {verb/third:depletes} <target:B cells> .",
        ["Rituximab", "bendamustine"],
    ),
    "partner of a combination": Case(
        "first_in_clause",
        "Combining <drug:rituximab> with <drug:bendamustine> {verb/third:depletes} <target:B cells> .",
        ["rituximab", "bendamustine"],
    ),
    "list that an apposition interrupts": Case(
        "first_in_clause",
        "<drug:Icatibant> , an antagonist , and <drug:lanadelumab> {phrase:are used in} <disease:angioedema> .",
        ["Icatibant", "lanadelumab"],
    ),
    "the latter of a list": Case(
        "first_in_clause",
        "Of <drug:abatacept> and <drug:belatacept> , the latter {verb/third:binds} <target:CD80> .",
        ["belatacept"],
    ),
    "last name, right before the trigger": Case(
        "first_in_clause",
        "Because <drug:prednisone> failed , <drug:tofacitinib> {verb/past:reduced} <effect:fever> .",
        ["tofacitinib"],
    ),
    "no first name: it is behind the trigger": Case(
        None, "Patients {verb/past:stopped} <drug:prednisone> .", [], types=set(DRUG)
    ),
    "diseases and effects are not inherited": Case(
        "no_agent_among_types",
        "It {verb/past:impaired} <effect:sleep> .",
        [],
        before="<disease:Colitis> was studied .",
        types={"disease"},
    ),
    "drugs are inherited": Case(
        "topic_of_anaphor",
        "It {verb/past:impaired} <effect:sleep> .",
        ["Infliximab"],
        before=STUDIED,
        is_inherited=True,
    ),
    "examples": Case(
        "examples_of_unnamed_subject",
        "Several oral agents ( such as <drug:aspirin> ) {phrase:are used in} <disease:gout> .",
        ["aspirin"],
    ),
    "examples behind a link": Case(
        "examples_of_unnamed_subject",
        "Therapies ( especially those using <drug:aspirin> ) {phrase:are used in} <disease:gout> .",
        ["aspirin"],
    ),
    "no examples of drugs": Case(
        None, "Several large trials ( such as <drug:aspirin> ) {phrase:are used in} <disease:gout> .", []
    ),
    "target before the trigger": Case(
        "target_before_trigger",
        "It is clear that <target:TNF> strongly {verb/third:induces} <effect:fever> .",
        [],
        before=STUDIED,
        types=set(DRUG),
    ),
    "no target right before the trigger": Case(
        "topic_of_anaphor",
        "It lowers <target:TNF> and strongly {verb/third:reduces} <effect:fever> .",
        ["Infliximab"],
        before=STUDIED,
        is_inherited=True,
        types=set(DRUG),
    ),
    "clause before": Case(
        "subject_of_clause_before",
        "<drug:Tofacitinib> blocks <target:JAK1> , although it {verb/third:raises} <effect:lipids> .",
        ["Tofacitinib"],
    ),
    "clause before, without its leading phrase": Case(
        "subject_of_clause_before",
        "Unlike <drug:prednisone> , <drug:tofacitinib> is safe , although it {verb/third:raises} <effect:lipids> .",
        ["tofacitinib"],
    ),
    "clause with a subject of its own": Case(
        None, "<drug:Tofacitinib> blocks <target:JAK1> , although diets {verb/base:raise} <effect:lipids> .", []
    ),
    "anaphor": Case(
        "topic_of_anaphor",
        "However , they {verb/base:reduce} <effect:fever> .",
        ["Infliximab"],
        before=STUDIED,
        is_inherited=True,
    ),
    "anaphor behind a leading phrase": Case(
        "topic_of_anaphor",
        "In mice , this agent {verb/past:reduced} <effect:fever> .",
        ["Infliximab"],
        before=STUDIED,
        is_inherited=True,
    ),
    "anaphor of one of two": Case(
        "topic_of_anaphor",
        "The former {verb/past:reduced} <effect:fever> .",
        ["Infliximab"],
        before="<drug:Infliximab> was changed to <drug:rituximab> .",
        is_inherited=True,
    ),
    "anaphor of two": Case(
        "topic_of_anaphor",
        "Both {verb/past:reduced} <effect:fever> .",
        ["Infliximab", "rituximab"],
        before="<drug:Infliximab> was changed to <drug:rituximab> .",
        is_inherited=True,
    ),
    "expletive": Case(None, "It is known to {verb/base:reduce} <effect:fever> .", [], before=STUDIED),
    "anaphor of no drug": Case(None, "These patients {verb/past:reduced} <effect:fever> .", [], before=STUDIED),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_strategy_that_decides_names_the_subject(case: Case) -> None:
    marks = marked(case.text, before=case.before)
    group, is_inherited = subject_of(marks.sentence, marks.trigger, case.types)
    assert (deciding(marks), marks.names(group), is_inherited) == (case.decides, case.names, case.is_inherited)


def test_every_strategy_decides_somewhere_and_not_elsewhere() -> None:
    functions = [strategy.find.__name__ for strategy in STRATEGIES]
    assert {case.decides for case in CASES.values()} - {None} == set(functions)
    assert len(set(FUNCTIONS)) == len(functions), "two strategies that say the same"


def test_a_subject_that_no_strategy_finds_is_noted() -> None:
    marks = marked("Patients {verb/past:stopped} <drug:prednisone> .")
    subject_of(marks.sentence, marks.trigger, DRUG)
    assert marks.decisions == [(marks.trigger, "argument", "no strategy finds a subject")]


def test_nothing_is_noted_where_nobody_asks() -> None:
    marks = marked("<drug:Prednisone> {verb/past:reduced} <effect:fever> .")
    marks.sentence.decisions = None
    assert marks.names(subject_of(marks.sentence, marks.trigger, DRUG).group) == ["Prednisone"]


@pytest.mark.parametrize(
    ("text", "before", "names"),
    [
        ("<drug:Prednisone> reduced <effect:fever> , whereas renal function fell .", "", ["Prednisone"]),
        ("<drug:Prednisone> was stopped , whereas renal function fell .", "", []),
        ("<drug:Prednisone> levels rose , whereas renal function fell .", "", []),
        ("Unlike <drug:prednisone> it failed , whereas renal function fell .", "", []),
        ("Treatment of <drug:prednisone> with <drug:x> failed , whereas renal function fell .", "", ["x"]),
        ("<drug:Prednisone> reduced <effect:fever> and renal function fell .", "", []),
        ("It reduced <effect:fever> , whereas renal function fell .", STUDIED, ["Infliximab"]),
        ("Diets reduced <effect:fever> , whereas renal function fell .", STUDIED, []),
    ],
)
def test_a_contrast_is_told_of_the_drugs_of_the_clause_before(text: str, before: str, names: list[str]) -> None:
    marks = marked(text, before=before)
    assert marks.names(contrasted_drugs(marks.sentence, marks.place("fell"))) == names
