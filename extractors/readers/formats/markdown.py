"""Markdown: CommonMark with tables, footnotes, LaTeX and HTML as converters write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from extractors.readers.blocks import Block
from extractors.readers.cleaning.inline import plain
from extractors.readers.cleaning.latex import latex_to_characters
from extractors.readers.cleaning.markup import break_at_tags, strip_comments, tables_to_pipes
from extractors.readers.formats.line_wrapping import Hyphenation, ends_sentence, join_lines, merge_broken_paragraphs
from extractors.readers.structure.headings import heading_depth, heading_kind

_HEADING_WITHOUT_SPACE = re.compile(r"^(#{1,6})(?=[A-Z])", re.MULTILINE)
_STAR_ALLELE = re.compile(r"(?<=[A-Z0-9])\*(?=\d)")
_FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\]\n]{1,30}\]:[ \t]*", re.MULTILINE)
_NOT_A_LINK_TARGET = re.compile(
    r"^( {0,3})\[(?=[^\]\n]{1,100}\]:(?!\s*<?(?:https?:|ftp:|mailto:|www\.|[#/.])))", re.MULTILINE
)
_LINKED_CITATION = re.compile(r"\[(\\?\[[\d,;–\s-]{1,60}\\?\])\]\([^()\s]{0,300}\)")
_NO_LINK = re.compile(r"(?<!\\)\[(?!!\[[^\[\]\n]{0,300}\]\(|[^\[\]\n]{0,300}\][(\[:])")
_SPECIAL = re.compile(r"[\\`*_\[\]|#~]")
_CITATION_LINK = re.compile(r"\[?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\]?")
_LONGEST_HEADING = 300
_BOLD_LEVEL, _ITALIC_LEVEL = 70, 80


def parse_markdown(text: str) -> list[Block]:
    """Return the blocks of a Markdown text without front matter, with split paragraphs joined.

    The level of a heading is ten times its Markdown level, plus the depth of its number; a line that is bold from end
    to end is a heading below all others.
    """
    source = _prepare(text)
    hyphenation = Hyphenation(source)
    blocks = _blocks(_parser().parse(source), hyphenation)
    return merge_broken_paragraphs([block for block in blocks if block.text], hyphenation)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 100})
    return parser.enable("table").disable(["code", "html_block"])  # indented lines are text, not code


def _prepare(text: str) -> str:
    """Return the source with everything escaped or replaced that Markdown would misread."""
    text = strip_comments(text)
    if "<" in text:
        text = break_at_tags(tables_to_pipes(text))
    text = _STAR_ALLELE.sub(r"\\*", text)
    text = latex_to_characters(text, escape=_escape)
    text = _HEADING_WITHOUT_SPACE.sub(r"\1 ", text)
    text = _FOOTNOTE.sub("\n\n", text)
    text = _LINKED_CITATION.sub(r"\1", text)
    return _NO_LINK.sub(r"\\[", _NOT_A_LINK_TARGET.sub(r"\1\\[", text))  # few brackets keep parsing linear in time


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda match: "\\" + match[0], text)


def _blocks(tokens: Sequence[Token], hyphenation: Hyphenation) -> Iterator[Block]:
    items = 0
    rows: list[list[str]] = []
    for place, token in enumerate(tokens):
        match token.type:
            case "list_item_open":
                items += 1
            case "list_item_close":
                items -= 1
            case "tr_open":
                rows.append([])
            case "table_close":
                yield Block(form="table", text="\n".join(" | ".join(filter(None, row)) for row in rows if any(row)))
                rows = []
            case "fence" | "code_block":
                yield Block(form="paragraph", text=plain(join_lines(token.content.split("\n"), hyphenation)))
            case "inline":
                text, lead, lead_mark = _inline(token.children or [])
                shown = plain(join_lines(text.split("\n"), hyphenation))
                opening = tokens[place - 1]
                if opening.type in ("th_open", "td_open"):
                    rows[-1].append(shown)
                elif opening.type == "heading_open":
                    yield from _heading(shown, int(opening.tag[1]))
                elif items:
                    yield Block(form="item", text=shown)
                else:
                    yield _paragraph(shown, plain(join_lines(lead.split("\n"), hyphenation)), lead_mark)


def _heading(text: str, depth: int) -> Iterator[Block]:
    """Yield a heading; text on its line, and text that was underlined by mistake, stays text."""
    label, colon, rest = text.partition(":")
    if colon and len(rest.split()) > 12 and heading_kind(label) is not None:
        yield Block(form="heading", text=label, level=depth * 10 + heading_depth(label))
        yield Block(form="paragraph", text=rest.strip())
    elif len(text) > _LONGEST_HEADING or (text.endswith(".") and len(text.split()) > 25):
        yield Block(form="paragraph", text=text)
    else:
        yield Block(form="heading", text=text, level=depth * 10 + heading_depth(text))


def _paragraph(text: str, lead: str, lead_mark: str) -> Block:
    is_whole = bool(lead) and text.rstrip(" :") == lead.rstrip(" :")
    if is_whole and heading_kind(lead) is not None:
        return Block(form="heading", text=text, level=_BOLD_LEVEL if lead_mark == "strong" else _ITALIC_LEVEL)
    is_short = len(text) <= 200 and len(text.split()) <= 25 and not ends_sentence(text.rstrip(":"))
    if is_whole and is_short and lead_mark == "strong":
        return Block(form="heading", text=text, level=_BOLD_LEVEL + heading_depth(text))
    return Block(form="paragraph", text=text, lead=lead if lead and text.startswith(lead) else None)


def _inline(children: Sequence[Token]) -> tuple[str, str, str]:
    """Return the text of a run, its emphasised beginning, and whether that is "strong" or "em"."""
    pieces: list[str] = []
    link_starts: list[int] = []
    lead, lead_mark, emphasis = "", "", 0
    for child in children:
        match child.type:
            case "softbreak" | "hardbreak":
                pieces.append("\n")
            case "link_open":
                link_starts.append(len(pieces))
            case "link_close":
                start = link_starts.pop()
                if _CITATION_LINK.fullmatch("".join(pieces[start:]).strip()):
                    del pieces[start:]
            case "strong_open" | "em_open":
                if not "".join(pieces).strip() and not lead_mark:
                    lead_mark = child.tag if child.tag == "em" else "strong"
                emphasis += 1
            case "strong_close" | "em_close":
                emphasis -= 1
                if emphasis == 0 and lead_mark and not lead:
                    lead = "".join(pieces)
            case _:
                pieces.append(child.content)
    return "".join(pieces), lead, lead_mark
