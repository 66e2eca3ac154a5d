"""An annotated text, as the readers of all corpora yield it.

All offsets are 0-based and end-exclusive, in characters of the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class CorpusError(ValueError):
    """A corpus is missing or malformed; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class AnnotatedSpan:
    """An annotated mention: its offsets, the label that the corpus gives it, and its identifiers if it has any."""

    start: int
    end: int
    label: str
    identifiers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text and its annotated spans, in reading order; spans nest or overlap only if they do so in the corpus.

    `document_id` is "PMID:123", "PMC:123", or "" if the corpus does not state the origin. `words` are the tokens of a
    corpus that is tokenised; its text is `" ".join(words)`.
    """

    document_id: str
    text: str
    spans: tuple[AnnotatedSpan, ...]
    words: tuple[str, ...] = ()

    def covered(self, span: AnnotatedSpan) -> str:
        """Return the text of `span`."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation of a corpus, in one or several pieces ("B ... cells" in "B and T cells")."""

    fragments: tuple[tuple[int, int], ...]
    label: str
    identifiers: frozenset[str] = frozenset()

    @property
    def reach(self) -> AnnotatedSpan:
        """The span from its first to its last character; `spans_of` decides whether it becomes a span of the text."""
        start, end = min(start for start, _ in self.fragments), max(end for _, end in self.fragments)
        return AnnotatedSpan(start, end, self.label, self.identifiers)


LONGEST_GAP = 30
"""The most characters between the pieces of an annotation that becomes one span."""


def spans_of(annotations: Iterable[Annotation]) -> tuple[AnnotatedSpan, ...]:
    """Return each annotation as one span, in reading order and without duplicates.

    *Policy for annotations in several pieces:* such an annotation becomes the span from its first to its last character
    if no other annotation overlaps that span and its gaps are short in total ("agenesis of [the] corpus callosum"). Of
    two such spans that overlap the longer is kept. All others ("B ... cells" beside "T cells") are left out, because no
    contiguous span has their meaning.
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
