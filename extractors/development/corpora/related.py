"""What a reader makes of a text in which relations are annotated, whatever form the corpus has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from extractors.development.corpora.annotated import AnnotatedSpan, AnnotatedText, Annotation


@dataclass(frozen=True, slots=True)
class MentionPair:
    """Two mentions and the relation that the text says they have; each is one of the text's spans.

    `is_negated` and `is_hedged` where the corpus says that the text denies the relation, or only supposes it; `trigger`
    is the span that says it, where the corpus marks one.
    """

    label: str
    first: AnnotatedSpan
    second: AnnotatedSpan
    is_negated: bool = False
    is_hedged: bool = False
    trigger: AnnotatedSpan | None = None


@dataclass(frozen=True, slots=True)
class ConceptPair:
    """Two concepts and the relation that the document says they have, wherever in it; no mention is named.

    `first` and `second` are one identifier each, in parts where `identifiers_of` parts it (a variant,
    "c|DEL|46|S"): a span may be a mention of a concept whose parts are all among the span's `identifiers`. `is_novel`
    says whether the relation is a finding of the document or known before; None where the corpus does not say.
    """

    label: str
    first: frozenset[str]
    second: frozenset[str]
    is_novel: bool | None = None


@dataclass(frozen=True, slots=True)
class RelatedText:
    """A text and the relations annotated in it, each once: of mentions, or of concepts, as the corpus has them."""

    text: AnnotatedText
    mention_pairs: tuple[MentionPair, ...] = ()
    concept_pairs: tuple[ConceptPair, ...] = ()

    @property
    def identifiers(self) -> set[tuple[str, str]]:
        """Every identifier of a pair's first concept with every one of its second."""
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
    """Yield a pair of each of `firsts` with each of `seconds`, if both are spans of `text` (see `spans_of`)."""
    for first, second in product((each.reach for each in firsts), (each.reach for each in seconds)):
        if first in text.spans and second in text.spans:
            yield MentionPair(label, first, second, is_negated, is_hedged, trigger)
