"""Scores chemical-induced diseases of BC5CDR: the classifiers with the names of the corpus, and the whole pipeline.

Every relation of the corpus counts, even one whose names never occur in the same sentence, which the classifier of
pairs cannot find. End to end, the texts are read from raw text: by MeSH identifiers, what statements say that a drug
causes, and what the article relates as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractors.development.corpora.annotated import AnnotatedSpan
from extractors.development.corpora.related import RelatedText
from extractors.development.evaluation.counts import NameScore
from extractors.development.evaluation.end_to_end import mesh_identifiers
from extractors.development.training.document_classifier import annotated_pairs
from extractors.development.training.pair_examples import labelled
from extractors.development.training.sources import related_texts, source
from extractors.entities.external_models import BUNDLED
from extractors.linking.vocabulary.lookup import Vocabulary, vocabulary_of
from extractors.pipeline import load_pipeline
from extractors.relations.classifier.linear import NONE, LinearClassifier
from extractors.relations.classifier.pairs import ARTICLES, SENTENCES, bundled_pairs
from extractors.relations.document_level import PREDICATE

_NOT_NEEDED = ["recogniser", "sentence_abbreviation_detector", "peyer_abbreviations", "peyer_entities"]

_PUBLISHED = "0.62 to 0.66"


def score_related(nlp: Language, classifier: LinearClassifier, texts: Iterable[RelatedText]) -> NameScore:
    """Read the texts and count the related identifiers: in the corpus, found, and found and right."""
    score = NameScore()
    read = list(texts)
    for related, doc in zip(read, nlp.pipe((text.text.text for text in read), batch_size=32), strict=True):
        found = {
            (one, other)
            for pair in labelled(doc, related)
            if classifier.decide(pair.features)[0] != NONE
            for one in _identifiers(pair.first)
            for other in _identifiers(pair.second)
        }
        gold = {(pair.first, pair.second) for pair in related.concept_pairs}
        score += NameScore(len(gold), len(found), len(gold & found))
    return score


def _identifiers(span: AnnotatedSpan) -> list[frozenset[str]]:
    """Return the identifiers of a mention, each alone."""
    return [frozenset({each}) for each in span.identifiers]


def related_rows(corpora: Path) -> list[tuple[str, str, NameScore]]:
    """Return name, published figure and counts of every way to relate; nothing if BC5CDR is not in `corpora`."""
    if not (corpora / source(SENTENCES).folder).is_dir():
        return []
    texts = list(related_texts(corpora, SENTENCES, "scored"))
    parsing = spacy.load(BUNDLED, exclude=_NOT_NEEDED)
    name = "BC5CDR test, chemical-induced disease"
    of_pairs = score_related(parsing, bundled_pairs().classifiers[SENTENCES], texts)
    nlp = load_pipeline()
    docs = list(nlp.pipe(text.text.text for text in texts))
    rows = [
        (f"{name}: pairs in one sentence", _PUBLISHED, of_pairs),
        (f"{name}: articles as a whole", _PUBLISHED, score_articles(nlp, texts, docs)),
    ]
    for finder, caused in _FINDERS.items():
        rows.append((f"BC5CDR test from raw text, {finder}", "0.57", score_caused(nlp, texts, docs, caused)))
    return rows


def score_articles(nlp: Language, texts: Sequence[RelatedText], docs: Sequence[Doc]) -> NameScore:
    """Count what the classifier of articles relates, given the names and identifiers of the corpus."""
    classifier, of_sentences = (bundled_pairs().classifiers[name] for name in (ARTICLES, SENTENCES))
    score = NameScore()
    for related, doc in zip(texts, docs, strict=True):
        pairs = annotated_pairs(doc, related, vocabulary_of(nlp), of_sentences)
        found = {pair for pair in pairs.pairs() if classifier.decide(pairs.features(pair))[0] != NONE}
        gold = related.identifiers
        score += NameScore(len(gold), len(found), len(found & gold))
    return score


def _stated(doc: Doc) -> Iterator[tuple[int, int]]:
    for relation in doc._.relations:
        if relation.predicate == PREDICATE and not relation.is_negated:
            yield relation.subject, relation.object


_FINDERS: Mapping[str, Callable[[Doc], Iterable[tuple[int, int]]]] = {
    "statements": _stated,
    "articles as a whole": lambda doc: ((found.subject, found.object) for found in doc._.article_relations),
}
"""What is scored from raw text -> function that returns its pairs of mentions, cause and effect."""


def score_caused(
    nlp: Language,
    texts: Sequence[RelatedText],
    docs: Sequence[Doc],
    caused: Callable[[Doc], Iterable[tuple[int, int]]],
) -> NameScore:
    """Count what drugs are said to cause in documents that the pipeline has read: pairs of MeSH identifiers."""
    vocabulary = vocabulary_of(nlp)
    score = NameScore()
    for related, doc in zip(texts, docs, strict=True):
        gold = related.identifiers
        found = set()
        for ends in caused(doc):
            numbers = [doc._.names[end].concept_no for end in ends]
            if min(numbers) >= 0:
                found.add((_mesh(vocabulary, numbers[0], False), _mesh(vocabulary, numbers[1], True)))
        pairs = {pair: {(one, other) for one in pair[0] for other in pair[1]} for pair in found if all(pair)}
        right = {each for all_ in pairs.values() for each in all_ & gold}
        wrong = sum(not all_ & gold for all_ in pairs.values())
        score += NameScore(len(gold), wrong + len(right), len(right))
    return score


def _mesh(vocabulary: Vocabulary, number: int, takes_nearest: bool) -> tuple[str, ...]:
    return tuple(curie.removeprefix("MESH:") for curie in mesh_identifiers(vocabulary, number, takes_nearest))
