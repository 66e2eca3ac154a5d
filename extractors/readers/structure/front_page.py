"""Recognises the front page of an article: title, authors, affiliations, imprint."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.language.lexicon import word_list
from extractors.readers.blocks import Block
from extractors.readers.structure.headings import heading_kind
from extractors.readers.structure.inline_labels import label_of
from extractors.records import UNREAD_SECTION_KINDS

_ARTICLE_TYPE = re.compile(
    r"(?:invited |narrative |systematic |mini[- ]?|short |brief |literature |scoping |original |research |"
    r"case |clinical |rapid |open |access |peer[- ]reviewed )*"
    r"(?:reviews?(?: article| paper)?|research(?: article| paper| note)?|articles?|paper|reports?|"
    r"case (?:report|series|study)|meta-analysis|commentary|editorial|perspectives?|opinion(?: article)?|"
    r"letter(?: to the editor)?|communication|protocol|correspondence|viewpoint|trial|study protocol|"
    r"hypothesis|erratum|corrigendum|access)",
    re.IGNORECASE,
)
_NOT_A_TYPE = re.compile(
    r"(?:open |access |peer[- ]reviewed )*(?:articles?|access|paper|hypothesis|trial|reports?)", re.IGNORECASE
)
_JOURNAL_BANNER = re.compile(
    r"(?:the )?(?:[A-Z]\w+ ){0,4}(?:journal of|annals of|archives of|frontiers in|current opinion in|"
    r"bulletin of)\b|journal\b|issn\b|open access\b|www\.|https?://",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\W{0,3}(?:"
    r"©|\(c\)\s?\d{4}|copyright\b.{0,20}\d{4}|all rights reserved|licensee\b|distributed under the terms|"
    r"this is an? open[- ]access|(?:this|the) (?:work|article|paper) is (?:licen[cs]ed|distributed|"
    r"published under)|(?:https?://)?(?:dx\.)?doi(?:\.org/|:?\s?)10\.|(?:how to|please|to) cite\b|"
    r"(?:this|the) (?:article|paper) has been retracted"
    r")",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ .-]{_MONTH}[ ,.-]|{_MONTH} (?:\d{{1,2}},? )?|\d{{1,4}}[./-])"
_IMPRINT = re.compile(
    r"\W{0,3}(?:"
    r"10\.\d{4,9}/\S+\Z|(?:e|p)?-?issn\b|pmc?id\b|pmc\s?\d+|orcid\b|manuscript no|"
    r"vol(?:ume|\.)\s?\d+\s?[,;(•·|]|issue \d+\s?[,;(•·|]|academic editor|editor(?:ial)? (?:assigned|office)|"
    r"(?:received|accepted|revised|submitted|published(?: online)?|available online|first published)\b:?\s?"
    rf"(?:on |in )?{_DATE}|"
    r"open access\Z|retracted(?: article)?\W*\Z|(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?\Z"
    r")",
    re.IGNORECASE,
)
_JOURNAL_LINE = re.compile(
    r"[A-Z][\w.&: -]{2,80}?\s\d{1,4}\s?(?:\(\d{1,4}\)|\((?:19|20)\d\d\)|,)"
    r"\s?[:;,]?\s?[\w.–-]{1,20}(?:,\s?[\w.–-]{1,20}){0,2}"
)
_JOURNAL_START = re.compile(
    r"[A-Z][\w& -]{2,80}?\s(?:(?:19|20)\d\d\s?;\s?\d{1,4}(?:\s?\(\d{1,4}\))?|\d{1,4}\s?\((?:19|20)\d\d\))\s?:"
)
_INSTITUTION = re.compile(
    r"\b(?:university|universit\w+|department|dept|institut\w*|hospital|faculty|school of|college|"
    r"division of|laborator(?:y|ies)|cent(?:er|re) (?:for|of)|clinic|academy|gmbh|inc\.|ltd|unit of|ministry|"
    r"foundation|research cent(?:er|re)|medical cent(?:er|re)|clinical cent(?:er|re))\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}|\borcid\b|\btel(?:ephone)?\b[.:]|\bfax\b[.:]", re.IGNORECASE
)
_PROSE = re.compile(  # not "May", which is a month too
    r"\b(?:is|are|was|were|has|have|had|been|be|[Ww]e|[Tt]hese|which|that|[Oo]ur|may|can|should|will|[Tt]his)\b"
)
_AUTHOR_MARKS = re.compile(
    r"[\d*†‡§¶#∗✉]+|\([^()]{0,20}\)|\b(?:MD|PhD|Ph\.D|M\.D|MSc|MBBS|PharmD|MPH|FRCP|Dr|Prof|RN|DO|BSc)\b\.?"
)
_NAME_SEPARATOR = re.compile(r"[,;&]|\band\b|\bet al\b\.?")
_NAME_PART = re.compile(r"[^\W\d_][\w.’'-]*")
_SENTENCE_END = re.compile(r"[.?!]\)?\s+(?=[A-Z(])")
_SHORTEST_ABSTRACT = 200
"""Characters of the shortest paragraph that makes a sentence with a full stop above it a title."""

_NAME_PARTICLES = word_list("readers", "name_particles")


def find_title(blocks: Sequence[Block]) -> int | None:
    """Return the index of the title, or None if the text begins without one.

    The journal's name, an article type and the like may precede it. Of plain paragraphs, only a short first one is a
    title, with a full stop only if it is one sentence above a longer paragraph.
    """
    for place, block in enumerate(blocks[:12]):
        label = label_of(block)
        if is_imprint(block.text) or article_type(block.text) or (label and label[1] in UNREAD_SECTION_KINDS):
            continue
        if label:
            return None
        if block.form == "heading" and heading_kind(block.text) is not None:
            return None
        if is_banner(block.text) and _is_above_title(blocks[place + 1 : 12]):
            continue
        if block.form == "heading":
            return place
        return place if block.form == "paragraph" and _is_title(block, blocks[place + 1 :]) else None
    return None


def article_type(text: str) -> str | None:
    """Return the article type that a line by itself states, or None.

    >>> article_type("MINI-REVIEW"), article_type("Reviews of the field differ.")
    ('Mini-review', None)
    """
    if len(text) > 80:
        return None
    names = [part.strip(" .:*[]") for part in re.split(r"[|•·/]", text)]
    if not all(map(_ARTICLE_TYPE.fullmatch, names)):
        return None
    return next((name[0].upper() + name[1:].lower() for name in names if not _NOT_A_TYPE.fullmatch(name)), None)


def is_banner(text: str) -> bool:
    """Whether a line above or below the title names the journal or says "open access"."""
    return len(text) <= 120 and _JOURNAL_BANNER.match(text) is not None and not _PROSE.search(text)


def is_imprint(text: str) -> bool:
    """Whether a paragraph is about the publication: dates, licence, identifiers, citation."""
    if len(text) <= 300 and not _PROSE.search(text):
        is_place = _JOURNAL_START.match(text) or _JOURNAL_LINE.fullmatch(text)
        if is_place or _IMPRINT.match(text):
            return True
    return len(text) <= 1500 and bool(_NOTICE.match(text))


def is_affiliation(text: str) -> bool:
    """Whether a paragraph is the address of an institution or person, and not a sentence about it."""
    if len(text) > 900 or _PROSE.search(text):
        return False
    return bool(_ADDRESS.search(text) or (_INSTITUTION.search(text) and ("," in text or len(text) < 100)))


def is_address(text: str) -> bool:
    """Whether a short paragraph serves to give an e-mail address, wherever it is."""
    return len(text) <= 300 and bool(_ADDRESS.search(text)) and not _PROSE.search(text)


def is_author_line(text: str) -> bool:
    """Whether a line consists of names of persons only.

    >>> is_author_line("Abdul K. Siddiqui*, Marc van der Zee1,2 and Li Chen")
    True
    """
    if len(text) > 1500 or _PROSE.search(text):
        return False
    unmarked = _AUTHOR_MARKS.sub(" ", text.removeprefix("By ").removeprefix("by "))
    names = [name.strip(" .") for name in _NAME_SEPARATOR.split(unmarked)]
    filled = [name for name in names if name]
    return bool(filled) and all(map(_is_name, filled))


def _is_name(name: str) -> bool:
    parts = name.split()
    if not 2 <= len(parts) <= 6 or not all(_NAME_PART.fullmatch(part) for part in parts):
        return False
    return all(part in _NAME_PARTICLES or part[0].isupper() for part in parts) and any(len(part) > 2 for part in parts)


def _is_above_title(following: Sequence[Block]) -> bool:
    """Whether a heading without a known name, or more of the imprint, follows the name of a journal."""
    more = any(is_imprint(block.text) or article_type(block.text) for block in following[:2])
    return more or any(block.form == "heading" and heading_kind(block.text) is None for block in following)


def _is_title(block: Block, following: Sequence[Block]) -> bool:
    text = block.text
    if len(text) > 300 or len(text.split()) < 2 or text.endswith((",", ";", ":")) or text[0].islower():
        return False
    if not following or following[0].text[0].islower() or following[0].form == "item":
        return False
    return not text.endswith(".") or _is_titled(text, following[0].text)


def _is_titled(text: str, below: str) -> bool:
    """Whether one sentence with a full stop stands above an abstract, as PubMed writes titles."""
    is_one = _SENTENCE_END.search(text) is None
    return is_one and len(below) >= max(_SHORTEST_ABSTRACT, 2 * len(text)) and _SENTENCE_END.search(below) is not None
