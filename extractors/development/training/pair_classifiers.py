"""Trains the classifiers of pairs, one for each guideline, and the classifier of articles."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

from extractors.development.training.document_classifier import article_examples
from extractors.development.training.overlaps import training_relations
from extractors.development.training.pair_examples import GUIDELINES, labelled
from extractors.relations.classifier.linear import NONE, Example, learn, reliability
from extractors.relations.classifier.pairs import ARTICLES

RELIABILITY = "reliability.tsv"

logger = logging.getLogger(__name__)


def write_classifiers(corpora: Path, nlp: Language, folder: Path) -> None:
    """Write <guideline>.npz for every guideline.

    Beside them goes a table of the reliability of all these probabilities on texts that they were not trained on.
    `nlp` parses and finds mentions.
    """
    lines = ["guideline\tprobability\tright\tpairs"]
    for name in (*GUIDELINES, ARTICLES):
        examples = list(article_examples(corpora, nlp) if name == ARTICLES else training_examples(corpora, nlp, name))
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


def training_examples(corpora: Path, nlp: Language, name: str) -> Iterator[Example]:
    """Yield the pairs of all texts of a guideline that may be trained on and overlap nothing scored."""
    guideline = GUIDELINES[name]
    texts = [
        related
        for source in guideline.sources
        for _, related in training_relations(corpora, source, scored=guideline.scored)
    ]
    docs = nlp.pipe((related.text.text for related in texts), batch_size=32)
    for related, doc in zip(texts, docs, strict=True):
        for pair in labelled(doc, related, guideline):
            yield Example(pair.features, pair.label, related.text.document_id)
