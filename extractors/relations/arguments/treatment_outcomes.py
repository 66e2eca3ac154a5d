"""Frames of treatment outcomes: what is told of people or animals who received a drug, or who lack a target.

Each function reads one frame of `rules.FRAMES` and returns its arguments, or None where it finds none.
"""

from __future__ import annotations

from extractors.language.clauses import RELATIVES
from extractors.language.coordination import Group
from extractors.language.lexicon import word_list
from extractors.relations.arguments.exposure import drugs_received, is_exposure, is_reported_administration
from extractors.relations.arguments.search import ending_at, nearest_left, paired, right_of, starting_near
from extractors.relations.arguments.subjects import contrasted_drugs, subject_of
from extractors.relations.polarity import is_loss_of_function
from extractors.relations.sentence import Arguments, Trigger, TriggeredSentence, Types

_ARM_NOUNS = word_list("relations", "arm_nouns")
_LEAVE_FORMS = word_list("relations", "leave_forms")
_OBSERVATION_WORDS = word_list("relations", "observation_words")
_PATIENTS = word_list("relations", "patients")
_RISK_NOT_RAISED = word_list("relations", "risk_not_raised")
_UNCHANGED_ADJECTIVES = word_list("relations", "unchanged_adjectives")
_UNEXPOSED_GROUPS = word_list("relations", "unexposed_groups")
_UNWANTED_EVENTS = word_list("relations", "unwanted_events")

_OPENING = 5
"""How many words may stand before an outcome at the beginning of its clause."""


def outcome_in_exposed(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "those who received A developed B"; also "A was started; later the patient developed B"."""
    is_own_frame = trigger.rule.frame == "given"  # verbs such as "showed reduced" are read in this way too
    if is_own_frame and _is_in_negated_relative(sentence, trigger):
        sentence.note(trigger, "argument", "a negated relative clause only says who is meant")
        return None
    objects = right_of(sentence, trigger.end, object_types)
    subjects = drugs_received(sentence, trigger.start, objects.end) if objects is not None else None
    if subjects is None and is_own_frame and _is_person(sentence.word_before(trigger.start)):
        subjects = contrasted_drugs(sentence, trigger.start)
    return paired(sentence, trigger, subjects, objects)


def _is_in_negated_relative(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a relative pronoun and "not" precede a trigger ("in those who did not develop B")."""
    before = sentence.words(trigger.start - 4, trigger.start)
    return "not" in before and not RELATIVES.isdisjoint(before)


def _is_person(word: str) -> bool:
    return word in ("he", "she", "they", "who") or word in _PATIENTS


def indication_of_exposure(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "received A for B" and "A therapy for B"."""
    objects = right_of(sentence, trigger.end, object_types, reach=5)
    if objects is not None and any(token.like_num for token in sentence.doc[trigger.end : objects.start]):
        sentence.note(trigger, "argument", "a number before the object: 'for' says how long")
        return None  # "taking A for 3 weeks developed B"
    subjects = ending_at(sentence, trigger.start, subject_types)
    if subjects is None and sentence.word_before(trigger.start) in ("therapy", "treatment"):
        return paired(sentence, trigger, ending_at(sentence, trigger.start - 1, subject_types), objects)
    if subjects is not None and not (is_exposure(sentence, subjects) or is_reported_administration(sentence, subjects)):
        sentence.note(trigger, "argument", "nobody is said to have received the drug before the trigger")
        return None
    return paired(sentence, trigger, subjects, objects)


def outcome_in_deficient(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "mice lacking A developed B"."""
    objects = right_of(sentence, trigger.end, object_types, reach=5)
    start, _ = sentence.clauses.bounds(trigger.start)
    lacking = (
        group
        for group in sentence.groups(subject_types)
        if start <= group.start and group.end <= trigger.start and is_loss_of_function(sentence, group)
    )
    return paired(sentence, trigger, next(lacking, None), objects)


def change_in_arm(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "B was lower in the A arm"."""
    objects = nearest_left(sentence, trigger.start, object_types)
    subjects = starting_near(sentence, trigger.end, subject_types, gap=2)
    if subjects is not None and _ARM_NOUNS.isdisjoint(sentence.words(subjects.end, subjects.end + 2)):
        sentence.note(trigger, "argument", "no arm or group is named behind the drug")
        return None
    return paired(sentence, trigger, subjects, objects)


def absent_harm(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "A ... without added B": B is unwanted, and A did not cause it."""
    objects = right_of(sentence, trigger.end, object_types, reach=3)
    if objects is None or not _is_unwanted(objects):
        sentence.note(trigger, "argument", "nothing unwanted follows")
        return None
    subjects, is_borrowed = subject_of(sentence, trigger, subject_types)
    return Arguments(subjects, objects, is_borrowed) if subjects is not None else None


def change_in_exposed(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "B fell in those who received A"."""
    objects = nearest_left(sentence, trigger.start, object_types)
    subjects = drugs_received(sentence, trigger.start, trigger.end) if objects is not None else None
    if subjects is None or objects is None or subjects.start < trigger.end:
        sentence.note(trigger, "argument", "no object before the trigger, or nobody behind it received a drug")
        return None
    if "not" in sentence.words(trigger.end, subjects.start):  # "in those on placebo but not in those on A"
        sentence.note(trigger, "argument", "'not' stands before those who received the drug")
        return None
    if not RELATIVES.isdisjoint(sentence.words(objects.end, trigger.start)):  # "those with B who fell"
        sentence.note(trigger, "argument", "a relative clause parts the object from the trigger")
        return None
    return Arguments(subjects, objects)


def outcome_of_clause_before(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "A did this; B was the most common side effect", where the clause of B names no drug."""
    objects = nearest_left(sentence, trigger.start, object_types)
    start, end = sentence.clauses.bounds(trigger.start)
    names_drug = any(
        start <= group.start < end and not sentence.clauses.is_compared(group) for group in sentence.groups({"drug"})
    )
    if objects is None or names_drug or objects.start - start > _OPENING:
        sentence.note(trigger, "argument", "the clause names a drug itself, or does not open with the object")
        return None
    if "causes" in trigger.rule.predicates.values() and not _may_be_caused(sentence, trigger, objects):
        sentence.note(trigger, "argument", "what occurred is no harm, or is told of people without the drug")
        return None
    return paired(sentence, trigger, contrasted_drugs(sentence, trigger.start), objects)


def _may_be_caused(sentence: TriggeredSentence, trigger: Trigger, objects: Group) -> bool:
    """Whether what occurred is unwanted, not what the drug is given against, and told of those who received it."""
    _, end = sentence.clauses.bounds(trigger.start)
    return (
        _is_unwanted(objects)
        and not _names_unwanted_event(sentence, objects)
        and not _is_told_of_unexposed(sentence, trigger.end, end)
    )


def _is_told_of_unexposed(sentence: TriggeredSentence, start: int, end: int) -> bool:
    """Whether the rest of a clause tells of people who have a disease or received no drug ("is common in women")."""
    words = sentence.words(start, end)
    preposition = next((at for at, word in enumerate(words) if word in ("in", "among", "of")), len(words))
    names_disease = any(start + preposition <= group.start < end for group in sentence.groups({"disease"}))
    return names_disease or not _UNEXPOSED_GROUPS.isdisjoint(words[preposition : preposition + 6])


def outcome_not_seen(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "no case of B was seen with A", or the same behind a clause about A."""
    objects = right_of(sentence, trigger.end, object_types, reach=4)
    if objects is None:
        sentence.note(trigger, "argument", "no object of a fitting type follows")
        return None
    is_change = sentence.word(trigger.start) == "with"  # "with no increase in B" needs no verb
    if not is_change and _OBSERVATION_WORDS.isdisjoint(sentence.words(objects.end, sentence.span.end)):
        sentence.note(trigger, "argument", "nothing is said to have been observed or not")
        return None
    subjects = drugs_received(sentence, trigger.start, objects.end) or contrasted_drugs(sentence, trigger.start)
    subjects = subjects or _drugs_behind_with(sentence, max(objects.end, trigger.end))
    return paired(sentence, trigger, subjects, objects)


def _drugs_behind_with(sentence: TriggeredSentence, place: int) -> Group | None:
    """Return the first drugs shortly behind "with", "during" or the like, from a token to its clause's end."""
    _, end = sentence.clauses.bounds(place)
    for group in sentence.groups({"drug"}):
        before = sentence.words(max(place, group.start - 4), group.start)
        if place <= group.start < end and not {"with", "during", "under", "on", "exposure"}.isdisjoint(before):
            return group
    return None


def outcome_unchanged(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "A did this, whereas B was unchanged", "B was unchanged by A" and "A left B unchanged"."""
    if sentence.word(trigger.start) in _LEAVE_FORMS:
        return _left_unchanged(sentence, trigger, subject_types, object_types)
    objects = nearest_left(sentence, trigger.start, object_types)
    if sentence.word(trigger.end) in ("by", "during", "on", "under", "with"):
        return paired(sentence, trigger, right_of(sentence, trigger.end + 1, subject_types, reach=4), objects)
    return paired(sentence, trigger, contrasted_drugs(sentence, trigger.start), objects)


def _left_unchanged(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "A left B unchanged"."""
    objects = right_of(sentence, trigger.end, object_types)
    if objects is None or _UNCHANGED_ADJECTIVES.isdisjoint(sentence.words(objects.end, objects.end + 2)):
        sentence.note(trigger, "argument", "no object that is called unchanged follows")
        return None
    subjects, is_borrowed = subject_of(sentence, trigger, subject_types)
    return Arguments(subjects, objects, is_borrowed) if subjects is not None else None


def raises_risk(sentence: TriggeredSentence, subjects: Group, objects: Group) -> bool:
    """Whether "the risk of B with A" means that A causes B.

    Not where B is what A is given against, nor where the rest of the clause says that the risk is not higher. Either
    list may be the topic of the sentences before ("the risk of B with this drug").
    """
    start = subjects.end if subjects.start >= sentence.span.start else max(objects.end, sentence.span.start)
    _, end = sentence.clauses.bounds(max(start - 1, sentence.span.start))
    rest = sentence.words(start, end)
    return _RISK_NOT_RAISED.isdisjoint(rest) and not _names_unwanted_event(sentence, objects)


def _names_unwanted_event(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether a list names an event that a drug is given to prevent: a relapse, rejection, death."""
    return any(sentence.doc[member.end - 1].lower_.removesuffix("s") in _UNWANTED_EVENTS for member in group.members)


def _is_unwanted(group: Group) -> bool:
    """Whether a list names only what nobody wants: diseases and harmful effects."""
    return all(member.entity_type == "disease" or member.valence == "bad" for member in group.members) or is_adverse(
        group
    )


def is_adverse(group: Group) -> bool:
    """Whether a list names only adverse effects and others that are bad in themselves."""
    return all(member.subtype == "adverse_effect" or member.valence == "bad" for member in group.members)
