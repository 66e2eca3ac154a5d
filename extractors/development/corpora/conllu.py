"""Reads dependency trees in CoNLL-U, from one file or an archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.development.corpora.annotated import CorpusError
from extractors.development.corpora.files import read_lines, read_members


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence with its tree: for each word whether a blank follows, its tag, its head and the label of that arc.

    `heads` are 0-based word indices; the root is its own head. `tags` are those of the corpus (XPOS; Penn tags).
    """

    document_id: str
    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words with the blanks between them, without one at the end."""
        joined = (word + " " * space for word, space in zip(self.words, self.spaces, strict=True))
        return "".join(joined).rstrip()


def read_conllu(path: Path, document_ids: Path | None = None) -> Iterator[ParsedSentence]:
    """Yield the sentences of a CoNLL-U file (plain or gzip), or of all .conllu files in a tar archive.

    The document is named by a line "# newdoc id = 123", or by the line of the file `document_ids` with the number of
    the sentence in `path`; both are PubMed ids. Empty nodes (8.1) are left out. The parts of a multiword token (1-2)
    are words without a blank between them. If a file does not mark blanks, one follows every word.
    """
    if ".tar" in path.suffixes:
        for name, text in read_members(path, "an archive of .conllu files", ".conllu"):
            yield from _sentences(text.split("\n"), f"{path.name}:{name.name}")
        return
    sentences = _sentences(read_lines(path, "trees in CoNLL-U"), path.name)
    if document_ids is None:
        yield from sentences
        return
    ids = [line for line in read_lines(document_ids, f"the PubMed id of each sentence of {path.name}") if line]
    read = list(sentences)
    if len(read) != len(ids):
        raise CorpusError(f"{document_ids} has {len(ids)} lines, {path.name} {len(read)} sentences; expected as many")
    for document_id, sentence in zip(ids, read, strict=True):
        yield ParsedSentence(
            f"PMID:{document_id}", sentence.words, sentence.spaces, sentence.tags, sentence.heads, sentence.labels
        )


def _sentences(lines: Sequence[str], file: str) -> Iterator[ParsedSentence]:
    document_id = ""
    rows: list[list[str]] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            if key.strip() == "newdoc id":
                document_id = f"PMID:{value.strip()}"
        elif line:
            fields = line.split("\t")
            if len(fields) != 10:
                raise CorpusError(f"{file}:{number}: {len(fields)} fields; expected the 10 of CoNLL-U")
            rows.append(fields)
        elif rows:
            try:
                yield _sentence(document_id, rows)
            except (ValueError, IndexError) as error:
                raise CorpusError(f"{file}:{number}: the sentence that ends here is no tree: {error}") from error
            rows = []


def _sentence(document_id: str, rows: Sequence[Sequence[str]]) -> ParsedSentence:
    words = [row for row in rows if row[0].isdigit()]
    spaces = ["SpaceAfter=No" not in row[9] for row in words]
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            spaces[first - 1 : last] = [*[False] * (last - first), "SpaceAfter=No" not in row[9]]
    heads = tuple(position if row[6] == "0" else int(row[6]) - 1 for position, row in enumerate(words))
    if any(not 0 <= head < len(words) for head in heads):
        raise ValueError("a head is outside the sentence")
    return ParsedSentence(
        document_id,
        tuple(row[1] for row in words),
        tuple(spaces),
        tuple(row[4] for row in words),
        heads,
        tuple(row[7] for row in words),
    )
