"""The curated names: what the sources lack, and what they have wrong, kept as reviewed data.

A user's own vocabulary has the same form.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from extractors.options import OptionError
from extractors.records import ENTITY_SUBTYPES
from extractors.vocabulary.entry import Entry, NameKind
from extractors.vocabulary.keys import words

SUPPLEMENT = Path(__file__).parent.parent / "data" / "supplement.tsv"
CURATED_PREFIX = "PEYER"
"""Prefix of the identifiers of concepts that no source has."""

USER_PREFIX = "USER"
"""The same for those of a user's own vocabulary."""

REQUIRED_COLUMNS = ("entity_type", "subtype", "name")
OPTIONAL_COLUMNS = ("concept_id", "synonyms", "abbreviations", "brands", "parents")
_CURIE = re.compile(r"[A-Za-z][\w.]*:\S+")


class SupplementError(OptionError):
    """A file of curated names breaks its form; the message names file and line of each fault."""


def own_curie(name: str, prefix: str = CURATED_PREFIX) -> str:
    """Return the identifier of a concept that no source has, made from its name.

    >>> own_curie("TNF inhibitors")
    'PEYER:tnf_inhibitors'
    """
    return f"{prefix}:{'_'.join(word.cased.lower() for word in words(name))}"


def read_supplement(path: Path, *, prefix: str = CURATED_PREFIX) -> list[Entry]:
    """Read a tab-separated file of names.

    Columns: concept_id (a CURIE; where it is empty, one with `prefix` is made from the name), entity_type, subtype,
    name, synonyms, abbreviations, brands, parents (CURIEs), the last four with "|" between their members. Raises
    SupplementError with every faulty line.
    """
    entries: list[Entry] = []
    faults: list[str] = []
    line_of: dict[str, int] = {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SupplementError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    columns = rows.fieldnames or ()
    missing = [column for column in REQUIRED_COLUMNS if column not in columns]
    unknown = [column for column in columns if column not in REQUIRED_COLUMNS + OPTIONAL_COLUMNS]
    if missing or unknown:
        raise SupplementError(
            f"{path.name}:1: {'lacks ' + ', '.join(missing) if missing else 'has ' + ', '.join(map(repr, unknown))}; "
            f"expected tab-separated columns {', '.join((*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS))}"
        )
    for row in rows:
        if fault := _fault(row):
            faults.append(f"{path.name}:{rows.line_num}: {fault}")
            continue
        row |= {column: text.strip() for column, text in row.items()}
        entry = _entry(row, prefix)
        other = line_of.setdefault(entry.concept_id, rows.line_num)
        if other != rows.line_num:
            faults.append(f"{path.name}:{rows.line_num}: has the identifier of line {other}, {entry.concept_id}")
        entries.append(entry)
    if faults:
        raise SupplementError("\n".join(faults))
    return entries


def _fault(row: dict[str, str]) -> str | None:
    if None in row or None in row.values():
        return "has more or fewer fields than the header"
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
