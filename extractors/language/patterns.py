"""Phrases in a short notation, as token patterns of spaCy's Matcher.

A word stands for itself in any case, "is|are" for either word, "used?" for a word that may be missing, and "..." for a
gap of up to four tokens without punctuation.
"""

from __future__ import annotations

from typing import Any

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
