"""Finds where subject and object of a trigger stand, frame by frame (see `rules.FRAMES`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from extractors.clauses import AUXILIARIES, BE_FORMS, RELATIVES, Group
from extractors.descriptions import AGENT_NOUNS, DETERMINERS, is_hyphen
from extractors.given import given_drugs
from extractors.phrases import looks_like_modifier, words_of
from extractors.rules import verb_forms
from extractors.signs import governing_verb, hindered, multiplied, sign_of
from extractors.subjects import earlier_drugs, is_anaphoric, subject_of
from extractors.triggers import Trigger, TriggeredSentence

REACH = 12
"""How many words may stand between a trigger and its object."""

_LISTING = frozenset({",", "and", "or", "both", "as", "well", "with", "of", "expression", "production", "levels"})
_NEAR = 5
"""How many words may stand between a noun of change and the object before a passive verb."""

_HAVE = frozenset(["has", "have", "had", "having"])
_AGENT_LINKS = frozenset("of against to for targeting at".split())


Types = set[str]


class Arguments(NamedTuple):
    """The lists that a trigger relates; `is_borrowed`: the subject stands in the sentence before."""

    subjects: Group
    objects: Group
    is_borrowed: bool = False
    trigger: Trigger | None = None
    """What they are stated by, where it is not the trigger that was looked from ("reversed the increase in")."""


def arguments(sentence: TriggeredSentence, trigger: Trigger) -> Iterator[Arguments]:
    """Yield what a trigger relates: nothing, one pair of lists, or one more for each repeated preposition."""
    subject_types = {pair[0] for pair in trigger.rule.pairs}
    object_types = {pair[1] for pair in trigger.rule.pairs}
    found = _FRAMES[trigger.rule.frame](sentence, trigger, subject_types, object_types)
    if found is not None and trigger.rule.frame in ("verb", "phrase"):
        found = _stacked(sentence, trigger, found)
    if found is not None:
        yield found
        for further in _further_objects(sentence, trigger, found.objects, object_types):
            yield found._replace(objects=further)


def _end_of_verbs(sentence: TriggeredSentence, trigger: Trigger) -> int:
    """Return where a verb ends, with those that share its object ("neither increased nor decreased B")."""
    doc, end = sentence.doc, trigger.end
    alike = {other.start: other.end for other in sentence.triggers if other.form == trigger.form != "phrase"}
    while end + 1 < sentence.span.end and doc[end].lower_ in ("and", "or", "nor") and end + 1 in alike:
        end = alike[end + 1]
    return end


def _stacked(sentence: TriggeredSentence, trigger: Trigger, found: Arguments) -> Arguments | None:
    """Return what is stated where a noun of change stands before the object: both directions multiplied.

    Nothing where the trigger has no direction ("associated with an increase in"): the noun states it itself.
    """
    start = trigger.end if found.objects.start >= trigger.end else found.objects.start - _NEAR
    inner = [
        noun
        for noun in sentence.triggers
        if noun.rule.frame == "nominal"
        and sign_of(noun.rule)
        and start <= noun.start
        and noun.end <= found.objects.start
        and sentence.doc[noun.end - 1].lower_ in ("of", "in")
    ]
    if not inner:
        return found
    made = multiplied(trigger, inner[-1]) if len(inner) == 1 and trigger.rule.frame == "verb" else None
    return found._replace(trigger=made) if made is not None else None


def _verb(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    if trigger.form == "past" and _is_passive(sentence, trigger):
        agent = _by_phrase(sentence, trigger.end, {"by"})
        objects = _nearest_left(sentence, trigger.start, object_types)
        subjects = _right(sentence, agent, subject_types) if agent is not None else None
        return Arguments(subjects, objects) if subjects is not None and objects is not None else None
    is_shown = _is_shown(sentence, trigger)
    if is_shown and "drug" in subject_types:
        found = _given(sentence, trigger, subject_types, object_types)
        if found is not None:
            return found
    if _is_adjective(sentence, trigger):
        return None
    found = _phrase(sentence, trigger, subject_types, object_types)
    if is_shown and found is not None and any(m.subtype == "cell_type" for m in found.subjects.members):
        return None  # "macrophages showed reduced TNF production": who reduced it is not said
    return found


def _phrase(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = _right(sentence, _end_of_verbs(sentence, trigger), object_types)
    if objects is None or _is_governed_by_noun(sentence, trigger):
        return None
    if trigger.rule.frame == "verb" and "causes" in trigger.rule.predicates.values():
        between = [token.lower_ for token in sentence.doc[trigger.end : objects.start]]
        if not {"in", "among"}.isdisjoint(between[1:]):  # "induced flares in lupus" does not say what caused lupus
            return None
    fitting = {subject for subject, target in trigger.rule.pairs if target in objects.types}
    subjects, is_borrowed = subject_of(sentence, trigger, fitting)
    return Arguments(subjects, objects, is_borrowed) if subjects is not None else None


def _reverse(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = _nearest_left(sentence, trigger.start, object_types)
    subjects = _right(sentence, trigger.end, subject_types)
    return Arguments(subjects, objects) if subjects is not None and objects is not None else None


def _nominal(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = None
    if sentence.doc[trigger.end : trigger.end + 1].text in ("vivo", "vitro", "situ"):
        return None
    if sentence.doc[trigger.end - 1].lower_ in ("of", "in"):
        objects = _right(sentence, trigger.end, object_types, reach=6)
    after = objects.end if objects is not None else trigger.end
    objects = objects or _ending_at(sentence, trigger.start, object_types)
    if objects is None or _is_governed_by_noun(sentence, trigger):
        return None
    if (hyphen := _inducing_hyphen(sentence, trigger)) is not None:
        subjects = _ending_at(sentence, hyphen, subject_types)
        return Arguments(subjects, objects) if subjects is not None else None
    governing = governing_verb(sentence, trigger)
    agent = _by_phrase(sentence, after, {"by", "with", "using", "via", "through"})
    subjects = _right(sentence, agent, subject_types, reach=4) if agent is not None else None
    if subjects is not None:
        is_hindered = governing is not None and sign_of(governing.rule) < 0
        return None if is_hindered else Arguments(subjects, objects)
    subjects, is_borrowed = subject_of(sentence, trigger, subject_types)
    if subjects is None and not words_of("seen").isdisjoint(t.lower_ for t in sentence.doc[after : sentence.span.end]):
        subjects = given_drugs(sentence, trigger.start, objects.end)
    made = hindered(trigger) if governing is not None and sign_of(governing.rule) < 0 else None
    return Arguments(subjects, objects, is_borrowed, made) if subjects is not None else None


def _inducing_hyphen(sentence: TriggeredSentence, trigger: Trigger) -> int | None:
    """Return the hyphen of "X-induced" before a noun of change ("the X-induced large increase in ...")."""
    doc, place = sentence.doc, trigger.start - 1
    while place > sentence.span.start and looks_like_modifier(doc[place].lower_):
        place -= 1
    is_induced = place > sentence.span.start and doc[place].lower_ in words_of("inducing")
    return place - 1 if is_induced and is_hyphen(doc[place - 1]) else None


def _agent(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = _ending_at(sentence, trigger.start, object_types)
    if objects is None and sentence.doc[trigger.end - 1 : trigger.end + 1][-1].lower_ in _AGENT_LINKS:
        objects = _right(sentence, trigger.end + 1, object_types, reach=5)
    return _described(sentence, trigger, objects, subject_types)


def _prefix(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = next((g for g in sentence.groups(object_types) if 0 <= g.start - trigger.end <= 1), None)
    return _described(sentence, trigger, objects, subject_types)


def _suffix(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = _ending_at(sentence, trigger.start, object_types)
    return _described(sentence, trigger, objects, subject_types)


def _given(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = _right(sentence, trigger.end, object_types)
    subjects = given_drugs(sentence, trigger.start, objects.end) if objects is not None else None
    return Arguments(subjects, objects) if subjects is not None and objects is not None else None


def _link(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    subjects = _ending_at(sentence, trigger.start - 1, subject_types)
    objects = _right(sentence, trigger.end, object_types, reach=4)
    return Arguments(subjects, objects) if subjects is not None and objects is not None else None


def _possessed(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    objects = _ending_at(sentence, trigger.start, object_types)
    subjects = next((g for g in sentence.groups(subject_types) if 0 <= g.start - trigger.end <= 1), None)
    if subjects is None or objects is None or not _is_harm(objects):
        return None
    return Arguments(subjects, objects)


def _own(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: set[str], object_types: set[str]
) -> Arguments | None:
    if trigger.end - trigger.start > 1:  # "... are its main side effects"
        objects = _nearest_left(sentence, trigger.start, object_types)
    else:  # "its nephrotoxicity"
        objects = next((g for g in sentence.groups(object_types) if 0 <= g.start - trigger.end <= 1), None)
        objects = objects if objects is not None and _is_harm(objects) else None
    if objects is None:
        return None
    subjects, is_borrowed = earlier_drugs(sentence, min(objects.start, trigger.start))
    return Arguments(subjects, objects, is_borrowed) if subjects is not None else None


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
    "given": _given,
}


def _is_harm(group: Group) -> bool:
    """Whether a list names only what a drug does by accident: adverse effects, toxicities."""
    return all(member.subtype == "adverse_effect" or member.valence == "bad" for member in group.members)


def _further_objects(sentence: TriggeredSentence, trigger: Trigger, objects: Group, types: set[str]) -> Iterator[Group]:
    """Yield what a repeated preposition adds: "for colitis and, in Europe, also for pouchitis"."""
    doc = sentence.doc
    preposition = doc[trigger.end - 1].lower_
    if trigger.rule.frame != "phrase" or preposition not in ("for", "in", "with", "to", "against"):
        return
    _, end = sentence.clauses.bounds(trigger.start)
    for group in sentence.groups(types):
        before = doc[group.start - 1].lower_
        if before in DETERMINERS or looks_like_modifier(before):
            before = doc[group.start - 2].lower_
        between = {token.lower_ for token in doc[objects.end : group.start]}
        if (
            objects.end < group.start < min(end, objects.end + REACH)
            and before == preposition
            and not between.isdisjoint({"and", ",", "or"})
            and not sentence.verb_between(objects.end, group.start)
            and not between & {"but", ";", "not", *AUXILIARIES}
        ):
            yield group


def _is_adjective(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a past form only describes the noun behind it ("hyperlipidemia, delayed wound healing")."""
    comma = trigger.start - 1
    if trigger.rule.frame != "verb" or trigger.form != "past" or sentence.doc[comma].text != ",":
        return False
    return not any(aside[1] == comma for aside in sentence.clauses.asides)


def _is_shown(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a past form describes what was found ("cells showed reduced A", "reduced A and more B were seen")."""
    if trigger.form != "past":
        return False
    doc, first = sentence.doc, sentence.span.start
    listed = {place for group in sentence.clauses.groups for place in range(group.start, group.end)}
    place = trigger.start
    while place > first and (
        place - 1 in listed or place - 1 in sentence.verbs or doc[place - 1].lower_ in _LISTING | DETERMINERS
    ):
        place -= 1
    start, _ = sentence.clauses.bounds(trigger.start)
    opens = place == first or place - 1 < sentence.clauses.leading_phrase_end(start)  # "in treated mice, reduced A was"
    if not opens:
        return doc[place - 1].lower_ in words_of("showing")
    return any(token.lower_ in words_of("seen") for token in doc[trigger.end : sentence.span.end])


def _is_governed_by_noun(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether the trigger only says what some unnamed plan is for ("strategies to prevent", "aimed at treating")."""
    words = [token.lower_ for token in sentence.doc[max(sentence.span.start, trigger.start - 4) : trigger.start]]
    while words and (words[-1].endswith("ly") or words[-1] in ("and", "or") or words[-1] in verb_forms()):
        words.pop()
    if not words or words[-1] not in ("to", "for", "of", "in", "on", "at"):
        return False
    words.pop()
    if words and words[-1] in ("focused", "aimed", "designed", "intended", "directed", "aiming"):
        words.pop()
    return bool(words) and words[-1] in words_of("plans")


def _is_passive(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    doc, start = sentence.doc, trigger.start
    after = doc[trigger.end].lower_ if trigger.end < sentence.span.end else ""
    if after == "by":
        return True
    for place in range(start - 1, max(start - 4, sentence.span.start - 1), -1):
        word = doc[place].lower_
        if word in BE_FORMS:
            return True
        if word in _HAVE or not (word.endswith("ly") or word in ("not", "also", "been", "being", "often")):
            return False
    return False


def _by_phrase(sentence: TriggeredSentence, start: int, prepositions: set[str]) -> int | None:
    """Return the token behind a preposition that stands at `start` or up to four words after it."""
    for place in range(start, min(start + 5, sentence.span.end)):
        word = sentence.doc[place].lower_
        if word in prepositions:
            return place + 1
        if word in (",", ";", "and", "but") or place in sentence.verbs:
            return None
    return None


def _right(sentence: TriggeredSentence, start: int, types: set[str], *, reach: int = REACH) -> Group | None:
    """Return the first fitting group behind `start` in its clause, before any further verb."""
    if meant := _pointed_at(sentence, start, types):
        return meant
    _, end = sentence.clauses.bounds(max(start - 1, sentence.span.start))
    aside = sentence.clauses.aside_of(start - 1)
    for group in sentence.clauses.groups:
        if group.start < start:
            continue
        if group.start >= end or group.start - start > reach:
            return None
        between = sentence.doc[start : group.start]
        if sentence.verb_between(start, group.start) or any(
            t.text == ";" or t.lower_ in ("but", "through", "via", *RELATIVES) for t in between
        ):
            return None
        if aside is not None and group.start >= aside[1]:
            return None
        if sentence.clauses.aside_of(group.start) not in (aside, None):
            continue
        if sentence.clauses.is_compared(group):
            continue
        if not group.types.isdisjoint(types):
            return None if _belongs_to_other_noun(sentence, start, group.start) else group
        if group.types != {"drug"} or any(t.text == "," for t in between):
            return None
    return None


def _pointed_at(sentence: TriggeredSentence, start: int, types: set[str]) -> Group | None:
    """Return the earlier list that "this drug" or "this disorder" at `start` points at."""
    if sentence.doc[start : start + 1].text in ("it", "them"):
        earlier = [g for g in sentence.groups(types - {"drug"}) if g.end <= start]
        return earlier[-1] if earlier else None
    words = [token.lower_ for token in sentence.doc[start : start + 4] if token.lower_ not in ("patients", "with")]
    if len(words) < 2 or words[0] not in ("this", "these", "the") or (words[0] == "the" and words[1] != "same"):
        return None
    nouns = set(words[1:4])
    if "drug" in types and not nouns.isdisjoint(words_of("drug_pronouns") | AGENT_NOUNS):
        return earlier_drugs(sentence, start)[0]
    if "disease" in types and not nouns.isdisjoint(words_of("disease_pronouns")):
        earlier = [g for g in sentence.groups({"disease"}) if g.end <= start]
        return earlier[-1] if earlier else sentence.topic.diseases
    return None


def _belongs_to_other_noun(sentence: TriggeredSentence, start: int, end: int) -> bool:
    """Whether the words before an object make another noun of it ("raises the pH of lysosomes")."""
    doc = sentence.doc
    return any(
        doc[place].lower_ == "of"
        and place > start
        and doc[place - 1].lower_ not in words_of("transparent")
        and not doc[place - 1].like_num
        for place in range(start, end)
    )


def _nearest_left(sentence: TriggeredSentence, end: int, types: set[str]) -> Group | None:
    start, _ = sentence.clauses.bounds(end)
    aside = sentence.clauses.aside_of(end)
    for group in reversed(sentence.groups(types)):
        if start <= group.start and group.end <= end and sentence.clauses.aside_of(group.start) in (aside, None):
            return group
    return None


def _ending_at(sentence: TriggeredSentence, end: int, types: set[str]) -> Group | None:
    if sentence.doc[end - 1].text == ")":  # "Janus kinase (JAK) inhibitors"
        end = next((t.i for t in reversed(sentence.doc[sentence.span.start : end]) if t.text == "("), end)
    for group in sentence.groups(types):
        if group.end == end:
            return group
        if group.start < end <= group.end:  # the trigger follows a member in the list's middle
            return None
    return None


def _described(
    sentence: TriggeredSentence, trigger: Trigger, objects: Group | None, types: set[str]
) -> Arguments | None:
    """Return the drug that "a TNF inhibitor", "an anti-CD3 antibody" or "a CD19-directed therapy" speaks of."""
    if objects is None:
        return None
    doc = sentence.doc
    first, last = min(objects.start, trigger.start), max(objects.end, trigger.end)
    while last < sentence.span.end and (doc[last].lower_ in AGENT_NOUNS or looks_like_modifier(doc[last].lower_)):
        last += 1
    groups = sentence.groups(types)
    if named := next((g for g in groups if g.start == last), None):
        return Arguments(named, objects)
    if carrier := next((g for g in groups if g.end == first), None):  # "CAR T cells directed against CD19"
        word = doc[carrier.start - 1].lower_
        if word not in BE_FORMS | DETERMINERS and not looks_like_modifier(word):
            return Arguments(carrier, objects)
        first = carrier.start
    reach = first - 5
    while first > max(sentence.span.start, reach) and _is_attribute(doc[first - 1].lower_):
        first -= 1
    if first == sentence.span.start:
        return None
    topic = sentence.topic.of(types)
    if doc[first - 1].lower_ in ("this", "these") and first - 1 == sentence.span.start:
        return Arguments(topic, objects, True) if topic is not None else None
    if doc[first - 1].lower_ in DETERMINERS:
        first -= 1
    before = doc[first - 1].lower_ if first > sentence.span.start else ""
    if before in (",", "("):
        antecedent = next((g for g in reversed(groups) if 0 <= first - 1 - g.end <= 3), None)
        if antecedent is not None and doc[first].lower_ in ("a", "an"):
            antecedent = Group(antecedent.members[-1:])
        return Arguments(antecedent, objects) if antecedent is not None else None
    if before in BE_FORMS | {"as"}:
        start, _ = sentence.clauses.bounds(trigger.start)
        for group in groups:
            if start <= group.start and group.end < first and not sentence.clauses.is_compared(group):
                return Arguments(group, objects)
        if topic is not None and is_anaphoric(sentence, start):
            return Arguments(topic, objects, True)
    return None


def _is_attribute(word: str) -> bool:
    """Whether a word can stand between "a" and what it describes ("a first chimeric monoclonal antibody")."""
    return (
        word not in DETERMINERS | BE_FORMS | AUXILIARIES
        and word not in (",", "(", "as", "and", "or", ";")
        and (word.isalpha() or "-" in word)
    )
