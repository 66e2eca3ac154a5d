"""Warehouses that hold articles made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from hand_made import VERSIONS, make_extraction, publish_run

from extractors.records import Extraction
from warehouse.connection import connect_read_only, create_file, open_file
from warehouse.load import load_batch
from warehouse.runs import begin_run
from warehouse.schema import migrate


@pytest.fixture
def con(tmp_path: Path) -> Iterator[DuckDBPyConnection]:
    """An empty warehouse, open for writing."""
    create_file(tmp_path / "empty.duckdb")
    with open_file(tmp_path / "empty.duckdb") as con:
        migrate(con)
        yield con


@pytest.fixture
def run_id(con: DuckDBPyConnection) -> str:
    """A run that has begun in `con`."""
    return begin_run(con, VERSIONS)


@pytest.fixture
def load(con: DuckDBPyConnection, run_id: str) -> Callable[..., None]:
    """Load extractions into `con`."""

    def load_all(*extractions: Extraction) -> None:
        load_batch(con, run_id, extractions)

    return load_all


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A published warehouse with one article."""
    path = tmp_path / "w.duckdb"
    publish_run(path, make_extraction())
    return path


@pytest.fixture
def reader(published: Path) -> Iterator[DuckDBPyConnection]:
    """The published warehouse, opened as analysts do."""
    with connect_read_only(published) as con:
        yield con
