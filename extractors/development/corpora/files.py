"""Opens the files of a corpus: plain, compressed with gzip, or in a tar archive. Errors say what was expected."""

from __future__ import annotations

import gzip
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from extractors.development.corpora.annotated import CorpusError


def read_lines(path: Path, expected: str) -> list[str]:
    """Return the lines of a UTF-8 file, compressed or not, without line ends; `expected` describes it in errors."""
    require(path, expected)
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8", newline="") as file:
            return [line.rstrip("\r") for line in file.read().split("\n")]
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read: {error}; get the file again") from error


def read_members(path: Path, expected: str, suffix: str = "") -> Iterator[tuple[PurePosixPath, str]]:
    """Yield name and text of the files in a tar archive, compressed or not, whose names end with `suffix`."""
    require(path, expected)
    try:
        with tarfile.open(path) as archive:
            for member in archive:
                file = archive.extractfile(member) if member.name.endswith(suffix) else None
                if file is not None:
                    yield PurePosixPath(member.name), file.read().decode("utf-8")
    except (OSError, EOFError, tarfile.TarError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read: {error}; get the file again") from error


def require(path: Path, expected: str) -> None:
    """Raise CorpusError if there is no file `path`."""
    if not path.is_file():
        raise CorpusError(f"no file {path}; expected {expected} there, in the folder {path.parent}")
