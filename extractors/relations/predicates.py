"""Predicate assignment: the statements that a trigger makes of its arguments, each with its predicate and its flags.

A rule has a predicate for the types of subject and object. The words around the two can turn it or leave nothing to
state (`corrections.py`). `EXCLUSIONS` lists the constructions in which the object is not what the name alone would be
("reduced the hypotensive effects of").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from extractors.annotations import FoundMention
from extractors.language.lexicon import word_list
from extractors.relations.arguments.coreference import resolve_former_latter
from extractors.relations.assertion.negation_and_hedging import is_hedged, is_negated
from extractors.relations.corrections import CORRECTIONS, ArgumentPair, note_pair, word_behind
from extractors.relations.polarity import is_loss_of_function
from extractors.relations.sentence import Arguments, Statement, Trigger, TriggeredSentence

_EFFECT_NOUNS = word_list("relations", "effect_nouns")
_HEADS_AFTER_DISEASE = word_list("relations", "heads_after_disease")
_HEADS_AFTER_EFFECT = word_list("relations", "heads_after_effect")

INHERITED_SUBJECT_FACTOR = 0.85
"""What a rule's score is multiplied by where the subject is inherited from the sentence before."""


class Exclusion(NamedTuple):
    """A construction in which nothing is stated of two mentions: what it is, in words, and whether it is there."""

    said: str
    applies: Callable[[ArgumentPair], bool]


def statements_of(sentence: TriggeredSentence, trigger: Trigger, found: Arguments) -> Iterator[Statement]:
    """Yield what a trigger states of every member of its subject list and every member of its object list."""
    is_loss = is_loss_of_function(sentence, found.subjects)
    negated = trigger.rule.is_negated ^ is_negated(
        sentence, trigger, found.objects, subjects=found.subjects, is_loss_of_function=is_loss
    )
    hedged = is_hedged(sentence, trigger)
    score = round(trigger.rule.score * (INHERITED_SUBJECT_FACTOR if found.is_borrowed else 1.0), 3)
    is_paired = _is_paired(sentence, trigger, found)
    meant = resolve_former_latter(sentence, found.subjects, trigger.start - 2, trigger).members
    for subject_no, subject in enumerate(found.subjects.members):
        if subject not in meant:
            continue
        for object_no, target in enumerate(found.objects.members):
            if is_paired and subject_no != object_no:
                continue
            pair = ArgumentPair(sentence, trigger, subject, _as_measured(target), is_loss)
            predicate = assigned_predicate(pair)
            if predicate is None or _is_excluded(pair):
                continue
            denied = negated or subject_no in found.subjects.negated or object_no in found.objects.negated
            yield Statement(sentence.span.start, subject, predicate, target, denied, hedged, score, trigger.rule.id)


def _as_measured(target: FoundMention) -> FoundMention:
    """Return a name that shares the head noun of an effect as that effect: "expression of A and | B"."""
    is_effect = bool(target.aspect) and target.also_type == "effect" and target.subtype != "pathway"
    return target._replace(entity_type="effect", subtype="process") if is_effect else target


def assigned_predicate(pair: ArgumentPair) -> str | None:
    """Return what a trigger states of two mentions: the rule's predicate for their types, corrected.

    None where the rule has none for them, or a correction leaves nothing to state. What each correction changed is
    noted in the sentence.
    """
    stated, subject, target = pair.trigger.rule.predicates, pair.subject, pair.object
    predicate = stated.get((subject.entity_type, target.subtype)) or stated.get(
        (subject.entity_type, target.entity_type)
    )
    if predicate is None:
        note_pair(pair, "argument", "and", f"the rule relates no {subject.entity_type} to a {target.entity_type}")
        return None
    for said, apply in CORRECTIONS:
        corrected = apply(pair, predicate)
        if corrected is None:
            note_pair(pair, "suppressed", predicate, said)
            return None
        if corrected != predicate:
            note_pair(pair, "predicate", corrected, f"not {predicate}, because {said}")
            predicate = corrected
    return predicate


def _is_excluded(pair: ArgumentPair) -> bool:
    if pair.subject == pair.object:
        return True
    for said, applies in EXCLUSIONS:
        if applies(pair):
            note_pair(pair, "suppressed", "and", said)
            return True
    return False


def _is_paired(sentence: TriggeredSentence, trigger: Trigger, found: Arguments) -> bool:
    """Whether two lists go together member by member ("A and B treat C and D, respectively")."""
    _, end = sentence.clauses.bounds(trigger.start)
    count = len(found.subjects.members)
    says_so = any(token.lower_ == "respectively" for token in sentence.doc[trigger.end : end])
    return says_so and count > 1 and count == len(found.objects.members)


# Corrections, in the order of CORRECTIONS.


def acts_on_effect_of_another(pair: ArgumentPair) -> bool:
    """Whether what is acted on is what another does to the object: "A attenuates the effect of B on C"."""
    doc = pair.sentence.doc
    for other in pair.sentence.mentions:
        if pair.trigger.end < other.start - 1 and other.end < pair.object.start:
            is_effect = doc[other.start - 1].lower_ == "of" and doc[other.start - 2].lower_ in _EFFECT_NOUNS
            if is_effect and any(token.lower_ in ("on", "upon") for token in doc[other.end : pair.object.start]):
                return True
    return False


def is_part_of_another_name(pair: ArgumentPair) -> bool:
    """Whether a noun behind the object is the head of the phrase: "brain volume loss", "the A model".

    Behind a target only the names of stretches of a sequence are ("A response element").
    """
    kind, behind = pair.object.entity_type, word_behind(pair.sentence, pair.object)
    if kind == "disease" and behind in _EFFECT_NOUNS | _HEADS_AFTER_DISEASE:
        return True
    return behind in _HEADS_AFTER_EFFECT and (kind == "effect" or behind.startswith(("element", "sequence")))


EXCLUSIONS: tuple[Exclusion, ...] = (
    Exclusion("acted on is what another does to the object", acts_on_effect_of_another),
    Exclusion("the object is only part of the name of another thing", is_part_of_another_name),
)
"""The exclusions; one that applies is enough."""
