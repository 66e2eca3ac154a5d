"""Turns the trees of CRAFT into Docs for training the tagger and the parser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extractors.development.corpora.conllu import ParsedSentence
from extractors.development.training.sources import craft_trees

_SENTENCES = 8


def craft_docs(nlp: Language, corpora: Path, split: str) -> Iterator[Doc]:
    """Yield the articles of CRAFT of a split, a few sentences at a time."""
    for run in _runs(craft_trees(corpora, split)):
        yield tree(nlp, run)


def _runs(sentences: Iterable[ParsedSentence]) -> Iterator[list[ParsedSentence]]:
    """Yield groups of a few sentences, each group from a single article."""
    for _, of_article in groupby(sentences, key=lambda sentence: sentence.document_id):
        article = list(of_article)
        for first in range(0, len(article), _SENTENCES):
            yield article[first : first + _SENTENCES]


def tree(nlp: Language, sentences: Iterable[ParsedSentence]) -> Doc:
    """Return the sentences as one Doc, with the root label of spaCy."""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    heads: list[int] = []
    labels: list[str] = []
    for sentence in sentences:
        heads += [len(words) + head for head in sentence.heads]
        words += sentence.words
        spaces += [*sentence.spaces[:-1], True]
        tags += sentence.tags
        labels += ["ROOT" if label == "root" else label for label in sentence.labels]
    return Doc(nlp.vocab, words=words, spaces=spaces, tags=tags, heads=heads, deps=labels)
