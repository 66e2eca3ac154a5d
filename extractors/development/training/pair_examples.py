"""Training examples of the classifiers of pairs: the pairs of names in a sentence, with the label of the corpus.

Every corpus has its own labels (GUIDELINES); NONE is the label of pairs without an annotated relation. BC5CDR relates
concepts instead of mentions, so every pair of their mentions in a sentence gets the label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from spacy.tokens import Doc

from extractors.development.corpora.annotated import AnnotatedSpan
from extractors.development.corpora.related import RelatedText
from extractors.relations.classifier.features import Name, PairInSentence
from extractors.relations.classifier.linear import NONE


class Guideline(NamedTuple):
    """What a corpus relates: the kind of each label of its spans, the kinds of first and second name, its labels."""

    kinds: Mapping[str, str]
    pairs: frozenset[tuple[str, str]]
    labels: frozenset[str]
    sources: tuple[str, ...]
    """The sources that follow it (`sources.py`)."""

    scored: str = "scored"
    """The split that is scored on and therefore not trained on."""


GUIDELINES: Mapping[str, Guideline] = {
    "bc5cdr": Guideline(
        {"Chemical": "drug", "Disease": "disease"}, frozenset({("drug", "disease")}), frozenset({"CID"}), ("bc5cdr",)
    ),
}


class Labelled(NamedTuple):
    """A pair of names in a sentence: their spans, what the corpus says of them, and the features."""

    first: AnnotatedSpan
    second: AnnotatedSpan
    label: str
    features: list[str]


Labels = Callable[[AnnotatedSpan, AnnotatedSpan], str]


def labelled(doc: Doc, related: RelatedText, guideline: Guideline) -> Iterator[Labelled]:
    """Yield the pairs of a parsed text that the guideline may relate: names that do not overlap, in one sentence."""
    labels = _concept_labels(related)
    names: list[tuple[Name, AnnotatedSpan]] = []
    for span in related.text.spans:
        tokens = doc.char_span(span.start, span.end, alignment_mode="expand") if span.label in guideline.kinds else None
        if tokens is not None:
            names.append((Name(tokens.start, tokens.end, guideline.kinds[span.label]), span))
    for sentence in doc.sents:
        inside = [pair for pair in names if sentence.start <= pair[0].start and pair[0].end <= sentence.end]
        known = [name for name, _ in inside]
        for first, first_span in inside:
            for second, second_span in inside:
                if (first.kind, second.kind) in guideline.pairs and _apart(first, second):
                    label = labels(first_span, second_span)
                    features = PairInSentence(sentence, known, first, second).features()
                    yield Labelled(first_span, second_span, label if label in guideline.labels else NONE, features)


def _apart(first: Name, second: Name) -> bool:
    return first.end <= second.start or second.end <= first.start


def _concept_labels(related: RelatedText) -> Labels:
    def label(first: AnnotatedSpan, second: AnnotatedSpan) -> str:
        for pair in related.concept_pairs:
            for one, other in ((first, second), (second, first)):
                if pair.first <= one.identifiers and pair.second <= other.identifiers:
                    return pair.label
        return NONE

    return label
