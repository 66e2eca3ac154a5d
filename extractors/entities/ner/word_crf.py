"""Scores of the tags by words alone, which are added to those of the network.

The weights are those of a linear-chain CRF (Lafferty et al., 2001) over sparse features of the kind that taggers of
gene names have long used: the words around a token, their prefixes, suffixes and shapes, pieces of the word itself, the
names of the dictionary. It is trained separately and makes other errors than the network, so that the sum of both is
better than either. Every feature depends on one word, or on two consecutive ones, so that what a word contributes can
be cached.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

from extractors.entities.ner import crf

Floats = NDArray[np.float32]
Known = tuple[str, str]
"""What the dictionary says of a token (see `dictionary_features.py`)."""

REACH = 2
"""Tokens on either side of a token that its features look at."""

OUTSIDE = 0
"""The tag of a token outside any name, in the order of tags of a head."""

_PIECES = (2, 3, 4)
_REMEMBERED = 1 << 15
_DIGIT = re.compile(r"\d")
_SMALL_LETTER = re.compile(r"[a-z]")
_CAPITAL = re.compile(r"[A-Z]")
_REPEATED = re.compile(r"(.)\1+")
_GREEK = frozenset("alpha beta gamma delta epsilon zeta eta theta kappa lambda mu".split())
_ROMAN = re.compile(r"[IVX]+")
_EDGE = "#"
_PARTED = "\x1f"
_OFFSETS = range(-REACH, REACH + 1)
_PAIR_OFFSETS = (-1, 0)
_SALTS = np.asarray([get_string_id(f"offset {offset}") for offset in _OFFSETS], dtype=np.uint64)
_PAIR_SALTS = np.asarray([get_string_id(f"pair {offset}") for offset in _PAIR_OFFSETS], dtype=np.uint64)
_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


def _folded(word: str) -> str:
    return _DIGIT.sub("0", word.lower())


def word_features(word: str, known: Known) -> list[list[str]]:
    """Return the features that a word contributes to the tokens around it, for each offset from -REACH on.

    An offset is the position of the word relative to the token.
    """
    lower = word.lower()
    shape = _CAPITAL.sub("A", _SMALL_LETTER.sub("a", _DIGIT.sub("0", word)))
    short = _REPEATED.sub(r"\1", shape)
    far = [f"w={_folded(word)}", f"s={short}", f"S={shape}", f"k={known[0]}", f"K={known[1]}"]
    near = far + [part for n in _PIECES for part in (f"p{n}={lower[:n]}", f"x{n}={lower[-n:]}")]
    own = [*near, f"e={word}", f"len={min(len(word), 8)}"]
    own += [f"c={lower[at : at + n]}" for n in _PIECES for at in range(len(lower) - n + 1)]
    own += ["greek"] if lower in _GREEK else []
    own += ["roman"] if _ROMAN.fullmatch(word) else []
    by_distance = (own, near, far)
    return [list(dict.fromkeys(by_distance[abs(offset)])) for offset in _OFFSETS]


def sentence_features(words: Sequence[str], known: Sequence[Known]) -> Iterator[list[str]]:
    """Yield the features of every token of a sentence, as strings that `feature_number` knows.

    Each begins with the offset of what it describes: a word, two consecutive words, or the end of the sentence.
    """
    given = [word_features(word, each) for word, each in zip(words, known, strict=True)]
    folded = [_EDGE, *map(_folded, words), _EDGE]
    for place in range(len(words)):
        found = []
        for offset in _OFFSETS:
            other = place + offset
            parts = given[other][offset + REACH] if 0 <= other < len(words) else [_EDGE]
            found += [f"{offset}{_PARTED}{part}" for part in parts]
        for offset in _PAIR_OFFSETS:
            first = place + offset + 1
            found.append(_PARTED.join((str(offset), folded[first], folded[first + 1])))
        yield found


def feature_number(feature: str) -> int:
    """Return the number by which a feature is stored, a hash of 64 bits."""
    offset, *parts = feature.split(_PARTED)
    if len(parts) == 1:
        return int(_numbers(parts)[0] ^ _SALTS[int(offset) + REACH])
    first, second = _numbers(parts)[:, None]
    return int((_pairs(first, second) ^ _PAIR_SALTS[_PAIR_OFFSETS.index(int(offset))])[0])


def _numbers(parts: Sequence[str]) -> NDArray[np.uint64]:
    return np.asarray([get_string_id(part) for part in parts], dtype=np.uint64)


def _pairs(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return first * _FIRST + second * _SECOND


class _Head(NamedTuple):
    """For every tag of a head the column of its score, and the scores (tags, tags) of tag after tag."""

    columns: NDArray[np.int64]
    transitions: Floats


class LexicalScores:
    """The scores of the tags of some heads of the recogniser, and of tag after tag.

    `numbers` (features) are sorted, `weights` (features, columns) belong to them; `columns` gives for every tag of a
    head the column of its score; `transitions` (tags, tags) of a head. Threads may share it.
    """

    def __init__(
        self,
        numbers: NDArray[np.uint64],
        weights: NDArray[np.float16],
        columns: Mapping[str, NDArray[np.int64]],
        transitions: Mapping[str, Floats],
    ) -> None:
        self._numbers, self._weights = numbers, weights
        self.heads = {head: _Head(columns[head], transitions[head]) for head in sorted(columns)}
        self._lock = Lock()
        self._forget(_REMEMBERED)

    def __reduce__(self) -> tuple[Any, ...]:
        columns = {head: each.columns for head, each in self.heads.items()}
        transitions = {head: each.transitions for head, each in self.heads.items()}
        return LexicalScores, (self._numbers, self._weights, columns, transitions)

    def scores(self, words: Sequence[str], known: Sequence[Known], sentences: Iterable[tuple[int, int]]) -> Floats:
        """Return the scores (tokens, columns) of a text; `sentences` are first token and end of each, in order."""
        lengths = [end - start for start, end in sentences]
        places = np.arange(len(words)) + REACH * (1 + np.repeat(np.arange(len(lengths)), lengths))
        rows = np.zeros(len(words) + REACH * (len(lengths) + 1), dtype=np.int64)  # row 0: there is no word
        with self._lock:
            rows[places] = self._rows(words, known)
            given, folded = self._given[rows], self._folded[rows]
        found = np.array(given[:, REACH])
        for offset in range(1, REACH + 1):
            found[offset:] += given[:-offset, REACH - offset]
            found[:-offset] += given[offset:, REACH + offset]
        pairs = _pairs(folded[:-1], folded[1:])
        for offset, salt in zip(_PAIR_OFFSETS, _PAIR_SALTS, strict=True):
            at, is_known = self._find(pairs ^ salt)
            found[np.flatnonzero(is_known) - offset] += self._weights[at[is_known]]
        return found[places]

    def _forget(self, room: int) -> None:
        """Begin to remember anew, with room for so many words."""
        columns = self._weights.shape[1]
        self._given: Floats = np.empty((room, 2 * REACH + 1, columns), dtype=np.float32)
        self._folded = np.empty(room, dtype=np.uint64)
        self._row_of: dict[tuple[str, Known], int] = {}
        self._given[0] = [self._sum(_numbers([_EDGE]) ^ salt) for salt in _SALTS]
        self._folded[0] = get_string_id(_EDGE)

    def _rows(self, words: Sequence[str], known: Sequence[Known]) -> list[int]:
        """Return where what each word gives is remembered."""
        keys = list(zip(words, known, strict=True))
        new = [key for key in dict.fromkeys(keys) if key not in self._row_of]
        if len(self._row_of) + len(new) >= len(self._folded):
            new = list(dict.fromkeys(keys))
            self._forget(max(_REMEMBERED, len(new) + 1))
        for key in new:
            row = len(self._row_of) + 1
            parts = word_features(*key)
            self._given[row] = [self._sum(_numbers(each) ^ salt) for each, salt in zip(parts, _SALTS, strict=True)]
            self._folded[row] = get_string_id(_folded(key[0]))
            self._row_of[key] = row
        return [self._row_of[key] for key in keys]

    def _find(self, wanted: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        at = np.minimum(np.searchsorted(self._numbers, wanted), len(self._numbers) - 1)
        return at, self._numbers[at] == wanted

    def _sum(self, wanted: NDArray[np.uint64]) -> Floats:
        at, is_known = self._find(wanted)
        found: Floats = self._weights[at[is_known]].astype(np.float32).sum(axis=0)
        return found

    def to_disk(self, path: Path) -> None:
        """Write all into one file (NumPy's .npz)."""
        path.write_bytes(self.to_bytes())

    @classmethod
    def from_disk(cls, path: Path) -> LexicalScores:
        """Read what `to_disk` has written."""
        return cls.from_bytes(path.read_bytes())

    def to_bytes(self) -> bytes:
        """Return the bytes of that file."""
        parts: dict[str, Any] = {f"columns {head}": each.columns for head, each in self.heads.items()}
        parts |= {f"transitions {head}": each.transitions for head, each in self.heads.items()}
        file = io.BytesIO()
        np.savez_compressed(file, numbers=self._numbers, weights=self._weights, **parts)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> LexicalScores:
        """Read what `to_bytes` has returned."""
        with np.load(io.BytesIO(data)) as stored:
            parts = dict(stored.items())
        named = {
            kind: {name.removeprefix(kind): part for name, part in parts.items() if name.startswith(kind)}
            for kind in ("columns ", "transitions ")
        }
        return cls(parts["numbers"], parts["weights"], named["columns "], named["transitions "])


def joined(
    learned: Mapping[str, tuple[Mapping[str, Floats], Floats, Sequence[str]]],
    labels: Mapping[str, Sequence[str]],
    factor: float,
    smallest: float,
) -> LexicalScores:
    """Return the scores of several heads in one object.

    `learned` gives for a head its features with their weights (tags), the weights (tags, tags) of tag after tag, and
    the labels of these tags; `labels` gives all labels of each head. Tags of labels that were not learned score like
    the tag outside. `factor` scales the weights relative to the network's scores; features without a scaled weight
    above `smallest` are left out.
    """
    columns, transitions = {}, {}
    width = 0
    rows: dict[str, Floats] = {}
    total = sum(len(each[1]) for each in learned.values())
    for head, (weights, steps, known) in sorted(learned.items()):
        tags = [OUTSIDE] * crf.tag_count(len(labels[head]))
        for number, label in enumerate(labels[head]):
            if label in known:
                for part in range(crf.TAGS_PER_LABEL):
                    tags[crf.tag(number, part)] = crf.tag(list(known).index(label), part)
        columns[head] = np.asarray(tags, dtype=np.int64) + width
        transitions[head] = np.asarray(steps[np.ix_(tags, tags)] * factor, dtype=np.float32)
        for feature, own in weights.items():
            row = rows.setdefault(feature, np.zeros(total, dtype=np.float32))
            row[width : width + len(own)] = own * factor
        width += len(steps)
    kept = {feature_number(feature): row for feature, row in rows.items() if np.abs(row).max() > smallest}
    numbers = np.asarray(sorted(kept), dtype=np.uint64)
    matrix = np.stack([kept[int(each)] for each in numbers]).astype(np.float16)
    return LexicalScores(numbers, matrix, columns, transitions)
