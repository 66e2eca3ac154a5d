"""Reads annotated corpora in PubTator's form: title and abstract, mentions with offsets, type and identifiers."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


class CorpusError(ValueError):
    """A corpus is missing or breaks its form; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention as annotated: `start` to `end` in characters of the document, `identifiers` without order."""

    start: int
    end: int
    text: str
    label: str
    identifiers: frozenset[str]


@dataclass(slots=True)
class GoldDocument:
    """A title and an abstract, with one blank between them, and what is annotated in them."""

    document_id: str
    text: str
    mentions: list[GoldMention] = field(default_factory=list)


_LINE = re.compile(r"(\d+)\|([ta])\|(.*)")


def read_pubtator(path: Path) -> Iterator[GoldDocument]:
    """Yield the documents of a PubTator file, packed by gzip or not.

    Identifiers are separated by "|", "," or "+" in the corpora; what is annotated as "-1" or "-" has none. Raises
    CorpusError when the file is missing, or a mention is not what stands at its offsets.
    """
    if not path.is_file():
        raise CorpusError(f"no file {path}; expected a corpus in PubTator's form there")
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            lines = file.readlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read: {error}; get the file again") from error
    if not any(map(_LINE.match, lines)):
        raise CorpusError(f"{path} has no document; expected lines such as 8701013|t|Title")
    document = None
    for number, line in enumerate(lines, start=1):
        line = line.rstrip("\n")
        if found := _LINE.match(line):
            if found[2] == "t":
                if document is not None:
                    yield document
                document = GoldDocument(found[1], found[3])
            elif document is not None:
                document.text = f"{document.text} {found[3]}"
            continue
        fields = line.split("\t")
        if document is None or len(fields) < 6 or not fields[1].isdigit():
            continue  # a relation, or a blank line
        start, end, text = int(fields[1]), int(fields[2]), fields[3]
        if document.text[start:end].split() != text.split():
            raise CorpusError(
                f"{path.name}:{number}: {text!r} does not stand at {start}:{end} of document {document.document_id}"
            )
        document.mentions.append(GoldMention(start, end, text, fields[4], identifiers_of(fields[5])))
    if document is not None:
        yield document


def identifiers_of(field: str) -> frozenset[str]:
    """Return the identifiers of an annotation, without a prefix for MeSH.

    >>> sorted(identifiers_of("D016510|MESH:D012173")), identifiers_of("-1")
    (['D012173', 'D016510'], frozenset())
    """
    members = (member.strip().removeprefix("MESH:") for member in re.split(r"[|,;+]", field))
    return frozenset(member for member in members if member not in ("", "-", "-1"))
