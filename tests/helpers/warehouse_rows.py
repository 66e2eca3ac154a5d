"""All rows of a warehouse, for comparing one with another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from warehouse.connection import connect_read_only

TABLES = {
    "articles": "* exclude (run_id)",
    "sections": "*",
    "sentences": "*",
    "mentions": "*",
    "relations": "*",
    "article_relations": "*",
    "concepts": "*",
    "concept_synonyms": "*",
    "concept_xrefs": "*",
    "concept_parents": "*",
    "claims": "*",
}


def rows_of(warehouse: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row that does not depend on when it was written, in a fixed order."""
    with connect_read_only(warehouse) as con:
        return {
            table: con.execute(f"select {columns} from {table} order by all").fetchall()
            for table, columns in TABLES.items()
        }


def query(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of one query."""
    with connect_read_only(warehouse) as con:
        return con.execute(sql).fetchall()
