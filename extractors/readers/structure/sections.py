"""Assigns each block to a section of the article, and gives the sections their offsets in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.readers.blocks import Block
from extractors.readers.structure.front_page import (
    article_type,
    is_address,
    is_affiliation,
    is_author_line,
    is_banner,
    is_imprint,
)
from extractors.readers.structure.headings import heading_kind
from extractors.readers.structure.inline_labels import label_of, split_at_labels
from extractors.readers.structure.references import find_references
from extractors.records import UNREAD_SECTION_KINDS, Section

_PERSON_MARKS = re.compile(r"[,*†&\d]|\b[A-Z]\.")


@dataclass(slots=True)
class Part:
    """A section before its offsets are known: its paragraphs `texts`, the first of which contains `heading`."""

    kind: str
    heading: str | None
    texts: list[str]


def arrange(blocks: Sequence[Block], *, title: str | None) -> list[Part]:
    """Return the parts of an article in reading order: the title first, then the content of `blocks`.

    A known heading opens a part of its kind, any other heading one of the enclosing kind. What a single paragraph is
    labelled as or recognised as ("Methods: ...", an affiliation, a licence) applies to that paragraph alone.
    """
    split = [piece for block in blocks for piece in split_at_labels(block)]
    references = find_references(split)
    parts = [Part("title", None, [title])] if title else []
    enclosing: list[tuple[int, str]] = []
    in_front, owner = True, None  # owner: the part that unlabelled paragraphs go to
    for place, block in enumerate(split):
        if block.form == "heading" and not (in_front and _is_front_heading(block)):
            while enclosing and enclosing[-1][0] >= block.level:
                enclosing.pop()
            kind = heading_kind(block.text) or (enclosing[-1][1] if enclosing else "body")
            enclosing.append((block.level, kind))
            heading = block.text.rstrip(" :") or block.text
            owner = Part(kind, heading, [block.text])
            parts.append(owner)
            in_front = in_front and kind in ("authors", "keywords", "metadata")
            continue
        text = block.text
        own, label = _own_kind(block, in_front=in_front, after_title=_follows_title(parts, title))
        if own is None and place in references:
            own = "references"
        if own is not None:
            kind = own
        else:
            in_front = False
            kind = enclosing[-1][1] if enclosing else "body"
            if kind == "keywords" and owner is not None and len(owner.texts) > 1:
                kind, owner = "body", None
                enclosing.clear()
        if label is None and parts and parts[-1].kind == kind and kind != "title":
            parts[-1].texts.append(text)
        else:
            parts.append(Part(kind, label, [text]))
        if owner is None or parts[-1].kind == owner.kind:
            owner = parts[-1]
    return parts


def lay_out(parts: Sequence[Part]) -> tuple[str, tuple[Section, ...]]:
    """Return the text of an article, its paragraphs separated by a blank line, and its sections."""
    sections: list[Section] = []
    written: list[str] = []
    start = 0
    for number, part in enumerate(parts):
        body = "\n\n".join(part.texts)
        sections.append(
            Section(
                section_no=number,
                kind=part.kind,
                heading=part.heading,
                start_char=start,
                end_char=start + len(body),
            )
        )
        written.append(body)
        start += len(body) + 2
    return "\n\n".join(written), tuple(sections)


def has_readable_text(parts: Sequence[Part]) -> bool:
    """Whether any part that is read has letters outside its heading."""
    return any(
        character.isalpha()
        for part in parts
        if part.kind not in UNREAD_SECTION_KINDS
        for character in "".join(part.texts)[len(part.heading or "") :]
    )


def _own_kind(block: Block, *, in_front: bool, after_title: bool) -> tuple[str | None, str | None]:
    """Return the kind that a paragraph is labelled as (None: no label), and the label."""
    text = block.text
    if block.form == "table":
        return None, None
    if label := label_of(block):
        return label[1], label[0]
    if is_imprint(text) or (in_front and (article_type(text) or is_banner(text))):
        return "metadata", None
    if in_front and (is_affiliation(text) or (after_title and is_author_line(text))):
        return "authors", None
    return ("authors" if is_address(text) else None), None


def _follows_title(parts: Sequence[Part], title: str | None) -> bool:
    return title is not None and all(part.kind in ("title", "authors", "metadata") for part in parts)


def _is_front_heading(block: Block) -> bool:
    """Whether a converter has taken the article type or the line of authors for a heading."""
    text = block.text
    if heading_kind(text) is not None:
        return article_type(text) is not None
    return (
        article_type(text) is not None or is_banner(text) or (bool(_PERSON_MARKS.search(text)) and is_author_line(text))
    )
