"""Keeps texts that are scored on out of the training data, as the corpora annotate each other's texts.

Two texts overlap if they have the same PubMed id or a sentence in common. Sentences are compared by their folded
letters and digits only, so that tokens, blanks, hyphens, Greek letters and case may differ. Sentences of fewer than 40
such characters ("All patients gave informed consent") count only if they are a whole text, and stock sentences of
articles ("All authors read and approved the final manuscript") never. Sentences are split by one regular expression for
all corpora. It need not be correct, but it must split a tokenised text ("0 . 05", "e . g .") where it splits the
original.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from extractors.development.corpora.annotated import AnnotatedText, CorpusError
from extractors.development.corpora.related import RelatedText
from extractors.development.training.sources import SOURCES, Source
from extractors.language.normalisation import words

TRAINED_SPLITS = ("train", "dev")
SHORTEST_SENTENCE = 40
SHORTEST_TEXT = 15
_SENTENCE_END = re.compile(
    r"""(?<!\d)(?<!\d\s)(?<![\s.(][A-Za-z])(?<![\s.(][A-Za-z]\s)[.?!][\s)\]"']*\s(?![\s,;:)\]])"""
    r"""|[.?!][\s)\]"']*\s(?=[A-Z(\["'])|(?<=[A-Z]{4})\s*:\s|\n"""
)
"""After a digit or a single letter ("0 . 05", "E. coli") only before a capital; also after a label ("METHODS: ")."""
_STOCK_PHRASE = re.compile(
    r"competing interests|conflicts? of interest|approved the final|pre-publication history|special issue|copyright|©",
    re.IGNORECASE,
)
"""Stock sentences of articles, which do not make two texts overlap."""


@lru_cache(maxsize=256)
def sentence_keys(text: str) -> frozenset[str]:
    """Return the keys that `text` is compared by: that of the whole, and those of its long enough sentences."""
    sentences = [_key(part) for part in _SENTENCE_END.split(text) if not _STOCK_PHRASE.search(part)]
    whole = "".join(sentences)
    keys = {key for key in sentences if len(key) >= SHORTEST_SENTENCE}
    return frozenset(keys | {whole} if len(whole) >= SHORTEST_TEXT else keys)


def _key(text: str) -> str:
    return "".join(word.folded for word in words(text))


class ScoredTexts:
    """The texts that are scored on, by PubMed id and by sentence."""

    def __init__(self) -> None:
        self._sources: dict[str, set[str]] = defaultdict(set)

    def add(self, source: str, text: AnnotatedText) -> None:
        """Add a text that `source` is scored on."""
        for key in _keys(text.document_id, text.text):
            self._sources[key].add(source)

    def sources(self, document_id: str, text: str) -> frozenset[str]:
        """Return the sources that are scored on this text or on a part of it."""
        return frozenset(name for key in _keys(document_id, text) for name in self._sources.get(key, ()))


def _keys(document_id: str, text: str) -> Iterator[str]:
    if document_id:
        yield document_id
    yield from sentence_keys(text)


@dataclass(slots=True)
class OverlapReport:
    """How many texts of each (source, split) were kept and removed, and because of which scored source."""

    kept: Counter[tuple[str, str]] = field(default_factory=Counter)
    removed: Counter[tuple[str, str]] = field(default_factory=Counter)
    removed_for: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def table(self) -> str:
        """Return a table with a line for each source and split; a text may be removed because of several sources."""
        lines = ["| source | split | kept | removed | for |", "| --- | --- | ---: | ---: | --- |"]
        for source, split in sorted(self.kept.keys() | self.removed.keys()):
            reasons = {name: count for (*at, name), count in self.removed_for.items() if at == [source, split]}
            said = ", ".join(f"{name} {count}" for name, count in sorted(reasons.items(), key=lambda item: -item[1]))
            lines.append(
                f"| {source} | {split} | {self.kept[source, split]} | {self.removed[source, split]} | {said or '-'} |"
            )
        return "\n".join(lines)


def scored_index(corpora: Path, sources: Iterable[Source] = SOURCES) -> ScoredTexts:
    """Return the texts that any of `sources` is scored on. Raises CorpusError if a file is missing."""
    index = ScoredTexts()
    for source in sources:
        for text in source.texts(corpora, "scored"):
            index.add(source.name, text)
    return index


def training_texts(
    corpora: Path, report: OverlapReport | None = None, sources: Iterable[Source] = SOURCES
) -> Iterator[tuple[str, str, AnnotatedText]]:
    """Yield source, split ("train" or "dev") and text of all texts that may be trained on and overlap nothing scored.

    `corpora` holds a folder for each corpus. `report` is filled while the texts are yielded. Raises CorpusError if a
    file is missing, including those that are scored on.
    """
    report = report or OverlapReport()
    sources = tuple(sources)
    index = scored_index(corpora, sources)
    for source in sources:
        if not source.may_be_shipped:
            continue
        for split in TRAINED_SPLITS:
            for text in source.texts(corpora, split):
                overlapping = index.sources(text.document_id, text.text)
                if overlapping:
                    report.removed[source.name, split] += 1
                    report.removed_for.update((source.name, split, name) for name in overlapping)
                else:
                    report.kept[source.name, split] += 1
                    yield source.name, split, text


def training_relations(
    corpora: Path, name: str, sources: Iterable[Source] = SOURCES, *, scored: str = "scored"
) -> Iterator[tuple[str, RelatedText]]:
    """Yield split and text, with its relations, of the texts of the source `name` that may be trained on.

    Like `training_texts`, this leaves out texts that overlap anything scored of any of `sources`. `scored` is the split
    whose relations are scored, if it is not the one whose mentions are. Raises CorpusError if a file is missing, if
    there is no such source, and for a source without relations.
    """
    sources = tuple(sources)
    wanted = [source for source in sources if source.name == name]
    if not wanted:
        raise CorpusError(f"no source {name!r}; expected one of {', '.join(source.name for source in sources)}")
    index = scored_index(corpora, sources)
    for source in wanted:
        if not source.may_be_shipped:
            continue
        for split in TRAINED_SPLITS:
            for related in source.related_texts(corpora, split) if split != scored else ():
                if not index.sources(related.text.document_id, related.text.text):
                    yield split, related
