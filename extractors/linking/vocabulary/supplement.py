"""Reviewed names and concepts that the sources lack or have wrong. The vocabulary of a user has the same format."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from extractors.data import data_file
from extractors.language.normalisation import words
from extractors.linking.vocabulary.entry import Entry, NameKind
from extractors.linking.vocabulary.index import stop_words
from extractors.options import OptionError
from extractors.records import ENTITY_SUBTYPES

SUPPLEMENT = data_file("linking/supplement.tsv")
CURATED_PREFIX = "PEYER"
"""Prefix of the identifiers of concepts that no source has."""

USER_PREFIX = "USER"
"""The same, for concepts of a user's vocabulary."""

REQUIRED_COLUMNS = ("entity_type", "subtype", "name")
OPTIONAL_COLUMNS = ("concept_id", "synonyms", "abbreviations", "brands", "parents")
_CURIE = re.compile(r"[A-Za-z][\w.]*:\S+")


class SupplementError(OptionError):
    """A file of names is malformed; the message names file and line of each fault."""


def own_curie(name: str, prefix: str = CURATED_PREFIX) -> str:
    """Return the identifier of a concept that no source has, made from its name.

    >>> own_curie("TNF inhibitors")
    'PEYER:tnf_inhibitors'
    """
    return f"{prefix}:{'_'.join(word.cased.lower() for word in words(name))}"


def read_supplement(
    path: Path, *, prefix: str = CURATED_PREFIX, report: Callable[[str], object] = lambda _: None
) -> list[Entry]:
    """Read a tab-separated file of names.

    Columns: concept_id (a CURIE; if it is empty, one with `prefix` is made from the name), entity_type, subtype, name,
    synonyms, abbreviations, brands, parents (CURIEs), the last four with "|" between several values. Common words
    ("the") are left out as names, and `report` is called for each. Raises SupplementError, listing every faulty line.
    """
    rows = csv.DictReader(io.StringIO(_text(path), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    if fault := _fault_of_header(rows.fieldnames or ()):
        raise SupplementError(f"{path.name}:1: {fault}")
    entries: list[Entry] = []
    faults: list[str] = []
    line_of: dict[str, int] = {}
    for row in rows:
        place = f"{path.name}:{rows.line_num}"
        if fault := _fault(row):
            faults.append(f"{place}: {fault}")
            continue
        row |= {column: text.strip() for column, text in row.items()}
        entry = _entry(row, prefix)
        entry.place = place
        other = line_of.setdefault(entry.concept_id, rows.line_num)
        if other != rows.line_num:
            faults.append(f"{place}: has the identifier of line {other}, {entry.concept_id}")
        entries.append(entry)
    if not line_of and not faults:
        faults.append(f"{path.name}:1: has no line below the header; add one for each name")
    faults += _cycles(entries)
    if faults:
        raise SupplementError("\n".join(faults))
    return [entry for entry in entries if _drop_stop_words(entry, report)]


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SupplementError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        raise SupplementError(f"{path.name}:{line}: byte 0x{byte:02x} is not UTF-8; save the file as UTF-8") from error


def _fault_of_header(columns: Sequence[str]) -> str | None:
    expected = (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS)
    missing = [column for column in REQUIRED_COLUMNS if column not in columns]
    unknown = [repr(column) for column in columns if column not in expected]
    twice = sorted({column for column in columns if columns.count(column) > 1})
    faults = [f"lacks {', '.join(missing)}"] if missing else []
    faults += [f"has {', '.join(unknown)}"] if unknown else []
    faults += [f"has {', '.join(twice)} more than once"] if twice else []
    if not faults:
        return None
    return f"{'; '.join(faults)}; expected tab-separated columns {', '.join(expected)}"


def _cycles(entries: Sequence[Entry]) -> list[str]:
    """Return a fault for every entry that is its own ancestor by the parents in this file."""
    above = {entry.concept_id: entry.parents for entry in entries}

    def stands_above_itself(curie: str) -> bool:
        seen: set[str] = set()
        level = above[curie]
        while level := level & above.keys() - seen:
            if curie in level:
                return True
            seen |= level
            level = set().union(*(above[parent] for parent in level))
        return False

    return [
        f"{entry.place}: {entry.concept_id} is among the concepts above itself; take out one of the parents"
        for entry in entries
        if stands_above_itself(entry.concept_id)
    ]


def _drop_stop_words(entry: Entry, report: Callable[[str], object]) -> bool:
    """Remove common words from the names of an entry; return whether its own name is kept."""
    wrong = sorted(name for name in entry.names if not name.isupper() and name.lower() in stop_words())
    for name in wrong:
        report(f"{entry.place}: {name!r} is a word of every text and is skipped; give a longer name")
        del entry.names[name]
    entry.curated_names -= set(wrong)
    return entry.name not in wrong


def _fault(row: dict[str, str]) -> str | None:
    if None in row or None in row.values():
        return "has more or fewer fields than the header"
    if quoted := [column for column, text in row.items() if '"' in text]:
        return f"has a quotation mark in {quoted[0]}; write names without any"
    entity_type, subtype = row["entity_type"], row["subtype"]
    if subtype not in ENTITY_SUBTYPES.get(entity_type, ()):
        expected = "; ".join(f"{kind}: {', '.join(subs)}" for kind, subs in ENTITY_SUBTYPES.items())
        return f"{entity_type!r} with subtype {subtype!r}; expected one of {expected}"
    if not words(row["name"]):
        return "has no name"
    curies = [row.get("concept_id") or "", *(row.get("parents") or "").split("|")]
    wrong = [curie for curie in curies if curie and not _CURIE.fullmatch(curie)]
    return f"{wrong[0]!r} is no CURIE; expected PREFIX:IDENTIFIER" if wrong else None


def _entry(row: dict[str, str], prefix: str) -> Entry:
    entry = Entry(
        row.get("concept_id") or own_curie(row["name"], prefix),
        row["entity_type"],
        row["subtype"],
        row["name"],
        {row["name"]: NameKind.PREFERRED},
        parents=_members(row, "parents"),
        is_curated=True,
    )
    for column, kind in (
        ("synonyms", NameKind.EXACT),
        ("abbreviations", NameKind.ABBREVIATION),
        ("brands", NameKind.BRAND),
    ):
        for name in sorted(_members(row, column)):
            entry.add(name, kind)
    entry.curated_names = set(entry.names)
    return entry


def _members(row: dict[str, str], column: str) -> set[str]:
    return {member.strip() for member in (row.get(column) or "").split("|")} - {""}
