"""The version that stamps every row."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_CODE = Path(__file__).parent
_SHAPE_ROWS = (
    "*.py",
    "readers/*.py",
    "vocabulary/keys.py",
    "vocabulary/lookup.py",
    "data/*.tsv",
    "data/*.json*",
    "data/vocabulary/VERSION",
)
_SHAPE_NONE = frozenset({"evaluation.py"})


@cache
def extractor_version() -> str:
    """Return the hash of everything that shapes a row: code, rules, word lists, vocabulary, spaCy. It loads none."""
    digest = hashlib.sha256(f"spacy {version('spacy')}, scispacy {version('scispacy')}".encode())
    files = {path for pattern in _SHAPE_ROWS for path in _CODE.glob(pattern) if path.name not in _SHAPE_NONE}
    for path in sorted(files):
        digest.update(path.relative_to(_CODE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
