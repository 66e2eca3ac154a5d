"""What "they", "this agent", "the latter" and "its use" mean."""

from __future__ import annotations

import itertools

from extractors.annotations import FoundMention
from extractors.language.clauses import AUXILIARIES
from extractors.language.coordination import Group
from extractors.language.inflection import verb_forms
from extractors.language.lexicon import AGENT_NOUNS, looks_like_modifier, word_list
from extractors.relations.sentence import Trigger, TriggeredSentence

_GENERIC = word_list("language", "generic")
_ACTORS = word_list("relations", "actors")
_BEARERS = word_list("relations", "bearers")
_DRUG_PRONOUNS = word_list("relations", "drug_pronouns")
_PATIENTS = word_list("relations", "patients")

_CONNECTIVES = word_list("relations", "connectives")
_POINTING = word_list("relations", "pointing")
_JUDGED = word_list("relations", "judged")
"""What makes "it" stand for a clause that follows ("it is suggested that")."""
ANAPHORS = word_list("relations", "anaphors")


def is_pointed_at(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether a sentence opens with "This ..." and a name for what the sentence before spoke of."""
    before = list(sentence.doc[sentence.span.start : group.start])
    if not before:
        return False
    opening, *between = before
    return (
        opening.lower_ in ("this", "these", "such")
        and all(_names_a_kind(sentence, member) for member in group.members)
        and len(between) < 3
        and all(looks_like_modifier(t.lower_) or t.lower_ in _GENERIC for t in between)
    )


def _names_a_kind(sentence: TriggeredSentence, member: FoundMention) -> bool:
    """Whether a name is that of a class, or of a drug in small letters, as a plain noun is ("This teratogen")."""
    name = sentence.doc[member.start : member.end]
    return member.subtype == "drug_class" or (member.entity_type == "drug" and name.text.islower())


def meant_of(sentence: TriggeredSentence, group: Group, start: int, trigger: Trigger) -> Group:
    """Return the one of a list that the last "the former" or "the latter" between `start` and a trigger picks out."""
    words = [token.lower_ for token in sentence.doc[max(start, sentence.span.start) : trigger.start]]
    picks = [word for before, word in itertools.pairwise(words) if before == "the" and word in ("former", "latter")]
    if not picks:
        return group
    return Group(group.members[-1:] if picks[-1] == "latter" else group.members[:1])


def names_several(sentence: TriggeredSentence, clause_start: int) -> bool:
    """Whether a clause opens with a word for several drugs, wherever each was named ("Both drugs", "The latter")."""
    words = _opening(sentence, clause_start)
    return words[:1] == ["both"] or (len(words) > 1 and words[0] == "the" and words[1] in ("former", "latter"))


def keeps_topic(sentence: TriggeredSentence) -> bool:
    """Whether a sentence opens with a word for what the one before named, and so still speaks of that."""
    words = [token.lower_ for token in sentence.span if token.is_alpha][:2]
    is_pronoun = words[:1] in (["it"], ["they"], ["both"])
    return is_pronoun or (len(words) == 2 and words[0] in ANAPHORS and words[1] in _DRUG_PRONOUNS)


def earlier_drugs(sentence: TriggeredSentence, place: int) -> tuple[Group | None, bool]:
    """Return the drugs that "its" or "this drug" at `place` means, and whether the sentence before names them."""
    groups = [g for g in sentence.groups({"drug"}) if g.end <= place and not sentence.clauses.is_compared(g)]
    if groups:
        return groups[0], False
    return sentence.topic.drugs, True


def is_anaphoric(sentence: TriggeredSentence, clause_start: int) -> bool:
    """Whether a clause opens with a word that takes up the sentence before ("However, they ...")."""
    words = _opening(sentence, clause_start)
    if words[:1] == ["the"] and len(words) > 1:
        return words[1] in _DRUG_PRONOUNS | AGENT_NOUNS | {"former", "latter"}
    if not words or words[0] not in ANAPHORS or not _PATIENTS.isdisjoint(words[1:2]):
        return False
    if words[0] == "it":
        return _JUDGED.isdisjoint(words[1:4])
    return words[0] not in _POINTING or _points_at_agent(words[1:])


def _points_at_agent(words: list[str]) -> bool:
    """Whether what follows "this" names something that acts, or nothing ("this reduced"), but no study or finding."""
    if not AGENT_NOUNS.isdisjoint(words[:3]) or not {"they", "it"}.isdisjoint(words[1:3]):  # "this human antibody"
        return True
    rest = [word for word in words if not (looks_like_modifier(word) or word in _GENERIC)]
    if not rest:
        return False
    acts = _DRUG_PRONOUNS | _ACTORS | _BEARERS | AGENT_NOUNS | AUXILIARIES | verb_forms()
    return rest[0] in acts or rest[0].removesuffix("s") in AGENT_NOUNS or rest[0].endswith("ly")


def _opening(sentence: TriggeredSentence, clause_start: int) -> list[str]:
    """Return the words that a clause opens with, without what only connects it."""
    end = min(clause_start + 6, sentence.span.end)
    words = [t.lower_ for t in sentence.doc[clause_start:end] if t.is_alpha]
    while words and words[0] in _CONNECTIVES:
        words.pop(0)
    return words
