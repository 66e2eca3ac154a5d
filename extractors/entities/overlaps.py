"""Which of overlapping names are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar


class TokenSpan(Protocol):
    """Anything in tokens `start`:`end` of a Doc: a FoundMention, a Recognised, spaCy's Span."""

    @property
    def start(self) -> int:
        """First token."""

    @property
    def end(self) -> int:
        """Token after the last."""


_SpanT = TypeVar("_SpanT", bound=TokenSpan)


def without_overlaps(spans: Iterable[_SpanT]) -> list[_SpanT]:
    """Return the spans that share no token with one kept before them, in the order given: the first have priority."""
    taken: set[int] = set()
    kept = []
    for span in spans:
        tokens = range(span.start, span.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(span)
    return kept


def longest_first(spans: Iterable[_SpanT]) -> list[_SpanT]:
    """Return spans by their number of tokens, the longest first; those of equal length stay in the order given."""
    return sorted(spans, key=lambda span: span.start - span.end)
