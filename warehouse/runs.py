"""The table `runs`: one row for each run, written at its beginning and completed at its end."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from duckdb import DuckDBPyConnection

from warehouse.connection import WarehouseError, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """The versions that made the rows of a run; `extractor_version` combines the other four."""

    code_version: str
    model_version: str
    vocabulary_version: str
    rules_version: str
    extractor_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCounts:
    """Articles that a run read for the first time, replaced and left alone, and inputs that failed."""

    new: int
    changed: int
    unchanged: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A row of `runs`. Times are UTC without time zone; the counts of an interrupted run are None."""

    run_id: str
    started_at: datetime
    finished_at: datetime | None
    status: str
    new_count: int | None
    changed_count: int | None
    unchanged_count: int | None
    failed_count: int | None
    mention_count: int | None
    relation_count: int | None
    code_version: str
    model_version: str
    vocabulary_version: str
    rules_version: str
    extractor_version: str


def begin_run(con: DuckDBPyConnection, versions: Versions) -> str:
    """Write the row of a new run and return its `run_id`, which sorts by time."""
    started = _utc_now()
    run_id = f"{started:%Y%m%dT%H%M%S.%f}-{secrets.token_hex(2)}"
    con.execute(
        """
        insert into runs (
            run_id, started_at, status,
            code_version, model_version, vocabulary_version, rules_version, extractor_version
        ) values (?, ?, 'running', ?, ?, ?, ?, ?)
        """,
        [
            run_id,
            started,
            versions.code_version,
            versions.model_version,
            versions.vocabulary_version,
            versions.rules_version,
            versions.extractor_version,
        ],
    )
    return run_id


def finish_run(
    con: DuckDBPyConnection,
    run_id: str,
    counts: ArticleCounts,
    *,
    status: Literal["finished", "failed"] = "finished",
) -> None:
    """Complete the row of a run: its end, its counts, and how many mentions and relations it wrote.

    Raises WarehouseError where `run_id` is not running.
    """
    with transaction(con):
        updated = con.execute(
            """
            update runs set
                finished_at = ?,
                status = ?,
                new_count = ?,
                changed_count = ?,
                unchanged_count = ?,
                failed_count = ?,
                mention_count = (
                    select count(*) from mentions semi join articles
                    on mentions.article_id = articles.article_id and articles.run_id = runs.run_id
                ),
                relation_count = (
                    select count(*) from relations semi join articles
                    on relations.article_id = articles.article_id and articles.run_id = runs.run_id
                )
            where run_id = ? and status = 'running'
            returning run_id
            """,
            [_utc_now(), status, counts.new, counts.changed, counts.unchanged, counts.failed, run_id],
        ).fetchall()
        if not updated:
            raise WarehouseError(f"run {run_id!r} is not running; begin one with `begin_run`")


def interrupt_unpublished(con: DuckDBPyConnection, published: Sequence[str]) -> list[str]:
    """Mark runs that were never published as interrupted; return the ids of those newly marked, oldest first.

    Such a run was killed, during its work or after its row was complete, or its state was rejected by a check. Its end
    and counts are cleared, because the run that continues it counts what it had loaded.
    """
    found = con.execute(
        """
        update runs set
            status = 'interrupted',
            finished_at = null,
            new_count = null,
            changed_count = null,
            unchanged_count = null,
            failed_count = null,
            mention_count = null,
            relation_count = null
        where status <> 'interrupted' and run_id not in (select unnest($1::varchar[]))
        returning run_id
        """,
        [published],
    ).fetchall()
    return sorted(run_id for (run_id,) in found)


def _utc_now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
