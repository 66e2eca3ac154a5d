"""What a source of articles gives. A module beside this one looks through one kind of place and returns a Scan."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractors.records import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file that claims to be an article, as a source gives it.

    `article_id` is the path below the folder that was given (for a file that was given: its name), with
    "/" and without suffix. `source_uri` is a file URI, `content_sha256` the hash of the bytes.
    """

    path: Path
    article_id: str
    source_uri: str
    content_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What a source found when it was looked through: articles by path, and what cannot be one."""

    sources: tuple[Source, ...]
    failures: tuple[Failure, ...]
