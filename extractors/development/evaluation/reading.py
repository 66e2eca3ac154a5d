"""Reads texts as a user's are read, from raw text to records, and keeps the records for other measures."""

from __future__ import annotations

import gzip
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from extractors.extract import extract
from extractors.readers.verbatim import verbatim_article
from extractors.records import Article, Extraction, Failure, Mention, Relation, stable_id
from extractors.version import extractor_version


@dataclass(frozen=True, slots=True)
class ReadMention:
    """A mention, the preferred name of its concept ("" if it has none) and all identifiers of that concept."""

    record: Mention
    name: str = ""
    curies: frozenset[str] = frozenset()

    @property
    def start(self) -> int:
        return self.record.start_char

    @property
    def end(self) -> int:
        return self.record.end_char

    @property
    def names(self) -> tuple[str, str]:
        """What it may be called: its text, and the name of its concept."""
        return self.record.text, self.name

    @property
    def kind(self) -> str:
        """Its type, of a target and an adverse effect with the subtype that tells what it is."""
        subtype = self.record.subtype
        is_telling = subtype is not None and (self.record.entity_type, subtype) not in _PLAIN
        return f"{self.record.entity_type} ({subtype})" if is_telling else self.record.entity_type


_PLAIN = frozenset({("disease", "disease"), ("target", "protein"), ("drug", "small_molecule"), ("drug", "biologic")})


@dataclass(frozen=True, slots=True)
class ReadText:
    """What was found in a text; nothing if the extraction failed, and `failure` says why. Sentences are offsets."""

    text: str
    mentions: tuple[ReadMention, ...] = ()
    relations: tuple[Relation, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    failure: str = ""


Texts = Mapping[str, str]
"""Document -> its text."""

Read = Callable[[Texts], Mapping[str, ReadText]]
"""What reads texts: document -> what was found in it, in the order of the texts."""


def read_texts(texts: Texts, cache: Path | None = None) -> dict[str, ReadText]:
    """Read each text as an article of its own.

    With `cache` the records are kept in that folder, in one of its own for each version of the extractor, and what is
    there is not read again.
    """
    articles = [
        verbatim_article(text, article_id=name, source_uri=f"string:{name}", source_format="string")
        for name, text in texts.items()
    ]
    outcomes = extract(articles) if cache is None else _kept(articles, cache / extractor_version())
    return {name: _read_text(text, found) for (name, text), found in zip(texts.items(), outcomes, strict=True)}


def _kept(articles: Iterable[Article], folder: Path) -> Iterator[Extraction | Failure]:
    folder.mkdir(parents=True, exist_ok=True)
    for article in articles:
        path = folder / f"{stable_id(article.article_id, article.text)}.pickle.gz"
        if not path.is_file():
            [outcome] = extract([article])
            unfinished = path.with_suffix(f".{os.getpid()}")
            unfinished.write_bytes(gzip.compress(pickle.dumps(outcome), 1))
            unfinished.replace(path)
        kept: Extraction | Failure = pickle.loads(gzip.decompress(path.read_bytes()))
        yield kept


def _read_text(text: str, outcome: Extraction | Failure) -> ReadText:
    if isinstance(outcome, Failure):
        return ReadText(text, sentences=((0, len(text)),), failure=outcome.message)
    known = {concept.concept_id: concept for concept in outcome.concepts}
    mentions = []
    for mention in outcome.mentions:
        if mention.concept_id is None:
            mentions.append(ReadMention(mention))
        else:
            concept = known[mention.concept_id]
            mentions.append(ReadMention(mention, concept.name, frozenset((concept.concept_id, *concept.xrefs))))
    sentences = tuple((sentence.start_char, sentence.end_char) for sentence in outcome.sentences)
    return ReadText(text, tuple(mentions), tuple(outcome.relations), sentences)
