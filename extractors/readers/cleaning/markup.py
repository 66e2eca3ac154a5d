"""Removes or replaces HTML in articles: comments, tables, tags and entities."""

from __future__ import annotations

import html
import re

_TAG_NAMES = (
    "a|abbr|article|aside|b|big|blockquote|body|br|caption|center|cite|code|col|colgroup|dd|details|div|dl|dt|em|"
    "figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|img|italic|bold|li|main|mark|nav|ol|p|pre|q|s|"
    "section|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|title|tr|u|ul"
)
_ATTRIBUTES = r"(?:\s{1,20}[\w:-]{1,40}\s?=\s?(?:\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'|[^\s\"'<>=]{1,500})){0,30}"
_TAG = re.compile(rf"</?(?:{_TAG_NAMES}){_ATTRIBUTES}\s{{0,5}}/?>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6])\s{0,3}/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ROW_END = re.compile(r"</tr\s{0,3}>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]\s{0,3}>", re.IGNORECASE)
_TABLE_START = re.compile(r"<table[\s>]", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s{0,3}>", re.IGNORECASE)


def strip_comments(text: str) -> str:
    """Return `text` without HTML comments; an unterminated one is left as it is."""
    pieces, position = [], 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        pieces.append(text[position:start])
        position = end + 3
    return "".join([*pieces, text[position:]])


def tables_to_pipes(text: str) -> str:
    """Replace HTML tables by pipe tables between blank lines; an unterminated one is left as it is."""
    pieces, position = [], 0
    while (start := _TABLE_START.search(text, position)) and (end := _TABLE_END.search(text, start.end())):
        pieces += [
            text[position : start.start()],
            "\n\n",
            _pipe_table(text[start.start() : end.end()]),
            "\n\n",
        ]
        position = end.end()
    return "".join([*pieces, text[position:]])


def _pipe_table(table: str) -> str:
    rows = [[_cell(cell) for cell in _CELL_END.split(row)[:-1]] for row in _ROW_END.split(table)]
    filled = [row for row in rows if any(row)]
    width = max(map(len, filled), default=0)
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in filled]
    return "\n".join([*lines[:1], "|" + " --- |" * width, *lines[1:]]) if lines else ""


def _cell(source: str) -> str:
    """Return the text of a cell on one line, keeping `<sup>` and `<sub>`."""
    kept = _TAG.sub(lambda tag: tag[0] if tag[0].lower().lstrip("</")[:3] in ("sup", "sub") else " ", source)
    return " ".join(kept.split()).replace("|", "/")


def break_at_tags(text: str) -> str:
    """Replace `<br>` and the end of every HTML block by a line end."""
    return _BREAK.sub("\n", text)


def strip_tags(text: str) -> str:
    """Return `text` without HTML tags; "p<0.05" and "a<b and c>d" are kept.

    >>> strip_tags('<i>H. pylori</i> with p<0.05')
    'H. pylori with p<0.05'
    """
    return _TAG.sub("", text) if "<" in text else text


def decode_entities(text: str) -> str:
    """Replace HTML entities, also doubly escaped ones, by their characters.

    >>> decode_entities("TNF-&alpha; &amp;lt; 5, R&D")
    'TNF-α < 5, R&D'
    """
    for _ in range(2):
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return text
