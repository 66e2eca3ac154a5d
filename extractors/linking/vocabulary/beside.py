"""Names under licences of their own, which stand in folders beside the vocabulary and are read with it."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import marisa_trie

from extractors.linking.vocabulary.index import CONCEPTS_FILE, NAMES_FILE, RECORD_FORMAT

BESIDE_FOLDERS = ("share_alike", "open_database")
"""Folders in that of a vocabulary whose names are read beside its own: they are under other licences."""


class Trie(Protocol):
    """What a lookup asks of a trie of names."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return the records of a key."""

    def __getitem__(self, key: str) -> Any:
        """Return the records of a key that is there."""

    def prefixes(self, key: str) -> list[str]:
        """Return the keys with which a key begins."""

    def has_keys_with_prefix(self, prefix: str) -> bool:
        """Whether a key begins with a prefix."""


class Beside:
    """Names under another licence, compiled in a folder of their own, whose rows have numbers of their own too.

    `more` are the rows of concepts that the vocabulary has itself: names and references to add to these.
    """

    def __init__(self, folder: Path, placed: Callable[[Beside], list[int]]) -> None:
        self.folder = folder
        self.numbers: list[int] = []
        self.more: dict[int, bytes] = {}
        self._placed = placed
        self._names = marisa_trie.RecordTrie(RECORD_FORMAT).mmap(str(folder / NAMES_FILE))
        self.prefixes = self._names.prefixes
        self.has_keys_with_prefix = self._names.has_keys_with_prefix

    def place(self, rows: Sequence[bytes], numbers: dict[bytes, int], lines: list[bytes]) -> None:
        """Give each of its rows its number in the vocabulary, behind the `lines` there, which grow by what is new.

        `numbers` are those of the concepts that the vocabulary has already.
        """
        for line in rows:
            curie = line.split(b"\t", 1)[0]
            number = numbers.get(curie)
            if number is None:
                number = numbers[curie] = len(lines)
                lines.append(line)
            else:
                self.more[number] = line
            self.numbers.append(number)

    def get(self, key: str, default: Any = None) -> Any:
        """Return the records of a key, with the numbers of the vocabulary."""
        records = self._names.get(key)
        if records is None:
            return default
        numbers = self._placed(self)
        return [(numbers[row], *rest) for row, *rest in records]

    def __getitem__(self, key: str) -> Any:
        return self.get(key)


def concept_rows(folder: Path) -> list[bytes]:
    """Return the rows of the table of concepts in a folder, without its header."""
    return gzip.decompress((folder / CONCEPTS_FILE).read_bytes()).split(b"\n")[1:]
