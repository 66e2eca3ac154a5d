"""Where the files lie that come with the package: a folder for each room that reads them, and the trained models.

`data_file` and `model_file` are the one way to a file. The version that stamps every row follows their calls, so the
name of a file stands in the call as a plain string.
"""

from __future__ import annotations

from pathlib import Path

_DATA = Path(__file__).parent
_MODELS = _DATA.parent / "models"


def data_file(name: str) -> Path:
    """Return where a data file or folder lies, given below `extractors/data`.

    >>> data_file("relations/relation_rules.jsonl").is_file()
    True
    """
    return _DATA / name


def model_file(name: str) -> Path:
    """Return where a trained model or folder of models lies, given below `extractors/models`."""
    return _MODELS / name
