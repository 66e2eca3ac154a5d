"""The result of searching a source of articles. Each other module here searches one kind of source for a Scan."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractors.records import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file that may be an article.

    `article_id` is the path relative to the folder that was named (for a file that was named: its name), with "/" and
    without suffix. `source_uri` is a file URI, `content_sha256` the hash of the bytes.
    """

    path: Path
    article_id: str
    source_uri: str
    content_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What was found in a source: possible articles by path, and failures for files that cannot be one."""

    sources: tuple[Source, ...]
    failures: tuple[Failure, ...]
