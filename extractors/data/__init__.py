"""Paths of the files that are shipped with the package: a folder for each room that reads them, and the trained models.

Every path comes from `data_file` or `model_file`. The version that stamps the rows is computed from the calls of these
functions in the source, so their argument must be a string literal.
"""

from __future__ import annotations

from pathlib import Path

_DATA = Path(__file__).parent
_MODELS = _DATA.parent / "models"


def data_file(name: str) -> Path:
    """Return the path of a data file or folder, given relative to `extractors/data`.

    >>> data_file("relations/relation_rules.jsonl").is_file()
    True
    """
    return _DATA / name


def model_file(name: str) -> Path:
    """Return the path of a trained model or folder of models, given relative to `extractors/models`."""
    return _MODELS / name
