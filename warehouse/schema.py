"""Updates a warehouse file to the schema of this code: migrations once, views, predicates and aspects every time."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from extractors.records import ASPECTS, PREDICATES
from warehouse.connection import WarehouseError, transaction

MIGRATIONS = Path(__file__).parent / "migrations"
VIEWS = Path(__file__).parent / "views"
"""One view in each file. A view may use those whose file name begins with a smaller number."""

INTERNAL_TABLES = frozenset({"publication", "schema_migrations"})
"""Bookkeeping of the writer, which is not exported."""

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
    """Run the migrations that the file lacks, each in one transaction with its ledger row, and recreate the views.

    A migration that fails is rolled back; those before it are kept. Raises WarehouseError if the file has a migration
    that this code does not know.
    """
    con.execute(_LEDGER)
    for step in _pending(con, migrations):
        with transaction(con):
            con.execute(step.read_text(encoding="utf-8"))
            con.execute("insert into schema_migrations values (?, ?)", [step.stem, _utc_now()])
    with transaction(con):
        _remake_views(con, views)
        _rewrite_lists(con)


def is_current(con: DuckDBPyConnection, *, migrations: Path = MIGRATIONS, views: Path = VIEWS) -> bool:
    """Return whether the file has every migration and the views, predicates and aspects of this code."""
    published = con.execute("select schema_sha256 from publication").fetchone()
    return published == (schema_sha256(migrations=migrations, views=views),)


def schema_sha256(*, migrations: Path = MIGRATIONS, views: Path = VIEWS) -> str:
    """Return the hash of everything that `migrate` writes: migrations, views, predicates and aspects."""
    parts = [path.read_text(encoding="utf-8") for folder in (migrations, views) for path in _sql_files(folder)]
    return hashlib.sha256("\x1f".join([*parts, repr(_lists())]).encode()).hexdigest()


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


def _rewrite_lists(con: DuckDBPyConnection) -> None:
    """Write the closed lists of `extractors/data` into their tables."""
    for table, rows in _lists().items():
        con.execute(f"delete from {table}")
        with con.appender(table) as appender:
            appender.append_rows(rows)


def _lists() -> dict[str, list[tuple[str | None, ...]]]:
    """Return table -> its rows."""
    return {"predicates": _predicates(), "predicate_signatures": _signatures(), "aspects": _aspects()}


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


def _signatures() -> list[tuple[str | None, ...]]:
    return [(name, *pair) for name, each in PREDICATES.items() for pair in sorted(each.pairs)]


def _aspects() -> list[tuple[str | None, ...]]:
    return [
        (each.name, each.meaning, each.biolink_qualifier, each.biolink_value, " ".join(sorted(each.of)))
        for each in ASPECTS.values()
    ]


def _sql_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.sql"))


def _utc_now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
