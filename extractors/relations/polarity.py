"""Polarity: whether a statement means more or less of its object, and how two changes compose.

"Prevents the inhibition of B" means more of B, "prevents A from activating B" means less of it, and the loss of A does
the opposite of what A does (compare sentiment composition: Moilanen and Pulman, 2007). The table of predicates
(`data/relations/predicates.tsv`) has the direction and the opposite of each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extractors.language.clauses import RELATIVES
from extractors.language.coordination import Group
from extractors.language.lexicon import DETERMINERS, is_hyphen, looks_like_modifier, word_list
from extractors.records import PREDICATES
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import Trigger, TriggeredSentence

_GENERIC = word_list("language", "generic")
_INHIBITING_PARTICIPLES = word_list("relations", "inhibiting_participles")
_LOSS_OF_FUNCTION = word_list("relations", "loss_of_function")
_PREVENTING_VERBS = word_list("relations", "preventing_verbs")
_SCARCITY_ADJECTIVES = word_list("relations", "scarcity_adjectives")

_AMOUNTS = (["levels", "of"], ["expression", "of"], ["amounts", "of"], ["abundance", "of"])
"""What may stand between an adjective of scarcity and a target ("low levels of A")."""


def direction_of(rule: RelationRule) -> int:
    """Return 1 for a rule whose statements mean more of the object, -1 for less, 0 where they say neither or differ."""
    directions = {PREDICATES[name].direction for name in rule.predicates.values()} - {0}
    return directions.pop() if len(directions) == 1 else 0


def opposite(predicate: str) -> str:
    """Return what the loss of a subject does, given what the subject does.

    >>> opposite("inhibits"), opposite("causes")
    ('activates', 'causes')
    """
    return PREDICATES[predicate].opposite or predicate


def composed(outer: Trigger, inner: Trigger) -> Trigger | None:
    """Return the outer trigger with the predicates of the inner one, reversed where the outer means less.

    "Prevents the inhibition of" has the predicates of "activates". None where the outer has no direction, or no
    predicate of the inner an opposite.
    """
    direction = direction_of(outer.rule)
    predicates = {
        pair: predicate if direction == 1 else opposite(predicate)
        for pair, predicate in inner.rule.predicates.items()
        if PREDICATES[predicate].opposite is not None
    }
    if not direction or not predicates:
        return None
    score = min(outer.rule.score, inner.rule.score)
    return outer._replace(rule=replace(outer.rule, predicates=predicates, score=score))


def prevented(trigger: Trigger) -> Trigger:
    """Return the trigger with the predicates of what keeps its subject from acting.

    In "C prevents A from activating B" C inhibits B. Predicates of which nothing follows are left out.
    """
    predicates = {}
    for pair, predicate in trigger.rule.predicates.items():
        if (stated := PREDICATES[predicate].when_prevented) is not None:
            predicates[pair] = stated
    return trigger._replace(rule=replace(trigger.rule, predicates=predicates))


def is_prevented(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a trigger is what something is kept from doing: "prevents A from activating"."""
    doc, place = sentence.doc, trigger.start - 1
    if trigger.form != "ing" and not (trigger.form == "phrase" and doc[trigger.start].lower_.endswith("ing")):
        return False
    while place > sentence.span.start and doc[place].lower_.endswith("ly"):
        place -= 1
    start, _ = sentence.clauses.bounds(trigger.start)
    if place < start or doc[place].lower_ != "from":
        return False
    return any(token.lower_ in _PREVENTING_VERBS for token in doc[start:place])


def governing_verb(sentence: TriggeredSentence, noun: Trigger) -> Trigger | None:
    """Return the verb that acts on a noun of change ("reversed | the abnormal increase in"), if it has a direction."""
    doc, place = sentence.doc, noun.start
    verbs = {t.end: t for t in sentence.triggers if t.rule.frame == "verb" and direction_of(t.rule)}
    while place > sentence.span.start and place not in verbs and _is_premodifier(doc[place - 1].lower_):
        place -= 1
    return verbs.get(place)


def is_loss_of_function(sentence: TriggeredSentence, subjects: Group) -> bool:
    """Whether what acts is the loss of the listed targets, or what holds them down, and not the targets themselves.

    The tests of `LOSS_CONSTRUCTIONS` decide, the first that applies. "Loss of A, which ..." goes on to speak of A.
    """
    behind = sentence.doc[subjects.end : min(subjects.end + 2, sentence.span.end)]
    if "target" not in subjects.types or any(token.lower_ in RELATIVES for token in behind):
        return False
    if is_behind_anti(sentence, subjects):
        return not names_antibody(sentence, subjects)
    return any(applies(sentence, subjects) for applies in LOSS_CONSTRUCTIONS)


def is_behind_anti(sentence: TriggeredSentence, subjects: Group) -> bool:
    """Whether "anti-" stands before the targets: "anti-A"."""
    doc, start, place = sentence.doc, sentence.span.start, _phrase_start(sentence, subjects)
    return place - 1 > start and is_hyphen(doc[place - 1]) and doc[place - 2].lower_ == "anti"


def names_antibody(sentence: TriggeredSentence, subjects: Group) -> bool:
    """Whether targets end in, or stand before, a word for an antibody: "anti-A antibodies"."""
    doc, end = sentence.doc, subjects.end
    words = {token.lower_ for token in doc[end - 1 : min(end + 1, max(sentence.span.end, end))]}
    return not words.isdisjoint({"antibodies", "antibody", "mab"})


def is_scarce(sentence: TriggeredSentence, subjects: Group) -> bool:
    """Whether there is little of the targets: "reduced A increases B", "low levels of A"."""
    start = sentence.span.start
    words = [token.lower_ for token in sentence.doc[max(start, subjects.start - 4) : subjects.start]]
    if words[-2:] in _AMOUNTS:
        words = words[:-2]
    return bool(words) and words[-1] in _SCARCITY_ADJECTIVES


def is_held_down(sentence: TriggeredSentence, subjects: Group) -> bool:
    """Whether a participle or a noun before the targets says that they are lost or held down.

    "Mice lacking A", "loss of the functional A".
    """
    doc, start, place = sentence.doc, sentence.span.start, _phrase_start(sentence, subjects)
    before = doc[place - 1].lower_ if place > start else ""
    is_of = before in ("of", "in") and place - 1 > start
    return before in _INHIBITING_PARTICIPLES or (is_of and doc[place - 2].lower_ in _LOSS_OF_FUNCTION)


def is_before_loss(sentence: TriggeredSentence, subjects: Group) -> bool:
    """Whether a word for loss stands right behind the targets: "A deficiency", "A-deficient mice"."""
    doc, after, end = sentence.doc, subjects.end, sentence.span.end
    if after < end and is_hyphen(doc[after]):
        after += 1
    return after < end and doc[after].lower_ in _LOSS_OF_FUNCTION


LOSS_CONSTRUCTIONS: tuple[Callable[[TriggeredSentence, Group], bool], ...] = (is_scarce, is_held_down, is_before_loss)
"""How a sentence says that what acts is the loss of targets, where it does not say "anti-"."""


def _phrase_start(sentence: TriggeredSentence, subjects: Group) -> int:
    """Return the first token of the noun phrase that a list's first member ends: its article and adjectives."""
    place = subjects.start
    while place > sentence.span.start and _is_premodifier(sentence.doc[place - 1].lower_):
        place -= 1
    return place


def _is_premodifier(word: str) -> bool:
    """Whether a word can stand between an article and a noun."""
    return word in DETERMINERS or word in _GENERIC or word.endswith("ly") or looks_like_modifier(word)
