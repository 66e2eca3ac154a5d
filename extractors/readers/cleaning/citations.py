"""Citation markers in running text: "[1]", "[2, 3]", "[4–6]"."""

from __future__ import annotations

import re

_MARKER = r"\\?\[\d{1,3}(?:\s?[,;–—-]\s?\d{1,3})*\\?\]"
_MARKERS = re.compile(rf"\s?{_MARKER}(?:\s?[,;–—-]?\s?{_MARKER})*")
_ROUND_MARKER = re.compile(r"\s?\((\d{1,3}(?:\s?[,;–—-]\s?\d{1,3})*)\)(?=([.,;:]|\s|$))")
_FLATTENED = re.compile(r"(?:(?<=[a-z]{4}\.)|(?<=\)\.))\d{1,2}(?:\s?[,–-]\s?\d{1,2})*(?=\s+[A-Z]|\Z)")
_NOTE_MARKER = re.compile(r"\s?\[\^[^\]\s]{1,30}\]")
_INTERVAL_BEFORE = re.compile(
    r"(?:\b(?:IQR|CI|range|interquartile)\W{0,3}|(?:^|[\s(])\d+(?:\.\d+)?%?\s?)\Z", re.IGNORECASE
)


def strip_citations(text: str) -> str:
    """Return `text` without numeric citation markers.

    Round brackets are markers if they hold several numbers, or one number before a punctuation mark: "(1,2)", "(3).".
    Brackets that belong to a name ("[18F]FDG", "IL-2[R]", "[1,2,4]triazole") or give a range ("median 3 [2-5]") are
    kept, and so is one at the very beginning, which numbers a reference.

    >>> strip_citations("new paradigms[1], and [18F]FDG [2-4].")
    'new paradigms, and [18F]FDG.'
    """
    text = _FLATTENED.sub("", text)
    text = _NOTE_MARKER.sub("", _MARKERS.sub(_without, text))
    return _ROUND_MARKER.sub(_without_round, text)


def _without(match: re.Match[str]) -> str:
    start, end = match.span()
    before, after = match.string[max(0, start - 24) : start], match.string[end : end + 2]
    if not before:
        return match[0]
    glued = not match[0][0].isspace()
    if after[:1].isalpha() and not (glued and before[-1] in '.?!,;:)”"'):
        return match[0]
    if after[:1] == "-" and after[1:].isalpha():
        return match[0]
    if not glued and _INTERVAL_BEFORE.search(before) and not match[0].strip(" []").isdigit():
        return match[0]
    return ""


def _without_round(match: re.Match[str]) -> str:
    start = match.start()
    before = match.string[max(0, start - 24) : start]
    if not before or _INTERVAL_BEFORE.search(before) or _INTERVAL_BEFORE.search(before + " "):
        return match[0]
    if not (before[-1] in ".," or (match[0][0].isspace() and (before[-1].isalnum() or before[-1] in ")]”"))):
        return match[0]
    numbers = [int(number) for number in re.findall(r"\d+", match[1])]
    is_citation = numbers == sorted(set(numbers)) and (
        len(numbers) > 1 or match[2] in (".", ",", ";") or not match[0][0].isspace()
    )
    return "" if is_citation else match[0]
