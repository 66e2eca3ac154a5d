"""Phrases in a short notation, as token patterns of spaCy's Matcher.

A word stands for itself in any case, "is|are" for either word, "used?" for a word that may be missing, and "..." for a
gap of up to four tokens without punctuation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.matcher import Matcher
from spacy.tokens import Span
from spacy.vocab import Vocab

from extractors.language.lexicon import word_list


def phrase_pattern(phrase: str) -> list[dict[str, Any]]:
    """Return the token pattern of a phrase.

    >>> phrase_pattern("is|are used? for")
    [{'LOWER': {'IN': ['is', 'are']}}, {'LOWER': 'used', 'OP': '?'}, {'LOWER': 'for'}]
    """
    pattern: list[dict[str, Any]] = []
    for word in phrase.split():
        if word == "...":
            pattern.append({"IS_PUNCT": False, "OP": "{0,4}"})
            continue
        choices = word.removesuffix("?").split("|")
        token: dict[str, Any] = {"LOWER": choices[0] if len(choices) == 1 else {"IN": choices}}
        if word.endswith("?"):
            token["OP"] = "?"
        pattern.append(token)
    return pattern


_PARENTHETICAL: list[dict[str, Any]] = [
    {"ORTH": ","},
    {"LOWER": {"IN": sorted(word_list("language", "parenthetical_adverbs"))}},
    {"ORTH": ","},
]


def phrase_patterns(phrase: str) -> list[list[dict[str, Any]]]:
    """Return the patterns of a phrase: its own and, where it has a gap, the one with ", however," in the gap."""
    pattern = phrase_pattern(phrase)
    gap = next((place for place, token in enumerate(pattern) if token.get("OP") == "{0,4}"), None)
    return [pattern] if gap is None else [pattern, [*pattern[:gap], *_PARENTHETICAL, *pattern[gap:]]]


class PhraseMatcher:
    """Finds phrases like a spaCy Matcher, but tries a pattern only in sentences that have one of its rarer words."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._matchers: dict[tuple[str, ...], Matcher] = {}
        self._by_word: dict[str, list[Matcher]] = defaultdict(list)

    def add(self, name: str, phrase: str) -> None:
        """Add the patterns of a phrase, in the notation of this module."""
        for pattern in phrase_patterns(phrase):
            words = _rarest_words(pattern)
            if words not in self._matchers:
                self._matchers[words] = Matcher(self._vocab)
                for word in words:
                    self._by_word[word].append(self._matchers[words])
            self._matchers[words].add(name, [pattern])

    def __call__(self, span: Span) -> Iterator[tuple[int, int, int]]:
        """Yield the hash of a phrase's name with its first token and end, counted from the span's first token."""
        tried = {id(matcher): matcher for token in span for matcher in self._by_word.get(token.lower_, ())}
        found = {match for matcher in tried.values() for match in matcher(span)}
        yield from sorted(found, key=lambda match: match[1:])


def _rarest_words(pattern: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return the words of which a match must have one: those of the required token with the fewest common words."""
    required = [token["LOWER"] for token in pattern if "LOWER" in token and "OP" not in token]
    choices = [tuple(words["IN"]) if isinstance(words, dict) else (words,) for words in required]
    return min(choices, key=lambda words: (sum(word in STOP_WORDS for word in words), len(words)))
