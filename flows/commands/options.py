"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

WAREHOUSE = Path("peyer.duckdb")
RAW = Path("raw")


def given_path(value: str | Path) -> Path:
    """Return a path as it was given; raise `BadParameter` where it is empty, which would mean the current folder."""
    if str(value):
        return Path(value)
    raise typer.BadParameter("'' is no path; expected the name of a file or folder, such as . for this folder")


def warehouse_path(value: str | Path) -> Path:
    """Return where a warehouse is or can be; raise `BadParameter` where no file can be there."""
    path = given_path(value)
    try:
        if not path.resolve().is_dir():
            return path
        reason = "is a folder"
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        reason = f"cannot be reached ({getattr(error, 'strerror', None) or error})"
    raise typer.BadParameter(f"{str(path)!r} {reason}; expected the path of a file, such as {WAREHOUSE}")


Warehouse = Annotated[
    Path,
    typer.Option("--warehouse", parser=warehouse_path, metavar="FILE", help="The warehouse file.", show_default=True),
]


def process_count(value: str | int) -> int:
    """Return a number of processes, given or the default; raise `BadParameter` where `value` is none."""
    if str(value).isdecimal() and int(value) >= 1:
        return int(value)
    raise typer.BadParameter(f"{value!r} is no number of processes; expected a whole number from 1")


Workers = Annotated[int, typer.Option("--workers", parser=process_count, metavar="N", help="Processes that extract.")]
Paths = Annotated[
    list[Path] | None,
    typer.Argument(parser=given_path, metavar="[PATH]...", help="Files and folders with articles.  [default: raw]"),
]
