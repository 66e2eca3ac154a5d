"""Reads DrugProt's tables: abstracts (id, title, abstract) and entities (id, number, label, start, end, text)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from extractors.development.corpora.annotated import AnnotatedText, Annotation, CorpusError, spans_of
from extractors.development.corpora.files import read_lines


def read_drugprot(folder: Path) -> Iterator[AnnotatedText]:
    """Yield the abstracts of one split (title, one blank, abstract); labels are CHEMICAL, GENE, GENE-Y, GENE-N.

    Annotations of a document that is not in the table of abstracts are left out. Raises CorpusError, with the line, for
    a mention that does not match the text at its offsets.
    """
    for document_id, text, mentions in read_numbered(folder):
        yield AnnotatedText(f"PMID:{document_id}", text, spans_of(annotation for _, annotation in mentions))


def read_numbered(folder: Path) -> Iterator[tuple[str, str, list[tuple[str, Annotation]]]]:
    """Yield PubMed id and text of each abstract, and its mentions by number ("T1"). Raises like `read_drugprot`.

    Every mention is in one piece.
    """
    abstracts, entities = table(folder, "abstrac"), table(folder, "entities")
    mentions: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for number, line in enumerate(read_lines(entities, "DrugProt's table of entities"), start=1):
        if line:
            fields = line.split("\t")
            if len(fields) != 6 or not (fields[3].isdigit() and fields[4].isdigit()):
                raise CorpusError(
                    f"{entities.name}:{number}: {line!r}; expected id, number, label, start, end and text"
                )
            mentions[fields[0]].append((number, fields))
    for number, line in enumerate(read_lines(abstracts, "DrugProt's table of abstracts"), start=1):
        if not line:
            continue
        fields = line.split("\t")
        if len(fields) != 3:
            raise CorpusError(f"{abstracts.name}:{number}: {len(fields)} fields; expected id, title and abstract")
        document_id, text = fields[0], f"{fields[1]} {fields[2]}"
        annotations = []
        for at, (_, mention_no, label, start, end, mention) in mentions[document_id]:
            if text[int(start) : int(end)] != mention:
                raise CorpusError(f"{entities.name}:{at}: {mention!r} does not stand at {start}:{end} of {document_id}")
            annotations.append((mention_no, Annotation(((int(start), int(end)),), label)))
        yield document_id, text, annotations


def table(folder: Path, kind: str) -> Path:
    """Return the table of `kind` ("abstrac", "entities", "relations"). Raises CorpusError if there is none."""
    # the original is spelled "abstracs"; one that was assembled from other copies has PARTIAL in its name
    found = sorted(folder.glob(f"*_{kind}*.tsv*"), key=lambda path: ("PARTIAL" in path.name, path.name))
    if not found:
        raise CorpusError(
            f"no table of {kind}... in {folder}; expected DrugProt's abstracts and entities there, and its relations"
        )
    return found[0]
