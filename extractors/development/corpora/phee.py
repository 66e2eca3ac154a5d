"""Reads PHEE: sentences of case reports with events of drugs, one JSON object on each line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from extractors.development.corpora.annotated import AnnotatedText, Annotation, CorpusError, spans_of
from extractors.development.corpora.files import read_lines

Made = TypeVar("Made")


def read_phee(path: Path) -> Iterator[AnnotatedText]:
    """Yield the sentences, each with the arguments of its events as spans; the label is the role (Drug, Effect ...).

    An argument that has the same role in two events is one span; the trigger of an event has the role Trigger. Offsets
    are relative to the sentence. For arguments in several pieces see `spans_of`. An argument that does not match the
    text at its offsets is left out. Raises CorpusError, with the line, for a malformed object.
    """
    yield from read_records(path, lambda _, text: text)


def read_records(path: Path, make: Callable[[Any, AnnotatedText], Made]) -> Iterator[Made]:
    """Yield the result of `make` for each record and its text. Raises CorpusError if a record is malformed."""
    for number, line in enumerate(read_lines(path, "PHEE, JSON lines"), start=1):
        if not line:
            continue
        try:
            record = json.loads(line)
            document_id, text = str(record["id"]).split("_")[0], str(record["context"])
            found = [argument for part in record["annotations"] for argument in arguments(part)]
            made = make(record, AnnotatedText(f"PMID:{document_id}", text, spans_of(placed(text, found))))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise CorpusError(
                f"{path.name}:{number}: {error!r}; expected an object with id, context and annotations,"
                " events each with an event_type"
            ) from error
        yield made


def placed(text: str, found: Iterable[tuple[str, list[tuple[int, str]]]]) -> list[Annotation]:
    """Return the arguments that match `text` at their offsets; the label is the role."""
    return [
        Annotation(tuple((start, start + len(piece)) for start, piece in pieces), role)
        for role, pieces in found
        if all(text.startswith(piece, start) for start, piece in pieces)
    ]


def arguments(node: Any, role: str = "") -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Yield role and pieces (offset and text of each) of the arguments in and below `node`."""
    if isinstance(node, list):
        for member in node:
            yield from arguments(member, role)
    elif isinstance(node, dict):
        for texts, starts in zip(node.get("text", ()), node.get("start", ()), strict=True):
            yield role, list(zip(starts, texts, strict=True))
        for key, member in node.items():
            if isinstance(member, dict | list) and key not in ("text", "start", "entity_id"):
                yield from arguments(member, key)
