"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

WAREHOUSE = Path("peyer.duckdb")
RAW = Path("raw")

Warehouse = Annotated[Path, typer.Option("--warehouse", help="The warehouse file.", show_default=True)]


def process_count(value: str | int) -> int:
    """Return a number of processes, given or the default; raise `BadParameter` where `value` is none."""
    if str(value).isdecimal() and int(value) >= 1:
        return int(value)
    raise typer.BadParameter(f"{value!r} is no number of processes; expected a whole number from 1")


Workers = Annotated[int, typer.Option("--workers", parser=process_count, metavar="N", help="Processes that extract.")]
Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PATH]...", help="Files and folders with articles.  [default: raw]"),
]
