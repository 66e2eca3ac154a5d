"""The noun phrase of a head noun, read off the dependency parse.

Its modifiers are its dependents to the left ("epithelial and endothelial barrier function"), up to the first word that
is no part of a name: a determiner, a verb, a word of change ("impaired"), a generic adjective. Its complements are the
prepositional phrases that the noun governs: column `takes` of `heads.tsv`. A complement leaves out what must stay a
mention of its own: diseases ("risk of colitis"), except behind nouns for their course ("progression of arthritis") and
infections that someone is prone or resistant to; drugs behind any preposition but "of" ("response to infliximab");
drugs that the body does not make.

Only for sentences whose parse can be trusted (`language.parse.is_well_parsed`); `by_pattern.py` is for the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Span, Token

from extractors.annotations import FoundMention
from extractors.entities.boundaries.attachment import AdjacentNames, can_join
from extractors.entities.boundaries.by_pattern import MARKER_SIGNS
from extractors.entities.head_lexicon import DISEASE_ASPECTS, Head, heads
from extractors.language.inflection import verb_forms
from extractors.language.lexicon import DETERMINERS, is_hyphen, word_list
from extractors.language.parse import FINITE, is_well_parsed
from extractors.language.sentences import token_before

_PARTICIPLES_IN_NAMES = word_list("entities", "participles_in_names")
_CHANGE_WORDS = word_list("entities", "change_words")
_GENERIC = word_list("language", "generic")

_MODIFIER_DEPENDENCIES = frozenset("compound amod nmod npadvmod nummod advmod quantmod punct hyph cc conj".split())
"""Dependencies of what is part of a name on the rest of it."""
_STACKING_DEPENDENCIES = frozenset("compound amod nmod npadvmod".split())
_PHRASE_LINKS = word_list("entities", "phrase_links")
_LIST_LINKS = frozenset({"and", "or", ","})
_NAMING_TAGS = frozenset("NN NNP JJ FW AFX".split())
_INNER_TAGS = frozenset({"CD", "RB"})
"""Tags of words that stand only within a name: "grade 3 neutropenia", "newly formed vessels"."""
_NOUN_DEPENDENCIES = frozenset("nsubj nsubjpass dobj pobj conj compound nmod appos attr ROOT".split())
_ARTICLES = frozenset({"a", "an", "the"})
_OUTSIDE_OF_NAMES = _GENERIC | word_list("entities", "outside_of_names")
_NOT_IN_COMPLEMENTS = (
    _GENERIC
    | word_list("entities", "plans_and_studies")
    | word_list("entities", "diseases_in_general")
    | word_list("entities", "drugs_in_general")
    | word_list("entities", "treatments_in_general")
    | word_list("entities", "people_and_evidence")
    | word_list("entities", "transparent_nouns")
)
_TREATMENT_NOUNS = word_list("entities", "treatment_nouns")
_THIRD_PERSON = re.compile(r"[^sui]s$")
_FARTHEST = 10


def is_head_noun(token: Token) -> bool:
    """Whether the parse takes a word for a noun: "the release of", not "cells release"."""
    return token.tag_.startswith("NN") or (token.tag_ == "VBG" and token.dep_ in _NOUN_DEPENDENCIES)


def modifiers_start(noun: Token, first: int, sentence: Span, names: AdjacentNames, head: Head) -> int:
    """Return where the phrase of a head noun begins; `first` is the noun, or the start of a name ending in it."""
    doc = sentence.doc
    place = start = first
    if doc[first].lower_ in _CHANGE_WORDS:
        return first  # "cyclosporine | increased blood pressure": who does it stands before
    outer = frozenset({noun.i}) if head.stands == "known" else _stacked_nouns(noun)
    while place > sentence.start:
        taken = names.joined_start(place, first, head)
        if taken is not None:
            is_apart = place < first and doc[place].lower_ in _LIST_LINKS
            if taken == place or is_apart or not _modifies(doc[taken:place].root, noun, outer):
                break
            place = start = taken
            continue
        word = doc[place - 1]
        opens_list = word.text != "," or any(token.lower_ in ("and", "or") for token in doc[place:first])
        if not (opens_list and _modifies(word, noun, outer) and (word.lower_ in _PHRASE_LINKS or _is_part(word))):
            break
        is_listed = place < first and doc[place].lower_ in _LIST_LINKS
        if is_listed and word.tag_ not in ("JJ", "AFX"):
            break
        place -= 1
        if word.lower_ not in _PHRASE_LINKS and word.tag_ not in _INNER_TAGS:
            start = place
    return start


def _stacked_nouns(noun: Token) -> frozenset[int]:
    """Return a noun with those that it modifies, one the next: the parser may hang its modifiers on these."""
    chain = [noun.i]
    while noun.dep_ in _STACKING_DEPENDENCIES and noun.head.i > noun.i:
        noun = noun.head
        chain.append(noun.i)
    return frozenset(chain)


def _modifies(word: Token, noun: Token, outer: frozenset[int]) -> bool:
    while word.i < noun.i:
        if word.dep_ not in _MODIFIER_DEPENDENCIES:
            return False
        word = word.head
    return word.i in outer


def _is_part(word: Token) -> bool:
    """Whether a word that modifies a head noun is part of what it names."""
    lower, before = word.lower_, token_before(word)
    if lower in _OUTSIDE_OF_NAMES or lower in STOP_WORDS or not word.text[0].isalnum():
        return False
    ends_like_verb = word.tag_ == "NN" and word.is_lower and bool(_THIRD_PERSON.search(lower))
    if ends_like_verb or lower in verb_forms() or (before is not None and before.tag_ == "TO"):
        return False  # a verb that is taken for a noun
    if word.tag_ in ("VBG", "VBN"):
        return lower in _PARTICIPLES_IN_NAMES or (before is not None and is_hyphen(before))
    return word.tag_ in _NAMING_TAGS or word.tag_ in _INNER_TAGS


def complement_end(noun: Token, end: int, sentence: Span, by_start: Mapping[int, FoundMention], head: Head) -> int:
    """Return where the complements of a head noun end, or `end`, where the noun does."""
    doc = sentence.doc
    while end < sentence.end and _opens_complement(doc[end], noun, head, is_first=end == noun.i + 1):
        behind = _object_end(doc[end], sentence, by_start, head)
        if behind is None:
            break
        end = behind
    return end


def _opens_complement(preposition: Token, noun: Token, head: Head, *, is_first: bool) -> bool:
    """Whether a preposition opens a complement of a head noun; the parser may hang it on another noun before."""
    word = preposition.lower_
    if preposition.dep_ != "prep" or word not in head.takes or (word in ("of", "in") and not is_first):
        return False
    return word == "of" or preposition.head == noun or preposition.head.tag_.startswith("NN")


def _object_end(preposition: Token, sentence: Span, by_start: Mapping[int, FoundMention], head: Head) -> int | None:
    """Return where the object of a complement's preposition ends; None where it must stay outside."""
    noun = next((child for child in preposition.rights if child.dep_ == "pobj"), preposition)
    if not (noun.tag_.startswith("NN") and noun.text[0].isalpha() and noun.i - preposition.i <= _FARTHEST):
        return None
    names = by_start.values()
    named = next((name for name in names if name.start <= noun.i < name.end), None)
    first = min(noun.i, named.start) if named is not None else noun.i
    outer = _stacked_nouns(noun)
    before = sentence.doc[preposition.i + 1 : first]
    if not all(
        word.lower_ in _ARTICLES or (_modifies(word, noun, outer) and _may_stand_before(word)) for word in before
    ):
        return None
    inside = [name for name in names if preposition.i < name.start and name.end <= noun.i]
    if any(name.entity_type == "drug" and not can_join(name, head, sentence.doc) for name in inside):
        return None
    if listed := [name for name in inside if sentence.doc[name.end].lower_ in _LIST_LINKS]:
        return listed[0].end if _may_contain(listed[0], noun, preposition.lower_, head) else None
    if named is not None:
        return named.end if _may_contain(named, noun, preposition.lower_, head) else None
    word = noun.lower_
    is_treatment = preposition.lower_ == "to" and word in _TREATMENT_NOUNS
    if not is_treatment and word in _NOT_IN_COMPLEMENTS:
        return None
    if (inner := heads().get(word)) is not None:
        return complement_end(noun, noun.i + 1, sentence, by_start, inner)
    return _list_end(noun, by_start)


def _may_stand_before(word: Token) -> bool:
    if word.text in MARKER_SIGNS:
        return True  # "Foxp3+ regulatory T cells"
    return word.tag_ != "CD" and (_is_part(word) or word.lower_ in _PHRASE_LINKS | _GENERIC)


def _list_end(noun: Token, by_start: Mapping[int, FoundMention]) -> int | None:
    """Return where a list of plain nouns ends ("the skin and internal organs"); None where it contains a name."""
    last = noun
    while following := [child for child in last.rights if child.dep_ == "conj"]:
        last = following[0]
    outer = _stacked_nouns(last)
    is_list = all(
        word.i not in by_start
        and (_modifies(word, last, outer) or word.dep_ in ("conj", "cc", "punct", "det"))
        and (_is_part(word) or word.tag_ == "NNS" or word.lower_ in _PHRASE_LINKS | DETERMINERS)
        for word in noun.doc[noun.i + 1 : last.i + 1]
    )
    return last.i + 1 if is_list else None


def _may_contain(name: FoundMention, noun: Token, preposition: str, head: Head) -> bool:
    """Whether a complement may contain a name; `noun` is the word of the name that the preposition governs."""
    if name.entity_type == "disease":
        if preposition == "of" and head.aspect in DISEASE_ASPECTS:
            return True
        is_listed = any(child.dep_ == "conj" for child in noun.rights)
        return preposition == "to" and noun.lower_.startswith("infection") and not is_listed
    return name.entity_type != "drug" or (preposition == "of" and can_join(name, head, noun.doc))


def is_cut_off(noun: Token, start: int) -> bool:
    """Whether the parse gives a head noun no modifier although a noun or an adjective stands right before it."""
    before = token_before(noun)
    if start < noun.i or before is None:
        return False
    return before.tag_ in ("NN", "NNP", "JJ") and not _modifies(before, noun, _stacked_nouns(noun))


def is_acted_on(noun: Token) -> bool:
    """Whether a noun is the object of a verb, itself or in a list."""
    while noun.dep_ == "conj":
        noun = noun.head
    return noun.dep_ == "dobj"


def begins_with_its_verb(name: FoundMention, sentence: Span) -> bool:
    """Whether the first word of a name is a verb that the rest of it depends on ("damages the kidney")."""
    first = sentence.doc[name.start]
    if name.end == name.start + 1 or first.tag_ not in FINITE or not is_well_parsed(sentence, ()):
        return False
    rest: Span = sentence.doc[name.start + 1 : name.end]
    return rest.root.head == first
