"""What a reader accepts: bytes that are text, within limits of size."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

MAX_BYTES = 8_000_000
"""Largest input that is read, in bytes. An article of 100 pages has about 500,000."""

MAX_LINE_CHARS = 200_000
"""Longest line that is read, in characters. A paragraph rarely has more than 5,000."""

_BOM = b"\xef\xbb\xbf"
_UTF_16_BOMS = (b"\xff\xfe", b"\xfe\xff")


class ReadError(Exception):
    """An input that cannot be read. `error` is a short stable name, `message` says what to do."""

    def __init__(self, error: str, message: str) -> None:
        super().__init__(message)
        self.error = error
        self.message = message


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a regular file of at most `MAX_BYTES`.

    Checks the size before reading. Raises ReadError: unreadable, too_large.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("unreadable", f"{path.name} is not a regular file; give the files themselves")
        _require_size(status.st_size)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise ReadError("unreadable", _why_unreadable(path, problem)) from problem
    _require_size(len(data))
    return data


def decode(data: bytes) -> str:
    """Return `data` as text, with "\\n" line ends and without a byte order mark.

    Raises ReadError: too_large, empty, binary, not_utf8, line_too_long.
    """
    _require_size(len(data))
    body = data.removeprefix(_BOM)
    if not body.strip():
        raise ReadError("empty", "the input has no characters; put the article's text into it or remove it")
    if body.startswith(_UTF_16_BOMS):
        raise ReadError(
            "not_utf8",
            "the input is UTF-16 (byte order mark at byte 0); expected UTF-8; "
            "convert it with: iconv -f UTF-16 -t UTF-8 OLD > NEW",
        )
    nul = body.find(b"\0")
    if nul >= 0:
        offset = nul + len(data) - len(body)
        raise ReadError(
            "binary",
            f"NUL byte at byte {offset}; expected plain text in UTF-8; export the document as text first",
        )
    if body.startswith(b"%PDF-"):
        raise ReadError("binary", "the input is a PDF; expected plain text in UTF-8; convert it with: pdftotext")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as problem:
        offset = problem.start + len(data) - len(body)
        raise ReadError(
            "not_utf8",
            f"byte 0x{body[problem.start]:02x} at byte {offset} is not UTF-8; expected UTF-8; "
            "if the file is Windows-1252, convert it with: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW",
        ) from problem
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _require_line_lengths(text)
    return text


def _require_size(size: int) -> None:
    if size > MAX_BYTES:
        raise ReadError(
            "too_large",
            f"the input has {size:,} bytes; at most {MAX_BYTES:,} are read; split it into articles",
        )


def _require_line_lengths(text: str) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_LINE_CHARS:
            raise ReadError(
                "line_too_long",
                f"line {number} has {len(line):,} characters; at most {MAX_LINE_CHARS:,} are read; "
                "break it into paragraphs",
            )


def _why_unreadable(path: Path, problem: OSError) -> str:
    if problem.errno == errno.ENOENT:
        return f"{path.name} is not there (any more); check the name, or run again when it is back"
    if problem.errno in (errno.EACCES, errno.EPERM):
        return f"no permission to read {path.name}; give it with: chmod +r {path.name}"
    return f"{path.name} cannot be read: {problem.strerror or problem}; check the disk and run again"
