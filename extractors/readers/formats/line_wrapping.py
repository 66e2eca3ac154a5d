"""Restores paragraphs from lines: hard wraps, words divided at line ends, breaks within a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractors.language.lexicon import word_list
from extractors.readers.blocks import Block
from extractors.readers.structure.front_page import is_imprint

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]{0,3}\Z")
_MIXED_CASE_START = re.compile(r"[a-z]{1,3}[A-Z0-9]|[a-z]-")
_ADDRESS_START = re.compile(r"\S{0,80}@|https?:|www\.|doi\b|e-?mail\b", re.IGNORECASE)
_MOST_FURNITURE = 3

_AFTER_SUSPENDED_HYPHEN = word_list("readers", "after_suspended_hyphen")
_HYPHENATING_FIRST_PARTS = word_list("readers", "hyphenating_first_parts")
_HYPHENATING_LAST_PARTS = word_list("readers", "hyphenating_last_parts")
_JOINING_PREFIXES = word_list("readers", "joining_prefixes")
_NEVER_SENTENCE_FINAL = word_list("readers", "never_sentence_final")
_LONGEST_WORD = 80
_WITHIN_COMPOUND = re.compile(r"(?:the|to|of|in|and|by|for|on|a|an)-", re.IGNORECASE)


class Hyphenation:
    """Decides whether a hyphen at a line end belongs to the word, by how the same document writes the word.

    >>> hyphenation = Hyphenation("Of the gut-immune axis.")
    >>> hyphenation.joint("the gut-", "immune axis"), hyphenation.joint("an immuno-", "modulatory drug")
    ('-', '')
    """

    def __init__(self, text: str) -> None:
        self._counts: Counter[str] = Counter()
        divided = False
        for line in text.lower().split("\n"):
            words = _WORD.findall(line)
            if divided:
                words = words[1:]
            divided = line.rstrip().endswith("-")
            self._counts.update(words[:-1] if divided else words)

    def joint(self, left: str, right: str) -> str:
        """Return what joins `left`, which ends in a hyphen, to the next line, `right`: "-", "- " or "".

        The joined or the hyphenated form elsewhere in the document decides. If there is neither, the hyphen is kept
        next to digits, capitals and Greek letters ("IL-", "T-", "TNF-", "anti-TNF") and in compounds of common words;
        a word divided between syllables is joined.
        """
        first = left[-_LONGEST_WORD:].rsplit(None, 1)[-1].rstrip("-").lstrip("([\"'“‘/")
        second = right[:_LONGEST_WORD].split(None, 1)[0].strip(".,;:!?)]\"'”’")
        if second.lower() in _AFTER_SUSPENDED_HYPHEN:
            return "- "
        return "-" if self._keeps_hyphen(first, second) else ""

    def _keeps_hyphen(self, first: str, second: str) -> bool:
        if not first or not second:
            return True
        compound, word = f"{first}-{second}".lower(), f"{first}{second}".lower()
        hyphenated, joined = self._counts[compound], self._counts[word]
        if hyphenated != joined:
            return hyphenated > joined
        part = first.rsplit("-", 1)[-1]
        if not part.isalpha() or len(part) == 1 or any(map(str.isupper, part[1:])):
            return True
        if not ("a" <= second[0] <= "z"):
            return True
        part = part.lower()
        if _WITHIN_COMPOUND.match(second) or part in _HYPHENATING_FIRST_PARTS:
            return True
        if part == "anti" and second[0] == "i":  # anti-inflammatory, but antibody
            return True
        if part in _JOINING_PREFIXES:
            return False
        if second in _HYPHENATING_LAST_PARTS or "-" in first:
            return True
        return min(len(part), len(second)) >= 3 and bool(self._counts[part] and self._counts[second])


def join_lines(lines: Sequence[str], hyphenation: Hyphenation) -> str:
    """Join hard-wrapped lines; "gut-" and "immune" become "gut-immune"."""
    pieces: list[str] = []
    for line in filter(None, (line.strip() for line in lines)):
        last = pieces[-1] if pieces else ""
        if last and _is_divided(last, line):
            pieces[-1] = last[:-1]
            pieces.append(hyphenation.joint(last, line))
        elif last and not (last[-1] in "–—/" and last[-2:-1].strip() and line[0].isalnum()):
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces)


def ends_sentence(text: str) -> bool:
    """Whether `text` ends like a sentence or like the introduction of a list."""
    return bool(_SENTENCE_END.search(text[-5:]))


def merge_broken_paragraphs(blocks: Sequence[Block], hyphenation: Hyphenation) -> list[Block]:
    """Join paragraphs that a page or column break has split within a sentence.

    That is the case if one does not end like a sentence and the next begins in lower case, or if one ends in a word
    such as "the". Page numbers and running headers between the halves are moved behind them.
    """
    groups: list[list[Block]] = []
    for block in blocks:
        place = len(groups) - 1
        for _ in range(_MOST_FURNITURE):
            if place > 0 and _is_furniture(groups[place][0]):
                place -= 1
        if place >= 0 and _continues(groups[place], block):
            groups[place].append(block)
        else:
            groups.append([block])
    return [_whole(group, hyphenation) if len(group) > 1 else group[0] for group in groups]


def _whole(group: Sequence[Block], hyphenation: Hyphenation) -> Block:
    return replace(group[0], text=join_lines([block.text for block in group], hyphenation))


def _is_furniture(block: Block) -> bool:
    """Whether a paragraph is a page number or a running header of the journal."""
    return block.form == "paragraph" and len(block.text) <= 120 and is_imprint(block.text)


def _is_divided(left: str, right: str) -> bool:
    return left.endswith("-") and left[-2:-1].isalnum() and right[0].isalnum()


def _continues(group: Sequence[Block], block: Block) -> bool:
    broken = group[-1]
    if broken.form != "paragraph" or block.form != "paragraph" or ends_sentence(broken.text):
        return False
    length = sum(len(part.text) for part in group[-8:])
    if _is_furniture(block) or block.lead is not None or length < 30 or _ADDRESS_START.match(block.text):
        return False
    if block.text[0].islower():
        return length >= 80 or not _MIXED_CASE_START.match(block.text)
    if broken.text[-_LONGEST_WORD:].rsplit(None, 1)[-1] in _NEVER_SENTENCE_FINAL:
        return block.text[0].isalnum()
    return length >= 80 and _is_divided(broken.text, block.text)
