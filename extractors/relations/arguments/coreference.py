"""Coreference: which list of mentions "they", "this agent", "the latter" or "its use" takes up.

The antecedent of an anaphor stands in the same sentence or is the topic of the sentences before (`sentence.Topic`).
Read `is_anaphoric` first: it decides whether a clause speaks of that topic at all.
"""

from __future__ import annotations

import itertools

from extractors.annotations import FoundMention
from extractors.language.clauses import AUXILIARIES
from extractors.language.coordination import Group
from extractors.language.inflection import verb_forms
from extractors.language.lexicon import AGENT_NOUNS, looks_like_modifier, word_list
from extractors.relations.sentence import Trigger, TriggeredSentence

ANAPHORS = word_list("relations", "anaphors")
_ACTING_NOUNS = word_list("relations", "acting_nouns")
_CONNECTIVES = word_list("relations", "connectives")
_DEMONSTRATIVES = word_list("relations", "demonstratives")
_DRUG_NOUNS = word_list("relations", "drug_nouns")
_DRUG_PLURALS = word_list("relations", "drug_plurals")
_EXPLETIVE_PREDICATES = word_list("relations", "expletive_predicates")
_GENERIC = word_list("language", "generic")
_PATIENTS = word_list("relations", "patients")

_MAY_FOLLOW_THIS = _DRUG_NOUNS | _ACTING_NOUNS | _DRUG_PLURALS | AGENT_NOUNS | AUXILIARIES
"""Words behind a demonstrative that let it stand for what acts."""
_LONGEST_OPENING = 6
"""How many words of a clause are read to see how it opens."""
_LONGEST_MODIFIERS = 2
"""How many words may stand between a demonstrative and the name that it belongs to."""


def is_demonstrative_name(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether a name behind the sentence's first word, a demonstrative, takes up what was named before.

    "This teratogen causes ...": the name is that of a class, or is written as a common noun.
    """
    opening, *modifiers = sentence.words(sentence.span.start, group.start) or [""]
    return (
        opening in ("this", "these", "such")
        and len(modifiers) <= _LONGEST_MODIFIERS
        and all(looks_like_modifier(word) or word in _GENERIC for word in modifiers)
        and all(_is_common_noun(sentence, member) for member in group.members)
    )


def _is_common_noun(sentence: TriggeredSentence, member: FoundMention) -> bool:
    """Whether a mention is the name of a drug class, or of a drug in small letters."""
    name = sentence.doc[member.start : member.end]
    return member.subtype == "drug_class" or (member.entity_type == "drug" and name.text.islower())


def resolve_former_latter(sentence: TriggeredSentence, group: Group, start: int, trigger: Trigger) -> Group:
    """Return the member of a list that "the former" or "the latter" picks out, or the whole list without such words.

    They are looked for from token `start` up to the trigger; the last one counts.
    """
    words = sentence.words(start, trigger.start)
    picks = [word for before, word in itertools.pairwise(words) if before == "the" and word in ("former", "latter")]
    if not picks:
        return group
    return Group(group.members[-1:] if picks[-1] == "latter" else group.members[:1])


def names_several(sentence: TriggeredSentence, clause_start: int) -> bool:
    """Whether a clause opens with a word that chooses among two drugs or takes up both ("Both drugs", "The latter")."""
    words = _opening_words(sentence, clause_start)
    return words[:1] == ["both"] or (len(words) > 1 and words[0] == "the" and words[1] in ("former", "latter"))


def keeps_topic(sentence: TriggeredSentence) -> bool:
    """Whether a sentence opens with an anaphor, and so has the topic of the sentence before ("They ...")."""
    words = [word for word in sentence.words(sentence.span.start, sentence.span.end) if word.isalpha()][:2]
    is_pronoun = words[:1] in (["it"], ["they"], ["both"])
    return is_pronoun or (len(words) == 2 and words[0] in ANAPHORS and words[1] in _DRUG_NOUNS)


def antecedent_drugs(sentence: TriggeredSentence, place: int) -> tuple[Group | None, bool]:
    """Return the drugs that "its" or "this drug" at a token takes up, and whether a sentence before names them.

    They are the first drugs of the sentence that end before `place` and are no comparator.
    """
    groups = [g for g in sentence.groups({"drug"}) if g.end <= place and not sentence.clauses.is_compared(g)]
    if groups:
        return groups[0], False
    return sentence.topic.drugs, True


def is_anaphoric(sentence: TriggeredSentence, clause_start: int) -> bool:
    """Whether a clause opens with a word that takes up the topic of the sentences before.

    "However, they ...", "The drug ...", "This antibody ..."; not "These patients ..." and not an expletive "it".
    """
    words = _opening_words(sentence, clause_start)
    if words[:1] == ["the"] and len(words) > 1:
        return words[1] in _DRUG_NOUNS | AGENT_NOUNS | {"former", "latter"}
    if not words or words[0] not in ANAPHORS or not _PATIENTS.isdisjoint(words[1:2]):
        return False
    if words[0] == "it":
        return _EXPLETIVE_PREDICATES.isdisjoint(words[1:4])
    return words[0] not in _DEMONSTRATIVES or _is_agent_phrase(words[1:])


def _is_agent_phrase(words: list[str]) -> bool:
    """Whether the words behind "this" name something that acts, or are its verb ("this blocks").

    A study or a finding ("this trial") does not act.
    """
    if not AGENT_NOUNS.isdisjoint(words[:3]) or not {"they", "it"}.isdisjoint(words[1:3]):  # "this human antibody"
        return True
    rest = [word for word in words if not (looks_like_modifier(word) or word in _GENERIC)]
    if not rest:
        return False
    first = rest[0]
    return (
        first in _MAY_FOLLOW_THIS
        or first in verb_forms()
        or first.removesuffix("s") in AGENT_NOUNS
        or first.endswith("ly")
    )


def _opening_words(sentence: TriggeredSentence, clause_start: int) -> list[str]:
    """Return the words that a clause opens with, without connectives and punctuation."""
    words = [word for word in sentence.words(clause_start, clause_start + _LONGEST_OPENING) if word.isalpha()]
    while words and words[0] in _CONNECTIVES:
        words.pop(0)
    return words
