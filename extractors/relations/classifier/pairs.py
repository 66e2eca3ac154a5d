"""What the classifiers say of the mentions of a sentence, in our predicates.

A pair of mentions is read by the guidelines that relate its types. The probabilities of all labels that mean one
predicate are added. What of it becomes a statement, and what the rules have to say, `relations.py` decides.
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
"""Types of subject and object -> guidelines. PHEE's is none of them: its corpus has only sentences with an event."""

ARTICLES = "bc5cdr_articles"
"""The classifier of what an article as a whole relates (`articles.py`)."""

_MOLECULES = frozenset({"protein", "protein_family"})
"""Subtypes of targets that the corpora relate: they have no cells, pathways or microbes."""

_MOST_PAIRS = 60
"""In a sentence with more pairs, which lists names, nothing is read."""


def kind_of(mention: FoundMention) -> str:
    """Return what the corpora take a mention for: an adverse effect is a disease to them."""
    is_harm = (mention.entity_type, mention.subtype) == ("effect", "adverse_effect")
    return "disease" if is_harm else mention.entity_type


def without_blanks_behind(sentence: Span) -> Span:
    """Return a sentence without the blank lines behind it, which are no part of it."""
    end = sentence.end
    while end > sentence.start and sentence.doc[end - 1].is_space:
        end -= 1
    return sentence.doc[sentence.start : end]


class ReadPair(NamedTuple):
    """What is probable of two mentions; `turn` is the token where the way between them turns in the tree."""

    subject: FoundMention
    object: FoundMention
    predicates: Mapping[str, tuple[float, str]]
    """Predicate -> its probability, and the guideline that gives it."""

    turn: int


class PairClassifiers:
    """The bundled classifiers: of pairs in a sentence one for each guideline, and that of articles."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read the classifiers of `folder`."""
        names = {ARTICLES, *(name for guidelines in READ_BY.values() for name in guidelines)}
        self.classifiers = {name: LinearClassifier.from_disk(folder / f"{name}.npz") for name in sorted(names)}
        self._folder = folder

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle where the classifiers lie: another process reads them itself."""
        return (bundled_pairs, ()) if self._folder == FOLDER else (PairClassifiers, (self._folder,))

    def read(self, sentence: Span, mentions: Sequence[FoundMention]) -> Iterator[ReadPair]:
        """Yield what is probable of each pair of a sentence's mentions; nothing where the text is not parsed."""
        if not sentence.doc.has_annotation("DEP"):
            return
        sentence = without_blanks_behind(sentence)
        names = [Name(mention.start, mention.end, kind_of(mention)) for mention in mentions]
        known = [at for at, m in enumerate(mentions) if m.entity_type != "target" or m.subtype in _MOLECULES]
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
