"""Finds lists of mentions by where they stand: behind a place, before it, right at it, or pointed at from it."""

from __future__ import annotations

from extractors.language.clauses import RELATIVES
from extractors.language.coordination import Group
from extractors.language.lexicon import AGENT_NOUNS, word_list
from extractors.relations.arguments.coreference import earlier_drugs
from extractors.relations.sentence import TriggeredSentence

_DISEASE_PRONOUNS = word_list("relations", "disease_pronouns")
_DRUG_PRONOUNS = word_list("relations", "drug_pronouns")
_TRANSPARENT = word_list("relations", "transparent")

_CARE = word_list("relations", "care")
REACH = 12
"""How many words may stand between a trigger and its object."""


def behind_preposition(sentence: TriggeredSentence, start: int, prepositions: set[str]) -> int | None:
    """Return the token behind a preposition that stands at `start` or up to four words after it."""
    for place in range(start, min(start + 5, sentence.span.end)):
        word = sentence.doc[place].lower_
        if word in prepositions:
            return place + 1
        if word in (",", ";", "and", "but") or place in sentence.verbs:
            return None
    return None


def right_of(sentence: TriggeredSentence, start: int, types: set[str], *, reach: int = REACH) -> Group | None:
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
        behind = sentence.doc[group.end : group.end + 1].text.lower()
        if group.types == {"target"} and "drug" in types and behind.removesuffix("s") in AGENT_NOUNS:
            continue  # "by the STAT3 inhibitor A"
        if not group.types.isdisjoint(types):
            return None if _belongs_to_other_noun(sentence, start, group.start) else group
        if types == {"disease"} and group.types == {"effect"} and behind in ("in", "of"):
            continue  # "superior for remission in colitis"
        if group.types != {"drug"} or any(t.text == "," for t in between):
            return None
    return None


def _pointed_at(sentence: TriggeredSentence, start: int, types: set[str]) -> Group | None:
    """Return the earlier list that "this drug" or "this disorder" at `start` points at."""
    if sentence.doc[start : start + 1].text in ("it", "them"):
        earlier = [g for g in sentence.groups(types - {"drug"}) if g.end <= start]
        return earlier[-1] if earlier else None
    opening = [token.lower_ for token in sentence.doc[start : start + 2]]
    if "disease" in types and opening[:1] in (["its"], ["their"]) and opening[-1] in _CARE:
        earlier = [g for g in sentence.groups({"disease"}) if g.end <= start]
        return earlier[-1] if earlier else sentence.topic.diseases
    words = [token.lower_ for token in sentence.doc[start : start + 4] if token.lower_ not in ("patients", "with")]
    is_the = len(words) > 1 and words[0] == "the"
    if is_the and words[1] in ("disease", "disorder", "condition") and "disease" in types:
        behind = sentence.doc[start + 2 : start + 3].text
        earlier = [g for g in sentence.groups({"disease"}) if g.end <= start]
        return earlier[-1] if earlier and behind in (".", ",", ";", "and", "in", "but") else None
    if len(words) < 2 or words[0] not in ("this", "these", "the") or (is_the and words[1] != "same"):
        return None
    nouns = set(words[1:4])
    if "drug" in types and not nouns.isdisjoint(_DRUG_PRONOUNS | AGENT_NOUNS):
        return earlier_drugs(sentence, start)[0]
    if "disease" in types and not nouns.isdisjoint(_DISEASE_PRONOUNS):
        earlier = [g for g in sentence.groups({"disease"}) if g.end <= start]
        return earlier[-1] if earlier else sentence.topic.diseases
    return None


def _belongs_to_other_noun(sentence: TriggeredSentence, start: int, end: int) -> bool:
    """Whether the words before an object make another noun of it ("raises the pH of lysosomes")."""
    doc = sentence.doc
    return any(
        doc[place].lower_ == "of"
        and place > start
        and doc[place - 1].lower_ not in _TRANSPARENT
        and not (doc[place - 1].like_num or doc[place - 1].text == "%")
        for place in range(start, end)
    )


def nearest_left(sentence: TriggeredSentence, end: int, types: set[str]) -> Group | None:
    """Return the last fitting group before `end` in its clause."""
    start, _ = sentence.clauses.bounds(end)
    aside = sentence.clauses.aside_of(end)
    for group in reversed(sentence.groups(types)):
        if start <= group.start and group.end <= end and sentence.clauses.aside_of(group.start) in (aside, None):
            return group
    return None


def ending_at(sentence: TriggeredSentence, end: int, types: set[str]) -> Group | None:
    """Return the fitting group that ends right before `end`."""
    closed = end - 1 if sentence.doc[end - 1].text == ")" else end
    if closed < end:  # "Janus kinase (JAK) inhibitors"
        end = next((t.i for t in reversed(sentence.doc[sentence.span.start : end]) if t.text == "("), end)
    for group in sentence.groups(types):
        if group.end in (end, closed):
            return group
        if group.start < end <= group.end:  # the trigger follows a member in the list's middle
            return None
    return None
