"""Reads whole abstracts and the statements that a reader found in them."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from extractors.development.corpora.annotated import CorpusError
from extractors.development.corpora.files import read_lines

SAMPLE = 120
"""Abstracts of the training set that are read in place of the development set."""

_COLUMNS = frozenset(
    "doc_id sent_no subject_text subject_type subject_core predicate object_text object_type object_core "
    "certainty".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """Subject or object of a statement: its texts (the whole phrase, then the name within it if any) and its type."""

    texts: tuple[str, ...]
    entity_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of an abstract that its reader is sure of; `sentence_no` counts from 0, the title."""

    sentence_no: int
    subject: Argument
    predicate: str
    object: Argument

    @property
    def kind(self) -> str:
        """The types of subject and object: "drug-target"."""
        return f"{self.subject.entity_type}-{self.object.entity_type}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstract:
    """An abstract as its sentences, the title first, and what it states."""

    document_id: str
    sentences: tuple[str, ...]
    statements: tuple[Statement, ...]

    @property
    def text(self) -> str:
        """The title as a paragraph of its own, and the other sentences as another."""
        return f"{self.sentences[0]}\n\n{' '.join(self.sentences[1:])}".rstrip()

    def sentence_no(self, position: int) -> int:
        """Return the number of the sentence that holds a character of the text."""
        end = 0
        for number, sentence in enumerate(self.sentences):
            end += len(sentence) + (2 if number == 0 else 1)
            if position < end:
                return number
        return len(self.sentences) - 1


def files(corpora: Path, sample: bool) -> tuple[Path, Path]:
    """Return the files of sentences and of statements, in the folder gold beside the corpora."""
    name = "abstracts_train" if sample else "abstracts_dev"
    gold = corpora.resolve().parent / "gold"
    return gold / f"{name}.jsonl", gold / f"{name}.tsv"


def read_abstracts(corpora: Path, sample: bool) -> list[Abstract]:
    """Return the development set or, with `sample`, abstracts of the training set, evenly spread.

    Rows that their reader was not sure of are left out. Raises CorpusError if a file is missing or malformed.
    """
    texts, rows = files(corpora, sample)
    stated = _read_statements(rows)
    abstracts = []
    for number, line in enumerate(read_lines(texts, "abstracts as lines of JSON"), start=1):
        if not line:
            continue
        try:
            document = json.loads(line)
            name, sentences = document["doc_id"], tuple(document["sentences"])
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(
                f"{texts.name}:{number}: {error!r}; expected an object with doc_id and sentences"
            ) from error
        if not sentences:
            raise CorpusError(f"{texts.name}:{number}: {name} has no sentence; expected its title and abstract")
        abstracts.append(Abstract(document_id=name, sentences=sentences, statements=tuple(stated[name])))
    return abstracts[:: max(1, len(abstracts) // SAMPLE)][:SAMPLE] if sample else abstracts


def _read_statements(path: Path) -> dict[str, list[Statement]]:
    lines = read_lines(path, "the statements of the abstracts")
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if missing := _COLUMNS.difference(rows.fieldnames or ()):
        raise CorpusError(f"{path.name} lacks the column {', '.join(sorted(missing))}")
    stated: dict[str, list[Statement]] = defaultdict(list)
    for row in rows:
        if row["predicate"] == "NONE" or row["certainty"] != "sure":
            continue
        stated[row["doc_id"]].append(
            Statement(
                sentence_no=int(row["sent_no"]),
                subject=_argument(row, "subject"),
                predicate=row["predicate"],
                object=_argument(row, "object"),
            )
        )
    return stated


def _argument(row: dict[str, str], end: str) -> Argument:
    texts = (row[f"{end}_text"], row[f"{end}_core"])
    return Argument(texts=tuple(text for text in texts if text not in ("", "-")), entity_type=row[f"{end}_type"])
