"""Warehouses that hold articles made by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from hand_made_extractions import VERSIONS, make_extraction, publish_run

from extractors.records import Extraction
from warehouse.connection import connect_read_only, create_file, open_file
from warehouse.load import load_batch
from warehouse.runs import begin_run
from warehouse.schema import migrate


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse without rows, to be copied: making one takes a hundred times as long."""
    path = tmp_path_factory.mktemp("empty") / "w.duckdb"
    create_file(path)
    with open_file(path) as con:
        migrate(con)
    return path


@pytest.fixture(scope="session")
def published_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published warehouse with one article, to be copied."""
    path = tmp_path_factory.mktemp("published") / "w.duckdb"
    publish_run(path, make_extraction())
    return path


@pytest.fixture
def con(empty_file: Path, tmp_path: Path) -> Iterator[DuckDBPyConnection]:
    """An empty warehouse, open for writing."""
    with open_file(shutil.copyfile(empty_file, tmp_path / "empty.duckdb")) as con:
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
def published(published_file: Path, tmp_path: Path) -> Path:
    """A published warehouse with one article."""
    return shutil.copyfile(published_file, tmp_path / "w.duckdb")


@pytest.fixture
def reader(published: Path) -> Iterator[DuckDBPyConnection]:
    """The published warehouse, opened as analysts do."""
    with connect_read_only(published) as con:
        yield con
