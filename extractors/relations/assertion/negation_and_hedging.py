"""Negation and hedging of a statement, and what asserts nothing.

The cues are data (`data/assertion_cues.json`). A cue works forward within its clause, as in NegEx (Chapman et al.,
2001) and ConText (Harkema et al., 2009), up to a finite verb that is coordinated with the first one: in "depletes
bacteria and may weaken the barrier" the hedge reaches only the second statement, in "may weaken the barrier and
promote inflammation" both.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.language.clauses import AUXILIARIES, RELATIVES
from extractors.language.coordination import Group
from extractors.language.lexicon import word_list
from extractors.relations.sentence import Cue, Trigger, TriggeredSentence

_NEAR = 2
"""How many words may stand between "absence of" and what is absent."""
_BESIDE = 4
"""How many words may stand between a cue and a description that it is of ("may be a JAK inhibitor")."""
_TENDING = word_list("relations", "tending")
_WITHOUT = word_list("relations", "without")
_NOT_YET = word_list("relations", "not_yet")
"""Words that put what happened beside a drug, not under it ("fell before treatment with A")."""
_GRAVE = word_list("relations", "grave")
"""Words before which "potentially" says how grave something is, not whether it is so."""
_FORWARD = frozenset({"should", "must"})
"""Words that take the assertion from what follows them alone ("A blocks B and should be avoided")."""
_FEWER = frozenset({"less", "fewer", "rarer"})


def is_negated(
    sentence: TriggeredSentence,
    trigger: Trigger,
    objects: Group,
    *,
    subjects: Group | None = None,
    is_lost: bool = False,
) -> bool:
    """Whether a negation cue reaches a trigger, or stands between it and its objects, or the agents behind a passive.

    What says that the subjects are missing ("absence of A") denies nothing; "A-induced B" is denied right before it.
    """
    if trigger.rule.frame == "link":
        return any(
            cue.kind == "negation" and subjects is not None and subjects.start == cue.end for cue in sentence.cues
        )
    if _is_taken_for_granted(sentence, trigger):
        return any(cue.kind == "negation" and 0 <= trigger.start - cue.end <= _BESIDE for cue in sentence.cues)
    cues = [
        cue
        for cue in sentence.cues
        if cue.kind == "negation"
        and not (trigger.rule.is_negated and trigger.start <= cue.start < trigger.end)  # its own "not"
        and not (subjects and is_lost and 0 <= subjects.start - cue.end <= _NEAR)
    ]
    before = any(
        _cue_reaches(sentence, cue, trigger)
        and not any(g.start > cue.start and g.end <= trigger.start for g in sentence.clauses.groups if g.negated)
        and not _denies_a_member(sentence, cue)
        for cue in cues
    )
    inside = any(trigger.end <= cue.start < objects.start and not _denies_a_member(sentence, cue) for cue in cues)
    agents = subjects is not None and any(trigger.end <= cue.start < subjects.start - 1 for cue in cues)
    return before or inside or (agents and trigger.form == "past" and objects.end <= trigger.start)


def is_hedged(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a hedge reaches a trigger, or its clause ends in one ("is under investigation")."""
    if trigger.rule.frame == "link" or _is_taken_for_granted(sentence, trigger):
        near = _NEAR if trigger.rule.frame == "link" else _BESIDE
        return any(cue.kind == "hedge" and 0 <= trigger.start - cue.end <= near for cue in sentence.cues)
    _, end = sentence.clauses.bounds(trigger.start)
    return any(
        (cue.kind == "hedge" and not _is_no_hedge(sentence, cue) and _cue_reaches(sentence, cue, trigger))
        or (
            cue.kind == "hedge_after"
            and trigger.start <= cue.start < end
            and sentence.doc[max(trigger.start - 1, sentence.span.start)].lower_ not in RELATIVES
            and sentence.clauses.aside_of(cue.start) == sentence.clauses.aside_of(trigger.start)
        )
        for cue in sentence.cues
    )


def _is_taken_for_granted(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a description states something in passing ("the JAK inhibitor A", "patients treated with A")."""
    is_reduced = trigger.rule.is_reduced_relative and sentence.doc[trigger.start].lower_ in ("treated", "managed")
    return is_reduced or trigger.rule.frame in ("agent", "prefix", "suffix")


def _is_no_hedge(sentence: TriggeredSentence, cue: Cue) -> bool:
    """Whether a hedge says that something was impossible ("could not"), or how a disease came ("development of")."""
    first = sentence.doc[cue.start].lower_
    if first == "could":
        return sentence.doc[cue.end : cue.end + 1].text.lower() in ("not", "n't")
    if first == "potentially":
        return sentence.doc[cue.end : cue.end + 1].text.lower() in _GRAVE
    if first not in ("development", "exploration"):
        return False
    behind = next((name for name in sentence.mentions if cue.end <= name.start <= cue.end + _NEAR), None)
    return behind is not None and behind.entity_type in ("disease", "effect")


def asserts_nothing(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether the clause of a trigger only asks, recommends or plans, or its sentence is a question.

    Nor is anything asserted where a word within the trigger's phrase takes it back ("was less common with").

    What a description takes for granted ("an anti-CD20 antibody", "its nephrotoxicity") is stated all the same.
    """
    if trigger.rule.frame in ("agent", "prefix", "suffix", "link", "own", "possessed"):
        return False
    start, end = sentence.clauses.bounds(trigger.start)
    if sentence.span.text.rstrip().endswith("?"):
        return True
    words = [token.lower_ for token in sentence.doc[trigger.start : trigger.end]]
    if trigger.rule.frame == "reverse" and not _NOT_YET.isdisjoint(words):
        return True
    if any(word in _FEWER and words[max(place - 1, 0)] != "no" for place, word in enumerate(words)):
        return True
    return any(
        cue.kind == "unasserted"
        and start <= cue.start < end
        and (cue.start < trigger.end or sentence.doc[cue.start].lower_ not in _FORWARD)
        for cue in sentence.cues
    )


def _cue_reaches(sentence: TriggeredSentence, cue: Cue, trigger: Trigger) -> bool:
    """Whether a cue before the trigger, in its clause, still holds there."""
    start, _ = sentence.clauses.bounds(trigger.start)
    if not start <= cue.start < trigger.end or cue.start >= trigger.end:
        return False
    aside = sentence.clauses.aside_of(cue.start)
    if aside is not None and aside != sentence.clauses.aside_of(trigger.start):
        return False
    between = [token.lower_ for token in sentence.doc[cue.end : trigger.start]]
    if "but" in between or _ends_before(sentence, cue, between, trigger):
        return False
    onward = [*between, sentence.doc[trigger.start].lower_]
    if any(word == "," and after in AUXILIARIES for word, after in itertools.pairwise(onward)):
        return False  # "is hardly absorbed, is approved for"
    coordinated = next((place for place, word in enumerate(between) if word in ("and", "or")), None)
    if coordinated is not None and not (AUXILIARIES | _TENDING).isdisjoint(between[coordinated:]):
        return False
    if not any(cue.end <= verb < trigger.start for verb in sentence.verbs):
        return True
    return not _is_finite(sentence, trigger)


def _ends_before(sentence: TriggeredSentence, cue: Cue, between: Sequence[str], trigger: Trigger) -> bool:
    """Whether a cue says only what a phrase is without ("In the absence of A, B", "gout not controlled by A was")."""
    words = [token.lower_ for token in sentence.doc[cue.start : cue.end]]
    if not _WITHOUT.isdisjoint(words):
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
