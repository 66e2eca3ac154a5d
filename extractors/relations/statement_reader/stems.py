"""Numbers that stand for words and for their stems: the first six letters, every digit as 0."""

from __future__ import annotations

import zlib
from functools import lru_cache

_LENGTH = 6
_FIRST = 100
"""Smaller numbers stand for what is no word."""


@lru_cache(maxsize=1 << 16)
def number_of(word: str) -> int:
    """Return the number of a word."""
    return zlib.crc32(word.encode()) + _FIRST


@lru_cache(maxsize=1 << 16)
def stem_number(word: str) -> int:
    """Return the number of a word's stem.

    >>> stem_number("inhibits") == stem_number("inhibition"), stem_number("il6") == stem_number("il7")
    (True, True)
    """
    return number_of("".join("0" if char.isdigit() else char for char in word[:_LENGTH]))
