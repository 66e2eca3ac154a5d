"""A Prefect server for all tests of a process, and a folder of articles for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_articles import write_articles


@pytest.fixture(scope="session")
def prefect_url() -> Iterator[str]:
    """Address of a Prefect server that records what the tests run."""
    from flows.prefect_api import prefect_api

    with prefect_api() as url:
        yield url


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder with three small articles."""
    return write_articles(tmp_path / "raw")
