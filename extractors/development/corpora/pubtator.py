"""Reads corpora in PubTator's format: title and abstract, mentions with offsets, type and identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from extractors.development.corpora.annotated import AnnotatedText, Annotation, CorpusError, spans_of
from extractors.development.corpora.files import read_lines

Document = tuple[AnnotatedText, list[tuple[int, list[str]]]]
"""A document, and the number and fields of each of its lines that is neither text nor mention."""

_TEXT = re.compile(r"(\d+)\|([ta])\|(.*)")


class _MisplacedError(CorpusError):
    """A mention does not match the text at its offsets."""


def read_pubtator(path: Path, *, skip_misplaced: bool = False) -> Iterator[AnnotatedText]:
    """Yield the documents of a PubTator file, compressed with gzip or not: title, one blank, abstract (if any).

    Identifiers are separated by "|", "," or "+" in the corpora; "-1" and "-" mean that there is none. A document that
    occurs twice is yielded once. A mention must match the text at its offsets, ignoring case and white space; otherwise
    CorpusError is raised. With `skip_misplaced` the document is left out as a whole instead: a text with only some of
    its mentions would teach that the others are not mentions.
    """
    for document, _ in read_documents(path, skip_misplaced=skip_misplaced):
        yield document


def read_documents(path: Path, *, skip_misplaced: bool = False) -> Iterator[Document]:
    """Yield the documents like `read_pubtator`, each with its lines of relations. Raises like that function."""
    lines = read_lines(path, "a corpus in PubTator's form")
    if not any(map(_TEXT.match, lines)):
        raise CorpusError(f"{path} has no document; expected lines such as 8701013|t|Title")
    document_no = 0
    numbered: list[tuple[int, int, str]] = []
    for number, line in enumerate(lines, start=1):
        found = _TEXT.match(line)
        document_no += bool(found and found[2] == "t")
        numbered.append((document_no, number, line))
    seen: set[tuple[str, str]] = set()
    for _, block in groupby(numbered, key=lambda item: item[0]):
        try:
            document = _document(path, [(number, line) for _, number, line in block])
        except _MisplacedError:
            if not skip_misplaced:
                raise
            continue
        if document is not None and (key := (document[0].document_id, document[0].text)) not in seen:
            seen.add(key)
            yield document


def _document(path: Path, lines: list[tuple[int, str]]) -> Document | None:
    document_id, parts = "", []
    annotations: list[Annotation] = []
    others: list[tuple[int, list[str]]] = []
    for number, line in lines:
        if found := _TEXT.match(line):
            document_id = found[1]
            parts += [found[3]] if found[3] else []
            continue
        fields = line.split("\t")
        if len(fields) < 5 or not (fields[1].isdigit() and fields[2].isdigit()):
            others += [(number, fields)] if line.strip() else []
            continue
        start, end, text = int(fields[1]), int(fields[2]), fields[3]
        if " ".join(parts)[start:end].casefold().split() != text.casefold().split():
            raise _MisplacedError(
                f"{path.name}:{number}: {text!r} does not stand at {start}:{end} of document {document_id}"
            )
        identifiers = identifiers_of(fields[5]) if len(fields) > 5 else frozenset()
        annotations.append(Annotation(((start, end),), fields[4], identifiers))
    if not document_id:
        return None
    return AnnotatedText(f"PMID:{document_id}", " ".join(parts), spans_of(annotations)), others


def identifiers_of(field: str) -> frozenset[str]:
    """Return the identifiers of an annotation, without a prefix for MeSH.

    >>> sorted(identifiers_of("D016510|MESH:D012173")), identifiers_of("-1")
    (['D012173', 'D016510'], frozenset())
    """
    members = (member.strip().removeprefix("MESH:") for member in re.split(r"[|,;+]", field))
    return frozenset(member for member in members if member not in ("", "-", "-1"))
