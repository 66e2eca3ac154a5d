"""Brings a warehouse file to the schema of this code: migrations once, views and predicates every time."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from extractors.records import PREDICATES
from warehouse.connection import WarehouseError, transaction

MIGRATIONS = Path(__file__).parent / "migrations"
VIEWS = Path(__file__).parent / "views"
"""One view per file; the number before the name says which views it may build on: those with smaller ones."""

INTERNAL_TABLES = frozenset({"publication", "schema_migrations"})
"""Bookkeeping of the writer, of no use to readers."""

_LEDGER = """
create table if not exists schema_migrations (
    name        varchar not null primary key,
    applied_at  timestamp not null
);
comment on table schema_migrations is 'One row per step of the schema that this file has taken. Bookkeeping.';
comment on column schema_migrations.name is 'Name of the step: its file in warehouse/migrations.';
comment on column schema_migrations.applied_at is 'When the step was taken, in UTC.';
"""


def migrate(con: DuckDBPyConnection, *, migrations: Path = MIGRATIONS, views: Path = VIEWS) -> None:
    """Take the steps the file has not taken, each in one transaction with its ledger row; remake the views.

    A step that fails leaves nothing behind, and those before it stay taken. Raises WarehouseError where the
    file has taken a step that this code does not know.
    """
    con.execute(_LEDGER)
    for step in _pending(con, migrations):
        with transaction(con):
            con.execute(step.read_text(encoding="utf-8"))
            con.execute("insert into schema_migrations values (?, ?)", [step.stem, _utc_now()])
    with transaction(con):
        _remake_views(con, views)
        _rewrite_predicates(con)


def is_current(con: DuckDBPyConnection, *, migrations: Path = MIGRATIONS, views: Path = VIEWS) -> bool:
    """Return whether the file has every step and was published with the views and predicates of this code."""
    published = con.execute("select schema_sha256 from publication").fetchone()
    return published == (schema_sha256(migrations=migrations, views=views),)


def schema_sha256(*, migrations: Path = MIGRATIONS, views: Path = VIEWS) -> str:
    """Return the hash of all that `migrate` writes: steps, views and predicates."""
    parts = [path.read_text(encoding="utf-8") for folder in (migrations, views) for path in _sql_files(folder)]
    return hashlib.sha256("\x1f".join([*parts, repr((_predicates(), _signatures()))]).encode()).hexdigest()


def _pending(con: DuckDBPyConnection, migrations: Path) -> list[Path]:
    steps = _sql_files(migrations)
    taken = {name for (name,) in con.execute("select name from schema_migrations").fetchall()}
    if unknown := sorted(taken - {step.stem for step in steps}):
        raise WarehouseError(f"the warehouse was written by a newer peyer (step {unknown[-1]}); update peyer")
    return [step for step in steps if step.stem not in taken]


def _remake_views(con: DuckDBPyConnection, views: Path) -> None:
    for (name,) in con.execute("select view_name from duckdb_views() where not internal").fetchall():
        con.execute(f'drop view "{name}"')
    for path in _sql_files(views):
        con.execute(path.read_text(encoding="utf-8"))


def _rewrite_predicates(con: DuckDBPyConnection) -> None:
    """Write what `extractors/data/relations/predicates.tsv` says into its two tables."""
    con.execute("delete from predicates")
    with con.appender("predicates") as appender:
        appender.append_rows(_predicates())
    con.execute("delete from predicate_signatures")
    with con.appender("predicate_signatures") as appender:
        appender.append_rows(_signatures())


def _predicates() -> list[tuple[str | None, ...]]:
    return [
        (
            each.name,
            each.biolink_predicate,
            each.qualified_predicate,
            each.object_aspect_qualifier,
            each.object_direction_qualifier,
        )
        for each in PREDICATES.values()
    ]


def _signatures() -> list[tuple[str, str, str]]:
    return sorted((name, *pair) for name, each in PREDICATES.items() for pair in each.pairs)


def _sql_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.sql"))


def _utc_now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
