"""What a run has to do: sources and failures that the warehouse does not have in their current form."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.readers.read import READABLE_SUFFIXES
from extractors.records import Failure
from flows.sources.folder import exists, path_of, scan
from flows.sources.source import Scan, Source
from flows.spool import spool_path
from warehouse.ledger import KnownArticle, Ledger
from warehouse.publish import files_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """New and changed sources to extract, new failures to record, and the number of unchanged inputs.

    Both lists keep the order of the scan. `gone` are the URIs of failures in the warehouse whose input no longer
    exists or no longer fails. `moved` are unchanged sources whose article was read from another path. `copies` are
    articles whose bytes a source now has under another article_id, and whose own file is gone.
    """

    sources: tuple[Source, ...]
    failures: tuple[Failure, ...]
    unchanged: int
    gone: tuple[str, ...] = ()
    moved: tuple[Source, ...] = ()
    copies: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sources or self.failures or self.gone or self.moved or self.copies)


def look(paths: Sequence[Path], ledger: Ledger, warehouse: Path) -> Scan:
    """Scan files and folders for articles in readable formats, given what the warehouse knows about them.

    The files of the warehouse itself, which may be in such a folder, are skipped.
    """
    own = files_of(warehouse) | {spool_path(warehouse.resolve())}
    return scan(paths, suffixes=READABLE_SUFFIXES, known=ledger.articles, left_out=own)


def find_pending(
    found: Scan, ledger: Ledger, paths: Sequence[Path], *, extractor_version: str, full: bool = False
) -> Pending:
    """Compare what was found in `paths` with what the warehouse knows.

    A source is unchanged if its article was made from the same bytes by the same extractor, or if the same
    extractor failed on the same bytes. With `full` every source counts as changed. A failure of the scan itself is
    unchanged if the warehouse has the same one, word for word. A recorded failure is gone if its input was in `paths`
    and was not found there.
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
    return Pending(
        sources=sources,
        failures=failures,
        unchanged=total - len(sources) - len(failures),
        gone=gone,
        moved=_moved(set(found.sources) - set(sources), articles),
        copies=_copies(found.sources, ledger),
    )


def _moved(unchanged: Collection[Source], articles: Mapping[str, KnownArticle]) -> tuple[Source, ...]:
    """Return the sources that the warehouse has with the same bytes and another path, by article_id."""
    known = [(source, articles[source.article_id]) for source in unchanged if source.article_id in articles]
    moved = (
        source
        for source, article in known
        if article.content_sha256 == source.content_sha256 and article.source_uri != source.source_uri
    )
    return tuple(sorted(moved, key=lambda source: source.article_id))


def _copies(sources: Sequence[Source], ledger: Ledger) -> tuple[str, ...]:
    """Return the articles that a source replaces: same bytes, another article_id, and their file gone or the same."""
    there = {source.source_uri for source in sources}
    by_content = {source.content_sha256: source for source in sources}

    def is_replaced(article: KnownArticle) -> bool:
        source = by_content.get(article.content_sha256)
        if source is None or source.article_id == article.article_id:
            return False
        return article.source_uri == source.source_uri or not (
            article.source_uri in there or exists(article.source_uri)
        )

    return tuple(sorted(article.article_id for article in ledger.articles if is_replaced(article)))


def _lies_in(uri: str, roots: Sequence[Path]) -> bool:
    path = path_of(uri)
    return path is not None and any(path.is_relative_to(root) for root in roots)
