"""Trains the classifier of articles: pairs of drug and disease in title and abstract, with BC5CDR's labels.

Every text is read twice, with the names that the corpus annotates and with those that peyer finds, because at run time
the classifier sees the latter. The features of single sentences come from classifiers that were not trained on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extractors.development.corpora.related import RelatedText
from extractors.development.evaluation.end_to_end import mesh_identifiers
from extractors.development.training.overlaps import training_relations
from extractors.development.training.pair_examples import KINDS, labelled
from extractors.linking.vocabulary.lookup import Vocabulary, vocabulary_of
from extractors.relations.classifier.document_pairs import UNKNOWN, ArticlePairs, Key, Meaning, NamedConcept
from extractors.relations.classifier.features import Name
from extractors.relations.classifier.linear import NONE, Example, LinearClassifier, learn
from extractors.relations.classifier.pairs import SENTENCES
from extractors.relations.document_level import front_sentences, meaning, named_concept

_FOLDS = 4
_LABEL = "CID"


def article_examples(corpora: Path, nlp: Language) -> Iterator[Example]:
    """Yield the pairs of all texts that may be trained on; `nlp` parses and finds mentions."""
    texts = [related for _, related in training_relations(corpora, SENTENCES)]
    docs = list(nlp.pipe((related.text.text for related in texts), batch_size=32))
    vocabulary = vocabulary_of(nlp)
    pairs = [
        [Example(pair.features, pair.label, related.text.document_id) for pair in labelled(doc, related)]
        for related, doc in zip(texts, docs, strict=True)
    ]
    for fold in range(_FOLDS):
        others = (each for number, each in enumerate(pairs) if number % _FOLDS != fold)
        of_sentences, _ = learn([example for each in others for example in each])
        for related, doc in list(zip(texts, docs, strict=True))[fold::_FOLDS]:
            yield from _with_annotated(doc, related, vocabulary, of_sentences)
            yield from _with_found(doc, related, vocabulary, of_sentences)


def annotated_pairs(
    doc: Doc, related: RelatedText, vocabulary: Vocabulary, of_sentences: LinearClassifier
) -> ArticlePairs:
    """Return the pairs of a text between names that the corpus annotates; their keys are its identifiers."""
    names: list[NamedConcept] = []
    meanings: dict[Key, Meaning] = {}
    for span in related.text.spans:
        tokens = doc.char_span(span.start, span.end, alignment_mode="expand") if span.label in KINDS else None
        if tokens is None:
            continue
        for identifier in span.identifiers:
            names.append(NamedConcept(Name(tokens.start, tokens.end, KINDS[span.label]), identifier))
            if meanings.get(identifier, UNKNOWN) == UNKNOWN:
                text = related.text.text[span.start : span.end]
                meanings[identifier] = meaning(vocabulary, _concept_no(vocabulary, text, identifier))
    return ArticlePairs(front_sentences(doc), names, meanings, of_sentences)


def _concept_no(vocabulary: Vocabulary, name: str, identifier: str) -> int:
    """Return the concept with the identifier, or -1 if there is none."""
    for candidate in vocabulary.candidates(name):
        if f"MESH:{identifier}" in vocabulary.identifiers(candidate.concept_no, "MESH:"):
            return candidate.concept_no
    return -1


def _with_annotated(
    doc: Doc, related: RelatedText, vocabulary: Vocabulary, of_sentences: LinearClassifier
) -> Iterator[Example]:
    gold = related.identifiers
    pairs = annotated_pairs(doc, related, vocabulary, of_sentences)
    for pair in pairs.pairs():
        yield Example(pairs.features(pair), _LABEL if pair in gold else NONE, related.text.document_id)


def _with_found(
    doc: Doc, related: RelatedText, vocabulary: Vocabulary, of_sentences: LinearClassifier
) -> Iterator[Example]:
    gold = related.identifiers
    identifiers: dict[Key, Sequence[str]] = {}
    names, meanings = [], {}
    for mention in doc._.mentions:
        named = named_concept(doc, mention)
        names.append(named)
        if mention.concept_no >= 0:
            meanings[named.key] = meaning(vocabulary, mention.concept_no)
            mesh = mesh_identifiers(vocabulary, mention.concept_no, named.name.kind == "disease")
            identifiers[named.key] = [curie.removeprefix("MESH:") for curie in mesh]
    pairs = ArticlePairs(front_sentences(doc), names, meanings, of_sentences)
    for pair in pairs.pairs():
        ends = [identifiers.get(key, ()) for key in pair]
        if all(ends):
            is_gold = any((one, other) in gold for one in ends[0] for other in ends[1])
            yield Example(pairs.features(pair), _LABEL if is_gold else NONE, related.text.document_id)
