"""Which lists of mentions can be the subject of a trigger, and which only look like it.

EXCLUSIONS names every reason why a list is none; `peyer explain` shows which one applied.
"""

from __future__ import annotations

from collections.abc import Callable

from extractors.language.clauses import RELATIVES
from extractors.language.coordination import Group
from extractors.language.lexicon import AGENT_NOUNS, DETERMINERS, looks_like_modifier, word_list
from extractors.relations.polarity import is_loss_of_function
from extractors.relations.sentence import Trigger, TriggeredSentence

_ADMINISTRATION_NOUNS = word_list("relations", "administration_nouns")
_INDUCING_PARTICIPLES = word_list("relations", "inducing_participles")
_NON_AGENT_HEADS = word_list("relations", "non_agent_heads")
_QUALIFYING_SUFFIXES = word_list("relations", "qualifying_suffixes")

_ANTIBODIES = frozenset({"antibodies", "antibody", "autoantibodies", "autoantibody", "antiserum", "antisera"})
_INSTRUMENTS = frozenset({"with", "by", "using", "through", "via"})
_FARTHEST_TREATMENT = 6
"""How many words behind what is treated are searched for what it is treated with."""


def subject_candidates(sentence: TriggeredSentence, trigger: Trigger, types: set[str]) -> list[Group]:
    """Return the lists of one of `types` that no exclusion keeps from being the subject of a trigger."""
    candidates = []
    for group in sentence.groups(types):
        excluded = next((said for said, applies in EXCLUSIONS if applies(sentence, group, trigger)), None)
        if excluded is None:
            candidates.append(group)
        elif sentence.decisions is not None:
            name = sentence.doc[group.start : group.end].text
            sentence.note(trigger, "argument", f"{name} cannot be the subject: {excluded}")
    return candidates


def is_modifier(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether a list only modifies the noun behind it ("penicillin model", "infliximab levels", "A-resistant B")."""
    if sentence.has_hyphen_at(group.end) and sentence.word(group.end + 1) in _QUALIFYING_SUFFIXES:
        return True
    behind = sentence.word(group.end)
    is_target = behind.removesuffix("s") in AGENT_NOUNS - {"antibody"} and group.members[-1].subtype != "drug_class"
    return is_target or behind in _NON_AGENT_HEADS


def _is_cause_of_object(sentence: TriggeredSentence, group: Group, trigger: Trigger) -> bool:
    """Whether a list only caused what an earlier verb acted on ("prevented X-induced death and reduced")."""
    is_cause = sentence.has_hyphen_at(group.end) and sentence.word(group.end + 1) in _INDUCING_PARTICIPLES
    return (
        is_cause
        and trigger.rule.frame == "verb"
        and trigger.start > group.end + 2
        and any(other.rule.frame == "verb" and other.end <= group.start for other in sentence.triggers)
    )


def is_treated_or_replaced(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether another drug is given to a list or replaces it ("pretreatment of A with B", "switch from A to B")."""
    start, place = sentence.span.start, group.start
    while place > start and (
        sentence.word_before(place) in DETERMINERS or looks_like_modifier(sentence.word_before(place))
    ):
        place -= 1
    preposition = sentence.word_before(place)
    if preposition not in ("of", "from") or sentence.word(place - 2) not in _ADMINISTRATION_NOUNS:
        return False
    links = ("with", "to") if preposition == "from" else ("with",)
    return any(
        sentence.word(at) in links and any(0 <= other.start - 1 - at <= 2 for other in sentence.clauses.groups)
        for at in range(group.end, min(group.end + _FARTHEST_TREATMENT, sentence.span.end))
    )


def _is_bound_by_antibody(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether a list only says what antibodies before it are against ("antibodies against A cause")."""
    before = sentence.words(group.start - 2, group.start)
    return (
        len(before) == 2
        and before[1] in ("against", "to", "towards", "toward")
        and before[0] in _ANTIBODIES | {"directed"}
    )


def _is_object_of_earlier_verb(sentence: TriggeredSentence, group: Group, trigger: Trigger) -> bool:
    """Whether a disease or effect is the object of a verb that a trigger is coordinated with.

    "Induced A in B but was burdened by C": B is not burdened by C.
    """
    if not group.types <= {"disease", "effect"} or group.end > trigger.start:
        return False
    start, _ = sentence.clauses.bounds(trigger.start)
    between = set(sentence.words(group.end, trigger.start))
    is_coordinated = not between.isdisjoint({"and", "but", "yet", "without"})
    follows_verb = any(
        start <= other.start and other.end <= group.start and other.rule.frame == "verb" for other in sentence.triggers
    )
    return follows_verb and is_coordinated and between.isdisjoint(RELATIVES)


EXCLUSIONS: tuple[tuple[str, Callable[[TriggeredSentence, Group, Trigger], bool]], ...] = (
    ("it is only a comparator", lambda sentence, group, _: sentence.clauses.is_compared(group)),
    ("it only modifies the noun behind it", lambda sentence, group, _: is_modifier(sentence, group)),
    ("it only caused what an earlier verb acted on", _is_cause_of_object),
    ("another drug is given to it or replaces it", lambda sentence, group, _: is_treated_or_replaced(sentence, group)),
    ("it is only what antibodies are against", lambda sentence, group, _: _is_bound_by_antibody(sentence, group)),
    ("it is the object of an earlier verb", _is_object_of_earlier_verb),
)
"""Why a list is no subject, in words, and whether that applies."""


def is_object_of_another(sentence: TriggeredSentence, group: Group, trigger: Trigger) -> bool:
    """Whether a list of targets or effects is what another trigger acts on ("inhibition of JAK1 reduces ...").

    Where nobody is said to block a target, its blockade stands for the subject ("blockade of A enhances B").
    """
    if group.types == {"drug"}:
        return False
    is_missing = is_loss_of_function(sentence, group)
    is_unattributed = (
        is_missing
        and "associated_with" not in trigger.rule.predicates.values()
        and not any(drugs.end <= trigger.start for drugs in sentence.groups({"drug"}))
    )
    return any(
        (is_missing and _is_blocked_with_drug(sentence, group, other))
        or _is_before_agent_noun(group, other)
        or (other != trigger and _is_governed_by(group, other))
        for other in sentence.triggers
        if not (is_unattributed and other.rule.frame == "nominal")
    )


def _is_blocked_with_drug(sentence: TriggeredSentence, group: Group, noun: Trigger) -> bool:
    """Whether a noun of change behind a target names the drug that brings it about ("A blockade with B enhances")."""
    return (
        noun.rule.frame == "nominal"
        and group.end == noun.start
        and sentence.word(noun.end) in _INSTRUMENTS
        and any(1 <= drugs.start - noun.end <= 3 for drugs in sentence.groups({"drug"}))
    )


def _is_before_agent_noun(group: Group, other: Trigger) -> bool:
    """Whether a target stands right before an agent noun ("JAK1 inhibitors")."""
    return other.rule.frame == "agent" and group.end in (other.start, other.start - 1)


def _is_governed_by(group: Group, other: Trigger) -> bool:
    """Whether a list follows right behind a verb, phrase or noun that says in which direction it acts on it."""
    acts = other.rule.frame in ("nominal", "verb", "phrase") and not other.rule.is_undirected_change
    return acts and other.start < group.start and other.end <= group.start <= other.end + 2
