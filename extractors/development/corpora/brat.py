"""Reads brat's standoff format: text files with their annotation files, in one tar archive."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from extractors.development.corpora.annotated import AnnotatedText, Annotation, CorpusError, spans_of
from extractors.development.corpora.files import read_members

_ANNOTATIONS = (".a1", ".a2", ".ann")
_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_DOCUMENT_ID = re.compile(r"(PMID|PMC)-?(\d+)")


class StandoffText(NamedTuple):
    """A text of an archive, its annotations by number ("T1") and the lines of its .a2 file (None: there is none)."""

    file: str
    text: AnnotatedText
    annotations: dict[str, Annotation]
    events: str | None


def read_brat(path: Path) -> Iterator[AnnotatedText]:
    """Yield the texts of an archive with their text-bound annotations: entities (.a1, .ann) and triggers (.a2).

    A trigger is a span like any other, with its type as label; events, relations and attributes are not read. Several
    texts may be extracts of one document and share its id. For annotations in several pieces see `spans_of`. Raises
    CorpusError, with file and line, for an annotation that does not match the text at its offsets.
    """
    for found in read_standoff(path):
        yield found.text


def read_standoff(path: Path) -> Iterator[StandoffText]:
    """Yield the texts with their annotations by number; `file` is the archive and the stem of the text's name."""
    files: dict[str, dict[str, str]] = defaultdict(dict)
    for name, text in read_members(path, "an archive of .txt files with .a1 and .a2, or .ann, beside them"):
        files[name.stem][name.suffix] = text
    with_text = {stem: parts for stem, parts in files.items() if ".txt" in parts}
    if not with_text:
        raise CorpusError(f"{path} has no .txt file; expected one for each text, with its annotations beside it")
    for stem, parts in sorted(with_text.items()):
        annotations = {
            number: annotation
            for suffix in _ANNOTATIONS
            for number, annotation in text_bound(parts[".txt"], parts.get(suffix, ""), f"{path.name}:{stem}{suffix}")
        }
        found = _DOCUMENT_ID.match(stem)
        document_id = f"{found[1]}:{found[2]}" if found else ""
        document = AnnotatedText(document_id, parts[".txt"], spans_of(annotations.values()))
        yield StandoffText(f"{path.name}:{stem}", document, annotations, parts.get(".a2"))


def text_bound(text: str, lines: str, file: str) -> Iterator[tuple[str, Annotation]]:
    """Yield the text-bound annotations (T lines) of a file on `text`, with their numbers; `file` is for messages."""
    for number, line in enumerate(lines.split("\n"), start=1):
        if not line.startswith("T"):
            continue
        found = _TEXT_BOUND.match(line)
        if found is None:
            raise CorpusError(f"{file}:{number}: {line!r}; expected T1, a tab, label and offsets, a tab, the text")
        fragments = tuple((int(start), int(end)) for start, end in map(str.split, found[3].split(";")))
        if " ".join(text[start:end] for start, end in fragments).split() != found[4].split():
            raise CorpusError(f"{file}:{number}: {found[4]!r} does not stand at {found[3]}")
        yield found[1], Annotation(fragments, found[2])
