from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from duckdb import DuckDBPyConnection
from hand_made_extractions import NO_COUNTS, VERSIONS, make_extraction

from warehouse.connection import WarehouseError
from warehouse.load import load_batch
from warehouse.queries import recent_runs
from warehouse.runs import ArticleCounts, begin_run, finish_run, interrupt_unpublished


def test_a_run_has_its_times_in_utc(con: DuckDBPyConnection) -> None:
    finish_run(con, begin_run(con, VERSIONS), NO_COUNTS)
    [run] = recent_runs(con)
    now = datetime.now(UTC).replace(tzinfo=None)
    assert run.finished_at is not None
    assert now - timedelta(minutes=1) < run.started_at <= run.finished_at <= now


def test_a_run_has_its_counts_and_versions(con: DuckDBPyConnection, run_id: str) -> None:
    load_batch(con, run_id, [make_extraction("a1"), make_extraction("a2")])
    finish_run(con, run_id, ArticleCounts(new=1, changed=2, unchanged=3, failed=4))
    [run] = recent_runs(con)
    assert (run.new_count, run.changed_count, run.unchanged_count, run.failed_count) == (1, 2, 3, 4)
    assert (run.mention_count, run.relation_count) == (8, 4)
    assert (run.code_version, run.model_version, run.vocabulary_version, run.rules_version) == (
        "1.0",
        "2.0",
        "3.0",
        "4.0",
    )
    assert (run.status, run.extractor_version) == ("finished", "v1")


def test_a_run_counts_its_own_rows_only(con: DuckDBPyConnection, run_id: str) -> None:
    load_batch(con, run_id, [make_extraction("a1"), make_extraction("a2")])
    finish_run(con, run_id, NO_COUNTS)
    later = begin_run(con, VERSIONS)
    load_batch(con, later, [make_extraction("a2")])
    finish_run(con, later, NO_COUNTS, status="failed")
    assert [(run.run_id, run.status, run.mention_count) for run in recent_runs(con)] == [
        (later, "failed", 4),
        (run_id, "finished", 8),
    ]


def test_a_run_ends_once(con: DuckDBPyConnection, run_id: str) -> None:
    finish_run(con, run_id, NO_COUNTS)
    with pytest.raises(WarehouseError, match="is not running"):
        finish_run(con, run_id, NO_COUNTS)


def test_runs_that_were_killed_become_interrupted(con: DuckDBPyConnection, run_id: str) -> None:
    finish_run(con, run_id, NO_COUNTS)
    killed = begin_run(con, VERSIONS)
    assert interrupt_unpublished(con, [run_id]) == [killed]
    assert [(run.status, run.finished_at is None) for run in recent_runs(con)] == [
        ("interrupted", True),
        ("finished", False),
    ]
    assert interrupt_unpublished(con, [run_id]) == []


def test_a_run_that_was_complete_and_not_published_is_interrupted(con: DuckDBPyConnection, run_id: str) -> None:
    finish_run(con, run_id, ArticleCounts(new=1, changed=2, unchanged=3, failed=4))
    assert interrupt_unpublished(con, []) == [run_id]
    [run] = recent_runs(con)
    assert (run.status, run.finished_at) == ("interrupted", None)
    assert {run.new_count, run.changed_count, run.unchanged_count, run.failed_count} == {None}
    assert (run.mention_count, run.relation_count) == (None, None)
