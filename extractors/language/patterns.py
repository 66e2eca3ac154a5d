"""Phrases in a short notation, as patterns of spaCy's Matcher."""

from __future__ import annotations

from typing import Any


def phrase_pattern(phrase: str) -> list[dict[str, Any]]:
    """Turn a phrase of a rule into a spaCy token pattern.

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


_ASIDE: list[dict[str, Any]] = [
    {"ORTH": ","},
    {"LOWER": {"IN": "however though too therefore moreover indeed also furthermore thus".split()}},
    {"ORTH": ","},
]


def phrase_patterns(phrase: str) -> list[list[dict[str, Any]]]:
    """Return the pattern of a phrase; where it has a gap, also the one with ", however," in it."""
    pattern = phrase_pattern(phrase)
    gap = next((place for place, token in enumerate(pattern) if token.get("OP") == "{0,4}"), None)
    return [pattern] if gap is None else [pattern, [*pattern[:gap], *_ASIDE, *pattern[gap:]]]
