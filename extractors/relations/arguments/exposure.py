"""Exposure: the drugs that the people or cells a sentence speaks of received ("patients on X", "after X").

What is told of them is then told of the drugs: "patients on X developed Y". Read `drugs_received` first.
"""

from __future__ import annotations

from extractors.language.clauses import BE_FORMS
from extractors.language.coordination import Group
from extractors.language.lexicon import DETERMINERS, looks_like_modifier, word_list
from extractors.relations.sentence import TriggeredSentence

_DRUG_NOUNS = word_list("relations", "drug_nouns")
_EXPOSURE_EXCLUSIONS = word_list("relations", "exposure_exclusions")
_EXPOSURE_PREPOSITIONS = word_list("relations", "exposure_prepositions")
_EXPOSURE_WORDS = word_list("relations", "exposure_words")
_GENERIC = word_list("language", "generic")
_OBSERVATION_WORDS = word_list("relations", "observation_words")
_PATIENTS = word_list("relations", "patients")
_RECEIVING_VERBS = word_list("relations", "receiving_verbs")
_TIME_PREPOSITIONS = word_list("relations", "time_prepositions")
_WITHHOLDING = word_list("relations", "withholding")

_DOSE_WORDS = frozenset({"mg", "kg", "/", "daily", "weekly", "-", "dose", "doses"})
_FARTHEST_EXPOSURE_WORD = 8
"""How many words before a drug are searched for what says that it was received."""
_FARTHEST_EXCLUSION = 5
"""How many of these words may exclude the exposure."""


def drugs_received(sentence: TriggeredSentence, place: int, behind: int) -> Group | None:
    """Return the drugs whose exposure the clause of a token tells, those from token `behind` on first.

    Where the clause has no verb of observation, the exposure may also stand in the next clause that has one
    ("remission, which was seen after A"). Among several drugs before `place` the last counts.
    """
    start, end = sentence.clauses.bounds(place)
    if _OBSERVATION_WORDS.isdisjoint(sentence.words(start, end)):
        observed = next((at for at in range(end, sentence.span.end) if sentence.word(at) in _OBSERVATION_WORDS), None)
        end = sentence.clauses.bounds(observed)[1] if observed is not None else end
    received = [
        group
        for group in sentence.groups({"drug"})
        if start <= group.start < end and is_exposure(sentence, group) and not sentence.clauses.is_compared(group)
    ]
    after = [
        group
        for group in received
        if behind <= group.start
        and not _has_verb_between(sentence, behind, group.start)
        and not is_reported_administration(sentence, group)
    ]
    if after:
        return after[0]
    return next((group for group in reversed(received) if group.end <= place), None)


def _has_verb_between(sentence: TriggeredSentence, start: int, end: int) -> bool:
    """Whether a verb between two tokens begins another statement ("developed A, which improved after B").

    A verb form right before a mention does not count, it may be an attribute of it ("reduced B").
    """
    mention_starts = {group.start for group in sentence.clauses.groups}
    return any(start <= verb < end and verb + 1 not in mention_starts for verb in sentence.verbs)


def is_reported_administration(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether a clause reports as an event that drugs were given ("and was newly given A", "fell ill and received A").

    In a relative clause it only says of whom a sentence speaks ("those who received A").
    """
    words = [word for word in sentence.words(group.start - 5, group.start) if not word.endswith("ly")]
    return any(
        (word in _EXPOSURE_WORDS | {"given"} and before in BE_FORMS and earlier not in ("who", "that"))
        or (word in ("received", "took") and before not in ("who", "that"))
        for earlier, before, word in zip(["", *words], words, words[1:], strict=False)
    )


def is_exposure(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether the words around drugs say that someone received them ("patients on A", "A-treated mice")."""
    if sentence.has_hyphen_at(group.end) and sentence.word(group.end + 1) == "treated":
        return True
    if _is_denied_or_withheld(sentence, group):
        return False
    words = sentence.words(group.start - _FARTHEST_EXPOSURE_WORD, group.start)
    while words and _is_attribute(words[-1]):
        words.pop()
    if not words or not _EXPOSURE_EXCLUSIONS.isdisjoint(words[-_FARTHEST_EXCLUSION:]):
        return False
    if words[-1] in _RECEIVING_VERBS | _TIME_PREPOSITIONS:
        return words[-2:-1] != ["not"]
    if words[-1] == "on":
        return _is_on_drug(sentence, group, words)
    return len(words) > 1 and words[-1] in _EXPOSURE_PREPOSITIONS and words[-2] in _EXPOSURE_WORDS | _DRUG_NOUNS


def _is_denied_or_withheld(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether the words behind drugs deny something of those on them, or say that they were stopped.

    "Those on A did not ...", "after A was withdrawn".
    """
    behind = sentence.words(group.end, group.end + 3)
    return not {"not", "n't"}.isdisjoint(behind[:2]) or not _WITHHOLDING.isdisjoint(behind)


def _is_on_drug(sentence: TriggeredSentence, group: Group, words: list[str]) -> bool:
    """Whether the "on" before drugs follows patients or their disease ("patients on A", "patients with gout on A").

    `words` are those before the drugs, up to the "on".
    """
    on = max(at for at in range(sentence.span.start, group.start) if sentence.word(at) == "on")
    follows_disease = any(disease.end == on for disease in sentence.groups({"disease"}))
    return follows_disease or (len(words) > 1 and words[-2] in _PATIENTS)


def _is_attribute(word: str) -> bool:
    """Whether a word can stand between what says that a drug is received and the drug ("received 5 mg of oral A")."""
    return (
        word in DETERMINERS or word in _GENERIC or looks_like_modifier(word) or word in _DOSE_WORDS or word[0].isdigit()
    )
