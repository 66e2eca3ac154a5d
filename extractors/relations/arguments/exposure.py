"""Finds the drug that those were given of whom a sentence speaks: "patients on X", "after treatment with X"."""

from __future__ import annotations

from extractors.language.clauses import BE_FORMS
from extractors.language.coordination import Group
from extractors.language.lexicon import DETERMINERS, is_hyphen, looks_like_modifier, word_list
from extractors.relations.sentence import TriggeredSentence

_GENERIC = word_list("language", "generic")
_DRUG_PRONOUNS = word_list("relations", "drug_pronouns")
_PATIENTS = word_list("relations", "patients")
_RECEIVING = word_list("relations", "receiving")
_SEEN = word_list("relations", "seen")
_TREATED = word_list("relations", "treated")
_WITHHOLDING = word_list("relations", "withholding")

_WITH = word_list("relations", "with")
_NOT_THEN = word_list("relations", "not_then")
_AFTER = word_list("relations", "after")


def given_drugs(sentence: TriggeredSentence, place: int, behind: int) -> Group | None:
    """Return the drugs that were given, in the clause of `place` or one that says what was seen, rather behind it."""
    start, end = sentence.clauses.bounds(place)
    clause = sentence.doc[start:end]
    seen = (t.i for t in sentence.doc[end : sentence.span.end] if t.lower_ in _SEEN)
    if _SEEN.isdisjoint(token.lower_ for token in clause) and (ahead := next(seen, None)) is not None:
        end = sentence.clauses.bounds(ahead)[1]
    found = [
        group
        for group in sentence.groups({"drug"})
        if start <= group.start < end and is_given(sentence, group) and not sentence.clauses.is_compared(group)
    ]
    after = [
        group
        for group in found
        if behind <= group.start and not _begins_anew(sentence, behind, group.start) and not is_told(sentence, group)
    ]
    before = [group for group in found if group.end <= place]
    return after[0] if after else before[-1] if before else None


def _begins_anew(sentence: TriggeredSentence, start: int, end: int) -> bool:
    """Whether a verb between two places says something else ("developed A, which improved after B")."""
    named = {group.start for group in sentence.clauses.groups}
    return any(start <= verb < end and verb + 1 not in named for verb in sentence.verbs)


def is_told(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether it is a statement of its own that drugs were given, what for is not said ("were then given A")."""
    words = [token.lower_ for token in sentence.doc[max(sentence.span.start, group.start - 5) : group.start]]
    words = [word for word in words if not word.endswith("ly")]
    return any(
        (word in _TREATED | {"given"} and before in BE_FORMS and earlier not in ("who", "that"))
        or (word in ("received", "took") and before not in ("who", "that"))
        for earlier, before, word in zip(["", *words], words, words[1:], strict=False)
    )


def is_given(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether what stands around the drugs says that they were given."""
    doc, first = sentence.doc, sentence.span.start
    behind = [token.lower_ for token in doc[group.end : min(group.end + 2, sentence.span.end)]]
    if len(behind) == 2 and is_hyphen(doc[group.end]) and behind[1] == "treated":
        return True
    if any(token.lower_ in ("not", "n't") for token in doc[group.end : min(group.end + 2, sentence.span.end)]):
        return False  # "those on A did not"
    if not _WITHHOLDING.isdisjoint(token.lower_ for token in doc[group.end : min(group.end + 3, sentence.span.end)]):
        return False
    words = [token.lower_ for token in doc[max(first, group.start - 8) : group.start]]
    while words and _is_attribute(words[-1]):
        words.pop()
    if not words or not _NOT_THEN.isdisjoint(words[-5:]):
        return False
    if words[-1] in _RECEIVING | _AFTER:
        return words[-2:-1] != ["not"]
    if words[-1] == "on":  # "patients on A", "patients with gout on A"
        ill = {disease.end for disease in sentence.groups({"disease"})}
        place = max(t.i for t in doc[first : group.start] if t.lower_ == "on")
        return place in ill or (len(words) > 1 and words[-2] in _PATIENTS)
    return len(words) > 1 and words[-1] in _WITH and words[-2] in _TREATED | _DRUG_PRONOUNS


def _is_attribute(word: str) -> bool:
    return (
        word in DETERMINERS
        or word in _GENERIC
        or looks_like_modifier(word)
        or word in ("mg", "kg", "/", "daily", "weekly", "-", "dose", "doses")
        or word[0].isdigit()
    )
