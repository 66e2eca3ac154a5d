"""Rows as text: for people (table, markdown) and for programs (csv, json)."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from itertools import chain
from typing import Any, TextIO

Row = Sequence[Any]

PIPE_WIDTH = 100_000  # columns; a table that goes into a pipe is never folded


class RowFormat(StrEnum):
    """How `peyer sql` writes rows."""

    table = "table"
    csv = "csv"
    json = "json"
    markdown = "markdown"


def write_rows(columns: Sequence[str], rows: Iterable[Row], *, form: RowFormat) -> None:
    """Write rows to standard output; csv and json are written as they come, the others at the end.

    Null is empty in csv and markdown and `null` in json; json is one array of objects.
    """
    writers: dict[RowFormat, Callable[[Sequence[str], Iterable[Row], TextIO], None]] = {
        RowFormat.table: _write_table,
        RowFormat.csv: _write_csv,
        RowFormat.json: _write_json,
        RowFormat.markdown: _write_markdown,
    }
    writers[form](columns, rows, sys.stdout)


def print_table(columns: Sequence[str], rows: Iterable[Row], *, title: str | None = None) -> None:
    """Write a table to standard output; numbers stand right, and a terminal's width is kept."""
    _write_table(columns, rows, sys.stdout, title=title)


def markdown_table(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Return a Markdown table.

    >>> print(markdown_table(["drug", "claims"], [("aspirin", 3)]))
    | drug | claims |
    | --- | --- |
    | aspirin | 3 |
    """
    lines = (f"| {' | '.join(_cell(value) for value in row)} |" for row in chain([columns], rows))
    head = next(lines)
    return "\n".join([head, f"|{' --- |' * len(columns)}", *lines])


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).replace("|", "\\|").split())


def _write_markdown(columns: Sequence[str], rows: Iterable[Row], out: TextIO) -> None:
    out.write(markdown_table(columns, rows) + "\n")


def _write_csv(columns: Sequence[str], rows: Iterable[Row], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)


def _write_json(columns: Sequence[str], rows: Iterable[Row], out: TextIO) -> None:
    separator = "["
    for row in rows:
        out.write(separator + json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, default=str))
        separator = ",\n "
    out.write("]\n" if separator != "[" else "[]\n")


def _write_table(columns: Sequence[str], rows: Iterable[Row], out: TextIO, *, title: str | None = None) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = [list(row) for row in rows]
    table = Table(box=SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    for number, column in enumerate(columns):
        is_number = bool(rows) and all(isinstance(row[number], int | float) for row in rows if row[number] is not None)
        table.add_column(Text(column), justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    Console(file=out, width=None if out.isatty() else PIPE_WIDTH, highlight=False).print(table)
