"""Apposition: the drug that a description such as "a TNF inhibitor" or "an anti-CD3 antibody" is said of.

A description is made of a trigger (an agent noun, "anti-", "-directed") and its object, with attributes before and a
noun behind. Its subject stands behind it, before it, between commas, or before "is" and "as".
"""

from __future__ import annotations

from extractors.language.clauses import AUXILIARIES, BE_FORMS
from extractors.language.coordination import Group
from extractors.language.lexicon import AGENT_NOUNS, DETERMINERS, looks_like_modifier, word_list
from extractors.relations.arguments.coreference import is_anaphoric
from extractors.relations.sentence import Trigger, TriggeredSentence

_ATTRIBUTE_STOPS = word_list("relations", "attribute_stops")
_NO_ATTRIBUTES = DETERMINERS | BE_FORMS | AUXILIARIES | _ATTRIBUTE_STOPS | {",", "(", ";", "as", "and", "or"}
_MOST_ATTRIBUTES = 5
_FARTHEST_ANTECEDENT = 3
"""How many tokens may stand between a drug and the comma or bracket that opens its apposition."""


def described_drugs(
    sentence: TriggeredSentence, trigger: Trigger, objects: Group, types: set[str]
) -> tuple[Group | None, bool]:
    """Return the list of one of `types` that a description is said of, and whether it is inherited.

    It is inherited where only the sentences before name it ("This JAK inhibitor ...").
    """
    start, end = min(objects.start, trigger.start), _end_of_description(sentence, trigger, objects)
    groups = sentence.groups(types)
    if (named := next((group for group in groups if group.start == end), None)) is not None:
        return named, False  # "the TNF inhibitor A"
    carrier = next((group for group in groups if group.end == start), None)
    if carrier is not None:
        if _is_noun_by_itself(sentence, carrier):
            return carrier, False  # "CAR T cells directed against CD19"
        start = carrier.start
    start = _start_of_attributes(sentence, start)
    if start == sentence.span.start:
        return None, False
    if sentence.word_before(start) in ("this", "these"):
        topic = sentence.topic.of(types)
        return topic, topic is not None
    article = start - 1 if sentence.word_before(start) in DETERMINERS else start
    if sentence.word_before(article) in (",", "("):
        return _antecedent_of_apposition(sentence, article, types), False
    if sentence.word_before(article) in BE_FORMS | {"as"}:
        return _subject_of_predicate(sentence, trigger, article, types)
    return None, False


def _end_of_description(sentence: TriggeredSentence, trigger: Trigger, objects: Group) -> int:
    """Return the token behind a description: agent nouns and their modifiers belong to it."""
    end = max(objects.end, trigger.end)
    while sentence.word(end) in AGENT_NOUNS or looks_like_modifier(sentence.word(end)):
        end += 1
    return end


def _is_noun_by_itself(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether neither an article, an attribute nor "is" before a drug makes it part of a description behind it."""
    before = sentence.word_before(group.start)
    return before not in BE_FORMS | DETERMINERS and not looks_like_modifier(before)


def _start_of_attributes(sentence: TriggeredSentence, end: int) -> int:
    """Return the first of the attributes before a token ("a | first chimeric monoclonal | antibody")."""
    start = end
    while start > max(sentence.span.start, end - _MOST_ATTRIBUTES) and _is_attribute(sentence.word_before(start)):
        start -= 1
    return start


def _is_attribute(word: str) -> bool:
    """Whether a word can stand between "a" and what it describes ("a first chimeric monoclonal antibody")."""
    return word not in _NO_ATTRIBUTES and (word.isalpha() or "-" in word)


def _antecedent_of_apposition(sentence: TriggeredSentence, start: int, types: set[str]) -> Group | None:
    """Return the list before an apposition that starts at a token; "a" describes only the last of its members."""
    near = (group for group in reversed(sentence.groups(types)) if 0 <= start - 1 - group.end <= _FARTHEST_ANTECEDENT)
    antecedent = next(near, None)
    if antecedent is not None and sentence.word(start) in ("a", "an"):
        return Group(antecedent.members[-1:])
    return antecedent


def _subject_of_predicate(
    sentence: TriggeredSentence, trigger: Trigger, place: int, types: set[str]
) -> tuple[Group | None, bool]:
    """Return the subject of a description behind "is" or "as", the first list of the clause before a token.

    An anaphor is resolved to the topic of the sentences before ("It is a TNF inhibitor").
    """
    start, _ = sentence.clauses.bounds(trigger.start)
    for group in sentence.groups(types):
        if start <= group.start and group.end < place and not sentence.clauses.is_compared(group):
            return group, False
    topic = sentence.topic.of(types)
    if topic is not None and is_anaphoric(sentence, start):
        return topic, True
    return None, False
