"""A text with annotated relations, as the readers of all corpora yield it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from extractors.development.corpora.annotated import AnnotatedSpan, AnnotatedText, Annotation


@dataclass(frozen=True, slots=True)
class MentionPair:
    """Two mentions, each a span of the text, and the relation that the text states between them.

    `is_negated` and `is_hedged`: the corpus marks the relation as denied, or as speculation. `trigger` is the span that
    states it, if the corpus marks one.
    """

    label: str
    first: AnnotatedSpan
    second: AnnotatedSpan
    is_negated: bool = False
    is_hedged: bool = False
    trigger: AnnotatedSpan | None = None


@dataclass(frozen=True, slots=True)
class ConceptPair:
    """Two concepts and the relation that the document states between them, without saying where.

    `first` and `second` are one identifier each, in parts if `identifiers_of` splits it (a variant, "c|DEL|46|S"): a
    span may be a mention of a concept if all parts are among the `identifiers` of the span. `is_novel` says whether the
    relation is a finding of the document or was known before; None if the corpus does not say.
    """

    label: str
    first: frozenset[str]
    second: frozenset[str]
    is_novel: bool | None = None


@dataclass(frozen=True, slots=True)
class RelatedText:
    """A text and its annotated relations, without duplicates: between mentions or between concepts."""

    text: AnnotatedText
    mention_pairs: tuple[MentionPair, ...] = ()
    concept_pairs: tuple[ConceptPair, ...] = ()

    @property
    def identifiers(self) -> set[tuple[str, str]]:
        """All pairs of an identifier of the first concept and one of the second, of every pair."""
        return {ends for pair in self.concept_pairs for ends in product(pair.first, pair.second)}


def pairs_of(
    text: AnnotatedText,
    label: str,
    firsts: Iterable[Annotation],
    seconds: Iterable[Annotation],
    *,
    is_negated: bool = False,
    is_hedged: bool = False,
    trigger: AnnotatedSpan | None = None,
) -> Iterator[MentionPair]:
    """Yield a pair of each of `firsts` with each of `seconds` if both are spans of `text` (see `spans_of`)."""
    for first, second in product((each.reach for each in firsts), (each.reach for each in seconds)):
        if first in text.spans and second in text.spans:
            yield MentionPair(label, first, second, is_negated, is_hedged, trigger)
