"""Blocks: the headings, paragraphs, list items and tables of a document, before they are interpreted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, paragraph, list item or table of a document, in reading order.

    `text` is one line (of a table one line for each row, with cells joined by " | "). `level` ranks headings: the
    smaller, the higher; 0 for anything else. `lead` is the emphasised beginning of a Markdown paragraph, as in
    "**Methods.** We searched ...".
    """

    form: Literal["heading", "paragraph", "item", "table"]
    text: str
    level: int = 0
    lead: str | None = None
