"""What the warehouse knows about its inputs, from which pending work is decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.connection import connect_read_only


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """An article in the warehouse, with the bytes and the extractor that it was made from.

    Two are equal if these are the same, wherever the file is.
    """

    article_id: str
    source_uri: str = field(compare=False)
    content_sha256: str
    extractor_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFailure:
    """An input that could not be used when last tried. `content_sha256` is None if its bytes could not be read."""

    source_uri: str
    stage: str
    error: str
    message: str
    content_sha256: str | None
    extractor_version: str
    run_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All articles and unresolved failures, each in the order of `source_uri`."""

    articles: tuple[KnownArticle, ...] = ()
    failures: tuple[StandingFailure, ...] = ()


def read_ledger(con: DuckDBPyConnection) -> Ledger:
    """Read the ledger of an open warehouse, published or staging."""
    articles = con.execute(
        "select article_id, source_uri, content_sha256, extractor_version from articles order by source_uri, article_id"
    ).fetchall()
    failures = con.execute(
        "select source_uri, stage, error, message, content_sha256, extractor_version, run_id from failures "
        "where resolved_run_id is null order by source_uri"
    ).fetchall()
    return Ledger(
        articles=tuple(
            KnownArticle(article_id=i, source_uri=uri, content_sha256=sha, extractor_version=version)
            for i, uri, sha, version in articles
        ),
        failures=tuple(
            StandingFailure(
                source_uri=uri,
                stage=stage,
                error=error,
                message=message,
                content_sha256=sha,
                extractor_version=version,
                run_id=run_id,
            )
            for uri, stage, error, message, sha, version, run_id in failures
        ),
    )


def read_published_ledger(path: Path) -> Ledger:
    """Read the ledger of the published file, or an empty one if there is no file yet."""
    if not path.exists():
        return Ledger()
    with connect_read_only(path) as con:
        return read_ledger(con)
