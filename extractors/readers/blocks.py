"""The pieces a format is taken apart into, before anything is known of what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, paragraph, list item or table of a document, in reading order.

    `text` is one line (a table: one line per row, cells joined by " | "). `level` orders headings: the
    smaller, the higher; 0 for what is no heading. `lead` is the emphasised beginning of a Markdown
    paragraph, as in "**Methods.** We searched ...".
    """

    form: Literal["heading", "paragraph", "item", "table"]
    text: str
    level: int = 0
    lead: str | None = None
