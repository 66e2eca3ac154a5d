"""Argument search: finds a list of mentions by its position to a token of the sentence.

Behind the token (`right_of`), before it (`nearest_left`), right at it (`ending_at`, `starting_near`), or named earlier
and taken up there ("this drug"). All positions are tokens of the Doc; nothing outside the sentence is looked at.
"""

from __future__ import annotations

from extractors.language.clauses import RELATIVES
from extractors.language.coordination import Group
from extractors.language.lexicon import AGENT_NOUNS, word_list
from extractors.relations.arguments.coreference import antecedent_drugs
from extractors.relations.sentence import Arguments, Trigger, TriggeredSentence

_CARE_NOUNS = word_list("relations", "care_nouns")
_DISEASE_NOUNS = word_list("relations", "disease_nouns")
_DRUG_NOUNS = word_list("relations", "drug_nouns")
_TRANSPARENT_NOUNS = word_list("relations", "transparent_nouns")

REACH = 12
"""How many words may stand between a trigger and its object."""
_BARRIERS = RELATIVES | {";", "but", "through", "via"}
"""Words that no search for an object goes beyond."""


def paired(
    sentence: TriggeredSentence, trigger: Trigger, subjects: Group | None, objects: Group | None
) -> Arguments | None:
    """Return the arguments of a trigger where both lists are found; else note which one is missing."""
    if objects is None:
        sentence.note(trigger, "argument", "no object of a fitting type stands where the frame has it")
        return None
    if subjects is None:
        sentence.note(trigger, "argument", "no subject of a fitting type stands where the frame has it")
        return None
    return Arguments(subjects, objects)


def behind_preposition(sentence: TriggeredSentence, start: int, prepositions: set[str]) -> int | None:
    """Return the token behind a preposition that stands at `start` or up to four tokens after it."""
    for place in range(start, min(start + 5, sentence.span.end)):
        word = sentence.word(place)
        if word in prepositions:
            return place + 1
        if word in (",", ";", "and", "but") or place in sentence.verbs:
            return None
    return None


def right_of(sentence: TriggeredSentence, start: int, types: set[str], *, reach: int = REACH) -> Group | None:
    """Return the first list of one of `types` at token `start` or behind it, or what an anaphor at `start` takes up.

    The search ends with the clause or parenthetical, after `reach` tokens, at a further verb, and at a list that
    cannot precede the object. Comparators are skipped.
    """
    if (antecedent := _antecedent_at(sentence, start, types)) is not None:
        return antecedent
    for group in sentence.clauses.groups:
        if group.start < start:
            continue
        if group.start - start > reach or _is_barred(sentence, start, group.start):
            return None
        if _is_skipped(sentence, start, group, types):
            continue
        if not group.types.isdisjoint(types):
            return None if _belongs_to_other_noun(sentence, start, group.start) else group
        if not _may_precede_object(sentence, start, group, types):
            return None
    return None


def _is_barred(sentence: TriggeredSentence, start: int, end: int) -> bool:
    """Whether the clause or parenthetical of what stands before `start` ends, or another verb follows, before `end`."""
    _, clause_end = sentence.clauses.bounds(max(start - 1, sentence.span.start))
    parenthetical = sentence.clauses.aside_of(start - 1)
    return (
        end >= clause_end
        or sentence.verb_between(start, end)
        or not _BARRIERS.isdisjoint(sentence.words(start, end))
        or (parenthetical is not None and end >= parenthetical[1])
    )


def _is_skipped(sentence: TriggeredSentence, start: int, group: Group, types: set[str]) -> bool:
    """Whether a list is no candidate: it stands in another parenthetical, is a comparator or part of a description."""
    if sentence.clauses.aside_of(group.start) not in (sentence.clauses.aside_of(start - 1), None):
        return True
    if sentence.clauses.is_compared(group):
        return True
    is_described = sentence.word(group.end).removesuffix("s") in AGENT_NOUNS
    return is_described and group.types == {"target"} and "drug" in types  # "by the STAT3 inhibitor A"


def _may_precede_object(sentence: TriggeredSentence, start: int, group: Group, types: set[str]) -> bool:
    """Whether the object may follow a list of another type: an effect "in" a disease, or a drug without a comma."""
    if types == {"disease"} and group.types == {"effect"} and sentence.word(group.end) in ("in", "of"):
        return True  # "superior for remission in colitis"
    return group.types == {"drug"} and "," not in sentence.words(start, group.start)


def _antecedent_at(sentence: TriggeredSentence, start: int, types: set[str]) -> Group | None:
    """Return the earlier list that an anaphor at `start` takes up, if it is of one of `types`."""
    for resolve in (_of_pronoun, _of_possessive, _of_definite_noun, _of_demonstrative):
        if (antecedent := resolve(sentence, start, types)) is not None:
            return antecedent
    return None


def _of_pronoun(sentence: TriggeredSentence, start: int, types: set[str]) -> Group | None:
    """Return the antecedent of "it" or "them" as an object, which is no drug: the last list before."""
    return _last_before(sentence, start, types - {"drug"}) if is_object_pronoun(sentence, start) else None


def _of_possessive(sentence: TriggeredSentence, start: int, types: set[str]) -> Group | None:
    """Return the disease that "its treatment" speaks of, which the sentence before may name."""
    if "disease" not in types or sentence.word(start) not in ("its", "their"):
        return None
    return _earlier_disease(sentence, start) if sentence.word(start + 1) in _CARE_NOUNS else None


def _of_definite_noun(sentence: TriggeredSentence, start: int, types: set[str]) -> Group | None:
    """Return the disease that "the disease" takes up, where the noun ends its phrase ("for patients with the ...")."""
    words = _noun_phrase_words(sentence, start)
    if "disease" not in types or words[:1] != ["the"] or words[1:2] not in (["disease"], ["disorder"], ["condition"]):
        return None
    ends_phrase = sentence.word(start + 2) in (".", ",", ";", "and", "in", "but")
    return _last_before(sentence, start, {"disease"}) if ends_phrase else None


def _of_demonstrative(sentence: TriggeredSentence, start: int, types: set[str]) -> Group | None:
    """Return what "this drug", "these disorders" or "the same agent" takes up."""
    words = _noun_phrase_words(sentence, start)
    if words[:1] not in (["this"], ["these"]) and words[:2] != ["the", "same"]:
        return None
    nouns = set(words[1:])
    if "drug" in types and not nouns.isdisjoint(_DRUG_NOUNS | AGENT_NOUNS):
        return antecedent_drugs(sentence, start)[0]
    if "disease" in types and not nouns.isdisjoint(_DISEASE_NOUNS):
        return _earlier_disease(sentence, start)
    return None


def _noun_phrase_words(sentence: TriggeredSentence, start: int) -> list[str]:
    """Return up to four words from `start`, without "patients with"."""
    return [word for word in sentence.words(start, start + 4) if word not in ("patients", "with")]


def _last_before(sentence: TriggeredSentence, end: int, types: set[str]) -> Group | None:
    return next((group for group in reversed(sentence.groups(types)) if group.end <= end), None)


def _earlier_disease(sentence: TriggeredSentence, end: int) -> Group | None:
    """Return the last disease before a token, or that which the sentences before speak of."""
    return _last_before(sentence, end, {"disease"}) or sentence.topic.diseases


def _belongs_to_other_noun(sentence: TriggeredSentence, start: int, end: int) -> bool:
    """Whether a noun before "of" between two tokens is what is acted on ("raises the pH of lysosomes").

    Not so if it is a transparent noun ("the severity of") or a number ("80 % of").
    """
    return any(
        sentence.word(place) == "of"
        and sentence.word(place - 1) not in _TRANSPARENT_NOUNS | {"%"}
        and not sentence.doc[place - 1].like_num
        for place in range(start + 1, end)
    )


def nearest_left(sentence: TriggeredSentence, end: int, types: set[str]) -> Group | None:
    """Return the last list of one of `types` that ends before token `end` in its clause."""
    start, _ = sentence.clauses.bounds(end)
    parenthetical = sentence.clauses.aside_of(end)
    for group in reversed(sentence.groups(types)):
        if (
            start <= group.start
            and group.end <= end
            and sentence.clauses.aside_of(group.start) in (parenthetical, None)
        ):
            return group
    return None


def ending_at(sentence: TriggeredSentence, end: int, types: set[str]) -> Group | None:
    """Return the list of one of `types` that ends right before token `end`, with or without a bracket behind it."""
    closed = end
    if sentence.word_before(end) == ")":  # "Janus kinase (JAK) inhibitors": ends before either bracket
        closed = end - 1
        end = next((at for at in range(closed, sentence.span.start - 1, -1) if sentence.word(at) == "("), end)
    for group in sentence.groups(types):
        if group.end in (end, closed):
            return group
        if group.start < end <= group.end:  # a member in the middle of the list ends there
            return None
    return None


def starting_near(sentence: TriggeredSentence, start: int, types: set[str], *, gap: int) -> Group | None:
    """Return the first list of one of `types` that starts at token `start` or up to `gap` tokens after it."""
    return next((group for group in sentence.groups(types) if 0 <= group.start - start <= gap), None)


def is_object_pronoun(sentence: TriggeredSentence, place: int) -> bool:
    """Whether a token is "it" or "them"; "IT" in capitals may be a name."""
    return sentence.word(place) in ("it", "them") and sentence.doc[place].is_lower
