"""Finds the drug that "a TNF inhibitor", "an anti-CD3 antibody" or "a CD19-directed therapy" speaks of."""

from __future__ import annotations

from extractors.language.clauses import AUXILIARIES, BE_FORMS
from extractors.language.coordination import Group
from extractors.language.lexicon import AGENT_NOUNS, DETERMINERS, looks_like_modifier, word_list
from extractors.relations.arguments.coreference import is_anaphoric
from extractors.relations.sentence import Trigger, TriggeredSentence

_NO_ATTRIBUTES = word_list("relations", "no_attributes")


def described(
    sentence: TriggeredSentence, trigger: Trigger, objects: Group, types: set[str]
) -> tuple[Group | None, bool]:
    """Return the drugs that a trigger and its objects describe, and whether the sentence before names them."""
    doc = sentence.doc
    first, last = min(objects.start, trigger.start), max(objects.end, trigger.end)
    while last < sentence.span.end and (doc[last].lower_ in AGENT_NOUNS or looks_like_modifier(doc[last].lower_)):
        last += 1
    groups = sentence.groups(types)
    if named := next((g for g in groups if g.start == last), None):
        return named, False
    if carrier := next((g for g in groups if g.end == first), None):  # "CAR T cells directed against CD19"
        word = doc[carrier.start - 1].lower_
        if word not in BE_FORMS | DETERMINERS and not looks_like_modifier(word):
            return carrier, False
        first = carrier.start
    reach = first - 5
    while first > max(sentence.span.start, reach) and _is_attribute(doc[first - 1].lower_):
        first -= 1
    if first == sentence.span.start:
        return None, False
    topic = sentence.topic.of(types)
    if doc[first - 1].lower_ in ("this", "these"):
        return topic, topic is not None
    if doc[first - 1].lower_ in DETERMINERS:
        first -= 1
    before = doc[first - 1].lower_ if first > sentence.span.start else ""
    if before in (",", "("):
        antecedent = next((g for g in reversed(groups) if 0 <= first - 1 - g.end <= 3), None)
        if antecedent is not None and doc[first].lower_ in ("a", "an"):
            antecedent = Group(antecedent.members[-1:])
        return antecedent, False
    if before in BE_FORMS | {"as"}:
        start, _ = sentence.clauses.bounds(trigger.start)
        for group in groups:
            if start <= group.start and group.end < first and not sentence.clauses.is_compared(group):
                return group, False
        if topic is not None and is_anaphoric(sentence, start):
            return topic, True
    return None, False


def _is_attribute(word: str) -> bool:
    """Whether a word can stand between "a" and what it describes ("a first chimeric monoclonal antibody")."""
    return (
        word not in DETERMINERS | BE_FORMS | AUXILIARIES
        and word not in (",", "(", "as", "and", "or", ";", *_NO_ATTRIBUTES)
        and (word.isalpha() or "-" in word)
    )
