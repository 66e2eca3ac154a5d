from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection
from hand_made_extractions import NO_COUNTS, VERSIONS, make_extraction

from extractors.records import Failure
from warehouse.ledger import KnownArticle, Ledger, StandingFailure, read_ledger, read_published_ledger
from warehouse.load import load_batch
from warehouse.publish import open_staging
from warehouse.runs import begin_run, finish_run


def test_no_file_is_an_empty_ledger(tmp_path: Path) -> None:
    assert read_published_ledger(tmp_path / "w.duckdb") == Ledger()


def test_the_ledger_names_what_each_article_was_made_from(con: DuckDBPyConnection, run_id: str) -> None:
    extraction = make_extraction("a1", extractor_version="v2")
    load_batch(con, run_id, [extraction])
    assert read_ledger(con).articles == (
        KnownArticle(
            article_id="a1",
            source_uri="a1.txt",
            content_sha256=extraction.article.content_sha256,
            extractor_version="v2",
        ),
    )
    assert [article.source_uri for article in read_ledger(con).articles] == ["a1.txt"]


def test_only_standing_failures_are_in_the_ledger(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with open_staging(path) as staging:
        run_id = begin_run(staging.con, VERSIONS)
        lost = Failure(source_uri="b.txt", stage="read", error="empty", message="it is empty", content_sha256="0")
        settled = Failure(source_uri="a1.txt", stage="read", error="empty", message="it is empty")
        load_batch(staging.con, run_id, [lost, settled])
        load_batch(staging.con, run_id, [make_extraction("a1")])
        finish_run(staging.con, run_id, NO_COUNTS)
        staging.publish()
    assert read_published_ledger(path).failures == (
        StandingFailure(
            source_uri="b.txt",
            stage="read",
            error="empty",
            message="it is empty",
            content_sha256="0",
            extractor_version="v1",
            run_id=run_id,
        ),
    )
