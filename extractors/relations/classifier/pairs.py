"""Relation classification: how probable each predicate is of two mentions in a sentence.

There is one classifier for each annotation guideline that was trained on; a pair of mentions is read by those whose
guideline relates its types. The probabilities of the labels that map to one predicate are added up. Which of them
become statements `extractor.py` decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from spacy.tokens import Span

from extractors.annotations import FoundMention
from extractors.data import model_file
from extractors.records import PROTEINS
from extractors.relations.classifier.features import Name, PairInSentence
from extractors.relations.classifier.label_mapping import corpus_predicates
from extractors.relations.classifier.linear import LinearClassifier

FOLDER = model_file("pairs")
READ_BY: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("drug", "target"): ("drugprot",),
    ("drug", "disease"): ("bc5cdr", "biored"),
    ("target", "disease"): ("biored",),
    ("drug", "effect"): ("bionlp13",),
    ("target", "effect"): ("bionlp13",),
}
"""Types of subject and object -> guidelines. PHEE's is left out: its corpus has only sentences that state an event."""

ARTICLES = "bc5cdr_articles"
"""The document-level classifier (`document_pairs.py`)."""


_MOST_PAIRS = 60
"""A sentence with more pairs only enumerates names and is not read."""


def corpus_type_of(mention: FoundMention) -> str:
    """Return the type that corpora annotate a mention with: an adverse effect is a disease there."""
    return "disease" if mention.is_adverse_effect else mention.entity_type


def without_trailing_space(sentence: Span) -> Span:
    """Return a sentence without the white space tokens at its end."""
    end = sentence.end
    while end > sentence.start and sentence.doc[end - 1].is_space:
        end -= 1
    return sentence.doc[sentence.start : end]


class ReadPair(NamedTuple):
    """Two mentions with the probabilities of their predicates.

    `turn` is the token at which the shortest path between them turns in the dependency tree: their lowest common head.
    """

    subject: FoundMention
    object: FoundMention
    predicates: Mapping[str, tuple[float, str]]
    """Predicate -> its probability, and the guideline whose classifier gives it."""

    turn: int


class PairClassifiers:
    """The classifiers of pairs in a sentence, one for each guideline, and the document-level one."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read the classifiers of `folder`."""
        names = {ARTICLES, *(name for guidelines in READ_BY.values() for name in guidelines)}
        self.classifiers = {name: LinearClassifier.from_disk(folder / f"{name}.npz") for name in sorted(names)}
        self._folder = folder

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the folder alone: another process reads the classifiers itself."""
        return (bundled_pairs, ()) if self._folder == FOLDER else (PairClassifiers, (self._folder,))

    def read(self, sentence: Span, mentions: Sequence[FoundMention]) -> Iterator[ReadPair]:
        """Yield the pairs of a sentence's mentions with their probabilities; none where the text is not parsed."""
        if not sentence.doc.has_annotation("DEP"):
            return
        sentence = without_trailing_space(sentence)
        names = [Name(mention.start, mention.end, corpus_type_of(mention)) for mention in mentions]
        known = [at for at, m in enumerate(mentions) if m.entity_type != "target" or m.subtype in PROTEINS]
        pairs = [
            (one, other)
            for one in known
            for other in known
            if one != other and (names[one].kind, names[other].kind) in READ_BY
        ]
        for one, other in pairs if len(pairs) <= _MOST_PAIRS else ():
            pair = PairInSentence(sentence, names, names[one], names[other])
            predicates = self._predicates(pair, names[one].kind, names[other].kind)
            yield ReadPair(mentions[one], mentions[other], predicates, pair.turn())

    def _predicates(self, pair: PairInSentence, first: str, second: str) -> dict[str, tuple[float, str]]:
        features = pair.features()
        mapped = corpus_predicates()
        found: dict[str, tuple[float, str]] = {}
        for guideline in READ_BY[first, second]:
            classifier = self.classifiers[guideline]
            sums: dict[str, float] = defaultdict(float)
            for label, probability in zip(classifier.labels, classifier.probabilities(features), strict=True):
                if predicate := mapped.get((guideline, label, first, second)):
                    sums[predicate] += float(probability)
            for predicate, probability in sums.items():
                found[predicate] = max(found.get(predicate, (0.0, "")), (probability, guideline))
        return found


@cache
def bundled_pairs() -> PairClassifiers:
    """Return the classifiers that the project ships, read once in a process."""
    return PairClassifiers()
