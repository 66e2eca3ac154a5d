"""What a reader makes of an annotated text, whatever form the corpus has.

All offsets count characters of the text, from 0, the end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class CorpusError(ValueError):
    """A corpus is missing or breaks its form; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class AnnotatedSpan:
    """A mention as annotated: its place, the label that the corpus gives it, and its identifiers if it has any."""

    start: int
    end: int
    label: str
    identifiers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text and what is annotated in it, in reading order; spans nest or overlap only where the corpus has them so.

    `document_id` is "PMID:123", "PMC:123", or "" where the corpus says nothing of the origin. `words` are the tokens
    of a corpus that comes in tokens; its text is `" ".join(words)`.
    """

    document_id: str
    text: str
    spans: tuple[AnnotatedSpan, ...]
    words: tuple[str, ...] = ()

    def covered(self, span: AnnotatedSpan) -> str:
        """Return what stands at `span`."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Annotation:
    """What a corpus annotates, in one piece or in several ("B ... cells" in "B and T cells")."""

    fragments: tuple[tuple[int, int], ...]
    label: str
    identifiers: frozenset[str] = frozenset()

    @property
    def reach(self) -> AnnotatedSpan:
        """The span from its first to its last character; `spans_of` says whether it is a span of the text."""
        start, end = min(start for start, _ in self.fragments), max(end for _, end in self.fragments)
        return AnnotatedSpan(start, end, self.label, self.identifiers)


LONGEST_GAP = 30
"""Characters that may stand between the pieces of an annotation that is made one span."""


def spans_of(annotations: Iterable[Annotation]) -> tuple[AnnotatedSpan, ...]:
    """Return each annotation as one span, in reading order, what is said twice once.

    *Policy for annotations in several pieces:* one becomes the span from its first to its last character where no other
    annotation overlaps that and its gaps are short together ("agenesis of [the] corpus callosum"); of two such spans
    that overlap the longer is kept. All others ("B ... cells" beside "T cells") are left out: no span of running text
    says what they say.
    """
    whole: set[AnnotatedSpan] = set()
    broken: set[AnnotatedSpan] = set()
    for annotation in annotations:
        span = annotation.reach
        gaps = span.end - span.start - sum(end - start for start, end in annotation.fragments)
        if gaps <= LONGEST_GAP:
            (whole if len(annotation.fragments) == 1 else broken).add(span)
    kept = sorted(whole, key=_reading_order)
    for span in sorted(broken, key=lambda span: (span.start - span.end, _reading_order(span))):
        if not any(other.start < span.end and span.start < other.end for other in kept):
            kept.append(span)
    return tuple(sorted(kept, key=_reading_order))


def _reading_order(span: AnnotatedSpan) -> tuple[int, int, str, list[str]]:
    return span.start, -span.end, span.label, sorted(span.identifiers)
