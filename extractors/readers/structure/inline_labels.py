"""Labels at the beginning of a paragraph: "Methods: We searched ...", "**Funding.** None."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.language.lexicon import word_list
from extractors.readers.blocks import Block
from extractors.readers.structure.headings import heading_kind
from extractors.records import UNREAD_SECTION_KINDS

_LABEL_WITHIN = re.compile(r"(?<=[.!?:)\]”\"]) (?=([A-Z][A-Za-z ,&]{2,40}):\s)")
_CAPITAL_LABEL = re.compile(r"([A-Z][A-Z &]{3,40}?) (?=[A-Z][a-z]|A [a-z]|I[nt] )")
_NOTE_MARK = re.compile(r"[*†‡]\s?(?=[A-Z])")
_TITLE = re.compile(r"(?:article )?title:\s", re.IGNORECASE)
_SEPARATORS = ":.—– "
_LONGEST = 90

_PLAIN_WORDS_TOO = word_list("readers", "plain_words_too")
_PREDICATE = re.compile(r"\b(?:is|are|was|were|has|have|had|can|may)\b")


def label_of(block: Block) -> tuple[str, str] | None:
    """Return the known label that a paragraph or item begins with, and the section kind that it announces.

    A label ends with a colon; instead it may be emphasised in Markdown, or in capitals in plain text.
    """
    if block.form == "heading":
        return None
    return _before(block.text, ":") or _emphasised(block) or _in_capitals(block.text) or _before(block.text, "—")


def is_labelled(line: str) -> bool:
    """Whether a line begins with a known label, or "Title", and a colon."""
    return _before(line, ":") is not None or _TITLE.match(line) is not None


def split_at_labels(block: Block) -> Iterator[Block]:
    """Split a paragraph that holds several labels, as a structured abstract does.

    A part that is not read, such as "Funding: ...", is split only at other labels of that sort.
    """
    mark = _NOTE_MARK.match(block.text)
    if mark and label_of(unmarked := replace(block, text=block.text[mark.end() :])):
        block = unmarked
    label = label_of(block)
    if block.form != "paragraph" or label is None:
        yield block
        return
    is_read = label[1] not in UNREAD_SECTION_KINDS
    start, lead = 0, block.lead
    for match in _LABEL_WITHIN.finditer(block.text):
        kind = heading_kind(match[1])
        if kind is not None and (is_read or kind in UNREAD_SECTION_KINDS):
            yield Block(form="paragraph", text=block.text[start : match.start()], lead=lead)
            start, lead = match.end(), None
    yield Block(form="paragraph", text=block.text[start:], lead=lead)


def _before(text: str, separator: str) -> tuple[str, str] | None:
    name, found, rest = text[:_LONGEST].partition(separator)
    kind = heading_kind(name) if found else None
    if kind is None or (separator == ":" and rest and not rest[0].isspace()) or not name[0].isalnum():
        return None
    if name.strip().lower() in _PLAIN_WORDS_TOO and _PREDICATE.search(text):
        return None
    return name.rstrip(), kind


def _emphasised(block: Block) -> tuple[str, str] | None:
    name = (block.lead or "").rstrip(_SEPARATORS)
    rest = block.text[len(name) :].lstrip(_SEPARATORS)
    kind = heading_kind(name) if name and rest and not rest[0].islower() else None
    return (name, kind) if kind else None


def _in_capitals(text: str) -> tuple[str, str] | None:
    match = _CAPITAL_LABEL.match(text)
    kind = heading_kind(match[1]) if match else None
    return (match[1], kind) if match and kind else None
