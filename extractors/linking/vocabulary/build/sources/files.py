"""The file formats of the owners: tables and OBO, compressed or not, with errors for missing or malformed files."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast
from xml.etree.ElementTree import ParseError

from extractors.linking.vocabulary.entry import Entry, NameKind

csv.field_size_limit(1 << 24)

_OBO_SYNONYM = re.compile(r'^synonym: "((?:[^"\\]|\\.)+)" (EXACT|RELATED|NARROW|BROAD)([^\[]*)')
_OBO_PARENT = re.compile(r"^(?:is_a: |relationship: (?:has_role|RO:0000087|part_of) )(\S+)")
_OBO_SHORT = re.compile(r"ABBREVIATION|ACRONYM|OMO:0003000|OMO:0003012")
_OBO_LEFT_OUT = re.compile(r"DUBIOUS|NON_HUMAN|EXCLUDE|DEPRECATED|MISSPELLING|OMO:0003005|OMO:0003007")
_REMEDY = "put it there, or get it anew with: peyer vocab build FOLDER --fetch"


class SourceError(ValueError):
    """A file of a vocabulary is missing or malformed; the message names it and says what to do."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(f"{path} {fault}; {_REMEDY}")


def located(path: Path) -> Path:
    """Return the file at `path`, uncompressed, as zip or as gzip, in this order of preference.

    Raises SourceError if there is none.
    """
    plain = path.with_suffix("") if path.suffix in (".gz", ".zip") else path
    for form in (plain, Path(f"{plain}.zip"), Path(f"{plain}.gz")):
        if form.is_file():
            return form
    raise SourceError(path, "is missing")


def owners_file(folder: Path, *patterns: str) -> Path | None:
    """Return the owner's file in `folder`, or None: the last match of the first pattern that has any.

    >>> owners_file(Path("no such folder"), "mesh/desc20*") is None
    True
    """
    for pattern in patterns:
        found = [path for path in folder.glob(pattern) if path.suffix not in (".part", ".dtd")]
        if found:
            return max(found)
    return None


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, decompressing it if it begins like gzip or zip (with a single file in it).

    Errors in the `with` block that show that the file is malformed become SourceErrors.
    """
    try:
        with ExitStack() as stack:
            file: IO[bytes] = stack.enter_context(path.open("rb"))
            start = file.read(4)
            file.seek(0)
            if start.startswith(b"\x1f\x8b"):
                unpacked: gzip.GzipFile = stack.enter_context(gzip.open(file))
                file = cast(IO[bytes], unpacked)
            elif start == b"PK\x03\x04":
                archive = stack.enter_context(zipfile.ZipFile(file))
                members = [name for name in archive.namelist() if not name.endswith("/")]
                if len(members) != 1:
                    raise SourceError(path, f"holds {len(members)} files; expected one")
                file = stack.enter_context(archive.open(members[0]))
            yield file
    except (EOFError, gzip.BadGzipFile, zlib.error, zipfile.BadZipFile, UnicodeDecodeError, ParseError) as error:
        raise SourceError(path, f"is broken or cut short ({error})") from error
    except OSError as error:
        raise SourceError(path, f"cannot be read ({error.strerror})") from error


def read(path: Path) -> io.StringIO:
    """Return the content of a text file, decompressed."""
    path = located(path)
    with opened(path) as file:
        text = file.read().decode("utf-8").replace("\r\n", "\n")
    if not text.strip():
        raise SourceError(path, "is empty")
    return io.StringIO(text)


class _Row(dict[str, str]):
    """A row of a table; its KeyError says which file lacks the column."""

    __slots__ = ("path",)

    def __init__(self, row: Mapping[str, str], path: Path) -> None:
        super().__init__(row)
        self.path = path

    def __missing__(self, column: str) -> str:
        raise SourceError(self.path, f"lacks the column {column!r} (it has {', '.join(map(repr, self))})")


def table(path: Path, *, delimiter: str = "\t", comment: str = "# ") -> Iterator[dict[str, str]]:
    """Yield the rows of a table with a header, without comment lines, which begin with `comment`."""
    path = located(path)
    lines = (line for line in read(path) if not line.startswith(comment) and line != "#\n")
    rows = csv.DictReader(lines, delimiter=delimiter)
    row = None
    for row in rows:
        if None in row.values():
            raise SourceError(path, f"is broken or cut short (row {rows.line_num} has fewer fields than the header)")
        yield _Row(row, path)
    if row is None:
        raise SourceError(path, "has no rows")


def pairs(path: Path, *, fields: int = 2) -> Iterator[list[str]]:
    """Yield the fields of the lines of a tab-separated file without a header, at least as many as stated."""
    for number, line in enumerate(read(path), start=1):
        if line.strip():
            cut = line.rstrip("\n").split("\t")
            if len(cut) < fields:
                raise SourceError(located(path), f"is broken or cut short (line {number} has no {fields} fields)")
            yield cut


def comma_separated(path: Path, *, fields: int) -> Iterator[list[str]]:
    """Yield the rows, each of at least `fields` fields, of a CSV file without a header."""
    rows = csv.reader(read(path))
    for row in rows:
        if len(row) < fields:
            raise SourceError(located(path), f"is broken or cut short (row {rows.line_num} has no {fields} fields)")
        yield row


def obo_terms(path: Path, prefix: str, *, only: Callable[[list[str]], bool] | None = None) -> Iterator[Entry]:
    """Read the terms of an OBO file whose identifier begins with `prefix`; type and subtype are left empty.

    `same` holds the earlier identifiers of the term and the references that MONDO calls equivalent, `xrefs` all
    references. `only` is called with the lines of a term and says whether it is wanted.
    """
    path, is_empty = located(path), True
    for lines in _stanzas(path):
        if lines[0] != "[Term]" or "is_obsolete: true" in lines:
            continue
        fields = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        if not fields.get("id", "").startswith(prefix) or "name" not in fields:
            continue
        if only is None or only(lines):
            is_empty = False
            yield _term(lines, fields["id"], fields["name"])
    if is_empty:
        raise SourceError(path, f"has no term to take whose identifier begins with {prefix}")


def _stanzas(path: Path) -> Iterator[list[str]]:
    """Yield the lines of each stanza of an OBO file, without loading the whole file."""
    with opened(path) as file:
        lines: list[str] = []
        for line in io.TextIOWrapper(file, encoding="utf-8"):
            line = line.strip()
            if lines and (not line or line.startswith("[")):
                yield lines
                lines = []
            if line:
                lines.append(line)
        if lines:
            yield lines


def _term(lines: list[str], concept_id: str, name: str) -> Entry:
    entry = Entry(concept_id, "", "", name, {name: NameKind.PREFERRED})
    for line in lines:
        if (found := _OBO_SYNONYM.match(line)) and found[2] in ("EXACT", "RELATED"):
            kind = NameKind.EXACT if found[2] == "EXACT" else NameKind.RELATED
            synonym_type = found[3].upper()
            if _OBO_LEFT_OUT.search(synonym_type):
                continue
            if _OBO_SHORT.search(synonym_type):
                kind = NameKind.ABBREVIATION
            elif "BRAND" in synonym_type:
                kind = NameKind.BRAND
            entry.add(found[1].replace('\\"', '"'), kind)
        elif found := _OBO_PARENT.match(line):
            entry.parents.add(found[1])
        elif line.startswith("xref: "):
            reference = line[6:].split(" ", 1)[0]
            entry.xrefs.add(reference)
            if '"MONDO:equivalentTo"' in line:
                entry.same.add(reference)
        elif line.startswith("alt_id: "):
            entry.same.add(line[8:].split(" ", 1)[0])
    return entry
