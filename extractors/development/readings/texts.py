"""Reads the reading corpus: whole texts in which a careful reader wrote down every statement.

This folder holds places and labels alone: `documents.tsv` says where the sentences of a text of a corpus stand, and
`statements.tsv` what they state. The texts come from the corpora, as training reads them. Offsets are 0-based and
end-exclusive, in characters of that text, whose extracts of one article are joined by line ends.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.development.corpora.annotated import CorpusError
from extractors.development.training.sources import source

FOLDER = Path(__file__).parent
PARTS = ("train", "dev", "sealed")
"""What may be trained on, looked at, and only scored."""


SAMPLE = 120
"""Texts of the part "train" that are read in place of the part "dev"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """Subject or object of a statement, at `start`:`end` of `Abstract.text`.

    `texts` are the whole phrase and the name within it, if any.
    """

    texts: tuple[str, ...]
    entity_type: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a text states; `sentence_no` is the sentence that makes it, counted from 0, the title.

    `is_sure`: no careful reader would leave it out.
    """

    sentence_no: int
    subject: Argument
    predicate: str
    object: Argument
    is_negated: bool = False
    is_hedged: bool = False
    is_sure: bool = True

    @property
    def kind(self) -> str:
        """The types of subject and object: "drug-target"."""
        return f"{self.subject.entity_type}-{self.object.entity_type}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstract:
    """A text as its sentences, the title first, and what it states."""

    document_id: str
    sentences: tuple[str, ...]
    statements: tuple[Statement, ...]

    @property
    def text(self) -> str:
        """The title as a paragraph of its own, and the other sentences as another."""
        return f"{self.sentences[0]}\n\n{' '.join(self.sentences[1:])}".rstrip()

    @property
    def starts(self) -> list[int]:
        """The offsets in `text` at which the sentences start."""
        starts = [0]
        for number, sentence in enumerate(self.sentences[:-1]):
            starts.append(starts[-1] + len(sentence) + (2 if number == 0 else 1))
        return starts

    def sentence_no(self, position: int) -> int:
        """Return the number of the sentence that holds a character of the text."""
        return max(number for number, start in enumerate(self.starts) if start <= position)


def read_abstracts(corpora: Path, part: str, folder: Path | None = None) -> Iterator[Abstract]:
    """Yield the texts of a part with their statements, those too that their reader was not sure of.

    `folder` has the tables, by default those beside this module. Raises CorpusError if a text is not where its row
    says, or a row is malformed.
    """
    folder = FOLDER if folder is None else folder
    rows = [row for row in _rows(folder / "documents.tsv") if row["part"] == part]
    stated: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(folder / "statements.tsv"):
        stated[row["document"]].append(row)
    texts = _texts(corpora, {(row["source"], row["split"]) for row in rows})
    for row in rows:
        if (text := texts.get((row["source"], row["split"], row["document"].partition(":")[2]))) is None:
            place = f"{row['source']}, split {row['split']}"
            raise CorpusError(f"{row['document']} is not in {place}; get the corpus again")
        yield _abstract(row, text, stated[row["document"]])


def some_abstracts(corpora: Path, sample: bool) -> list[Abstract]:
    """Return the part "dev" or, with `sample`, as many texts of the part "train", evenly spread. Raises like above."""
    abstracts = list(read_abstracts(corpora, "train" if sample else "dev"))
    return abstracts[:: max(1, len(abstracts) // SAMPLE)][:SAMPLE] if sample else abstracts


def _texts(corpora: Path, wanted: set[tuple[str, str]]) -> dict[tuple[str, str, str], str]:
    """Return source, split and PubMed id -> text, the extracts of one article joined by line ends."""
    parts: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for name, split in sorted(wanted):
        for each in source(name).texts(corpora, split):
            parts[name, split, each.document_id.partition(":")[2]].append(each.text)
    return {key: "\n".join(each) for key, each in parts.items()}


def _abstract(document: dict[str, str], text: str, rows: list[dict[str, str]]) -> Abstract:
    name = document["document"]
    places = [_place(place, name) for place in document["sentences"].split(" ")]
    sentences = tuple(_squeezed(text[start:end]) for start, end in places)
    found = Abstract(document_id=name, sentences=sentences, statements=())
    statements = []
    for row in rows:
        subject, target = (_argument(row, end, text, places, found.starts, name) for end in ("subject", "object"))
        statements.append(
            Statement(
                sentence_no=int(row["sentence_no"]),
                subject=subject,
                predicate=row["predicate"],
                object=target,
                is_negated=row["is_negated"] == "1",
                is_hedged=row["is_hedged"] == "1",
                is_sure=row["certainty"] == "sure",
            )
        )
    return Abstract(document_id=name, sentences=sentences, statements=tuple(statements))


def _argument(
    row: dict[str, str], side: str, text: str, places: list[tuple[int, int]], starts: list[int], name: str
) -> Argument:
    start, end = _place(row[side], name)
    at = next((number for number, (first, last) in enumerate(places) if first <= start and end <= last), None)
    if at is None:
        raise CorpusError(f"{name}: {row[side]} lies in no sentence; expected it within one of {places}")
    spans = [(start, end)]
    if row[f"{side}_core"] != "-":
        spans.append(_place(row[f"{side}_core"], name))
    before = text[places[at][0] : start]
    shown = starts[at] + len(_squeezed(before)) + bool(before.strip() and before[-1].isspace())
    return Argument(
        texts=tuple(_squeezed(text[first:last]) for first, last in spans),
        entity_type=row[f"{side}_type"],
        start=shown,
        end=shown + len(_squeezed(text[start:end])),
    )


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _place(written: str, name: str) -> tuple[int, int]:
    start, _, end = written.partition("-")
    if not (start.isdigit() and end.isdigit() and int(start) < int(end)):
        raise CorpusError(f"{name}: {written!r} is no place; expected first character and end, such as 12-20")
    return int(start), int(end)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
