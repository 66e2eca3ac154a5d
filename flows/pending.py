"""What a run has to do: sources and failures that the warehouse does not know as they are now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.readers.read import READABLE_SUFFIXES
from extractors.records import Failure
from flows.sources.folder import Scan, Source, path_of, scan
from flows.spool import spool_path
from warehouse.ledger import Ledger
from warehouse.publish import files_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """New and changed sources to extract, new failures to record, and how many inputs are as they were.

    Both lists keep the order of the scan. `gone` are the URIs of failures that stand in the warehouse though
    their input is not there any more, or is no failure any more.
    """

    sources: tuple[Source, ...]
    failures: tuple[Failure, ...]
    unchanged: int
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sources or self.failures or self.gone)


def look(paths: Sequence[Path], ledger: Ledger, warehouse: Path) -> Scan:
    """Scan files and folders for articles of the readable formats, with what the warehouse knows of them.

    The files of the warehouse itself, which may lie in such a folder, are no inputs.
    """
    known_uris = {article.article_id: article.source_uri for article in ledger.articles}
    own = files_of(warehouse) | {spool_path(warehouse.resolve())}
    return scan(paths, suffixes=READABLE_SUFFIXES, known_uris=known_uris, left_out=own)


def find_pending(
    found: Scan, ledger: Ledger, paths: Sequence[Path], *, extractor_version: str, full: bool = False
) -> Pending:
    """Compare what was found in `paths` with what the warehouse knows.

    A source is unchanged when its article was made from the same bytes by the same extractor, or when the
    same extractor failed on the same bytes. `full` takes every source for changed. A failure to find is
    unchanged when it stands in the warehouse word for word. A failure that stands is gone when its input lay
    in `paths` and was not found there.
    """
    articles = {article.article_id: article for article in ledger.articles}
    standing = {failure.source_uri: failure for failure in ledger.failures}

    def is_unchanged(source: Source) -> bool:
        seen = (source.content_sha256, extractor_version)
        article = articles.get(source.article_id)
        failure = standing.get(source.source_uri)
        if failure is not None:
            return failure.stage != "find" and (failure.content_sha256, failure.extractor_version) == seen
        return article is not None and (article.content_sha256, article.extractor_version) == seen

    def stands(failure: Failure) -> bool:
        known = standing.get(failure.source_uri)
        return known is not None and (known.stage, known.error, known.message, known.content_sha256) == (
            failure.stage,
            failure.error,
            failure.message,
            failure.content_sha256,
        )

    sources = tuple(source for source in found.sources if full or not is_unchanged(source))
    failures = tuple(failure for failure in found.failures if not stands(failure))
    total = len(found.sources) + len(found.failures)
    there = {source.source_uri for source in found.sources} | {failure.source_uri for failure in found.failures}
    roots = [path.resolve() for path in paths]
    gone = tuple(sorted(uri for uri in standing if uri not in there and _lies_in(uri, roots)))
    return Pending(sources=sources, failures=failures, unchanged=total - len(sources) - len(failures), gone=gone)


def _lies_in(uri: str, roots: Sequence[Path]) -> bool:
    path = path_of(uri)
    return path is not None and any(path.is_relative_to(root) for root in roots)
