"""Connections to a warehouse file, and the transaction that wraps every write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

STORAGE_VERSION = "v1.2.0"
"""Format of the file: DuckDB 1.2 and every later version read it."""

_NO_EXTENSIONS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}


class WarehouseError(Exception):
    """The warehouse cannot be used; the message says why and what to do."""


class NoWarehouse(WarehouseError):
    """There is no warehouse file at the path."""


def connect_read_only(path: Path, *, export_dir: Path | None = None) -> DuckDBPyConnection:
    """Open the published file so that no statement can change it, touch another file or load an extension.

    Statements can create temporary tables and use a scratch database `memory`; both are gone when the connection
    closes. Even with external access off, DuckDB lets a statement attach the path of an attached file again, for
    writing, so the file system is disabled altogether. A query is limited to main memory and cannot spill to disk.

    `export_dir` is for `export_views`: the one folder that its statements may write to. That requires the file system,
    so never run a user's statements on such a connection.

    The connection shows the file as it was when opened, even if it is published again meanwhile; a connection that is
    opened later shows the later state, also in the same process.

    Raises NoWarehouse if there is no file, and WarehouseError if it is not a warehouse, was written by a newer DuckDB,
    or is open for writing in another program.
    """
    if not path.exists():
        raise NoWarehouse(f"there is no warehouse at {path}; make one with `peyer run --warehouse {path}`")
    # Attached, not opened: connections that open a path directly share one state within a process.
    con = duckdb.connect(config=_NO_EXTENSIONS if export_dir else _NO_EXTENSIONS | {"temp_directory": ""})
    try:
        with _explained(path):
            con.execute(f"attach {_quoted(path)} as warehouse (read_only)")
        con.execute("use warehouse")
        if export_dir is not None:
            con.execute("set allowed_directories = $1", [[str(export_dir.resolve())]])
        con.execute("set enable_external_access = false")
        if export_dir is None:  # only now: switching external access off resolves the paths of attached files
            con.execute("set disabled_filesystems = 'LocalFileSystem'")
        con.execute("set lock_configuration = true")
        _require_warehouse(con, path)
    except BaseException:
        con.close()
        raise
    return con


def open_file(path: Path) -> DuckDBPyConnection:
    """Open a DuckDB file for writing, without extensions. Raises WarehouseError if it cannot be opened."""
    with _explained(path):
        return duckdb.connect(str(path), config=_NO_EXTENSIONS)


def create_file(path: Path) -> None:
    """Create an empty DuckDB file in the format `STORAGE_VERSION`; `path` must not exist."""
    with duckdb.connect(config=_NO_EXTENSIONS) as con:
        con.execute(f"attach {_quoted(path)} as created (storage_version '{STORAGE_VERSION}')")


@contextmanager
def transaction(con: DuckDBPyConnection) -> Iterator[None]:
    """Run the block in a transaction: commit at its end, roll back if it raises."""
    con.begin()
    try:
        yield
    except BaseException:
        con.rollback()
        raise
    con.commit()


def _require_warehouse(con: DuckDBPyConnection, path: Path) -> None:
    tables = {name for (name,) in con.execute("show tables").fetchall()}
    if "publication" not in tables:
        raise WarehouseError(
            f"{path} is a DuckDB file but no warehouse of peyer; name another with --warehouse, "
            "or make one there with `peyer run` after moving this file away"
        )


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Replace DuckDB's error about a file that it cannot open with one that says what to do."""
    try:
        yield
    except duckdb.Error as error:
        raise WarehouseError(f"{path} cannot be opened: {_reason(str(error))}") from error


def _quoted(path: Path) -> str:
    """Return the path as a string literal, as statements that name files do not take parameters."""
    return "'" + str(path).replace("'", "''") + "'"


def _reason(message: str) -> str:
    first_line = message.splitlines()[0]
    if "not a valid DuckDB database" in message:
        return "it is not a DuckDB file; name the warehouse with --warehouse, or move this file away"
    if "storage version" in message:
        return f"it was written by a newer DuckDB; update duckdb ({first_line})"
    if "Could not set lock" in message:
        return f"another program has it open for writing; close that first ({first_line})"
    if "WAL file" in message:
        return f"the .wal beside it is not its own; move that away and try again ({first_line})"
    if "Corrupt database" in message:
        return f"it is damaged; restore it, or move it away and make it anew with `peyer run` ({first_line})"
    return first_line
