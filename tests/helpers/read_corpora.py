"""The corpora beside the repository, each file of which is read once for all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from places import SHARED

from extractors.development.corpora.annotated import AnnotatedText
from extractors.development.corpora.iob import read_iob
from extractors.development.training import sources

CORPORA = SHARED / "corpora"


def _once(read: Callable[[Path], Iterator[AnnotatedText]]) -> Callable[[Path], Iterator[AnnotatedText]]:
    found: dict[Path, list[AnnotatedText]] = {}

    def read_once(path: Path) -> Iterator[AnnotatedText]:
        if path not in found:
            found[path] = list(read(path))
        return iter(found[path])

    return read_once


SOURCES = {each.name: replace(each, read=_once(each.read)) for each in sources.SOURCES}
read_iob_once = _once(read_iob)
