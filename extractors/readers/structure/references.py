"""Finds reference lists without a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.readers.blocks import Block

_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")
_PLACE_IN_JOURNAL = re.compile(
    r"\b(?:19|20)\d\d\b[^;]{0,12};\s?\d+|\b\d+\s?\((?:19|20)\d\d\)\s?[:,]|\b\d+\s?\(\d+(?:[-–]\d+)?\)\s?[:,]\s?e?\d+|"
    r"\b\d+\s?:\s?e?\d+\s?[-–]\s?e?\d+|\bdoi\b|doi\.org|,\s\d+,\s(?:e?\d+[-–])?e?\d+\.?\Z"
)
_NUMBERED = re.compile(r"\[?\d{1,3}[\].)]\s+\S")
_NAMED = re.compile(r"[A-Z][\w’'-]{1,30}(?: [A-Z][\w’'-]{1,30})?,? (?:[A-Z]\.?[ -]?){1,3}[,.;&]")
_FEWEST = 3


def find_references(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the indices of bibliographic references that come in runs of at least three blocks."""
    found: set[int] = set()
    run: list[int] = []
    for place, block in enumerate(blocks):
        if _is_reference(block):
            run.append(place)
            continue
        if len(run) >= _FEWEST:
            found.update(run)
        run = []
    return frozenset(found.union(run) if len(run) >= _FEWEST else found)


def _is_reference(block: Block) -> bool:
    text = block.text
    if block.form not in ("item", "paragraph") or len(text) > 900:
        return False
    if not (_YEAR.search(text) and _PLACE_IN_JOURNAL.search(text)):
        return False
    return block.form == "item" or bool(_NUMBERED.match(text) or _NAMED.match(text))
