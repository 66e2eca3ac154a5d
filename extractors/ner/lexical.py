"""What words alone say of names, beside the network: linear scores of the tags by a token and its neighbours.

The weights are those of a linear-chain CRF (Lafferty et al., 2001) over sparse features of the kind that taggers of
gene names have long used: the words around, their prefixes, suffixes and shapes, pieces of the word itself, what the
dictionary knows. It is trained by itself and errs elsewhere than the network: the sum of both is better than either.
Every feature depends on one word, or on two that follow each other, so that what a word gives is remembered.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

from extractors.ner import crf

Floats = NDArray[np.float32]
Known = tuple[str, str]
"""What the dictionary says of a token (see `dictionary`)."""

REACH = 2
"""How many tokens on either side of a token its features look at."""

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


def _folded(word: str) -> str:
    return _DIGIT.sub("0", word.lower())


def word_features(word: str, known: Known, offset: int) -> list[str]:
    """Return the features that a word gives the token from which it stands `offset` tokens to the right."""
    lower = word.lower()
    shape = _CAPITAL.sub("A", _SMALL_LETTER.sub("a", _DIGIT.sub("0", word)))
    short = _REPEATED.sub(r"\1", shape)
    found = [f"w={_folded(word)}", f"s={short}", f"S={shape}", f"k={known[0]}", f"K={known[1]}"]
    if abs(offset) < REACH:
        found += [part for n in _PIECES for part in (f"p{n}={lower[:n]}", f"x{n}={lower[-n:]}")]
    if offset == 0:
        found += [f"e={word}", f"len={min(len(word), 8)}"]
        found += [f"c={lower[at : at + n]}" for n in _PIECES for at in range(len(lower) - n + 1)]
        found += ["greek"] if lower in _GREEK else []
        found += ["roman"] if _ROMAN.fullmatch(word) else []
    return [f"{offset}|{feature}" for feature in dict.fromkeys(found)]


def pair_feature(first: str, second: str, offset: int) -> str:
    """Return the feature of two words in a row, the first of which stands `offset` tokens to the right."""
    return f"{offset}||{first}|{second}"


def edge_feature(offset: int) -> str:
    """Return the feature of a token that has no neighbour in its sentence `offset` tokens to the right."""
    return f"{offset}{_EDGE}"


def sentence_features(words: Sequence[str], known: Sequence[Known]) -> Iterator[list[str]]:
    """Yield the features of every token of a sentence."""
    folded = [_EDGE, *map(_folded, words), _EDGE]
    for place in range(len(words)):
        found = []
        for offset in range(-REACH, REACH + 1):
            other = place + offset
            if 0 <= other < len(words):
                found += word_features(words[other], known[other], offset)
            else:
                found.append(edge_feature(offset))
        found += [pair_feature(folded[place + o + 1], folded[place + o + 2], o) for o in (-1, 0)]
        yield found


class _Head(NamedTuple):
    """Where a head's scores lie among the columns of all, and those of its own tags that each belongs to."""

    columns: NDArray[np.int64]
    transitions: Floats


class LexicalScores:
    """The scores of the tags of some heads of the recogniser, and of tag after tag.

    `hashes` (features) are sorted, `weights` (features, columns) belong to them; `columns` gives for every tag of a
    head the column of its score; `transitions` (tags, tags) of a head.
    """

    def __init__(
        self,
        hashes: NDArray[np.uint64],
        weights: NDArray[np.float16],
        columns: Mapping[str, NDArray[np.int64]],
        transitions: Mapping[str, Floats],
    ) -> None:
        self._hashes, self._weights = hashes, weights
        self.heads = {head: _Head(columns[head], transitions[head]) for head in sorted(columns)}
        self._of_word = lru_cache(_REMEMBERED)(self._score_word)
        self._of_pair = lru_cache(_REMEMBERED)(self._score_pair)
        self._edges = np.stack([self._sum([edge_feature(offset)]) for offset in range(-REACH, REACH + 1)])

    def __reduce__(self) -> tuple[Any, ...]:
        columns = {head: each.columns for head, each in self.heads.items()}
        transitions = {head: each.transitions for head, each in self.heads.items()}
        return LexicalScores, (self._hashes, self._weights, columns, transitions)

    def scores(self, words: Sequence[str], known: Sequence[Known]) -> Floats:
        """Return the scores (tokens, columns) of a sentence."""
        of_words = np.stack([self._of_word(word, each) for word, each in zip(words, known, strict=True)])
        found = np.array(of_words[:, REACH])
        count = len(words)
        for offset in range(1, REACH + 1):
            if offset < count:
                found[offset:] += of_words[:-offset, REACH - offset]
                found[:-offset] += of_words[offset:, REACH + offset]
            found[:offset] += self._edges[REACH - offset]
            found[-offset:] += self._edges[REACH + offset]
        folded = [_EDGE, *map(_folded, words), _EDGE]
        of_pairs = np.stack([self._of_pair(*pair) for pair in pairwise(folded)])
        found += of_pairs[:-1, 0]
        found += of_pairs[1:, 1]
        return found

    def _score_word(self, word: str, known: Known) -> Floats:
        return np.stack([self._sum(word_features(word, known, offset)) for offset in range(-REACH, REACH + 1)])

    def _score_pair(self, first: str, second: str) -> Floats:
        return np.stack([self._sum([pair_feature(first, second, offset)]) for offset in (-1, 0)])

    def _sum(self, features: Sequence[str]) -> Floats:
        wanted = np.asarray([get_string_id(feature) for feature in features], dtype=np.uint64)
        places = np.minimum(np.searchsorted(self._hashes, wanted), len(self._hashes) - 1)
        found: Floats = self._weights[places[self._hashes[places] == wanted]].astype(np.float32).sum(axis=0)
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
        np.savez_compressed(file, hashes=self._hashes, weights=self._weights, **parts)
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
        return cls(parts["hashes"], parts["weights"], named["columns "], named["transitions "])


def joined(
    learned: Mapping[str, tuple[Mapping[str, Floats], Floats, Sequence[str]]],
    labels: Mapping[str, Sequence[str]],
    factor: float,
    smallest: float,
) -> LexicalScores:
    """Return the scores of several heads as one.

    `learned` gives for a head its features with their weights (tags), the weights (tags, tags) of tag after tag, and
    the labels whose tags these are; `labels` all labels of the heads. The tags of other labels score as outside.
    `factor` is what counts of the weights beside the network's scores; features none of whose weights then is above
    `smallest` are left out.
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
    kept = {get_string_id(feature): row for feature, row in rows.items() if np.abs(row).max() > smallest}
    hashes = np.asarray(sorted(kept), dtype=np.uint64)
    matrix = np.stack([kept[int(each)] for each in hashes]).astype(np.float16)
    return LexicalScores(hashes, matrix, columns, transitions)
