"""Opening the warehouse and checking the sources, as several commands do first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.commands.options import RAW
from flows.refusal import NothingDone, WrongArgument

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def open_warehouse(path: Path) -> DuckDBPyConnection:
    """Open a warehouse read-only. Raises `NothingDone` if there is none or it cannot be opened."""
    from warehouse.connection import WarehouseError, connect_read_only

    try:
        return connect_read_only(path)
    except WarehouseError as error:
        raise NothingDone(str(error)) from error


def written_earlier(con: DuckDBPyConnection) -> str:
    """Return what to add to a message about what is missing in a file that an earlier peyer wrote."""
    from warehouse.schema import is_current

    return "" if is_current(con) else "; an earlier peyer wrote the file: `peyer run` brings it up to date"


def existing(paths: list[Path] | None) -> list[Path]:
    """Return the paths to read, made absolute. Raises `WrongArgument` if one does not exist."""
    from flows.sources.folder import PathNotFound, require_existing

    chosen = paths or [RAW]
    try:
        require_existing(chosen)
    except PathNotFound as error:
        raise WrongArgument(str(error)) from error
    return [path.absolute() for path in chosen]
