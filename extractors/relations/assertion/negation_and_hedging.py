"""Negation and hedging of a statement, and triggers that assert nothing.

The cues are data (`data/relations/assertion_cues.toml`). The scope of a cue extends forward within its clause, as in
NegEx (Chapman et al., 2001) and ConText (Harkema et al., 2009), up to a finite verb that is coordinated with the first
one: in "depletes bacteria and may weaken the barrier" the hedge reaches only the second statement, in "may weaken the
barrier and promote inflammation" both.

Each question is answered by ordered tests, of which the first that applies decides and is noted in the sentence.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import NamedTuple

from extractors.language.clauses import AUXILIARIES, RELATIVES
from extractors.language.coordination import Group
from extractors.language.lexicon import word_list
from extractors.relations.sentence import Cue, Trigger, TriggeredSentence

_ABSENCE_WORDS = word_list("relations", "absence_words")
_OUTSIDE_EXPOSURE = word_list("relations", "outside_exposure")
_RAISING_VERBS = word_list("relations", "raising_verbs")
_SEVERITY_ADJECTIVES = word_list("relations", "severity_adjectives")

_NEAR = 2
"""How many words may stand between "absence of" and what is absent."""
_BEFORE_DESCRIPTION = 4
"""How many words may stand between a cue and the description that it is a cue of ("may be a JAK inhibitor")."""
_FORWARD_MODALS = frozenset({"should", "must"})
"""Modal verbs that take the assertion only from what follows ("A blocks B and should be avoided")."""
_FEWER = frozenset({"less", "fewer", "rarer"})
_DESCRIBING_FRAMES = frozenset({"agent", "prefix", "suffix"})
"""Frames in which a noun phrase describes a drug in passing ("the JAK inhibitor A", "anti-CD20")."""
_PRESUPPOSING_FRAMES = _DESCRIBING_FRAMES | {"link", "own", "possessed"}
"""Frames whose statement is taken for granted also where the clause asks or plans ("its nephrotoxicity")."""


class NegationScope(NamedTuple):
    """What a negation cue may reach: a trigger, its objects, and its subjects where they are known."""

    sentence: TriggeredSentence
    trigger: Trigger
    objects: Group
    subjects: Group | None


def is_negated(
    sentence: TriggeredSentence,
    trigger: Trigger,
    objects: Group,
    *,
    subjects: Group | None = None,
    is_loss_of_function: bool = False,
) -> bool:
    """Whether a negation cue has a trigger and its arguments in its scope; see `NEGATIONS`.

    The trigger's own "not" is not counted ("does not affect" where the rule is negated), nor the cue that makes the
    subject a loss (`is_loss_of_function`: "absence of A increases B" denies nothing).
    """
    scope = NegationScope(sentence, trigger, objects, subjects)
    cues = [cue for cue in sentence.cues if cue.kind == "negation"]
    if trigger.rule.frame == "link":
        tests = LINK_NEGATIONS
    elif _is_presupposed(sentence, trigger):
        tests = DESCRIPTION_NEGATIONS
    else:
        tests = NEGATIONS
        cues = [
            cue
            for cue in cues
            if not (trigger.rule.is_negated and trigger.start <= cue.start < trigger.end)
            and not (subjects and is_loss_of_function and 0 <= subjects.start - cue.end <= _NEAR)
        ]
    for said, denies in tests:
        for cue in cues:
            if denies(scope, cue):
                sentence.note(trigger, "assertion", f'negated: "{_text(sentence, cue)}" {said}')
                return True
    return False


def denies_trigger(scope: NegationScope, cue: Cue) -> bool:
    """Whether a cue before a trigger reaches it: "A does not inhibit B".

    Not where a member of a list between them is what is denied ("not A but B inhibits C").
    """
    sentence, trigger = scope.sentence, scope.trigger
    denies_between = any(
        group.negated and group.start > cue.start and group.end <= trigger.start for group in sentence.clauses.groups
    )
    return _reaches(sentence, cue, trigger) and not denies_between and not _denies_a_member(sentence, cue)


def denies_objects(scope: NegationScope, cue: Cue) -> bool:
    """Whether a cue stands between a trigger and its objects: "A had no effect on B"."""
    is_between = scope.trigger.end <= cue.start < scope.objects.start
    return is_between and not _denies_a_member(scope.sentence, cue)


def denies_agents(scope: NegationScope, cue: Cue) -> bool:
    """Whether a cue stands between a passive participle and its agent: "B was inhibited not by A"."""
    subjects, trigger = scope.subjects, scope.trigger
    is_passive = trigger.form == "past" and scope.objects.end <= trigger.start
    return is_passive and subjects is not None and trigger.end <= cue.start < subjects.start - 1


def denies_description(scope: NegationScope, cue: Cue) -> bool:
    """Whether a cue stands right before a description: "A is not a JAK inhibitor"."""
    return 0 <= scope.trigger.start - cue.end <= _BEFORE_DESCRIPTION


def denies_linked_subject(scope: NegationScope, cue: Cue) -> bool:
    """Whether a cue stands right before the subject of a compound: "no A-induced B"."""
    return scope.subjects is not None and scope.subjects.start == cue.end


NegationTest = tuple[str, Callable[[NegationScope, Cue], bool]]

NEGATIONS: tuple[NegationTest, ...] = (
    ("before the trigger reaches it", denies_trigger),
    ("stands between the trigger and its object", denies_objects),
    ("stands between a passive and its agent", denies_agents),
)
"""How a cue denies what a clause states; for each, what is noted behind the cue, and the test."""
DESCRIPTION_NEGATIONS: tuple[NegationTest, ...] = (("stands before the description", denies_description),)
LINK_NEGATIONS: tuple[NegationTest, ...] = (("stands before the compound", denies_linked_subject),)


def is_hedged(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a trigger is in the scope of a hedge; see `HEDGES`."""
    if trigger.rule.frame == "link":
        tests = LINK_HEDGES
    elif _is_presupposed(sentence, trigger):
        tests = DESCRIPTION_HEDGES
    else:
        tests = HEDGES
    for said, hedges in tests:
        for cue in sentence.cues:
            if hedges(sentence, trigger, cue):
                sentence.note(trigger, "assertion", f'hedged: "{_text(sentence, cue)}" {said}')
                return True
    return False


def hedges_trigger(sentence: TriggeredSentence, trigger: Trigger, cue: Cue) -> bool:
    """Whether a hedge before a trigger reaches it: "A may inhibit B"."""
    return cue.kind == "hedge" and not _is_no_hedge(sentence, cue) and _reaches(sentence, cue, trigger)


def hedges_clause(sentence: TriggeredSentence, trigger: Trigger, cue: Cue) -> bool:
    """Whether the clause of a trigger goes on to say that it is uncertain: "A for B is under investigation".

    Not of a relative clause ("A, which inhibits B, is under investigation"), nor across the edge of an aside.
    """
    _, end = sentence.clauses.bounds(trigger.start)
    before = sentence.doc[max(trigger.start - 1, sentence.span.start)].lower_
    return (
        cue.kind == "hedge_after"
        and trigger.start <= cue.start < end
        and before not in RELATIVES
        and sentence.clauses.aside_of(cue.start) == sentence.clauses.aside_of(trigger.start)
    )


def hedges_description(sentence: TriggeredSentence, trigger: Trigger, cue: Cue) -> bool:
    """Whether a hedge stands right before a description: "A may be a JAK inhibitor"."""
    return cue.kind == "hedge" and 0 <= trigger.start - cue.end <= _BEFORE_DESCRIPTION


def hedges_link(sentence: TriggeredSentence, trigger: Trigger, cue: Cue) -> bool:
    """Whether a hedge stands right before a compound: "possible A-induced B"."""
    return cue.kind == "hedge" and 0 <= trigger.start - cue.end <= _NEAR


HedgeTest = tuple[str, Callable[[TriggeredSentence, Trigger, Cue], bool]]

HEDGES: tuple[HedgeTest, ...] = (
    ("before the trigger reaches it", hedges_trigger),
    ("behind the trigger takes the certainty from its clause", hedges_clause),
)
"""How a cue hedges what a clause states; for each, what is noted behind the cue, and the test."""
DESCRIPTION_HEDGES: tuple[HedgeTest, ...] = (("stands before the description", hedges_description),)
LINK_HEDGES: tuple[HedgeTest, ...] = (("stands before the compound", hedges_link),)


def asserts_nothing(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a trigger asserts nothing: its clause asks, recommends or plans, or its own words take it back.

    The tests of `NON_ASSERTIONS` decide. What a description presupposes ("an anti-CD20 antibody", "its
    nephrotoxicity") is stated in any clause.
    """
    if trigger.rule.frame in _PRESUPPOSING_FRAMES:
        return False
    for said, applies in NON_ASSERTIONS:
        if applies(sentence, trigger):
            sentence.note(trigger, "suppressed", said)
            return True
    return False


def is_asked(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether the sentence is a question: "Does A inhibit B?"."""
    return sentence.span.text.rstrip().endswith("?")


def is_outside_exposure(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a phrase puts what happened before a drug was given, or beside it: "B fell before treatment with A"."""
    return trigger.rule.frame == "reverse" and not _OUTSIDE_EXPOSURE.isdisjoint(_words(sentence, trigger))


def is_less_common(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a word within a trigger takes it back: "B was less common with A", but not "no less common"."""
    words = _words(sentence, trigger)
    return any(word in _FEWER and words[max(place - 1, 0)] != "no" for place, word in enumerate(words))


def is_unasserted(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether the clause asks, recommends or plans: "We investigated whether A inhibits B", "A should be given for B".

    A modal verb behind the trigger leaves it asserted ("A blocks B and should be avoided").
    """
    start, end = sentence.clauses.bounds(trigger.start)
    return any(
        cue.kind == "unasserted"
        and start <= cue.start < end
        and (cue.start < trigger.end or sentence.doc[cue.start].lower_ not in _FORWARD_MODALS)
        for cue in sentence.cues
    )


NON_ASSERTIONS: tuple[tuple[str, Callable[[TriggeredSentence, Trigger], bool]], ...] = (
    ("the sentence is a question", is_asked),
    ("the trigger speaks of a time or an arm without the drug", is_outside_exposure),
    ("the trigger says that there was less", is_less_common),
    ("the clause asks, recommends or plans", is_unasserted),
)
"""How a trigger comes to assert nothing, in words, and the test."""


def _text(sentence: TriggeredSentence, cue: Cue) -> str:
    return sentence.doc[cue.start : cue.end].text


def _words(sentence: TriggeredSentence, trigger: Trigger) -> list[str]:
    return [token.lower_ for token in sentence.doc[trigger.start : trigger.end]]


def _is_presupposed(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a description states something in passing ("the JAK inhibitor A", "patients treated with A")."""
    is_reduced = trigger.rule.is_reduced_relative and sentence.doc[trigger.start].lower_ in ("treated", "managed")
    return is_reduced or trigger.rule.frame in _DESCRIBING_FRAMES


def _is_no_hedge(sentence: TriggeredSentence, cue: Cue) -> bool:
    """Whether the words of a hedge say something else.

    "Could not" says that something was impossible, "potentially fatal" how severe it is, "development of B" how a
    disease came about.
    """
    first = sentence.doc[cue.start].lower_
    following = sentence.doc[cue.end].lower_ if cue.end < sentence.span.end else ""
    if first == "could":
        return following in ("not", "n't")
    if first == "potentially":
        return following in _SEVERITY_ADJECTIVES
    if first not in ("development", "exploration"):
        return False
    behind = next((name for name in sentence.mentions if cue.end <= name.start <= cue.end + _NEAR), None)
    return behind is not None and behind.entity_type in ("disease", "effect")


def _reaches(sentence: TriggeredSentence, cue: Cue, trigger: Trigger) -> bool:
    """Whether a trigger is in the forward scope of a cue: in its clause, and nothing between them ends the scope."""
    start, _ = sentence.clauses.bounds(trigger.start)
    if not start <= cue.start < trigger.end:
        return False
    aside = sentence.clauses.aside_of(cue.start)
    if aside is not None and aside != sentence.clauses.aside_of(trigger.start):
        return False
    between = [token.lower_ for token in sentence.doc[cue.end : trigger.start]]
    if "but" in between or _is_of_phrase(sentence, cue, between, trigger):
        return False
    onward = [*between, sentence.doc[trigger.start].lower_]
    if any(word == "," and after in AUXILIARIES for word, after in itertools.pairwise(onward)):
        return False  # "is hardly absorbed, is approved for"
    coordinated = next((place for place, word in enumerate(between) if word in ("and", "or")), None)
    if coordinated is not None and not (AUXILIARIES | _RAISING_VERBS).isdisjoint(between[coordinated:]):
        return False
    if not any(cue.end <= verb < trigger.start for verb in sentence.verbs):
        return True
    return not _is_finite(sentence, trigger)


def _is_of_phrase(sentence: TriggeredSentence, cue: Cue, between: Sequence[str], trigger: Trigger) -> bool:
    """Whether the scope of a cue is only the phrase that it stands in.

    That of a word for absence ends at a comma ("In the absence of A, B ..."), that of a "not" before a participle where
    the clause's own verb follows ("gout not controlled by A was ...").
    """
    words = [token.lower_ for token in sentence.doc[cue.start : cue.end]]
    if not _ABSENCE_WORDS.isdisjoint(words):
        return "," in between
    before = sentence.doc[cue.start - 1].lower_ if cue.start > sentence.span.start else ""
    is_participle = bool(between) and between[0].endswith(("ed", "ing")) and before not in AUXILIARIES
    following = {*between, sentence.doc[trigger.start].lower_}
    return words == ["not"] and is_participle and not AUXILIARIES.isdisjoint(following)


def _is_finite(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a trigger's verb carries tense, and so begins a statement of its own ("is", "reduces", "reduced")."""
    first = sentence.doc[trigger.start].lower_
    return trigger.form in ("third", "past") or (
        trigger.form == "phrase"
        and trigger.rule.frame != "nominal"
        and (first in AUXILIARIES or first.endswith("s") or first.endswith("ed"))
    )


def _denies_a_member(sentence: TriggeredSentence, cue: Cue) -> bool:
    """Whether a "not" stands within a list ("A, but not B") and denies only a member."""
    return any(group.negated and group.start <= cue.start < group.end for group in sentence.clauses.groups)
