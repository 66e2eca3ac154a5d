"""A folder of articles for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_articles import write_articles


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder with three small articles."""
    return write_articles(tmp_path / "raw")
