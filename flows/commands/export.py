"""`peyer export`: write tables and views as files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import WAREHOUSE, Warehouse, given_path
from flows.refusal import NothingDone, WrongArgument
from flows.render import printable


class ExportFormat(StrEnum):
    """The formats that can be written."""

    parquet = "parquet"
    csv = "csv"
    jsonl = "jsonl"


def export_command(
    to: Annotated[Path, typer.Option("--to", parser=given_path, metavar="DIR", help="Folder for the files.")],
    form: Annotated[ExportFormat, typer.Option("--format", help="What to write.")] = ExportFormat.parquet,
    warehouse: Warehouse = WAREHOUSE,
) -> None:
    """Write every table and view as a file, and list what was written."""
    from warehouse.connection import WarehouseError, connect_read_only
    from warehouse.export.tables import export_views

    if to.exists() and not to.is_dir():
        raise WrongArgument(f"--to names {to}, which is a file; name a folder")
    try:
        with connect_read_only(warehouse, export_dir=to) as con:
            written = export_views(con, to, form.value)
    except WarehouseError as error:
        raise NothingDone(str(error)) from error
    except OSError as error:
        raise NothingDone(f"{to} cannot be written: {error.strerror}; name another folder with --to") from error
    for file in written:
        print(f"{printable(to / file.name)}\t{file.rows:,} rows")
