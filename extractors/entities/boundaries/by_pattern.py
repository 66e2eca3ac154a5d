"""The noun phrase of a head noun, guessed from the words around it where there is no parse that can be trusted.

`by_parse.py` is preferred. The guesses go by the endings of adjectives and by word lists, take few words, and stop at
the first that they do not know.
"""

from __future__ import annotations

from collections.abc import Mapping

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Span, Token

from extractors.annotations import FoundMention
from extractors.entities.boundaries.attachment import AdjacentNames, can_join
from extractors.entities.head_lexicon import DISEASE_ASPECTS, Head
from extractors.language.inflection import verb_forms
from extractors.language.lexicon import DETERMINERS, looks_like_modifier, word_list

_CHANGE_WORDS = word_list("entities", "change_words")
_GENERIC = word_list("language", "generic")
_DISEASE_ATTRIBUTES = word_list("language", "disease_attributes")
_OUTSIDE_OF_NAMES = (
    _GENERIC
    | word_list("entities", "outside_of_names")
    | word_list("entities", "transparent_nouns")
    | word_list("language", "compound_second_parts")
)
MAX_MODIFIERS = 3
MARKER_SIGNS = frozenset({"+", "(+)"})
"""Signs behind a marker of cells: "Foxp3+ regulatory T cells"."""

_FARTHEST_COMPLEMENT = 5


def is_modifier(token: Token) -> bool:
    """Whether a word may be part of a name before its head noun, as far as its form shows."""
    word = token.lower_
    if word in STOP_WORDS or word in verb_forms() or not (token.is_alpha or "-" in word):
        return False
    return looks_like_modifier(word)


def modifiers_start(first: int, sentence: Span, names: AdjacentNames, head: Head) -> int:
    """Return where the modifiers begin that stand before `first`, a head noun or a known name; `first` without any."""
    doc, start, modifiers = sentence.doc, first, 0
    if doc[first].lower_ in _CHANGE_WORDS:
        return first  # "cyclosporine | increased blood pressure": who does it stands before
    while start > sentence.start:
        previous = doc[start - 1]
        if (taken := names.joined_start(start, first, head)) is not None:
            if taken == start:
                break
            start = taken
        elif (
            previous.lower_ in ("and", "or")
            and start == first - 1
            and start - 2 >= sentence.start
            and is_modifier(doc[start - 2])
            and start - 1 not in names.by_end
            and looks_like_modifier(doc[start].lower_)
            and doc[start - 2].lower_ not in _DISEASE_ATTRIBUTES
        ):
            start -= 2
        elif is_modifier(previous) and modifiers < MAX_MODIFIERS:
            start, modifiers = start - 1, modifiers + 1
        elif start == first and head.entity_type == "effect" and _may_be_noun(previous, sentence):
            return start - 1
        else:
            break
    while start < first and doc[start].lower_ in _GENERIC:
        start += 1
    return start


def _may_be_noun(token: Token, sentence: Span) -> bool:
    """Whether an unknown word right before a head noun reads as part of its name ("disability progression")."""
    word = token.lower_
    has_verb_ending = word.endswith(("ed", "ing", "ly")) or (word.endswith("s") and not word.endswith(("us", "ss")))
    return (
        token.is_alpha
        and (len(word) > 3 or token.is_upper)
        and not has_verb_ending
        and token.i > sentence.start
        and sentence.doc[token.i - 1].lower_ != "to"
        and word not in STOP_WORDS | verb_forms()
        and word not in _OUTSIDE_OF_NAMES
    )


def complement_end(end: int, sentence: Span, by_start: Mapping[int, FoundMention], head: Head) -> int:
    """Return where the complement of a head noun ends, or `end`, where the head noun does."""
    doc = sentence.doc
    if end >= sentence.end or doc[end].lower_ not in head.takes:
        return end
    is_of_disease = doc[end].lower_ == "of" and head.aspect in DISEASE_ASPECTS
    place = end + 1
    while place < min(sentence.end, end + _FARTHEST_COMPLEMENT):
        if place in by_start and by_start[place].entity_type == "drug" and not can_join(by_start[place], head, doc):
            break
        if place in by_start and (by_start[place].entity_type != "disease" or is_of_disease):
            place = by_start[place].end
            place += doc[place : place + 1].text in MARKER_SIGNS
            while place in by_start and by_start[place].entity_type == "target":
                place = by_start[place].end
            return place
        word = doc[place].lower_
        if not (word in DETERMINERS or is_modifier(doc[place]) or word in _GENERIC):
            break
        place += 1
    return end
