"""Files that carry the outcomes of a batch from the process that extracts to the one that writes."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from extractors.records import Extraction, Failure


def spool_path(warehouse: Path) -> Path:
    """Return the spool folder of a warehouse file, beside it."""
    return warehouse.with_name(warehouse.name + ".spool")


@contextmanager
def spool_beside(warehouse: Path) -> Iterator[Path]:
    """Yield an empty folder beside the warehouse file, and remove it at the end.

    Files that a killed run left there are removed first, so the caller must hold the writer's lock.
    """
    folder = spool_path(warehouse)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put(path: Path, outcomes: Sequence[Extraction | Failure]) -> None:
    """Write the outcomes of one batch."""
    with path.open("wb") as file:
        pickle.dump(list(outcomes), file, protocol=pickle.HIGHEST_PROTOCOL)


def take(path: Path) -> list[Extraction | Failure]:
    """Return the outcomes of one batch and remove their file. Use it only on files that this run has written."""
    with path.open("rb") as file:
        outcomes: list[Extraction | Failure] = pickle.load(file)
    path.unlink()
    return outcomes
