"""Whether a statement means more or less, and what becomes of it where a change of a change is stated.

"Prevents the inhibition of B" means more of B, "prevents A from activating B" means less of it, and what the loss of A
does A itself does the other way round.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.language.clauses import RELATIVES
from extractors.language.coordination import Group
from extractors.language.lexicon import DETERMINERS, is_hyphen, looks_like_modifier, word_list
from extractors.records import PREDICATES
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import Trigger, TriggeredSentence

_GENERIC = word_list("language", "generic")
_HINDERING = word_list("relations", "hindering")
_HOLDING_DOWN = word_list("relations", "holding_down")
_LOSING = word_list("relations", "losing")

_OPPOSITE = {name: each.opposite for name, each in PREDICATES.items() if each.opposite is not None}
_WHEN_PREVENTED = {name: each.when_prevented for name, each in PREDICATES.items() if each.when_prevented is not None}
_SCARCE = word_list("relations", "scarce")


def sign_of(rule: RelationRule) -> int:
    """Return 1 for a rule whose statements mean more of the object, -1 for less, 0 where they say neither or differ."""
    signs = {PREDICATES[name].direction for name in rule.predicates.values() if PREDICATES[name].direction}
    return signs.pop() if len(signs) == 1 else 0


def opposite(predicate: str) -> str:
    """Return what the loss of a subject does, given what it is said to do."""
    return _OPPOSITE.get(predicate, predicate)


def multiplied(outer: Trigger, inner: Trigger) -> Trigger | None:
    """Return the outer trigger with the predicates of the inner, turned where the outer one lessens."""
    sign = sign_of(outer.rule)
    predicates = {
        pair: predicate if sign == 1 else _OPPOSITE[predicate]
        for pair, predicate in inner.rule.predicates.items()
        if predicate in _OPPOSITE
    }
    score = min(outer.rule.score, inner.rule.score)
    return outer._replace(rule=replace(outer.rule, predicates=predicates, score=score)) if sign and predicates else None


def hindered(trigger: Trigger) -> Trigger:
    """Return the trigger with the predicates of what keeps its subject from acting ("prevents A from activating")."""
    predicates = {pair: _WHEN_PREVENTED[p] for pair, p in trigger.rule.predicates.items() if p in _WHEN_PREVENTED}
    return trigger._replace(rule=replace(trigger.rule, predicates=predicates))


def is_hindered(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a trigger is what something is kept from doing ("prevents A from activating")."""
    doc, place = sentence.doc, trigger.start - 1
    if trigger.form != "ing" and not (trigger.form == "phrase" and doc[trigger.start].lower_.endswith("ing")):
        return False
    while place > sentence.span.start and doc[place].lower_.endswith("ly"):
        place -= 1
    start, _ = sentence.clauses.bounds(trigger.start)
    before = {token.lower_ for token in doc[start:place]}
    return doc[place].lower_ == "from" and not before.isdisjoint(_HINDERING)


def governing_verb(sentence: TriggeredSentence, noun: Trigger) -> Trigger | None:
    """Return the verb that acts on a noun of change ("reversed | the marked increase in"), if it is one of a sign."""
    doc, place = sentence.doc, noun.start
    verbs = {t.end: t for t in sentence.triggers if t.rule.frame == "verb" and sign_of(t.rule)}
    while place > sentence.span.start and place not in verbs and _can_stand_before(doc[place - 1].lower_):
        place -= 1
    return verbs.get(place)


def is_lost(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether what acts is that the targets of a list are missing or held down ("loss of A", "A-deficient mice")."""
    behind = sentence.doc[group.end : min(group.end + 2, sentence.span.end)]
    if "target" not in group.types or any(token.lower_ in RELATIVES for token in behind):  # "loss of A, which ..." is A
        return False
    doc, place, start = sentence.doc, group.start, sentence.span.start
    while place > start and _can_stand_before(doc[place - 1].lower_):
        place -= 1
    before = doc[place - 1].lower_ if place > start else ""
    if place - 1 > start and is_hyphen(doc[place - 1]) and doc[place - 2].lower_ == "anti":
        around = {doc[group.end - 1].lower_, doc[group.end : group.end + 1].text.lower()}
        return around.isdisjoint({"antibodies", "antibody", "mab"})
    words = [token.lower_ for token in doc[max(start, group.start - 4) : group.start]]
    if words[-2:] in (["levels", "of"], ["expression", "of"], ["amounts", "of"], ["abundance", "of"]):
        words = words[:-2]
    if words[-1:] and words[-1] in _SCARCE:  # "reduced A increases B", "low levels of A"
        return True
    if before in _HOLDING_DOWN or (before in ("of", "in") and place - 1 > start and doc[place - 2].lower_ in _LOSING):
        return True
    after = group.end
    if after < sentence.span.end and is_hyphen(doc[after]):
        after += 1
    return after < sentence.span.end and doc[after].lower_ in _LOSING


def _can_stand_before(word: str) -> bool:
    """Whether a word can stand between an article and a noun."""
    return word in DETERMINERS or word in _GENERIC or word.endswith("ly") or looks_like_modifier(word)
