"""Finds where subject and object of a trigger stand, frame by frame (see `rules.FRAMES`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extractors.language.clauses import AUXILIARIES
from extractors.language.coordination import Group
from extractors.language.inflection import verb_forms
from extractors.language.lexicon import DETERMINERS, looks_like_modifier, word_list
from extractors.relations.arguments import treatment_outcomes as outcomes
from extractors.relations.arguments.appositives import described
from extractors.relations.arguments.coreference import earlier_drugs
from extractors.relations.arguments.exposure import given_drugs
from extractors.relations.arguments.search import REACH, behind_preposition, ending_at, nearest_left, right_of
from extractors.relations.arguments.subjects import contrasted, subject_of
from extractors.relations.arguments.treatment_outcomes import is_harm, raises_risk
from extractors.relations.arguments.verb_syntax import (
    end_of_verbs,
    inducing_hyphen,
    is_adjective,
    is_passive,
    is_planned,
    is_shown,
)
from extractors.relations.polarity import composed, direction_of, governing_verb, prevented
from extractors.relations.sentence import Arguments, Trigger, TriggeredSentence, Types

_PATIENTS = word_list("relations", "patients")
_SEEN = word_list("relations", "seen")

_NEAR = 5
"""How many words may stand between a noun of change and the object before a passive verb."""

_AGENT_LINKS = word_list("relations", "agent_links")


_AS_IN_OTHERS = word_list("relations", "as_in_others")
_UNDER = word_list("relations", "under")


def arguments(sentence: TriggeredSentence, trigger: Trigger) -> Iterator[Arguments]:
    """Yield what a trigger relates: nothing, one pair of lists, or one more for each repeated preposition."""
    subject_types = {pair[0] for pair in trigger.rule.pairs}
    object_types = {pair[1] for pair in trigger.rule.pairs}
    found = _FRAMES[trigger.rule.frame](sentence, trigger, subject_types, object_types)
    if found is not None and trigger.rule.frame in ("verb", "phrase"):
        found = _stacked(sentence, trigger, found)
    if found is not None:
        yield found
        yield from _further(sentence, trigger, found, object_types)


def _stacked(sentence: TriggeredSentence, trigger: Trigger, found: Arguments) -> Arguments | None:
    """Return what is stated where a noun of change stands before the object: both directions multiplied.

    Nothing where the trigger has no direction ("associated with an increase in"): the noun states it itself.
    """
    start = trigger.end if found.objects.start >= trigger.end else found.objects.start - _NEAR
    inner = [
        noun
        for noun in sentence.triggers
        if noun.rule.frame == "nominal"
        and direction_of(noun.rule)
        and start <= noun.start
        and noun.end <= found.objects.start
        and sentence.doc[noun.end - 1].lower_ in ("of", "in")
    ]
    if not inner:
        return found
    made = composed(trigger, inner[-1]) if len(inner) == 1 and trigger.rule.frame == "verb" else None
    return found._replace(trigger=made) if made is not None else None


def _verb(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    if trigger.form == "past" and is_passive(sentence, trigger):
        agent = behind_preposition(sentence, trigger.end, {"by"})
        objects = nearest_left(sentence, trigger.start, object_types)
        if objects is not None and _is_of_earlier_clause(sentence, objects, trigger):
            return None
        subjects = right_of(sentence, agent, subject_types) if agent is not None else None
        if agent is None and objects is not None and "drug" in subject_types:
            if "disease" not in objects.types:  # "A was reduced after treatment with B"
                subjects = given_drugs(sentence, trigger.start, trigger.end)
                subjects = subjects if subjects is not None and trigger.end <= subjects.start else None
            if subjects is None and sentence.doc[trigger.start - 1].lower_ == "not":  # "A did x, but B was not reduced"
                subjects = contrasted(sentence, trigger.start)
        return Arguments(subjects, objects) if subjects is not None and objects is not None else None
    is_found = is_shown(sentence, trigger)
    if is_found and "drug" in subject_types:
        found = outcomes.given(sentence, trigger, subject_types, object_types)
        if found is not None:
            return found
    if is_adjective(sentence, trigger):
        return None
    if sentence.doc[trigger.start].lower_.startswith("help") and _goes_on_as_verb(sentence, trigger.end):
        return None  # "helps to prevent"
    found = _phrase(sentence, trigger, subject_types, object_types)
    if is_found and found is not None and any(m.subtype == "cell_type" for m in found.subjects.members):
        return None  # "macrophages showed reduced TNF production": who reduced it is not said
    return found


def _phrase(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = right_of(sentence, end_of_verbs(sentence, trigger), object_types)
    if objects is None or is_planned(sentence, trigger):
        return None
    if trigger.rule.frame == "verb" and "causes" in trigger.rule.predicates.values():
        between = [token.lower_ for token in sentence.doc[trigger.end : objects.start]]
        if not {"in", "among"}.isdisjoint(between[1:]):  # "induced flares in lupus" does not say what caused lupus
            return None
    if sentence.doc[trigger.start].lower_.startswith("present"):  # "a man with A presented with B": not that A causes B
        start, _ = sentence.clauses.bounds(trigger.start)
        if not _PATIENTS.isdisjoint(token.lower_ for token in sentence.doc[start : trigger.start]):
            return None
    fitting = {subject for subject, target in trigger.rule.pairs if target in objects.types}
    subjects, is_borrowed = subject_of(sentence, trigger, fitting)
    return Arguments(subjects, objects, is_borrowed) if subjects is not None else None


def _reverse(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = nearest_left(sentence, trigger.start, object_types)
    start, _ = sentence.clauses.bounds(trigger.start)
    if objects is not None and sentence.doc[trigger.start - 1].lower_ in (
        "and",
        "but",
    ):  # "A is marked by B and responds"
        objects = next((g for g in sentence.groups(object_types) if g.start >= start), objects)
    if objects is not None and trigger.rule.compares_levels and _is_no_difference(sentence, trigger, objects):
        return None
    subjects = right_of(sentence, trigger.end, subject_types)
    if objects is not None and "treats" in trigger.rule.predicates.values():  # "A in rats treated with B"
        between = [token.lower_ for token in sentence.doc[objects.end : trigger.end]]
        is_place = not {"in", "of", "among"}.isdisjoint(between)
        if is_place and not _PATIENTS.isdisjoint(between):
            return None
    return Arguments(subjects, objects) if subjects is not None and objects is not None else None


def _is_no_difference(sentence: TriggeredSentence, trigger: Trigger, objects: Group) -> bool:
    """Whether levels are as in others ("normal levels of"), or of those without a disease, or under a drug."""
    words = {token.lower_ for token in sentence.doc[trigger.start : trigger.end]}
    before = sentence.doc[objects.start - 1].lower_ if objects.start > sentence.span.start else ""
    is_treated = given_drugs(sentence, trigger.start, trigger.end) is not None
    return is_treated or before == "without" or not words.isdisjoint(_AS_IN_OTHERS)


def _nominal(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = None
    if sentence.doc[trigger.end : trigger.end + 1].text in ("vivo", "vitro", "situ"):
        return None
    if sentence.doc[trigger.end - 1].lower_ in ("of", "in"):
        objects = right_of(sentence, trigger.end, object_types, reach=6)
        if objects is not None and _names_another(sentence, trigger.end, objects.start):
            return None
        if objects is None and "binds" in trigger.rule.predicates.values():  # "binding of A to B"
            subjects = right_of(sentence, trigger.end, subject_types, reach=3)
            if subjects is not None and sentence.doc[subjects.end : subjects.end + 1].text == "to":
                objects = right_of(sentence, subjects.end + 1, object_types, reach=3)
                return Arguments(subjects, objects) if objects is not None else None
    after = objects.end if objects is not None else trigger.end
    objects = objects or ending_at(sentence, trigger.start, object_types)
    if objects is None or is_planned(sentence, trigger):
        return None
    if (hyphen := inducing_hyphen(sentence, trigger)) is not None:
        subjects = ending_at(sentence, hyphen, subject_types)
        return Arguments(subjects, objects) if subjects is not None else None
    governing = governing_verb(sentence, trigger)
    agent = behind_preposition(sentence, after, {"by", "with", "using", "via", "through"})
    subjects = right_of(sentence, agent, subject_types, reach=4) if agent is not None else None
    if subjects is not None:
        is_prevented = governing is not None and direction_of(governing.rule) < 0
        return None if is_prevented else Arguments(subjects, objects)
    if trigger.rule.predicates == {("drug", "disease"): "treats"}:  # "treatment of A" alone: with what is not said
        return None
    subjects, is_borrowed = subject_of(sentence, trigger, subject_types)
    if subjects is None and not _SEEN.isdisjoint(t.lower_ for t in sentence.doc[after : sentence.span.end]):
        subjects = given_drugs(sentence, trigger.start, objects.end)
    made = prevented(trigger) if governing is not None and direction_of(governing.rule) < 0 else None
    return Arguments(subjects, objects, is_borrowed, made) if subjects is not None else None


def _agent(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = ending_at(sentence, trigger.start, object_types)
    if objects is None and sentence.doc[trigger.end - 1 : trigger.end + 1][-1].lower_ in _AGENT_LINKS:
        objects = right_of(sentence, trigger.end + 1, object_types, reach=5)
    return _of_described(sentence, trigger, objects, subject_types)


def _prefix(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = next((g for g in sentence.groups(object_types) if 0 <= g.start - trigger.end <= 1), None)
    return _of_described(sentence, trigger, objects, subject_types)


def _suffix(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = ending_at(sentence, trigger.start, object_types)
    return _of_described(sentence, trigger, objects, subject_types)


def _names_another(sentence: TriggeredSentence, start: int, end: int) -> bool:
    """Whether another noun of change stands between ("an increase in A and a fall in B")."""
    return any(t.rule.frame == "nominal" and start <= t.start < end for t in sentence.triggers)


def _of_described(
    sentence: TriggeredSentence, trigger: Trigger, objects: Group | None, subject_types: set[str]
) -> Arguments | None:
    if objects is None:
        return None
    subjects, is_borrowed = described(sentence, trigger, objects, subject_types)
    return Arguments(subjects, objects, is_borrowed) if subjects is not None else None


def _is_of_earlier_clause(sentence: TriggeredSentence, objects: Group, trigger: Trigger) -> bool:
    """Whether a verb and a comma part a list from a passive ("A was seen, and the dose was raised by B")."""
    between = [token.lower_ for token in sentence.doc[objects.end : trigger.start]]
    comma = next((at for at in range(len(between) - 1, -1, -1) if between[at] in (",", ";")), 0)
    return not AUXILIARIES.isdisjoint(between[:comma])


def _goes_on_as_verb(sentence: TriggeredSentence, place: int) -> bool:
    behind = [token.lower_ for token in sentence.doc[place : place + 2]]
    return behind[:1] == ["to"] or (bool(behind) and behind[0] in verb_forms())


def _link(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    subjects = ending_at(sentence, trigger.start - 1, subject_types)
    objects = right_of(sentence, trigger.end, object_types, reach=4)
    if objects is not None and _names_another(sentence, trigger.end, objects.start):  # "A-induced inhibition of B"
        return None
    return Arguments(subjects, objects) if subjects is not None and objects is not None else None


def _possessed(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = ending_at(sentence, trigger.start, object_types)
    subjects = next((g for g in sentence.groups(subject_types) if 0 <= g.start - trigger.end <= 1), None)
    if subjects is None or objects is None or not is_harm(objects):
        return None
    return Arguments(subjects, objects)


def _own(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    if trigger.end - trigger.start > 1:  # "... are its main side effects"
        objects = nearest_left(sentence, trigger.start, object_types)
    else:  # "its nephrotoxicity"
        objects = next((g for g in sentence.groups(object_types) if 0 <= g.start - trigger.end <= 1), None)
        objects = objects if objects is not None and is_harm(objects) else None
    if objects is None:
        return None
    subjects, is_borrowed = earlier_drugs(sentence, min(objects.start, trigger.start))
    return Arguments(subjects, objects, is_borrowed) if subjects is not None else None


def _risk(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = right_of(sentence, trigger.end, object_types, reach=4)
    if objects is None or sentence.doc[objects.end : objects.end + 1].text not in _UNDER:
        return None
    subjects = right_of(sentence, objects.end + 1, subject_types, reach=4)
    return Arguments(subjects, objects) if subjects is not None and raises_risk(sentence, subjects, objects) else None


def _between(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    subjects = next((g for g in sentence.groups(subject_types) if 0 <= g.start - trigger.end <= REACH), None)
    if subjects is None:
        return None
    place = next((t.i for t in sentence.doc[subjects.end : sentence.span.end] if t.lower_ == "and"), None)
    objects = next((g for g in sentence.groups(object_types) if place and 0 <= g.start - place - 1 <= _NEAR), None)
    return Arguments(subjects, objects) if objects is not None else None


def _linked(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    doc, behind = sentence.doc, trigger.end
    if doc[behind : behind + 1].text in ("it", "them"):
        subjects, is_borrowed = earlier_drugs(sentence, trigger.start)
        behind += 1
    else:
        groups = sentence.groups(subject_types)
        subjects, is_borrowed = next((g for g in groups if 0 <= g.start - trigger.end <= 2), None), False
        behind = subjects.end if subjects is not None else behind
    if subjects is None or doc[behind : behind + 1].text not in ("to", "with"):
        return None
    objects = right_of(sentence, behind + 1, object_types)
    return Arguments(subjects, objects, is_borrowed) if objects is not None else None


_FRAMES: dict[str, Callable[[TriggeredSentence, Trigger, Types, Types], Arguments | None]] = {
    "verb": _verb,
    "phrase": _phrase,
    "reverse": _reverse,
    "nominal": _nominal,
    "agent": _agent,
    "prefix": _prefix,
    "suffix": _suffix,
    "link": _link,
    "possessed": _possessed,
    "own": _own,
    "given": outcomes.given,
    "given_for": outcomes.given_for,
    "lacking": outcomes.lacking,
    "unchanged": outcomes.unchanged,
    "none_seen": outcomes.none_seen,
    "contrast": outcomes.contrast,
    "happened": outcomes.happened,
    "linked": _linked,
    "between": _between,
    "in_arm": outcomes.in_arm,
    "without": outcomes.without,
    "risk": _risk,
}


def _further(sentence: TriggeredSentence, trigger: Trigger, found: Arguments, types: set[str]) -> Iterator[Arguments]:
    """Yield what a repeated preposition adds: "for colitis and, in Europe, also for pouchitis", "and B for uveitis"."""
    doc, objects = sentence.doc, found.objects
    preposition = doc[trigger.end - 1].lower_
    if trigger.rule.frame != "phrase" or preposition not in ("for", "in", "with", "to", "against"):
        return
    _, end = sentence.clauses.bounds(trigger.start)
    for group in sentence.groups(types):
        place = group.start - 1
        if doc[place].lower_ in DETERMINERS or looks_like_modifier(doc[place].lower_):
            place -= 1
        between = {token.lower_ for token in doc[objects.end : group.start]}
        if preposition == "with" and not _PATIENTS.isdisjoint(between):  # "above all in people with B"
            continue
        if (
            objects.end < group.start < min(end, objects.end + REACH)
            and doc[place].lower_ == preposition
            and not between.isdisjoint({"and", ",", "or"})
            and not sentence.verb_between(objects.end, group.start)
            and not between & {"but", ";", "not", *AUXILIARIES}
        ):
            others = [g for g in sentence.groups({"drug"}) if objects.end <= g.start and g.end <= group.start]
            if not others:
                yield found._replace(objects=group)
            elif others[-1].end == place and doc[others[-1].start - 1].lower_ in ("and", ",", "while", "whereas"):
                yield found._replace(subjects=others[-1], objects=group)  # "A is approved for B, and C for D"
