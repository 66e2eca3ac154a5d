"""Reads the texts of the table of annotated passages."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from extractors.development.corpora.annotated import AnnotatedText, CorpusError
from extractors.development.corpora.files import read_lines


def read_passages(path: Path) -> Iterator[AnnotatedText]:
    """Yield each sentence in the column `evidence_sentence` once, without spans, as the table has no offsets."""
    rows = csv.DictReader(read_lines(path, "the table of annotated passages"), delimiter="\t", quoting=csv.QUOTE_NONE)
    if "evidence_sentence" not in (rows.fieldnames or ()):
        raise CorpusError(f"{path} has no column evidence_sentence; expected one, with what each relation is read off")
    for sentence in dict.fromkeys(row["evidence_sentence"] for row in rows):
        yield AnnotatedText("", sentence, ())
