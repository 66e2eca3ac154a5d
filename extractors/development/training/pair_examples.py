"""Training examples of the classifier of pairs: the drugs and diseases of a sentence, with the label of BC5CDR.

NONE is the label of pairs without an annotated relation. BC5CDR relates concepts instead of mentions, so every pair of
their mentions in a sentence gets the label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from spacy.tokens import Doc

from extractors.development.corpora.annotated import AnnotatedSpan
from extractors.development.corpora.related import RelatedText
from extractors.relations.classifier.features import Name, PairInSentence
from extractors.relations.classifier.linear import NONE

KINDS: Mapping[str, str] = {"Chemical": "drug", "Disease": "disease"}
"""Label of a span -> kind of the name."""

_LABEL = "CID"


class Labelled(NamedTuple):
    """A pair of names in a sentence: their spans, what the corpus says of them, and the features."""

    first: AnnotatedSpan
    second: AnnotatedSpan
    label: str
    features: list[str]


def labelled(doc: Doc, related: RelatedText) -> Iterator[Labelled]:
    """Yield the drugs with the diseases of each sentence of a parsed text, where their names do not overlap."""
    names: list[tuple[Name, AnnotatedSpan]] = []
    for span in related.text.spans:
        tokens = doc.char_span(span.start, span.end, alignment_mode="expand") if span.label in KINDS else None
        if tokens is not None:
            names.append((Name(tokens.start, tokens.end, KINDS[span.label]), span))
    for sentence in doc.sents:
        inside = [pair for pair in names if sentence.start <= pair[0].start and pair[0].end <= sentence.end]
        known = [name for name, _ in inside]
        for first, first_span in inside:
            for second, second_span in inside:
                if (first.kind, second.kind) == ("drug", "disease") and _apart(first, second):
                    label = _LABEL if _is_related(related, first_span, second_span) else NONE
                    features = PairInSentence(sentence, known, first, second).features()
                    yield Labelled(first_span, second_span, label, features)


def _apart(first: Name, second: Name) -> bool:
    return first.end <= second.start or second.end <= first.start


def _is_related(related: RelatedText, first: AnnotatedSpan, second: AnnotatedSpan) -> bool:
    return any(
        pair.label == _LABEL and pair.first <= one.identifiers and pair.second <= other.identifiers
        for pair in related.concept_pairs
        for one, other in ((first, second), (second, first))
    )
