"""Files and folders as a source of articles: what is there, under which article_id, with which content."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from extractors.records import Failure


class PathNotFound(ValueError):
    """A path that was named as a source does not exist or cannot be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file that claims to be an article.

    `article_id` is the path below the folder that was given (for a file that was given: its name), with
    "/" and without suffix. `source_uri` is a file URI, `content_sha256` the hash of the bytes.
    """

    path: Path
    article_id: str
    source_uri: str
    content_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What a look at the sources found: articles by path, and what cannot be one."""

    sources: tuple[Source, ...]
    failures: tuple[Failure, ...]


def scan(
    paths: Sequence[Path],
    *,
    suffixes: Collection[str],
    known_uris: Mapping[str, str] | None = None,
    left_out: Collection[Path] = (),
) -> Scan:
    """Find the articles in files and folders.

    Folders are read with all below them; dot files, dot folders, README files and what `left_out` names
    (in paths without links) are left out, and what is reached twice (through links) is read once. `suffixes`
    are the readable ones, in lower case with their dot; `known_uris` gives the source URI of every article_id that the warehouse holds. A second file
    that claims an article_id, here or against the warehouse, becomes a failure `duplicate_article_id`,
    unless the known file is gone: then the article has moved. Raises `PathNotFound` for a path that does
    not exist.
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
    kept, duplicates = _settle_claims(sources, known_uris=known_uris or {})
    failures.extend(duplicates)
    return Scan(sources=tuple(kept), failures=tuple(sorted(failures, key=lambda failure: failure.source_uri)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A path, and the name below its root that its article_id is made of ("" for the root folder itself)."""

    path: Path
    name: str


def require_existing(paths: Sequence[Path]) -> list[_Named]:
    """Return the roots of a scan; raise `PathNotFound` where a path does not exist."""
    roots, missing = [], []
    for path in paths:
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
            roots.append(_Named(path=path.resolve(), name="" if is_folder else path.name))
        except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself
            missing.append(str(path))
    if missing:
        raise PathNotFound(f"no such file or folder: {', '.join(missing)}; name files or folders of articles")
    return roots


def _files(path: Path, *, name: str, seen: set[Path]) -> Iterator[_Named | Failure]:
    """Give every file at or below `path` once; a failure for what cannot be listed or followed."""
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
    """Hash one file; a failure where it is no regular file, cannot be read or has another format."""
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


def _settle_claims(sources: Sequence[Source], *, known_uris: Mapping[str, str]) -> tuple[list[Source], list[Failure]]:
    """Give each article_id to one source: the file the warehouse knows if it is there, else the first."""
    owner: dict[str, str] = {}
    kept: list[Source] = []
    failures: list[Failure] = []
    for source in sorted(sources, key=lambda source: str(source.path)):
        known = known_uris.get(source.article_id)
        if known is not None and known != source.source_uri and _exists(known):
            owner.setdefault(source.article_id, known)
        holder = owner.setdefault(source.article_id, source.source_uri)
        if holder == source.source_uri:
            kept.append(source)
            continue
        failures.append(
            _failure(
                source.path,
                "duplicate_article_id",
                f"claims the article_id {source.article_id!r}, which {path_of(holder) or holder} has; rename one",
                content_sha256=source.content_sha256,
            )
        )
    return kept, failures


def path_of(uri: str) -> Path | None:
    """Return the path that a file URI names; None for any other URI.

    >>> path_of("file:///tmp/a%20b.txt")
    PosixPath('/tmp/a b.txt')
    """
    parts = urlsplit(uri)
    return Path(unquote(parts.path, errors="surrogateescape")) if parts.scheme == "file" else None


def shown_path(uri: str) -> str:
    """Return the path that a file URI names, or the URI, as text that can be printed whatever bytes it holds."""
    return str(path_of(uri) or uri).encode("utf-8", "backslashreplace").decode("utf-8")


def _exists(uri: str) -> bool:
    path = path_of(uri)
    try:
        return path is not None and path.is_file()
    except OSError:
        return True  # it cannot be looked at, so it cannot be called gone


def _failure(path: Path, error: str, what: str, *, content_sha256: str | None = None) -> Failure:
    shown = str(path).encode(errors="backslashreplace").decode()
    return Failure(
        source_uri=path.as_uri(),
        stage="find",
        error=error,
        message=f"{shown} {what}",
        content_sha256=content_sha256,
    )


def _unreadable(path: Path, error: OSError | RuntimeError) -> Failure:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return _failure(path, "not_readable", f"cannot be read: {reason}; make it readable or remove it")
