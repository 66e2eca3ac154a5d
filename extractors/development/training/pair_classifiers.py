"""Trains the classifiers of drug-induced disease: that of pairs in a sentence and that of whole articles."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

from extractors.development.training.document_classifier import article_examples
from extractors.development.training.overlaps import training_relations
from extractors.development.training.pair_examples import labelled
from extractors.relations.classifier.linear import NONE, Example, learn, reliability
from extractors.relations.classifier.pairs import ARTICLES, SENTENCES

RELIABILITY = "reliability.tsv"

logger = logging.getLogger(__name__)


def write_classifiers(corpora: Path, nlp: Language, folder: Path) -> None:
    """Write the classifier of pairs and that of articles, each as <name>.npz.

    Beside them goes a table of the reliability of their probabilities on texts that they were not trained on. `nlp`
    parses and finds mentions.
    """
    lines = ["guideline\tprobability\tright\tpairs"]
    for name, made in ((SENTENCES, pair_examples), (ARTICLES, article_examples)):
        examples = list(made(corpora, nlp))
        classifier, before = learn(examples)
        classifier.to_disk(folder / f"{name}.npz")
        decided = [
            (float(row[best]), classifier.labels[best] == example.label)
            for example, row in zip(examples, before, strict=True)
            if classifier.labels[best := classifier.best(row)] != NONE
        ]
        logger.info("%s: %d pairs, %d decided", name, len(examples), len(decided))
        lines += [f"{name}\t{mean:.3f}\t{right:.3f}\t{count}" for mean, right, count in reliability(decided)]
    (folder / RELIABILITY).write_text("\n".join(lines) + "\n", encoding="utf-8")


def pair_examples(corpora: Path, nlp: Language) -> Iterator[Example]:
    """Yield the pairs of all texts of BC5CDR that may be trained on and overlap nothing scored."""
    texts = [related for _, related in training_relations(corpora, SENTENCES)]
    docs = nlp.pipe((related.text.text for related in texts), batch_size=32)
    for related, doc in zip(texts, docs, strict=True):
        for pair in labelled(doc, related):
            yield Example(pair.features, pair.label, related.text.document_id)
