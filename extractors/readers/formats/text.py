"""Plain text: finds headings, paragraphs, list items and tables in its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from extractors.readers.blocks import Block
from extractors.readers.cleaning.inline import plain
from extractors.readers.cleaning.latex import latex_to_characters
from extractors.readers.cleaning.markup import break_at_tags, strip_comments, tables_to_pipes
from extractors.readers.formats.line_wrapping import Hyphenation, ends_sentence, join_lines, merge_broken_paragraphs
from extractors.readers.structure.front_page import article_type, is_affiliation, is_author_line, is_imprint
from extractors.readers.structure.headings import heading_depth, heading_kind, heading_number, is_capitals
from extractors.readers.structure.inline_labels import is_labelled

_RULE = re.compile(r"[-=~*_#—–]{3,200}")
_ITEM = re.compile(r"(?:[-*+•‣▪●○◦·–]|\d{1,3}[.)]|\[\d{1,3}\]|\(\d{1,2}\))\s+(?=\S)")
_CELL_EDGE = re.compile(r"\t+|\s\|\s|^\||\|$")
_WIDE_GAP = re.compile(r" {3,}")
_SEPARATOR_ROW = re.compile(r"[-:|+\s]+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST_TITLE = 4
"""The largest number of lines of a title or a list of authors."""

_UNWRAPPED_LINE = 250
"""A line of at least so many characters is a paragraph: no text is wrapped at that width."""


@dataclass
class _Lines:
    """The lines of the block that is being read."""

    form: Literal["paragraph", "item", "table"] = "paragraph"
    lines: list[str] = field(default_factory=list)


def parse_text(text: str) -> list[Block]:
    """Return the blocks of a plain text, with paragraphs unwrapped and split ones joined."""
    if "<" in text:
        text = break_at_tags(tables_to_pipes(strip_comments(text)))
    hyphenation = Hyphenation(text)
    blocks = _level(_split([line.strip() for line in text.split("\n")], hyphenation))
    return merge_broken_paragraphs(blocks, hyphenation)


def _split(lines: Sequence[str], hyphenation: Hyphenation) -> list[Block]:
    blocks: list[Block] = []
    open_lines = _Lines()
    in_references = after_heading = False
    in_front = True

    def close() -> None:
        nonlocal open_lines, in_front
        blocks.extend(_blocks_of(open_lines, hyphenation))
        in_front = in_front and (len(blocks) < 20) and not (open_lines.lines and _is_prose(blocks[-1]))
        open_lines = _Lines()

    for place, line in enumerate(lines):
        if not line:
            close()
            continue
        was_heading, after_heading = after_heading, False
        if _RULE.fullmatch(line):
            if _is_underlined(open_lines, line):
                open_lines, title = _Lines(), open_lines.lines[0]
                blocks.append(Block(form="heading", text=_shown(title), level=10))
                after_heading = True
            else:
                close()
        elif in_front and article_type(line):
            close()
            blocks.append(Block(form="paragraph", text=_shown(line)))
        elif _is_heading(lines, place, after_heading=was_heading, in_references=in_references):
            continues = was_heading and not open_lines.lines and bool(lines[place - 1])
            close()
            _append_heading(blocks, line, continues=continues)
            in_references = heading_kind(line) == "references" or (in_references and heading_kind(line) is None)
            after_heading = True
            in_front = in_front and heading_kind(line) is None
        else:
            row = _cells(line)
            item = _ITEM.match(line)
            if len(row) > 1:
                if open_lines.form != "table":
                    close()
                    open_lines.form = "table"
            elif item and _may_begin_item(open_lines):
                close()
                open_lines.form, line = "item", line[item.end() :]
            elif open_lines.form == "table" or _is_paragraph_end(open_lines, line, in_front=in_front):
                close()
            open_lines.lines.append(line)
    close()
    return [block for block in blocks if block.text]


def _is_prose(block: Block) -> bool:
    """Whether a paragraph shows that the front page is over and the text has begun."""
    return ends_sentence(block.text) and not is_imprint(block.text) and not is_labelled(block.text)


def _is_underlined(above: _Lines, line: str) -> bool:
    return (
        line[0] in "=-~"
        and above.form == "paragraph"
        and len(above.lines) == 1
        and len(above.lines[0]) <= 120
        and not ends_sentence(above.lines[0])
    )


def _append_heading(blocks: list[Block], line: str, *, continues: bool) -> None:
    """Add a heading; a heading in capitals that continues on a second line stays one heading."""
    text = _shown(line)
    if continues and _is_nameless(line) and _is_nameless(blocks[-1].text):
        blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text} {text}")
        return
    blocks.append(Block(form="heading", text=text, level=10))


def _is_nameless(line: str) -> bool:
    """Whether a line in capitals is neither a known heading nor an article type."""
    return is_capitals(line) and heading_kind(line) is None and article_type(line) is None


def _is_heading(lines: Sequence[str], place: int, *, after_heading: bool, in_references: bool) -> bool:
    line = lines[place]
    before = lines[place - 1] if place else ""
    after = lines[place + 1] if place + 1 < len(lines) else ""
    if len(line) > 120 or not line[0].isalnum() or line[0].islower() or after[:1].islower():
        return False
    is_free = not before or after_heading or ends_sentence(before)
    in_capitals = is_capitals(line)
    if heading_kind(line) is not None:
        return is_free or (in_capitals and not is_capitals(before))
    if is_imprint(line) or (in_references and (not in_capitals or any(map(str.isdigit, line)))):
        return False
    if in_capitals:
        goes_on = after.isupper() and after.endswith(".")
        is_row = len(_cells(line)) > 1
        return is_free and not goes_on and not is_row and (len(line) > 5 or not (before or after))
    if before or len(line) > 100 or len(line.split()) > 14 or ends_sentence(line) or line.endswith(","):
        return False
    if heading_number(line):
        return _is_numbered_heading(lines, place)
    return not after and _stands_alone(lines, place)


def _is_numbered_heading(lines: Sequence[str], place: int) -> bool:
    line = lines[place]
    name = line.split(None, 1)[1]
    if not name[0].isupper() or _YEAR.search(line) or is_affiliation(line):
        return False
    beside = (_nearest(lines, place, step=-1), _nearest(lines, place, step=1))
    in_list = any(heading_number(other) and heading_depth(other) == heading_depth(line) for other in beside)
    return not in_list


def _stands_alone(lines: Sequence[str], place: int) -> bool:
    """Whether a short line between blank lines is a heading: text ends before it and begins after it."""
    line, before, after = lines[place], _nearest(lines, place, step=-1), _nearest(lines, place, step=1)
    if not before or not after or len(line) > 80 or len(line.split()) > 10 or _ITEM.match(line):
        return False
    if not ends_sentence(before) and heading_kind(before) is None:
        return False
    if is_affiliation(line) or ("," in line and is_author_line(line)) or _YEAR.search(line):
        return False
    begins_text = len(after) > 60 and (after[0].isupper() or after[0].isdigit())
    return (begins_text or bool(_ITEM.match(after))) and len(_cells(line)) == 1


def _nearest(lines: Sequence[str], place: int, *, step: int) -> str:
    """Return the nearest line with text in one direction, at most five lines away, or ""."""
    for distance in range(1, 6):
        other = place + step * distance
        if not 0 <= other < len(lines):
            break
        if lines[other]:
            return lines[other]
    return ""


def _may_begin_item(open_lines: _Lines) -> bool:
    return not open_lines.lines or open_lines.form == "item" or ends_sentence(open_lines.lines[-1])


def _is_paragraph_end(open_lines: _Lines, line: str, *, in_front: bool) -> bool:
    """Whether the lines so far are a complete paragraph although no blank line follows."""
    if not open_lines.lines:
        return False
    last = open_lines.lines[-1]
    if max(len(last), len(line)) > _UNWRAPPED_LINE:
        return ends_sentence(last) or (len(last) < 150 and line[0].isupper() and last[-1] not in ",-")
    if is_labelled(line) and (ends_sentence(last) or is_labelled(open_lines.lines[0])):
        return True
    if is_imprint(line) and (ends_sentence(last) or in_front or is_imprint(last)) and not line.isdigit():
        return True
    if not in_front or ends_sentence(last) or len(open_lines.lines) > _LONGEST_TITLE:
        return False
    return _is_front_line(line) or _is_front_line(last)


def _is_front_line(line: str) -> bool:
    """Whether a line under the title clearly names authors or institutions, even without blank lines around it."""
    has_marks = "," in line or any(mark in line for mark in "*†&") or any(map(str.isdigit, line))
    return (has_marks and is_author_line(line)) or (line[0].isalnum() and is_affiliation(line))


def _cells(line: str) -> list[str]:
    cells = [cell.strip() for cell in _CELL_EDGE.split(line) if cell.strip()]
    aligned = _WIDE_GAP.split(line)
    is_row = len(cells) == 1 and len(aligned) >= 3 and max(map(len, aligned)) <= 40 and not is_labelled(line)
    return aligned if is_row else cells


def _blocks_of(group: _Lines, hyphenation: Hyphenation) -> list[Block]:
    if not group.lines:
        return []
    if group.form == "table":
        rows = [" | ".join(map(_shown, _cells(line))) for line in group.lines if not _SEPARATOR_ROW.fullmatch(line)]
        return [Block(form="table", text="\n".join(filter(str.strip, rows)))]
    return [Block(form=group.form, text=_shown(join_lines(group.lines, hyphenation)))]


def _shown(text: str) -> str:
    return plain(latex_to_characters(text))


def _level(blocks: Sequence[Block]) -> list[Block]:
    """Assign a level to each heading, by its number or by whether it is in capitals like the known ones."""
    capitals_matter = any(
        block.form == "heading" and is_capitals(block.text) and heading_kind(block.text) for block in blocks
    )
    return [
        replace(block, level=10 + heading_depth(block.text) + (capitals_matter and not is_capitals(block.text)))
        if block.form == "heading" and not heading_number(block.text)
        else replace(block, level=10 + heading_depth(block.text) if block.form == "heading" else 0)
        for block in blocks
    ]
