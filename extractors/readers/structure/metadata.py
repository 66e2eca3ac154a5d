"""Reads what an article states about its own publication. References and running text are ignored."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.readers.structure.article_types import implied_type
from extractors.readers.structure.front_page import article_type
from extractors.readers.structure.sections import Part

_DOI = re.compile(r"(?:\bdoi\b\s{0,3}[:=]?\s{0,3}|doi\.org/|^)(10\.\d{4,9}/[^\s\"<>]{1,200})", re.IGNORECASE)
_PMID = re.compile(r"\bPMID\b\s{0,3}[:=]?\s{0,3}(\d{1,8})\b", re.IGNORECASE)
_PMCID = re.compile(r"\bPMC\s?(\d{4,9})\b", re.IGNORECASE)

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_YEAR = r"((?:19|20)\d\d)"
_DATES = (
    (re.compile(rf"{_YEAR}-(\d\d)-(\d\d)(?!\d)"), "ymd"),
    (
        re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ .-]{{1,2}}{_MONTH}[ ,.-]{{1,2}}{_YEAR}\b", re.IGNORECASE),
        "dmy",
    ),
    (re.compile(rf"{_MONTH}[ -](\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}\b", re.IGNORECASE), "mdy"),
    (re.compile(rf"{_YEAR}[ /-]{_MONTH}[ -](\d{{1,2}})\b", re.IGNORECASE), "ymd"),
    (re.compile(rf"{_MONTH}[ ,-]{{1,2}}{_YEAR}\b", re.IGNORECASE), "my"),
    (re.compile(rf"{_YEAR}[ -]{_MONTH}", re.IGNORECASE), "ym"),
    (re.compile(rf"{_YEAR}-(\d\d)(?![\d-])"), "ym"),
    (re.compile(rf"\b{_YEAR}\b"), "y"),
)
_PUBLISHED = re.compile(
    r"\b(?:(?:first )?published(?: online)?|publication date|date of publication|available online|"
    r"e-?pub(?: date)?)\b(?: on| in)?\s{0,3}:?\s{0,3}(.{4,40})",
    re.IGNORECASE,
)
_CITE = re.compile(r"\W{0,3}(?:how to|to|please)? ?(?:cite\b|citation\b)", re.IGNORECASE)
_PLACE = re.compile(
    rf"[.,]?\s(?:vol\.? ?)?(?:{_YEAR}(?: [A-Z][a-z]{{2}}(?: \d{{1,2}})?)?\s?[;,]\s?(?:vol\.? ?)?\d|"
    r"\d{1,4}\s?(?:\(\d{1,4}\))?\s?[:,(]\s?e?\d)",
    re.IGNORECASE,
)
_FULL_PLACE = re.compile(
    rf"[.,]?\s(?:{_YEAR}\s?;\s?\d{{1,4}}(?:\s?\(\d{{1,4}}\))?\s?:|\d{{1,4}}\s?\({_YEAR}\)\s?:|\d{{1,4}}\s?\(\d{{1,4}}\)\s?:)\s?\w"
)
_JOURNAL_OF = re.compile(r"(?:[A-Z]\w+ ){0,4}Journal of [A-Z][\w&, -]{2,80}")
_CITED_YEAR = re.compile(rf"\({_YEAR}\)|\b{_YEAR}\s?[;,]\s?\d|[.,] {_YEAR}\.")
_LICENCE_CODE = re.compile(r"\bCC[ -]?(BY(?:[ -](?:NC|ND|SA)){0,2}|0)\b(?:[ -]?(?:version )?(\d\.\d))?", re.IGNORECASE)
_LICENCE_ADDRESS = re.compile(
    r"creativecommons\.org/(?:licenses/(by(?:-nc|-nd|-sa){0,2})|publicdomain/(zero))/(\d\.\d)", re.IGNORECASE
)
_LICENCE_NAME = re.compile(
    r"creative commons (?:attribution|cc)((?:[ -]{1,3}(?:non-?commercial|"
    r"no-?deriv(?:ative|ate)?s?(?: works)?|share-?alike|unported|international))*)"
    r"(?: international| unported| public)*(?: licen[cs]e)?,?(?: \([^()]{0,30}\))?,?(?: version)? ?(\d\.\d)?",
    re.IGNORECASE,
)
_APACHE = re.compile(r"\bApache(?: Licen[cs]e,?)?[ -](?:version )?2\.0", re.IGNORECASE)
_RETRACTED_TITLE = re.compile(r"\W{0,2}(?:retracted|withdrawn)\b(?: (?:article|paper|chapter))?\W", re.IGNORECASE)
_RETRACTED_LINE = re.compile(
    r"\W{0,3}(?:this|the) (?:article|paper) has been (?:retracted|withdrawn)|"
    r"\W{0,3}retracted(?: article)?\W{0,3}\Z",
    re.IGNORECASE,
)
_NOTICE_TITLE = re.compile(r"\W{0,2}(?:retraction|withdrawal)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The fields of `extractors.records.Article` that describe its publication."""

    journal: str | None
    published: str | None
    doi: str | None
    pmid: str | None
    pmcid: str | None
    licence: str | None
    article_type: str | None
    is_retracted: bool


def read_metadata(parts: Sequence[Part], *, title: str | None, stated: Mapping[str, str]) -> Metadata:
    """Return what the imprint of an article states; the values of its front matter, `stated`, take precedence.

    If several imprint lines state the same thing, the first counts. If none states the type of article, it may be
    inferred from title, headings or abstract.
    """
    lines = [text for part in parts if part.kind in ("metadata", "authors") for text in part.texts]
    imprint = "\n".join(lines)
    cited = [line for line in lines if _CITE.match(line)]
    return Metadata(
        journal=_stated(stated, "journal", "journal title") or _journal(lines, cited),
        published=_published(lines, cited, stated),
        doi=_doi(_stated(stated, "doi") or "") or _doi(imprint),
        pmid=_first(_PMID, f"PMID: {_stated(stated, 'pmid')}\n{imprint}"),
        pmcid=_pmcid(f"{_stated(stated, 'pmcid', 'pmc')}\n{imprint}"),
        licence=_licence(f"{_stated(stated, 'license', 'licence')}\n{imprint}"),
        article_type=(
            _stated(stated, "article type", "type")
            or next(filter(None, map(_type, lines)), None)
            or implied_type(title, parts)
        ),
        is_retracted=_is_retracted(lines, title, stated),
    )


def _stated(stated: Mapping[str, str], *names: str) -> str | None:
    return next((stated[name] for name in names if stated.get(name)), None)


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match[1] if match else None


def _pmcid(text: str) -> str | None:
    number = _first(_PMCID, text)
    return f"PMC{number}" if number else None


def _doi(text: str) -> str | None:
    for line in text.split("\n"):
        match = _DOI.search(line.strip())
        if match:
            found = match[1].rstrip(".,;:]}\"'*")
            return found.rstrip(")") if found.count("(") < found.count(")") else found
    return None


def _type(line: str) -> str | None:
    label, colon, rest = line.partition(":")
    if colon and label.strip().lower() in ("article type", "type of article"):
        return article_type(rest.strip()) or rest.strip()[:60] or None
    return article_type(line)


def _journal(lines: Sequence[str], cited: Sequence[str]) -> str | None:
    for line in lines:
        label, colon, rest = line.partition(":")
        if colon and label.strip().lower() == "journal" and rest.strip():
            return rest.strip()[:120]
    for line, place in [*((line, _PLACE) for line in cited), *((line, _FULL_PLACE) for line in lines)]:
        for match in place.finditer(line):
            if name := _journal_before(line[: match.start()]):
                return name
    return next((line for line in lines if _JOURNAL_OF.fullmatch(line)), None)


def _journal_before(text: str) -> str | None:
    """Return the name of a journal at the end of `text`.

    The name begins after a quotation mark or a full stop; if its words are abbreviated, each with a full stop, it
    begins before the first of them.
    """
    words = re.split(r"[\"”»]\s*", text[-200:])[-1].split()
    is_abbreviated = len(words) > 1 and words[-2].endswith(".") and len(words[-2]) <= 8 and words[-2][0].isupper()
    name: list[str] = []
    for word in reversed(words):
        if name and is_abbreviated and not (word.endswith(".") and word[0].isupper()):
            break
        if name and not is_abbreviated and word.endswith((".", "?", "!", ":")):
            break
        name.insert(0, word)
    found = " ".join(name).strip(" .,")
    is_name = found[:1].isupper() and len(name) <= 12 and not any(map(str.isdigit, found)) and len(found) > 1
    return found if is_name else None


def _published(lines: Sequence[str], cited: Sequence[str], stated: Mapping[str, str]) -> str | None:
    for value in filter(None, (_stated(stated, name) for name in ("published", "date", "publication date", "year"))):
        if found := _date(value):
            return found
    for line in lines:
        for match in _PUBLISHED.finditer(line):
            if found := _date(match[1]):
                return found
    for line, place in [*((line, _CITED_YEAR) for line in cited), *((line, _FULL_PLACE) for line in lines)]:
        if cited_year := place.search(line):
            return next(filter(None, cited_year.groups()), None)
    return None


def _date(text: str) -> str | None:
    """Return the first date in `text` as ISO 8601, in its own precision, or None if there is none.

    Of a purely numeric date other than ISO 8601 only the year is returned, as day and month are ambiguous.
    """
    found = [
        (match.start(), -len(match[0]), match, order) for pattern, order in _DATES if (match := pattern.search(text))
    ]
    if not found:
        return None
    _, _, match, order = min(found, key=lambda candidate: (candidate[0], candidate[1]))
    values = dict(zip(order, match.groups(), strict=True))
    year, month = int(values["y"]), values.get("m")
    if month is None:
        return f"{year}"
    month_number = int(month) if month.isdigit() else _MONTHS[month[:3].lower()]
    if not 1 <= month_number <= 12:
        return f"{year}"
    if "d" not in values:
        return f"{year}-{month_number:02}"
    try:
        return date(year, month_number, int(values["d"])).isoformat()
    except ValueError:  # an impossible date such as 31 June
        return f"{year}-{month_number:02}"


def _licence(text: str) -> str | None:
    """Return "CC BY 4.0", "CC BY-NC-ND" and the like, with the version if it is stated."""
    if match := _LICENCE_ADDRESS.search(text):
        return f"{'CC0' if match[2] else 'CC ' + match[1].upper()} {match[3]}"
    named = _LICENCE_NAME.search(text)
    coded = _LICENCE_CODE.search(text)
    if coded:
        code, version = coded[1].upper().replace(" ", "-"), coded[2] or (named[2] if named else None)
    elif named:
        code, version = "BY", named[2]
        for word, short in (("commercial", "NC"), ("deriv", "ND"), ("alike", "SA")):
            code += f"-{short}" if word in named[1].lower() else ""
    else:
        return "Apache-2.0" if _APACHE.search(text) else None
    return " ".join(filter(None, ["CC0" if code == "0" else f"CC {code}", version]))


def _is_retracted(lines: Sequence[str], title: str | None, stated: Mapping[str, str]) -> bool:
    if stated.get("retracted", stated.get("is retracted", "")).lower() in ("true", "yes"):
        return True
    if title and _NOTICE_TITLE.match(title):  # a retraction notice is not the retracted article
        return False
    return bool(title and _RETRACTED_TITLE.match(title)) or any(map(_RETRACTED_LINE.match, lines))
