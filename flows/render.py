"""Rows as text, for people (table, markdown) and for programs (csv, json)."""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from typing import Any, TextIO

Row = Sequence[Any]

PIPE_WIDTH = 100_000  # columns; wide enough that a table in a pipe is never wrapped


class RowFormat(StrEnum):
    """How `peyer sql` writes rows."""

    table = "table"
    csv = "csv"
    json = "json"
    markdown = "markdown"


def write_rows(columns: Sequence[str], rows: Iterable[Row], *, form: RowFormat) -> None:
    """Write rows to standard output; csv and json row by row, the others at the end.

    Null is empty in csv and markdown, and `null` in json, which is one array of objects. In json NaN and infinity are
    `null`, decimals are numbers with all their digits, and dates and the like are strings. Bytes are written as
    DuckDB writes them, with \\xAB for those that are not ASCII.
    """
    writers: dict[RowFormat, Callable[[Sequence[str], Iterable[Row], TextIO], None]] = {
        RowFormat.table: _write_table,
        RowFormat.csv: _write_csv,
        RowFormat.json: _write_json,
        RowFormat.markdown: _write_markdown,
    }
    writers[form](columns, rows, sys.stdout)


def print_table(columns: Sequence[str], rows: Iterable[Row], *, title: str | None = None) -> None:
    """Write a table to standard output, numbers aligned right, no wider than the terminal."""
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


def printable(text: object) -> str:
    """Return text with every unprintable character escaped, for names that may contain anything.

    >>> print(printable("a\\x1b[31m\\nb.txt"))
    a\\x1b[31m\\nb.txt
    """
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in str(text))


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(_plain(value)).replace("|", "\\|").split())


def _write_markdown(columns: Sequence[str], rows: Iterable[Row], out: TextIO) -> None:
    out.write(markdown_table(columns, rows) + "\n")


def _write_csv(columns: Sequence[str], rows: Iterable[Row], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_plain(value) for value in row] for row in rows)


def _write_json(columns: Sequence[str], rows: Iterable[Row], out: TextIO) -> None:
    names = unique_names(columns)
    separator = "["
    for row in rows:
        out.write(separator + json_text(dict(zip(names, row, strict=True))))
        separator = ",\n "
    out.write("]\n" if separator != "[" else "[]\n")


def unique_names(names: Sequence[str]) -> list[str]:
    """Return the names with a number added to repeated ones (ignoring case), as DuckDB does in a subquery.

    >>> unique_names(["a", "a", "A", "a_1"])
    ['a', 'a_1', 'A_2', 'a_1_1']
    """
    numbers: dict[str, int] = {}
    unique = []
    for name in names:
        chosen = name
        while chosen.lower() in numbers:
            chosen = f"{name}_{numbers[name.lower()]}"
            numbers[name.lower()] += 1
        numbers[chosen.lower()] = 1
        unique.append(chosen)
    return unique


def json_text(value: object) -> str:
    """Return a value of DuckDB as JSON: decimals as numbers, NaN and infinity as null, other types as text.

    >>> json_text({"a": Decimal("1.10"), "b": float("nan"), "c": {1: b"x"}})
    '{"a": 1.10, "b": null, "c": {"1": "x"}}'
    """
    match value:
        case Mapping():
            return f"{{{', '.join(f'{_json_key(key)}: {json_text(part)}' for key, part in value.items())}}}"
        case list() | tuple():
            return f"[{', '.join(map(json_text, value))}]"
        case float() if not math.isfinite(value):
            return "null"
        case Decimal():
            return f"{value:f}"
        case None | bool() | int() | float() | str():
            return json.dumps(value, ensure_ascii=False)
    return json.dumps(str(_plain(value)), ensure_ascii=False)


def _json_key(key: object) -> str:
    """Return the key of a map for a JSON object: a string as it is, a number or a date as text."""
    is_bare = isinstance(key, bool | Decimal)
    return json.dumps(json_text(key) if is_bare else str(_plain(key)), ensure_ascii=False)


def _plain(value: object) -> object:
    """Return bytes as the text that DuckDB casts them to, and any other value unchanged.

    >>> print(_plain(b"a\\xff"))
    a\\xFF
    """
    if not isinstance(value, bytes):
        return value
    return "".join(chr(byte) if 32 <= byte < 127 and byte not in b"'\"\\" else f"\\x{byte:02X}" for byte in value)


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
        table.add_row(*(Text("" if value is None else str(_plain(value))) for value in row))
    Console(file=out, width=None if out.isatty() else PIPE_WIDTH, highlight=False).print(table)
