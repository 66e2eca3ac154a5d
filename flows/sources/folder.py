"""Files and folders as a source of articles: which there are, with their article_id and the hash of their content."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from extractors.records import Failure
from flows.render import printable
from flows.sources.source import Scan, Source

if TYPE_CHECKING:
    from warehouse.ledger import KnownArticle  # not at run time: worker processes do not load DuckDB

_EMPTY = hashlib.sha256().hexdigest()


class PathNotFound(ValueError):
    """A path that was named as a source does not exist or cannot be reached."""


def scan(
    paths: Sequence[Path],
    *,
    suffixes: Collection[str],
    known: Sequence[KnownArticle] = (),
    left_out: Collection[Path] = (),
) -> Scan:
    """Find the articles in files and folders.

    Folders are searched recursively. Dot files, dot folders, README files and the paths in `left_out` (resolved,
    without links) are skipped, and a file that is reached twice through links is read once. `suffixes` are the readable
    ones, in lower case with their dot; `known` is what the warehouse holds.

    A file that the warehouse knows keeps its article_id, whichever folder it is reached from. A second file with the
    same article_id, here or in the warehouse, becomes a failure `duplicate_article_id`, unless the known file is gone
    or has the same bytes: then the article has moved. A second file with the same bytes becomes a failure
    `duplicate_content`. Known files take precedence, then the order of the paths. Raises `PathNotFound` for a path that
    does not exist.
    """
    sources: list[Source] = []
    failures: list[Failure] = []
    seen: set[Path] = set(left_out)
    for root in require_existing(paths):
        for found in _files(root.path, name=root.name, seen=seen):
            outcome = found if isinstance(found, Failure) else _look_at(found, suffixes=suffixes)
            if isinstance(outcome, Source):
                sources.append(outcome)
            else:
                failures.append(outcome)
    kept, duplicates = _settle_claims(sources, known=known)
    failures.extend(duplicates)
    return Scan(sources=tuple(kept), failures=tuple(sorted(failures, key=lambda failure: failure.source_uri)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A path, and its name relative to the root, from which the article_id is made ("" for the root folder itself)."""

    path: Path
    name: str


def require_existing(paths: Sequence[Path]) -> list[_Named]:
    """Return the roots of a scan. Raises `PathNotFound` if a path does not exist."""
    roots, missing = [], []
    for path in paths:
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
            roots.append(_Named(path=path.resolve(), name="" if is_folder else path.name))
        except (OSError, RuntimeError):  # RuntimeError: a symbolic link that points to itself
            missing.append(printable(path))
    if missing:
        raise PathNotFound(f"no such file or folder: {', '.join(missing)}; name files or folders of articles")
    return roots


def _files(path: Path, *, name: str, seen: set[Path]) -> Iterator[_Named | Failure]:
    """Yield every file at or below `path` once, and a failure for everything that cannot be listed or followed."""
    try:
        real = path.resolve()
        if real in seen:
            return
        is_folder = stat.S_ISDIR(path.stat().st_mode)
        entries = sorted(path.iterdir()) if is_folder else []
    except (OSError, RuntimeError) as error:
        yield _unreadable(path, error)
        return
    seen.add(real)
    if not is_folder:
        yield _Named(path=path, name=name)
    for entry in entries:
        if not entry.name.startswith(".") and not entry.name.upper().startswith("README"):
            yield from _files(entry, name=f"{name}/{entry.name}" if name else entry.name, seen=seen)


def _look_at(found: _Named, *, suffixes: Collection[str]) -> Source | Failure:
    """Hash one file. Return a failure if it is not a regular file, cannot be read or has another format."""
    path = found.path
    if not found.name.isprintable():
        return _failure(path, "bad_name", "has a name that is not printable UTF-8 text; rename it")
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _failure(path, "not_a_file", "is neither a file nor a folder; remove it")
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return _unreadable(path, error)
    if path.suffix.lower() not in suffixes:
        return _failure(
            path,
            "unsupported_format",
            f"has the suffix {path.suffix!r}; expected one of {', '.join(sorted(suffixes))}; convert it or remove it",
            content_sha256=digest,
        )
    return Source(
        path=path,
        article_id=found.name.removesuffix(path.suffix),
        source_uri=path.as_uri(),
        content_sha256=digest,
    )


def _settle_claims(sources: Sequence[Source], *, known: Sequence[KnownArticle]) -> tuple[list[Source], list[Failure]]:
    """Assign each article_id and each content to one source: the file that the warehouse knows, else the first."""
    known_by_uri = _by(known, "source_uri")
    named = [_with_known_id(source, known_by_uri) for source in sources]
    claims = _Claims(known=known, uris=frozenset(source.source_uri for source in sources))
    kept: list[Source] = []
    failures: list[Failure] = []
    for source in sorted(named, key=claims.rank):
        if (first := claims.holder_of_content(source)) is not None:
            error, what = "duplicate_content", f"holds the same bytes as {shown_path(first)}; remove one"
        elif (holder := claims.holder_of_id(source)) is not None:
            error = "duplicate_article_id"
            what = f"claims the article_id {source.article_id!r}, which {shown_path(holder)} has; rename one"
        else:
            claims.grant(source)
            kept.append(source)
            continue
        failures.append(_failure(source.path, error, what, content_sha256=source.content_sha256))
    return sorted(kept, key=lambda source: str(source.path)), failures


def _with_known_id(source: Source, by_uri: Mapping[str, Sequence[KnownArticle]]) -> Source:
    """Return the source with the article_id that the warehouse has for its file."""
    ids = [article.article_id for article in by_uri.get(source.source_uri, ())]
    return source if not ids or source.article_id in ids else replace(source, article_id=ids[0])


class _Claims:
    """Which file holds which article_id and which content, in this scan and in the warehouse."""

    def __init__(self, *, known: Sequence[KnownArticle], uris: Collection[str]) -> None:
        self._known = {article.article_id: article for article in known}
        self._known_by_content = _by(known, "content_sha256")
        self._uris = uris
        self._by_id: dict[str, str] = {}
        self._by_content: dict[str, str] = {}

    def rank(self, source: Source) -> tuple[int, str]:
        """Return a sort key: first sources that the warehouse knows by file and bytes, by file, by id and bytes."""
        article = self._known.get(source.article_id)
        is_file = article is not None and article.source_uri == source.source_uri
        is_content = article is not None and article.content_sha256 == source.content_sha256
        return (0 if is_file and is_content else 1 if is_file else 2 if is_content else 3), str(source.path)

    def holder_of_content(self, source: Source) -> str | None:
        """Return the URI of another article file with the same bytes, or None; empty files have no duplicates."""
        content = source.content_sha256
        if content == _EMPTY:
            return None
        article = self._known.get(source.article_id)
        if content in self._by_content or (article is not None and article.content_sha256 == content):
            return self._by_content.get(content)
        uris = [article.source_uri for article in self._known_by_content.get(content, ())]
        return next((uri for uri in uris if self._is_elsewhere(uri)), None)

    def holder_of_id(self, source: Source) -> str | None:
        """Return the URI of another file that holds the same article_id, or None."""
        article = self._known.get(source.article_id)
        if source.article_id in self._by_id or article is None or article.content_sha256 == source.content_sha256:
            return self._by_id.get(source.article_id)
        return article.source_uri if self._is_elsewhere(article.source_uri) else None

    def grant(self, source: Source) -> None:
        """Record that the source is an article."""
        self._by_id[source.article_id] = source.source_uri
        self._by_content[source.content_sha256] = source.source_uri

    def _is_elsewhere(self, uri: str) -> bool:
        return uri not in self._uris and exists(uri)


def _by(known: Sequence[KnownArticle], field: str) -> dict[str, list[KnownArticle]]:
    grouped: dict[str, list[KnownArticle]] = {}
    for article in known:
        grouped.setdefault(getattr(article, field), []).append(article)
    return grouped


def path_of(uri: str) -> Path | None:
    """Return the path of a file URI, or None for any other URI.

    >>> path_of("file:///tmp/a%20b.txt")
    PosixPath('/tmp/a b.txt')
    """
    parts = urlsplit(uri)
    return Path(unquote(parts.path, errors="surrogateescape")) if parts.scheme == "file" else None


def shown_path(uri: str) -> str:
    """Return the path of a file URI, or else the URI, as text that can be printed whatever bytes it contains.

    >>> print(shown_path("file:///tmp/a%0A%FF.txt"))
    /tmp/a\\n\\udcff.txt
    """
    return printable(path_of(uri) or uri)


def exists(uri: str) -> bool:
    """Return whether the file of a URI exists."""
    path = path_of(uri)
    try:
        return path is not None and path.is_file()
    except OSError:
        return True  # it cannot be accessed, which does not mean that it is gone


def _failure(path: Path, error: str, what: str, *, content_sha256: str | None = None) -> Failure:
    return Failure(
        source_uri=path.as_uri(),
        stage="find",
        error=error,
        message=f"{printable(path)} {what}",
        content_sha256=content_sha256,
    )


def _unreadable(path: Path, error: OSError | RuntimeError) -> Failure:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return _failure(path, "not_readable", f"cannot be read: {reason}; make it readable or remove it")
