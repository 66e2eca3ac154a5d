"""Scores relations on corpora: the classifiers with the names of the corpus ("gold entities"), and the whole pipeline.

Every relation of a corpus counts, even one whose names never occur in the same sentence, which the classifier of pairs
cannot find. DrugProt and PHEE relate mentions; BC5CDR and BioRED relate identifiers of a document. In BioRED two
identifiers count as related if a sentence relates two of their mentions; BC5CDR is also scored with the classifier of
articles. End to end, BC5CDR is read from raw text: by MeSH identifiers, what statements say that a drug causes, and
what the article relates as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractors.annotations import CLASSIFIER
from extractors.development.corpora.annotated import AnnotatedSpan
from extractors.development.corpora.related import RelatedText
from extractors.development.evaluation.counts import NameScore
from extractors.development.evaluation.end_to_end import mesh_identifiers
from extractors.development.training.document_classifier import annotated_pairs
from extractors.development.training.pair_examples import GUIDELINES, Guideline, labelled
from extractors.development.training.sources import related_texts, source
from extractors.entities.external_models import BUNDLED
from extractors.linking.vocabulary.lookup import Vocabulary, vocabulary_of
from extractors.pipeline import load_pipeline
from extractors.relations.classifier.label_mapping import corpus_predicates
from extractors.relations.classifier.linear import NONE, LinearClassifier
from extractors.relations.classifier.pairs import ARTICLES, FOLDER, bundled_pairs
from extractors.relations.document_level import GUIDELINE, PREDICATE

_NOT_NEEDED = ["recogniser", "sentence_abbreviation_detector", "peyer_abbreviations", "peyer_entities"]

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class RelatedTask:
    """A row of the table: the scored split of the sources of a guideline."""

    name: str
    guideline: str
    published: str
    as_predicates: bool = False
    """Whether labels are compared after mapping them to our predicates."""


TASKS = (
    RelatedTask("DrugProt development, its classes", "drugprot", "0.641 (best of ChemProt 2017, its test set)"),
    RelatedTask("BC5CDR test, chemical-induced disease, documents", "bc5cdr", "0.62 to 0.66"),
    RelatedTask("PHEE test, drug and adverse effect", "phee", "-", as_predicates=True),
    RelatedTask("BioRED dev, documents, our predicates", "biored", "0.589 (transformer)", as_predicates=True),
    RelatedTask("BioNLP13 CG and PC development, regulated processes", "bionlp13", "-"),
)


def score_related(
    nlp: Language, classifiers: Mapping[str, LinearClassifier], task: RelatedTask, texts: Iterable[RelatedText]
) -> NameScore:
    """Read the texts and count the relations: in the corpus, found, and found and right."""
    guideline, classifier = GUIDELINES[task.guideline], classifiers[task.guideline]
    score = NameScore()
    read = list(texts)
    for related, doc in zip(read, nlp.pipe((text.text.text for text in read), batch_size=32), strict=True):
        gold = _expected(related, guideline, task)
        found = _found(doc, related, guideline, classifier, task)
        score += NameScore(len(gold), len(found), len(gold & found))
    return score


def _expected(related: RelatedText, guideline: Guideline, task: RelatedTask) -> set[Key]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for span in related.text.spans:
        for identifier in span.identifiers:
            kinds[identifier].add(guideline.kinds.get(span.label, ""))
    expected: set[Key] = set()
    for pair in related.mention_pairs:
        ends = guideline.kinds.get(pair.first.label, ""), guideline.kinds.get(pair.second.label, "")
        expected |= _named(task, (_place(pair.first), _place(pair.second)), ends, pair.label)
    for concepts in related.concept_pairs:
        for one, other in ((concepts.first, concepts.second), (concepts.second, concepts.first)):
            for first in {kind for identifier in one for kind in kinds[identifier]}:
                for second in {kind for identifier in other for kind in kinds[identifier]}:
                    expected |= _named(task, (one, other), (first, second), concepts.label)
    return expected


def _found(
    doc: Doc, related: RelatedText, guideline: Guideline, classifier: LinearClassifier, task: RelatedTask
) -> set[Key]:
    best: dict[Key, dict[str, float]] = defaultdict(dict)
    kinds: dict[Key, tuple[str, str]] = {}
    for pair in labelled(doc, related, guideline):
        label, probability = classifier.decide(pair.features)
        ends = guideline.kinds[pair.first.label], guideline.kinds[pair.second.label]
        for key in _keys(related, pair.first, pair.second) if label != NONE else ():
            best[key][label] = max(best[key].get(label, 0.0), probability)
            kinds[key] = ends
    found: set[Key] = set()
    for key, labels in best.items():
        found |= _named(task, key, kinds[key], max(labels, key=lambda label: labels[label]))
    return found


def _keys(related: RelatedText, first: AnnotatedSpan, second: AnnotatedSpan) -> list[Key]:
    """Return the keys under which a pair of mentions is counted: itself, or each pair of its identifiers."""
    if not related.concept_pairs and not first.identifiers:
        return [(_place(first), _place(second))]
    ones = [first.identifiers] if len(first.identifiers) == 1 else [frozenset({each}) for each in first.identifiers]
    others = [second.identifiers] if len(second.identifiers) == 1 else [frozenset({e}) for e in second.identifiers]
    return [(one, other) for one in ones for other in others]


def _named(task: RelatedTask, key: Key, kinds: tuple[str, str], label: str) -> set[Key]:
    if kinds not in GUIDELINES[task.guideline].pairs:
        return set()
    if not task.as_predicates:
        return {(*key, label)}
    predicate = corpus_predicates().get((task.guideline, label, *kinds))
    return {(*key, predicate)} if predicate else set()


def _place(span: AnnotatedSpan) -> tuple[int, int]:
    return span.start, span.end


def related_rows(corpora: Path) -> list[tuple[str, str, NameScore]]:
    """Return name, published figure and counts of every task whose corpus is in the folder `corpora`."""
    tasks = [task for task in TASKS if all((corpora / source(name).folder).is_dir() for name in _sources(task))]
    if not tasks:
        return []
    nlp = spacy.load(BUNDLED, exclude=_NOT_NEEDED)
    classifiers = {task.guideline: LinearClassifier.from_disk(FOLDER / f"{task.guideline}.npz") for task in tasks}
    rows = []
    for task in tasks:
        split = GUIDELINES[task.guideline].scored
        scored = (text for name in _sources(task) for text in related_texts(corpora, name, split))
        rows.append((task.name, task.published, score_related(nlp, classifiers, task, scored)))
    if any(task.guideline == "bc5cdr" for task in tasks):
        nlp = load_pipeline()
        texts = list(related_texts(corpora, "bc5cdr", "scored"))
        docs = list(nlp.pipe(text.text.text for text in texts))
        name = "BC5CDR test, chemical-induced disease, articles as a whole"
        rows.append((name, "0.62 to 0.66", score_articles(nlp, texts, docs)))
        for finder, caused in _FINDERS.items():
            rows.append((f"BC5CDR test from raw text, {finder}", "0.57", score_caused(nlp, texts, docs, caused)))
    return rows


def _sources(task: RelatedTask) -> tuple[str, ...]:
    return GUIDELINES[task.guideline].sources


def score_articles(nlp: Language, texts: Sequence[RelatedText], docs: Sequence[Doc]) -> NameScore:
    """Count what the classifier of articles relates, given the names and identifiers of the corpus."""
    classifier, of_sentences = (bundled_pairs().classifiers[name] for name in (ARTICLES, GUIDELINE))
    score = NameScore()
    for related, doc in zip(texts, docs, strict=True):
        pairs = annotated_pairs(doc, related, vocabulary_of(nlp), of_sentences)
        found = {pair for pair in pairs.pairs() if classifier.decide(pairs.features(pair))[0] != NONE}
        gold = related.identifiers
        score += NameScore(len(gold), len(found), len(found & gold))
    return score


def _stated(doc: Doc, begins: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for relation in doc._.relations:
        method = relation.rule_id if relation.rule_id.startswith(CLASSIFIER) else "rule"
        if relation.predicate == PREDICATE and not relation.is_negated and method.startswith(begins):
            yield relation.subject, relation.object


_FINDERS: Mapping[str, Callable[[Doc], Iterable[tuple[int, int]]]] = {
    "rules": lambda doc: _stated(doc, ("rule",)),
    "rules and classifier": lambda doc: _stated(doc, ("rule", CLASSIFIER)),
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
            numbers = [doc._.mentions[end].concept_no for end in ends]
            if min(numbers) >= 0:
                found.add((_mesh(vocabulary, numbers[0], False), _mesh(vocabulary, numbers[1], True)))
        pairs = {pair: {(one, other) for one in pair[0] for other in pair[1]} for pair in found if all(pair)}
        right = {each for all_ in pairs.values() for each in all_ & gold}
        wrong = sum(not all_ & gold for all_ in pairs.values())
        score += NameScore(len(gold), wrong + len(right), len(right))
    return score


def _mesh(vocabulary: Vocabulary, number: int, takes_nearest: bool) -> tuple[str, ...]:
    return tuple(curie.removeprefix("MESH:") for curie in mesh_identifiers(vocabulary, number, takes_nearest))
