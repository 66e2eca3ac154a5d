"""The entry point of the readers: turns a file, or its bytes, into an `Article`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from extractors.readers.blocks import Block
from extractors.readers.cleaning.characters import clean_characters
from extractors.readers.cleaning.inline import plain
from extractors.readers.formats.front_matter import split_front_matter
from extractors.readers.formats.markdown import parse_markdown
from extractors.readers.formats.text import parse_text
from extractors.readers.source import ReadError, decode, read_bytes
from extractors.readers.structure.front_page import find_title
from extractors.readers.structure.metadata import read_metadata
from extractors.readers.structure.sections import arrange, has_readable_text, lay_out
from extractors.records import Article

READABLE_SUFFIXES: dict[str, str] = {".txt": "text", ".md": "markdown", ".markdown": "markdown"}
"""Suffix of a file name, in lower case -> source format."""

_PARSERS: dict[str, Callable[[str], list[Block]]] = {"text": parse_text, "markdown": parse_markdown}

_TITLE_LABEL = re.compile(r"(?:article )?title:\s*(?=\S)", re.IGNORECASE)
_TITLE_MARKS = re.compile(r"[\s*†‡§¶#∗]+\Z")


def read_article(path: Path, *, article_id: str, source_uri: str) -> Article:
    """Return the article in a file, whose suffix determines the format (`READABLE_SUFFIXES`).

    Raises ReadError: unsupported_format, unreadable, too_large, and what `parse_article` raises.
    """
    source_format = READABLE_SUFFIXES.get(path.suffix.lower())
    if source_format is None:
        came = f"suffix {path.suffix!r}" if path.suffix else "no suffix"
        raise ReadError(
            "unsupported_format",
            f"{path.name} has {came}; expected one of {', '.join(READABLE_SUFFIXES)}; "
            "convert the file, or rename it if it is plain text",
        )
    return parse_article(read_bytes(path), source_format=source_format, article_id=article_id, source_uri=source_uri)


def parse_article(data: bytes, *, source_format: str, article_id: str, source_uri: str) -> Article:
    """Return the article in `data`, UTF-8 in one of the source formats "text" and "markdown".

    Raises ReadError: unsupported_format, too_large, empty, binary, not_utf8, line_too_long, no_text.
    """
    parser = _PARSERS.get(source_format)
    if parser is None:
        raise ReadError(
            "unsupported_format", f"source format is {source_format!r}; expected one of {', '.join(_PARSERS)}"
        )
    text = clean_characters(decode(data))
    stated, text = split_front_matter(text) if source_format == "markdown" else ({}, text)
    title, blocks = _take_title(_with_abstract(parser(text), stated), stated)
    parts = arrange(blocks, title=title)
    if not has_readable_text(parts):
        raise ReadError(
            "no_text",
            "nothing is left to read beside authors, references and imprint; expected an abstract or a body; "
            "check that the whole article was exported",
        )
    article_text, sections = lay_out(parts)
    metadata = read_metadata(parts, title=title, stated=stated)
    return Article(
        article_id=article_id,
        text=article_text,
        sections=sections,
        source_uri=source_uri,
        source_format=source_format,
        content_sha256=hashlib.sha256(data).hexdigest(),
        title=title,
        journal=metadata.journal,
        published=metadata.published,
        doi=metadata.doi,
        pmid=metadata.pmid,
        pmcid=metadata.pmcid,
        licence=metadata.licence,
        article_type=metadata.article_type,
        is_retracted=metadata.is_retracted,
    )


def _with_abstract(blocks: list[Block], stated: Mapping[str, str]) -> list[Block]:
    """Insert an abstract that only the front matter has before the text."""
    abstract = plain(stated.get("abstract", ""))
    if not abstract:
        return blocks
    place = (find_title(blocks) or 0) + 1 if find_title(blocks) is not None else 0
    heading = Block(form="heading", text="Abstract", level=20)
    return [*blocks[:place], heading, Block(form="paragraph", text=abstract), *blocks[place:]]


def _take_title(blocks: Sequence[Block], stated: Mapping[str, str]) -> tuple[str | None, list[Block]]:
    """Return the title without footnote marks, and the remaining blocks."""
    place = find_title(blocks)
    stated_title = _clean_title(plain(stated.get("title", "")))
    if place is None:
        return stated_title or None, list(blocks)
    found = _clean_title(blocks[place].text)
    if stated_title and found.casefold() != stated_title.casefold():
        return stated_title, list(blocks)
    return found or None, [*blocks[:place], *blocks[place + 1 :]]


def _clean_title(text: str) -> str:
    return _TITLE_MARKS.sub("", _TITLE_LABEL.sub("", text, count=1))
