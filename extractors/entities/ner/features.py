"""The features of a token that the recogniser sees, and the layer that embeds them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ORTH
from spacy.ml.staticvectors import StaticVectors
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate, list2ragged, ragged2list, with_array

import extractors.annotations  # noqa: F401  registers doc._.dictionary
from extractors.entities.ner.remembered import remembering

_DIGITS = re.compile(r"\d+")
_SHAPES = ((re.compile(r"[A-Z]"), "X"), (re.compile(r"[a-z]"), "x"), (re.compile(r"\d"), "d"))
WORD_FEATURES = ("lower", "prefix", "suffix", "long_suffix", "shape")


@lru_cache(maxsize=1 << 16)
def word_features(word: str) -> tuple[int, ...]:
    """Return the hashes of a word's WORD_FEATURES; its lower-case form has 0 for every run of digits."""
    lower = word.lower()
    shape = word[:12]
    for pattern, sign in _SHAPES:
        shape = pattern.sub(sign, shape)
    parts = (_DIGITS.sub("0", lower), "<" + lower[:3], lower[-3:] + ">", lower[-5:] + ">>", shape)
    return tuple(get_string_id(part) for part in parts)


@registry.layers("peyer.TokenFeatures.v1")
def TokenFeatures() -> Model[list[Doc], list[Any]]:
    """Return the hashes (tokens, features): those of the word, then the two strings of `doc._.dictionary`."""
    return Model("token_features", _forward)


def _forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[NDArray[np.uint64]], Any]:
    arrays = []
    for doc in docs:
        known = doc._.dictionary or [("", "")] * len(doc)
        rows = [
            (*word_features(token.text), get_string_id(first), get_string_id(second))
            for token, (first, second) in zip(doc, known, strict=True)
        ]
        arrays.append(np.asarray(rows, dtype=np.uint64).reshape(len(rows), len(WORD_FEATURES) + 2))
    return arrays, lambda d: []


@registry.architectures("peyer.TokenEmbed.v2")  # type: ignore[untyped-decorator]
def TokenEmbed(
    width: int, table_width: int, rows: list[int], include_static_vectors: bool
) -> Model[list[Doc], list[Any]]:
    """Return the layer that embeds every token in `width` numbers.

    `rows` are the sizes of the features' tables, which have `table_width` numbers in a row.
    """
    tables: list[Model[Any, Any]] = [
        HashEmbed(table_width, size, column=column, seed=column + 7) for column, size in enumerate(rows)
    ]
    hashed: Model[Any, Any] = chain(TokenFeatures(), list2ragged(), with_array(concatenate(*tables)))
    columns = len(tables) + int(include_static_vectors)
    mix: Model[Any, Any] = with_array(Maxout(width, table_width * columns, nP=3, normalize=True))
    embedded: Model[Any, Any] = concatenate(hashed, StaticVectors(table_width)) if include_static_vectors else hashed
    return remembering(chain(embedded, mix, ragged2list()), _keys, _text)


def _keys(doc: Doc) -> list[tuple[int, str, str]]:
    known = doc._.dictionary or [("", "")] * len(doc)
    return [(word, *both) for word, both in zip(doc.to_array(ORTH).tolist(), known, strict=True)]


def _text(vocab: Vocab, keys: Sequence[tuple[int, str, str]]) -> Doc:
    doc = Doc(vocab, words=[vocab.strings[word] for word, *_ in keys])
    doc._.dictionary = [(first, second) for _, first, second in keys]
    return doc
