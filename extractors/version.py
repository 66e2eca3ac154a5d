"""The version that stamps every row."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from extractors.options import DEFAULTS, ExtractorOptions

_CODE = Path(__file__).parent
_SHAPE_ROWS = (
    "*.py",
    "readers/*.py",
    "vocabulary/*.py",
    "data/*.tsv",
    "data/*.json*",
    "data/vocabulary/VERSION",
    "data/vocabulary/sources.tsv",
    "ner/*.py",
    "models/peyer_en/**/*",
    "classifier/*.py",
    "models/pairs/*.npz",
    "models/pairs/*.json",
)
_SHAPE_NONE = frozenset({"compile.py", "examples.py"})


def extractor_version(options: ExtractorOptions = DEFAULTS) -> str:
    """Return the hash of everything that shapes a row; it loads none of it.

    That is: code, rules, word lists, vocabulary, spaCy, and what the user chose. Raises OSError where the user's
    vocabulary cannot be read.
    """
    if options == DEFAULTS:
        return _bundled_version()
    models = ", ".join(_model_version(name) for name in options.models)
    digest = hashlib.sha256(f"{_bundled_version()} linker {options.linker} models {models}".encode())
    if options.vocabulary is not None:
        digest.update(options.vocabulary.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _bundled_version() -> str:
    digest = hashlib.sha256(f"spacy {version('spacy')}, scispacy {version('scispacy')}".encode())
    files = {
        path
        for pattern in _SHAPE_ROWS
        for path in _CODE.glob(pattern)
        if path.is_file() and path.name not in _SHAPE_NONE
    }
    for path in sorted(files):
        digest.update(path.relative_to(_CODE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _model_version(name: str) -> str:
    """Return name and version of an installed model; of one in a folder the hash of its files, wherever it lies."""
    folder = Path(name)
    if not folder.is_dir():
        return f"{name} {version(name)}"
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
