from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from marked_sentences import Marked, make_rule, marked

from extractors.relations.assertion.cues import KINDS, AssertionCues, CueError, read_cues
from extractors.relations.assertion.negation_and_hedging import (
    DESCRIPTION_HEDGES,
    DESCRIPTION_NEGATIONS,
    HEDGES,
    LINK_HEDGES,
    LINK_NEGATIONS,
    NEGATIONS,
    NON_ASSERTIONS,
    asserts_nothing,
    is_hedged,
    is_negated,
)
from extractors.relations.rules import RelationRule

VERB = make_rule({"drug-target": "inhibits"})
PHRASE = make_rule({"drug-disease": "causes"}, frame="phrase")
REVERSE = make_rule({"drug-disease": "treats"}, frame="reverse")
TREATED = make_rule({"drug-disease": "treats"}, frame="reverse", is_reduced_relative=True)
AGENT = make_rule({"drug-target": "inhibits"}, frame="agent")
LINK = make_rule({"drug-disease": "causes"}, frame="link")
OWN = make_rule({"drug-effect": "causes"}, frame="own")


def negated(read: Marked, subject: int | None = 0, target: int = 1, *, is_loss_of_function: bool = False) -> bool:
    return is_negated(
        read.sentence,
        read.trigger,
        read.group(target),
        subjects=None if subject is None else read.group(subject),
        is_loss_of_function=is_loss_of_function,
    )


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("{A:drug} does not <inhibit> {B:target} .", "base", 'negated: "not" before the trigger reaches it'),
        ("{A:drug} failed to <inhibit> {B:target} .", "base", 'negated: "failed to" before the trigger reaches it'),
        ("{A:drug} does not only <inhibit> {B:target} .", "base", None),
        ("{A:drug} <inhibits> {B:target} .", "third", None),
        ("{A:drug} was not toxic , and it <inhibits> {B:target} .", "third", None),
        ("{A:drug} is not toxic but <inhibits> {B:target} .", "third", None),
        ("{A:drug} is hardly absorbed , is <blocking> {B:target} .", "ing", None),
        ("{A:drug} does not cross and may <inhibit> {B:target} .", "base", None),
        ("{A:drug} , which is not toxic , <inhibits> {B:target} .", "third", None),
        ("In the absence of serum , {A:drug} <inhibits> {B:target} .", "third", None),
        ("In the absence of {A:drug} <inhibits> {B:target} .", "third", 'negated: "absence of" before the trigger'),
        ("{Gout:disease} not controlled by {A:drug} was <inhibiting> {B:target} .", "ing", None),
        ("{A:drug} <inhibits> no {B:target} .", "third", 'negated: "no" stands between the trigger and its object'),
        ("{A:drug} <inhibits> without delay {B:target} .", "third", 'negated: "without" stands between the trigger'),
    ],
)
def test_scope_of_a_negation(text: str, form: str, expected: str | None) -> None:
    read = marked(text, VERB, form=form)
    is_denied = negated(read, None, len(read.mentions) - 1)
    assert is_denied is (expected is not None)
    assert [said.startswith(expected or "") for said in read.said("assertion")] == [True] * is_denied


def test_negation_ends_where_a_second_verb_carries_tense() -> None:
    others = {"binds": VERB}
    text = "{A:drug} never binds {C:target} and <{}> {B:target} ."
    finite = marked(text.replace("{}", "inhibits"), VERB, form="third", others=others)
    assert not negated(finite, 0, 2)
    bare = marked(text.replace("{}", "inhibiting"), VERB, form="ing", others=others)
    assert negated(bare, 0, 2)
    phrase = marked(text.replace("{}", "acts on"), PHRASE, form="phrase", others=others)
    assert not negated(phrase, 0, 2)


def test_denied_member_of_a_list_leaves_the_statement() -> None:
    read = marked("{A:drug} , but not {B:drug} , <inhibits> {C:target} .", VERB)
    assert not negated(read, 0, 2)
    behind = marked("{A:drug} <inhibits> {C:target} , but not {B:target} .", VERB)
    assert not negated(behind, 0, 1)
    between = marked("{A:drug} <inhibits> with {C:drug} , but not {D:drug} , {B:target} .", VERB)
    assert not negated(between, 0, 3)
    twice = marked("It is not {A:drug} , not {B:drug} <inhibiting> {C:target} .", VERB, form="ing")
    assert not negated(twice, 0, 2)


def test_agent_of_a_passive_is_denied_behind_it() -> None:
    read = marked("{B:target} was <inhibited> but not by {A:drug} .", VERB, form="past")
    assert negated(read, 1, 0)
    assert read.said("assertion") == ['negated: "not" stands between a passive and its agent']
    active = marked("{B:target} was <inhibiting> but not by {A:drug} .", VERB, form="ing")
    assert not negated(active, 1, 0)


def test_own_denial_of_a_rule_is_not_counted_twice() -> None:
    rule = make_rule({"drug-target": "inhibits"}, frame="phrase", is_negated=True)
    assert not negated(marked("{A:drug} <did not affect> {B:target} .", rule, form="phrase"))
    assert negated(marked("{A:drug} <did not affect> {B:target} .", PHRASE, form="phrase"))


def test_cue_that_makes_a_loss_of_the_subject_denies_nothing() -> None:
    read = marked("Absence of {A:target} <raises> {B:effect} .", VERB)
    assert negated(read)
    assert not negated(read, is_loss_of_function=True)


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        ("{A:drug} is not a {B:target} <inhibitor> .", AGENT, True),
        ("{A:drug} is a {B:target} <inhibitor> , not a toxin .", AGENT, False),
        ("{A:drug} is not , as far as is known , a {B:target} <inhibitor> .", AGENT, False),
        ("{B:disease} not <treated with> {A:drug} .", TREATED, True),
        ("There was no {B:drug} ~- ~<induced> {C:disease} .", LINK, True),
        ("There was no mild {B:drug} ~- ~<induced> {C:disease} .", LINK, False),
    ],
)
def test_description_is_denied_right_before_it(text: str, rule: RelationRule, expected: bool) -> None:
    read = marked(text, rule, form="phrase")
    assert negated(read) is expected
    assert len(read.said("assertion")) == expected


@pytest.mark.parametrize(
    ("text", "rule", "form", "expected"),
    [
        ("{A:drug} may <inhibit> {B:target} .", VERB, "base", True),
        ("{A:drug} could <inhibit> {B:target} .", VERB, "base", True),
        ("{A:drug} could not <inhibit> {B:target} .", VERB, "base", False),
        ("{A:drug} <inhibits> {B:target} .", VERB, "third", False),
        ("{A:drug} can <cause> potentially fatal {B:disease} .", PHRASE, "base", False),
        ("Potentially fatal {B:disease} <follows> {A:drug} .", VERB, "third", False),
        ("Potentially , {A:drug} <inhibits> {B:target} .", VERB, "third", True),
        ("In the development of {C:disease} , {A:drug} <inhibits> {B:target} .", VERB, "third", False),
        ("The development of {A:drug} <inhibiting> {B:target} .", VERB, "ing", True),
        ("{A:drug} <for> {B:disease} is under investigation .", PHRASE, "phrase", True),
        ("{A:drug} <for> {B:disease} is approved .", PHRASE, "phrase", False),
        ("{A:drug} , which <inhibits> {B:target} , is under investigation .", VERB, "third", False),
        ("{A:drug} that <inhibits> {B:target} is under investigation .", VERB, "third", False),
        ("{A:drug} ( <inhibits> {B:target} ) is under investigation .", VERB, "third", False),
        ("{A:drug} <inhibits> {B:target} , while {C:drug} is under investigation .", VERB, "third", False),
        ("{A:drug} may be a {B:target} <inhibitor> .", AGENT, "phrase", True),
        ("{A:drug} may be a very new and quite strong {B:target} <inhibitor> .", AGENT, "phrase", False),
        ("There was possible {A:drug} ~- ~<induced> {B:disease} .", LINK, "past", True),
        ("There was possible and quite mild {A:drug} ~- ~<induced> {B:disease} .", LINK, "past", False),
    ],
)
def test_scope_of_a_hedge(text: str, rule: RelationRule, form: str, expected: bool) -> None:
    read = marked(text, rule, form=form)
    assert is_hedged(read.sentence, read.trigger) is expected
    assert len(read.said("assertion")) == expected


def test_hedge_reaches_over_a_coordinated_verb_without_tense_alone() -> None:
    others = {"weaken": VERB, "depletes": VERB}
    both = marked("{A:drug} may weaken {B:target} and <promote> {C:effect} .", VERB, form="base", others=others)
    assert is_hedged(both.sentence, both.trigger)
    first = marked("{A:drug} may weaken {B:target} and <promotes> {C:effect} .", VERB, form="third", others=others)
    assert not is_hedged(first.sentence, first.trigger)


@pytest.mark.parametrize(
    ("text", "rule", "reason"),
    [
        ("Does {A:drug} <inhibit> {B:target} ?", VERB, "the sentence is a question"),
        (
            "{B:disease} <fell before treatment with> {A:drug} .",
            REVERSE,
            "the trigger speaks of a time or an arm without the drug",
        ),
        ("{B:disease} <fell after treatment with> {A:drug} .", REVERSE, None),
        ("{A:drug} <came before> {B:disease} .", PHRASE, None),
        ("{B:disease} <was less common with> {A:drug} .", REVERSE, "the trigger says that there was less"),
        ("{B:disease} <was no less common with> {A:drug} .", REVERSE, None),
        ("It is open whether {A:drug} <inhibits> {B:target} .", VERB, "the clause asks, recommends or plans"),
        ("{A:drug} <inhibits> {B:target} and should be avoided .", VERB, None),
        ("{A:drug} <inhibits> {B:target} , which is eligible .", VERB, "the clause asks, recommends or plans"),
        ("It is open whether {C:drug} binds , while {A:drug} <inhibits> {B:target} .", VERB, None),
        ("{A:drug} <inhibits> {B:target} .", VERB, None),
        ("Is {A:drug} a {B:target} <inhibitor> ?", AGENT, None),
        ("Whether its <toxicity> , {B:effect} , matters ?", OWN, None),
        ("{A:drug} should be given . || {C:drug} <inhibits> {B:target} .", VERB, None),
    ],
)
def test_what_asserts_nothing(text: str, rule: RelationRule, reason: str | None) -> None:
    read = marked(text, rule, form="phrase")
    assert asserts_nothing(read.sentence, read.trigger) is (reason is not None)
    assert read.said("suppressed") == ([reason] if reason else [])


def test_each_test_says_something_else() -> None:
    for tests in (NEGATIONS, DESCRIPTION_NEGATIONS, LINK_NEGATIONS, HEDGES, DESCRIPTION_HEDGES, LINK_HEDGES):
        assert len({said for said, _ in tests}) == len({test for _, test in tests}) == len(tests) > 0
    assert len(dict(NON_ASSERTIONS)) == len(NON_ASSERTIONS)


CUES = AssertionCues(spacy.blank("en").vocab)


def cue_texts(*words: str) -> list[tuple[str, str]]:
    doc = spacy.tokens.Doc(CUES._matchers["hedge"].vocab, words=list(words))
    return [(cue.kind, doc[cue.start : cue.end].text) for cue in CUES.find(doc[:])]


def test_longest_cue_of_a_kind_is_taken() -> None:
    assert cue_texts("It", "is", "being", "widely", "studied") == [
        ("hedge", "is being widely studied"),
        ("hedge_after", "is being widely studied"),
    ]


def test_cue_that_is_no_negation_hides_the_negation_in_it() -> None:
    assert cue_texts("It", "did", "not", "bind") == [("negation", "not")]
    assert cue_texts("It", "did", "not", "only", "bind") == []


def test_nitric_oxide_is_no_negation() -> None:
    assert cue_texts("It", "releases", "NO") == []
    assert cue_texts("THERE", "WAS", "NO", "PAIN") == [("negation", "NO")]


def test_bundled_cues_have_every_kind_in_order() -> None:
    assert tuple(read_cues()) == KINDS


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("[hedge]", "[hedges]"), "has hedge_after, hedges, negation, not_negation, unasserted; expected hedge"),
        (("reason = 'why'", ""), "negation has phrases; expected a reason and phrases"),
        (("reason = 'why'", "reason = ' '"), "negation has phrases, reason; expected a reason and phrases"),
        (("['may']", "['may', 'may']"), "negation has may twice"),
        (("['may']", "['May']"), "negation has 'May'; expected words in lower case"),
        (("['may']", "[]"), r"negation: phrases is \[\]; expected an array of strings"),
        (("['may']", "'may'"), "negation: phrases is 'may'; expected an array of strings"),
    ],
)
def test_broken_file_of_cues_is_refused(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    path = tmp_path / "cues.toml"
    whole = "\n".join(f"[{kind}]\nreason = 'why'\nphrases = ['may']" for kind in KINDS)
    path.write_text(whole, encoding="utf-8")
    assert set(read_cues(path)) == set(KINDS)
    path.write_text(whole.replace(*change, 1), encoding="utf-8")
    with pytest.raises(CueError, match=message):
        read_cues(path)
