"""Download the owners' current releases of the vocabularies.

A file is written under a temporary name and moved into place when it is complete: it has the length that the server
announced, and the checksum that `releases.tsv` or the owner gives. `FETCHED.tsv` in the folder records what came from
where; a file that is listed there and unchanged is not fetched again. To get a newer release, remove the file.
"""

from __future__ import annotations

import csv
import hashlib
import http.client
import re
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from extractors.data import data_file

RELEASES = data_file("linking/build/releases.tsv")
RECORD_FILE = "FETCHED.tsv"
TIMEOUT_S = 60.0
_CHUNK_BYTES = 1 << 20
_ALGORITHM_OF_LENGTH = {32: "md5", 64: "sha256"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A file that an owner publishes: its path in the folder and its address.

    `sha256` pins one version; `checksum_url` is the address of the owner's md5 or sha256 of the current one. Both are
    empty if there is none.
    """

    path: str
    url: str
    checksum_url: str = ""
    sha256: str = ""
    owner: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A file that was fetched: `last_modified` as stated by the server, `fetched_at` in UTC."""

    path: str
    url: str
    sha256: str
    bytes: int
    last_modified: str
    fetched_at: str


class FetchError(RuntimeError):
    """Some files could not be fetched; `faults` has a sentence for each. The others were fetched and recorded."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class _Fault(Exception):
    """Why one file could not be fetched, and what to do."""


def read_releases(path: Path = RELEASES) -> list[Release]:
    """Read the table of releases."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [Release(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def fetch_releases(
    folder: Path,
    releases: Iterable[Release],
    *,
    report: Callable[[Release, Fetched | None], None] = lambda *_: None,
    timeout_s: float = TIMEOUT_S,
) -> list[Fetched]:
    """Fetch the missing files into `folder`, which is created if necessary; return what was fetched now.

    `report` is called with each release and what was fetched of it, None if the file was there. Raises FetchError at
    the end if some files could not be fetched.
    """
    records = {record.path: record for record in read_records(folder)}
    fetched: list[Fetched] = []
    faults: list[str] = []
    for release in releases:
        if _is_there(folder / release.path, release, records.get(release.path)):
            report(release, None)
            continue
        try:
            record = _fetch(folder / release.path, release, timeout_s)
            records[release.path] = record
            _write_records(folder, records.values())
        except _Fault as fault:
            faults.append(f"{release.path}: {fault}")
        except OSError as error:
            reason = error.strerror or error
            faults.append(f"{release.path}: cannot be written in {folder} ({reason}); make room there or name another")
        else:
            fetched.append(record)
            report(release, record)
    if faults:
        raise FetchError(faults)
    return fetched


def read_records(folder: Path) -> list[Fetched]:
    """Read the `FETCHED.tsv` of a folder; return nothing if it is missing or malformed."""
    path = folder / RECORD_FILE
    if not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows: Iterable[dict[str, Any]] = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            return [Fetched(**row | {"bytes": int(row["bytes"])}) for row in rows]
    except (KeyError, TypeError, ValueError):
        return []


def _write_records(folder: Path, records: Iterable[Fetched]) -> None:
    columns = [field.name for field in fields(Fetched)]
    rows = [asdict(record) for record in sorted(records, key=lambda record: record.path)]
    lines = ["\t".join(columns), *("\t".join(str(row[column]) for column in columns) for row in rows)]
    part = folder / f"{RECORD_FILE}.part"
    part.write_text("\n".join(lines) + "\n", encoding="utf-8")
    part.replace(folder / RECORD_FILE)


def _is_there(path: Path, release: Release, record: Fetched | None) -> bool:
    """Whether a file is the one that was fetched from this address, or has the pinned checksum."""
    recorded = record.sha256 if record is not None and record.url == release.url else ""
    expected = release.sha256 or recorded
    if not expected or not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == expected


def _fetch(path: Path, release: Release, timeout_s: float) -> Fetched:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    try:
        expected = ("sha256", release.sha256) if release.sha256 else _owners_checksum(release, timeout_s)
        digests, size, last_modified = _download(release.url, part, timeout_s)
        if expected is not None and digests[expected[0]] != expected[1]:
            algorithm, checksum = expected
            named_by = release.checksum_url or RELEASES.name
            raise _Fault(
                f"{release.url} has the {algorithm} {digests[algorithm]}, but {named_by} says {checksum}; "
                "run the command again, and if it stays so ask the owner which is right"
            )
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return Fetched(
        path=release.path,
        url=release.url,
        sha256=digests["sha256"],
        bytes=size,
        last_modified=last_modified,
        fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _owners_checksum(release: Release, timeout_s: float) -> tuple[str, str] | None:
    """Return algorithm and checksum of a release from the owner's checksum file, if it lists the release."""
    if not release.checksum_url:
        return None
    with closing(_open(release.checksum_url, timeout_s)) as response:
        text = _read(response, release.checksum_url, _CHUNK_BYTES).decode("utf-8", errors="replace")
    name = release.url.rpartition("/")[2]
    lines = text.splitlines()
    for line in [line for line in lines if name in line] or lines:
        for found in re.findall(r"\b[0-9A-Fa-f]{32,64}\b", line):
            if algorithm := _ALGORITHM_OF_LENGTH.get(len(found)):
                return algorithm, found.lower()
    raise _Fault(f"{release.checksum_url} has no md5 or sha256 of {name}; see what the owner put there")


def _download(url: str, part: Path, timeout_s: float) -> tuple[dict[str, str], int, str]:
    """Download `url` to `part`; return its checksums, its size and when it was last modified."""
    digests = {name: hashlib.new(name, usedforsecurity=False) for name in _ALGORITHM_OF_LENGTH.values()}
    size = 0
    with closing(_open(url, timeout_s)) as response, part.open("wb") as file:
        if response.headers.get_content_type() == "text/html":
            raise _Fault(f"{url} answers with a web page, not with the file; see where the owner has it now")
        while chunk := _read(response, url, _CHUNK_BYTES):
            file.write(chunk)
            size += len(chunk)
            for digest in digests.values():
                digest.update(chunk)
        length = response.headers.get("Content-Length", "")
        last_modified = " ".join(response.headers.get("Last-Modified", "").split())
    if length.isdecimal() and int(length) != size:
        raise _Fault(f"{url} ended after {size:,} of {int(length):,} bytes; run the command again")
    if size == 0:
        raise _Fault(f"{url} is empty; see where the owner has the file now")
    return {name: digest.hexdigest() for name, digest in digests.items()}, size, last_modified


def _open(url: str, timeout_s: float) -> http.client.HTTPResponse:
    try:
        response: http.client.HTTPResponse = urlopen(Request(url, headers={"User-Agent": "peyer"}), timeout=timeout_s)
    except HTTPError as error:
        error.close()
        again = "run the command again later" if error.code >= 500 else "see where the owner has the file now"
        raise _Fault(f"{url} answers {error.code} {error.reason}; {again}") from error
    except URLError as error:
        raise _Fault(_unreachable(url, error.reason)) from error
    except (OSError, http.client.HTTPException) as error:
        raise _Fault(_unreachable(url, error)) from error
    return response


def _read(response: http.client.HTTPResponse, url: str, size: int) -> bytes:
    try:
        return response.read(size)
    except (OSError, http.client.HTTPException) as error:
        raise _Fault(f"{url} broke off ({error or type(error).__name__}); run the command again") from error


def _unreachable(url: str, reason: object) -> str:
    text = str(getattr(reason, "strerror", None) or reason) or type(reason).__name__
    return f"{url} cannot be reached ({text}); check the network and run the command again"
