"""Finds subject and object of what is told of those who were given a drug, or lack a target (see `rules.FRAMES`)."""

from __future__ import annotations

from extractors.language.clauses import RELATIVES
from extractors.language.coordination import Group
from extractors.language.lexicon import word_list
from extractors.relations.arguments.exposure import given_drugs, is_given, is_told
from extractors.relations.arguments.search import ending_at, nearest_left, right_of
from extractors.relations.arguments.subjects import contrasted, subject_of
from extractors.relations.polarity import is_loss_of_function
from extractors.relations.sentence import Arguments, Trigger, TriggeredSentence

_PATIENTS = word_list("relations", "patients")
_SEEN = word_list("relations", "seen")

_NEAR = 5
"""How many words may stand before what is told, at the beginning of a clause."""

_ARMS = word_list("relations", "arms")
_GIVEN_AGAINST = word_list("relations", "given_against")
_OTHERS = word_list("relations", "others")
"""Words behind "in" that say that something is so without a drug."""
_NOT_MORE = word_list("relations", "not_more")
"""Words behind "the risk of B with A" that say that A does not raise it."""
_LEAVING = word_list("relations", "leaving")
_AS_IT_WAS = word_list("relations", "as_it_was")


def given(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    """Read "those who were given A developed B"."""
    is_own = trigger.rule.frame == "given"  # rules of other frames try this reading too
    if is_own and _excludes(sentence, trigger):
        return None
    objects = right_of(sentence, trigger.end, object_types)
    subjects = given_drugs(sentence, trigger.start, objects.end) if objects is not None else None
    if subjects is None and is_own and _is_someone(sentence.doc[trigger.start - 1].lower_):
        subjects = contrasted(sentence, trigger.start)  # "A was started; later the patient developed B"
    return Arguments(subjects, objects) if subjects is not None and objects is not None else None


def _excludes(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a phrase only says of whom something is said ("in those who did not develop B")."""
    before = [token.lower_ for token in sentence.doc[max(trigger.start - 4, sentence.span.start) : trigger.start]]
    return "not" in before and not RELATIVES.isdisjoint(before)


def _is_someone(word: str) -> bool:
    return word in ("he", "she", "they", "who") or word in _PATIENTS


def given_for(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    """Read "received A for B", "A therapy for B"."""
    subjects = ending_at(sentence, trigger.start, subject_types)
    objects = right_of(sentence, trigger.end, object_types, reach=5)
    if objects is not None and any(token.like_num for token in sentence.doc[trigger.end : objects.start]):
        return None  # "taking A for 3 weeks developed B"
    if subjects is None and sentence.doc[trigger.start - 1].lower_ in ("therapy", "treatment"):
        subjects = ending_at(sentence, trigger.start - 1, subject_types)  # "A therapy for B"
        return Arguments(subjects, objects) if subjects is not None and objects is not None else None
    if subjects is None or objects is None or not (is_given(sentence, subjects) or is_told(sentence, subjects)):
        return None
    return Arguments(subjects, objects)


def lacking(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    """Read "mice lacking A developed B"."""
    objects = right_of(sentence, trigger.end, object_types, reach=5)
    start, _ = sentence.clauses.bounds(trigger.start)
    lost = (
        group
        for group in sentence.groups(subject_types)
        if start <= group.start and group.end <= trigger.start and is_loss_of_function(sentence, group)
    )
    subjects = next(lost, None)
    return Arguments(subjects, objects) if subjects is not None and objects is not None else None


def in_arm(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    """Read "B was lower in the A arm"."""
    objects = nearest_left(sentence, trigger.start, object_types)
    subjects = next((g for g in sentence.groups(subject_types) if 0 <= g.start - trigger.end <= 2), None)
    if subjects is None or objects is None:
        return None
    behind = {token.lower_ for token in sentence.doc[subjects.end : subjects.end + 2]}
    return Arguments(subjects, objects) if not behind.isdisjoint(_ARMS) else None


def without(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    """Read "A ... without added B": the harm did not come."""
    objects = right_of(sentence, trigger.end, object_types, reach=3)
    if objects is None or not _is_bad(objects):
        return None
    subjects, is_borrowed = subject_of(sentence, trigger, subject_types)
    return Arguments(subjects, objects, is_borrowed) if subjects is not None else None


def happened(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    """Read "B fell in those who were given A"."""
    objects = nearest_left(sentence, trigger.start, object_types)
    subjects = given_drugs(sentence, trigger.start, trigger.end) if objects is not None else None
    if subjects is None or objects is None or subjects.start < trigger.end:
        return None
    between = {token.lower_ for token in sentence.doc[objects.end : trigger.start]}
    behind = {token.lower_ for token in sentence.doc[trigger.end : subjects.start]}
    if "not" in behind:  # "in those on placebo but not in those on A"
        return None
    return Arguments(subjects, objects) if between.isdisjoint(RELATIVES) else None  # "those with A who developed B"


def contrast(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    """Read "A did this; B was the most common side effect", where the clause of B names no drug."""
    objects = nearest_left(sentence, trigger.start, object_types)
    start, end = sentence.clauses.bounds(trigger.start)
    if objects is None or any(
        start <= group.start < end and not sentence.clauses.is_compared(group) for group in sentence.groups({"drug"})
    ):
        return None
    if objects.start - start > _NEAR:
        return None
    if "causes" in trigger.rule.predicates.values() and (
        not _is_bad(objects) or _is_feared_without(sentence, objects) or _is_of_others(sentence, trigger.end, end)
    ):
        return None
    subjects = contrasted(sentence, trigger.start)
    return Arguments(subjects, objects) if subjects is not None else None


def _is_of_others(sentence: TriggeredSentence, start: int, end: int) -> bool:
    """Whether a clause says of whom something is told, and these were given no drug ("is common in women")."""
    words = [token.lower_ for token in sentence.doc[start:end]]
    place = next((at for at, word in enumerate(words) if word in ("in", "among", "of")), len(words))
    is_of_ill = any(start + place <= group.start < end for group in sentence.groups({"disease"}))
    return is_of_ill or not _OTHERS.isdisjoint(words[place : place + 6])


def none_seen(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    """Read "no case of B was seen with A", or behind a clause about A."""
    objects = right_of(sentence, trigger.end, object_types, reach=4)
    if objects is None:
        return None
    is_change = sentence.doc[trigger.start].lower_ == "with"  # "with no increase in A"
    if not is_change and _SEEN.isdisjoint(t.lower_ for t in sentence.doc[objects.end : sentence.span.end]):
        return None
    subjects = given_drugs(sentence, trigger.start, objects.end) or contrasted(sentence, trigger.start)
    if subjects is None:
        subjects = _with_drugs(sentence, objects.end)
    return Arguments(subjects, objects) if subjects is not None else None


def _with_drugs(sentence: TriggeredSentence, place: int) -> Group | None:
    """Return the drugs behind a "with" or "during" in the clause of `place` ("was seen with A")."""
    _, end = sentence.clauses.bounds(place)
    for group in sentence.groups({"drug"}):
        before = {token.lower_ for token in sentence.doc[max(place, group.start - 4) : group.start]}
        if place <= group.start < end and not before.isdisjoint({"with", "during", "under", "on", "exposure"}):
            return group
    return None


def unchanged(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    """Read "A did this, whereas B was unchanged", "A left B unchanged"."""
    if sentence.doc[trigger.start].lower_ in _LEAVING:
        objects = right_of(sentence, trigger.end, object_types)
        behind = sentence.doc[objects.end : objects.end + 2] if objects is not None else ()
        if objects is None or not any(token.lower_ in _AS_IT_WAS for token in behind):
            return None
        subjects, is_borrowed = subject_of(sentence, trigger, subject_types)
        return Arguments(subjects, objects, is_borrowed) if subjects is not None else None
    objects = nearest_left(sentence, trigger.start, object_types)
    if objects is not None and sentence.doc[trigger.end : trigger.end + 1].text in (
        "by",
        "during",
        "on",
        "under",
        "with",
    ):
        subjects = right_of(sentence, trigger.end + 1, subject_types, reach=4)
        return Arguments(subjects, objects) if subjects is not None else None
    subjects = contrasted(sentence, trigger.start) if objects is not None else None
    return Arguments(subjects, objects) if subjects is not None and objects is not None else None


def _is_feared_without(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether a list names what a drug is given against: relapses, rejection, death."""
    return any(sentence.doc[member.end - 1].lower_.removesuffix("s") in _GIVEN_AGAINST for member in group.members)


def raises_risk(sentence: TriggeredSentence, subjects: Group, objects: Group) -> bool:
    """Whether "the risk of B with A" means that A brings B: not of what A is given against, nor where it is lower."""
    _, end = sentence.clauses.bounds(subjects.end - 1)
    rest = {token.lower_ for token in sentence.doc[subjects.end : end]}
    return rest.isdisjoint(_NOT_MORE) and not _is_feared_without(sentence, objects)


def _is_bad(group: Group) -> bool:
    """Whether a list names only what no one wants: diseases, adverse effects."""
    return all(member.entity_type == "disease" or member.valence == "bad" for member in group.members) or is_harm(group)


def is_harm(group: Group) -> bool:
    """Whether a list names only what a drug does by accident: adverse effects, toxicities."""
    return all(member.is_adverse_effect or member.valence == "bad" for member in group.members)
