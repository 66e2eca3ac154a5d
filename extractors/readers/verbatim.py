"""Reads bare text whose offsets must not change: a cleaned copy is analysed, and offsets are mapped back.

The readers of files store the text that they have cleaned and unwrapped. The caller of a bare text (a line of JSON, a
string) expects offsets in exactly that text. So it is stored unchanged, and analysed without the characters that hide
words (zero-width characters, soft hyphens, ligatures) and with blanks for the line ends within a paragraph.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.language.inflection import verb_forms
from extractors.language.lexicon import word_list
from extractors.readers.cleaning.characters import clean_characters
from extractors.readers.formats.line_wrapping import ends_sentence
from extractors.readers.structure.headings import heading_kind
from extractors.records import Article, Section

VERBATIM_FORMATS = frozenset({"jsonl", "string"})
"""Source formats of articles whose text no reader has cleaned."""

_CHARACTER = re.compile(r"\r\n?|\u00ad[ \t]*\r?\n[ \t]*|.[\u0300-\u036f]*", re.DOTALL)
"""What is cleaned as a unit: a letter with its accents, the division of a word at a line end."""

_LISTED = re.compile(r"(?:[-*+•‣▪●○◦·–#|>]|\d{1,3}[.)]|\[\d{1,3}\]|\(\d{1,2}\))\s|\t|.*(?:\t|\s\|\s)")
_RUNNING = re.compile(r"\b(?:was|were|had|did|[Ww]e|[Oo]ur)\b|[a-z)][.?!] [A-Z]")
"""What a title hardly contains: a past tense, the authors as "we", the end of a sentence."""

_NEVER_SENTENCE_FINAL = word_list("readers", "never_sentence_final")
_SHORTEST_WRAPPED = 45
_LATEST_WRAP = 250
_SHORTEST_CONTINUED = 30


def verbatim_article(
    text: str, *, article_id: str, source_uri: str, source_format: str, content_sha256: str | None = None
) -> Article:
    """Return a bare text as an article: one section of kind "body", no title, no metadata.

    `source_format` is one of VERBATIM_FORMATS; `content_sha256` defaults to that of the text in UTF-8. Raises
    ValueError if the text is blank or contains a lone surrogate.

    >>> article = verbatim_article(" Zinc. ", article_id="a", source_uri="string:a", source_format="string")
    >>> article.text, article.sections[0].end_char
    (' Zinc. ', 7)
    """
    if source_format not in VERBATIM_FORMATS:
        raise ValueError(f"source format is {source_format!r}; expected one of {', '.join(sorted(VERBATIM_FORMATS))}")
    if not text.strip():
        raise ValueError("text is empty")
    content = text.encode()  # raises UnicodeEncodeError, a ValueError, for a lone surrogate
    return Article(
        article_id=article_id,
        text=text,
        sections=(Section(section_no=0, kind="body", heading=None, start_char=0, end_char=len(text)),),
        source_uri=source_uri,
        source_format=source_format,
        content_sha256=content_sha256 or hashlib.sha256(content).hexdigest(),
    )


@dataclass(frozen=True, slots=True)
class VerbatimText:
    """`text` is what is read; `start` and `end` give the offsets of a stretch of it in the text that was given."""

    text: str
    _starts: Sequence[int] | None = None
    _ends: Sequence[int] = ()

    def start(self, start: int) -> int:
        """Return the offset in the given text of a stretch that begins at `start` of `text`."""
        return start if self._starts is None else self._starts[start]

    def end(self, end: int) -> int:
        """Return the offset in the given text of the end of a stretch that ends at `end` of `text`."""
        return end if self._starts is None else self._ends[end]

    def position(self, given: int) -> int:
        """Return the offset in `text` of the character at `given` in the given text."""
        return given if self._starts is None else bisect_left(self._starts, given)


def read_verbatim(given: str) -> VerbatimText:
    """Return the text that is read of a given one, with the offsets of both.

    >>> read = read_verbatim("of inflix\\u200bimab")
    >>> read.text, read.start(3), read.end(13)
    ('of infliximab', 3, 14)
    """
    if given.isascii() and given.isprintable():
        return VerbatimText(given)
    if clean_characters(given) == given:
        return VerbatimText(with_whole_lines(given))
    pieces: list[str] = []
    starts: list[int] = []
    ends = [0]
    for match in _CHARACTER.finditer(given):
        piece = clean_characters(match[0].replace("\r\n", "\n").replace("\r", "\n"))
        pieces.append(piece)
        starts += [match.start()] * len(piece)
        ends += [match.end()] * len(piece)
    return VerbatimText(with_whole_lines("".join(pieces)), [*starts, len(given)], ends)


def with_whole_lines(text: str) -> str:
    """Return a text of the same length, with blanks in place of the line ends within sentences.

    A line continues on the next one if it stops within a sentence: if the next begins with a lower-case letter, if it
    ends with a comma, "the" or "inhibits", if it contains a sign of running text ("was"), or if the next word would
    have made it longer than the other lines. Titles, headings, rows of tables and list items stay lines.

    >>> with_whole_lines("A trial\\nWe gave the\\nTNF inhibitor.")
    'A trial\\nWe gave the TNF inhibitor.'
    """
    lines = text.split("\n")
    ends = ["\n"] * (len(lines) - 1)
    first = 0
    while first < len(lines):
        behind = next((place for place in range(first, len(lines)) if not lines[place].strip()), len(lines))
        paragraph = [line.strip() for line in lines[first:behind]]
        width = max(map(len, paragraph[1:])) if len(paragraph) > 2 else 0
        for place, (line, following) in enumerate(pairwise(paragraph), start=first):
            if _goes_on(line, following, width):
                ends[place] = " "
        first = behind + 1
    return "".join(line + end for line, end in zip(lines, [*ends, ""], strict=True))


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether a line stops within a sentence; `width` is that of the other lines, 0 if they are too few to tell."""
    if _LISTED.match(line) or _LISTED.match(following) or heading_kind(following) is not None:
        return False
    if following[0].islower() and len(line) >= _SHORTEST_CONTINUED:
        return True
    if ends_sentence(line):
        return False
    last = line.rsplit(None, 1)[-1]
    if last[-1] in ",([/–—" or last in _NEVER_SENTENCE_FINAL or last in verb_forms():
        return True
    if _RUNNING.search(line):
        return True
    is_full = len(line) <= width < len(line) + 1 + len(following.split(None, 1)[0])
    return is_full and _SHORTEST_WRAPPED <= width <= _LATEST_WRAP
