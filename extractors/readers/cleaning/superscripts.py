"""Interprets superscripts: a charge, an exponent, an isotope, or a citation, which is removed."""

from __future__ import annotations

import re

_SUP = re.compile(r"( ?)<sup\s{0,3}>([^<]{0,200})</sup\s{0,3}>", re.IGNORECASE)
_SUB = re.compile(r" ?<sub\s{0,3}>([^<]{0,200})</sub\s{0,3}>", re.IGNORECASE)
_PANDOC = re.compile(r"\^(\[?[0-9A-Za-z+*†‡−–,;-]{1,20}\]?)\^")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RAISED_RUN = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+(?:[,–-][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")
_CARET_CHARGE = re.compile(r"(?<=[0-9A-Za-z])\^([+-])(?![\w.])")

_NUMBERS = re.compile(r"\[?\d{1,3}(?:\s?[,;–—-]\s?\d{1,3})*,?\]?")
_EXPONENT = re.compile(r"[-−–]?\d{1,2}")
_NOTE_MARKS = re.compile(r"[*†‡§¶#∗,\s]+|(?:[a-z]|\d{1,3}|[*†‡§¶#∗])(?:\s?,\s?(?:[a-z]|\d{1,3}|[*†‡§¶#∗]))+")
_PLAIN_NUMBER = re.compile(r"[~<>≤≥=×x]?\d+(?:[.,]\d+)*")
_UNIT = re.compile(r"(?:.*/)?(?:[kcmdnµμ]?m|R|r|I|χ|η)")
_ISOTOPE_ELEMENTS = r"(?:F|C|H|I|N|O|P|S|Y|Cu|Ga|Zr|In|Cr|Tc|Lu|Ac|Fe|Ca|Na|K|Rb|Xe)"
_ISOTOPE_BEFORE = re.compile(rf"\s?{_ISOTOPE_ELEMENTS}(?![a-z])")


def flatten_superscripts(text: str) -> str:
    """Put superscripts and subscripts on the line, and remove those that only cite or point to a note.

    Reads `<sup>`, `<sub>`, `^1,2^` and Unicode superscript digits. A raised number is kept after a number (as "^6"),
    after a unit of length and before the symbol of an element; elsewhere it is a citation.

    >>> flatten_superscripts("CD4<sup>+</sup> cells,<sup>1,2</sup> 10⁶ per m<sup>2</sup>")
    'CD4+ cells, 10^6 per m2'
    """
    text = _PANDOC.sub(r"<sup>\1</sup>", text)
    text = _RAISED_RUN.sub(lambda run: f"<sup>{run[0].translate(_RAISED)}</sup>", text)
    text = _SUP.sub(_flatten, text)
    text = _SUB.sub(lambda match: match[1].strip(), text)
    return _CARET_CHARGE.sub(r"\1", text)


def _flatten(match: re.Match[str]) -> str:
    space, content = match[1], match[2].strip()
    before = match.string[max(0, match.start() - 24) : match.start()]
    after = match.string[match.end() : match.end() + 4]
    words = before.split()
    token = words[-1].lstrip("([") if words and not before[-1:].isspace() else ""
    if _EXPONENT.fullmatch(content) and _PLAIN_NUMBER.fullmatch(token):
        return "^" + content.replace("−", "-").replace("–", "-")
    if _NUMBERS.fullmatch(content):
        if content.isdigit():
            if content in ("2", "3") and _UNIT.fullmatch(token):
                return content
            if (space or not token or token[-1] in "-[(") and _ISOTOPE_BEFORE.match(after):
                return space + content
        return space if after[:1].isalnum() else ""
    if _NOTE_MARKS.fullmatch(content):
        return space if after[:1].isalnum() else ""
    if len(content) == 1 and content.islower() and token.isalpha() and token[1:].islower():
        return ""  # a footnote letter after a plain word
    return content
