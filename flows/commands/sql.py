"""`peyer sql`: query the warehouse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.opening import open_warehouse, written_earlier
from flows.commands.options import WAREHOUSE, Warehouse
from flows.refusal import WrongArgument
from flows.render import RowFormat, write_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FETCH_ROWS = 10_000


def sql_command(
    query: Annotated[str, typer.Argument(metavar="SQL", help='A statement, such as "from claims limit 5".')],
    form: Annotated[RowFormat, typer.Option("--format", help="How to write the rows.")] = RowFormat.table,
    warehouse: Warehouse = WAREHOUSE,
) -> None:
    """Run SQL on the warehouse, read-only, and print the rows.

    No statement can change the file or read another one. A query that DuckDB rejects is a wrong argument.
    """
    import duckdb

    with open_warehouse(warehouse) as con:
        try:
            cursor = con.execute(query)
        except duckdb.Error as error:
            hint = written_earlier(con) if isinstance(error, duckdb.BinderException | duckdb.CatalogException) else ""
            raise WrongArgument(_one_line(error) + hint) from error
        if cursor is None:
            raise WrongArgument('there is no statement; write one, such as "from claims limit 5"')
        if cursor.description is not None:
            columns = [column[0] for column in cursor.description]
            write_rows(columns, _rows(cursor), form=form)


def _rows(cursor: DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    """Yield the rows as they are computed; DuckDB may reject a query as late as here."""
    import duckdb

    while True:
        try:
            batch = cursor.fetchmany(FETCH_ROWS)
        except duckdb.Error as error:
            raise WrongArgument(_one_line(error)) from error
        if not batch:
            return
        yield from batch


def _one_line(error: Exception) -> str:
    """Return DuckDB's reason and suggestions in one line, without the excerpt of the query."""
    from warehouse.schema import VIEWS

    message, _, _ = str(error).partition("\n\nLINE ")
    absent = re.search(r"Table with name (\w+) does not exist", message)
    if absent and any(path.stem.partition("_")[2] == absent[1] for path in VIEWS.glob("*.sql")):
        return f"an earlier peyer wrote the file, without the view {absent[1]}; `peyer run` brings it up to date"
    if "LocalFileSystem has been disabled" in message:
        return "the statement reads or writes a file; expected one on the tables and views alone; see peyer export"
    return " ".join(message.split())
