"""The classifiers that relate a drug and a disease as BC5CDR does: in a sentence, and in a whole article."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Span

from extractors.annotations import FoundMention
from extractors.data import model_file
from extractors.relations.classifier.linear import LinearClassifier

FOLDER = model_file("pairs")
SENTENCES = "bc5cdr"
"""The sentence-level classifier, of which the document-level one sees what it makes of each sentence."""

ARTICLES = "bc5cdr_articles"
"""The document-level classifier (`document_pairs.py`)."""


def corpus_type_of(mention: FoundMention) -> str:
    """Return the type that corpora annotate a mention with: an adverse effect is a disease there."""
    return "disease" if mention.is_adverse_effect else mention.entity_type


def without_trailing_space(sentence: Span) -> Span:
    """Return a sentence without the white space tokens at its end."""
    end = sentence.end
    while end > sentence.start and sentence.doc[end - 1].is_space:
        end -= 1
    return sentence.doc[sentence.start : end]


class PairClassifiers:
    """The two classifiers."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read the classifiers of `folder`."""
        self.classifiers = {name: LinearClassifier.from_disk(folder / f"{name}.npz") for name in (SENTENCES, ARTICLES)}
        self._folder = folder

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the folder alone: another process reads the classifiers itself."""
        return (bundled_pairs, ()) if self._folder == FOLDER else (PairClassifiers, (self._folder,))


@cache
def bundled_pairs() -> PairClassifiers:
    """Return the classifiers that the project ships, read once in a process."""
    return PairClassifiers()
