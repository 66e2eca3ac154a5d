"""Reads the relations of DrugProt, PHEE, BC5CDR and BioRED; for those of BioNLP see `events.py`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.development.corpora.annotated import AnnotatedText, CorpusError, spans_of
from extractors.development.corpora.drugprot import read_numbered, table
from extractors.development.corpora.files import read_lines
from extractors.development.corpora.phee import arguments, placed, read_records
from extractors.development.corpora.pubtator import identifiers_of, read_documents
from extractors.development.corpora.related import ConceptPair, MentionPair, RelatedText, pairs_of

_RELATION = re.compile(r"(\d+)\t(\S+)\tArg1:(T\d+)\tArg2:(T\d+)")
_NOVELTY = {"Novel": True, "No": False}


def read_drugprot_relations(folder: Path) -> Iterator[RelatedText]:
    """Yield the abstracts of one split with their pairs of chemical and gene, as `read_drugprot` yields them.

    Two mentions with several relations give a pair for each; relations of an abstract without text are left out. Raises
    CorpusError, with the line, for a relation whose mentions are not in the table of entities.
    """
    relations = table(folder, "relations")
    found: dict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
    for number, line in enumerate(read_lines(relations, "DrugProt's table of relations"), start=1):
        if line:
            match = _RELATION.fullmatch(line)
            if match is None:
                raise CorpusError(f"{relations.name}:{number}: {line!r}; expected id, label, Arg1:T1 and Arg2:T2")
            found[match[1]].append((number, match[2], match[3], match[4]))
    for document_id, text, mentions in read_numbered(folder):
        document = AnnotatedText(f"PMID:{document_id}", text, spans_of(annotation for _, annotation in mentions))
        numbered = dict(mentions)
        pairs: list[MentionPair] = []
        for number, label, *ends in found[document_id]:
            if missing := [end for end in ends if end not in numbered]:
                raise CorpusError(
                    f"{relations.name}:{number}: {missing[0]} is no mention of {document_id};"
                    " expected one that the table of entities has"
                )
            first, second = (numbered[end].reach for end in ends)
            pairs.append(MentionPair(label, first, second))
        yield RelatedText(document, tuple(dict.fromkeys(pairs)))


def read_phee_pairs(path: Path) -> Iterator[RelatedText]:
    """Yield the sentences, each with a pair of every Drug and every Effect of an event; the label is the event's type.

    An event without Drug or Effect gives no pair, nor does one whose Drug or Effect is in several pieces that do not
    become a span (see `spans_of`). Negated and Speculated of an event apply to its pairs. Raises like `read_phee`.
    """
    yield from read_records(path, _phee_related)


def _phee_related(record: Any, text: AnnotatedText) -> RelatedText:
    pairs = [
        pair
        for part in record["annotations"]
        for event in part["events"]
        for pair in pairs_of(
            text,
            str(event["event_type"]),
            placed(text.text, arguments(event.get("Treatment", {}).get("Drug", {}), "Drug")),
            placed(text.text, arguments(event.get("Effect", {}), "Effect")),
            is_negated="Negated" in event,
            is_hedged="Speculated" in event,
        )
    ]
    return RelatedText(text, tuple(dict.fromkeys(pairs)))


def read_pubtator_relations(path: Path) -> Iterator[RelatedText]:
    """Yield the documents of a PubTator file with their pairs of concepts, as `read_pubtator` yields them.

    The label is that of the corpus: CID (a chemical induces a disease) in BC5CDR; Association, Bind ... in BioRED, the
    only one that says whether a relation is novel. Raises CorpusError, with the line, for a malformed relation.
    """
    for document, others in read_documents(path):
        pairs = [_concept_pair(f"{path.name}:{number}", document, fields) for number, fields in others]
        yield RelatedText(document, concept_pairs=tuple(dict.fromkeys(pairs)))


def _concept_pair(place: str, document: AnnotatedText, fields: list[str]) -> ConceptPair:
    document_id, *relation = fields
    is_stated = len(relation) == 3 or (len(relation) == 4 and relation[3] in _NOVELTY)
    if not is_stated or f"PMID:{document_id}" != document.document_id:
        raise CorpusError(
            f"{place}: {fields}; expected a relation of {document.document_id}:"
            " id, label, two identifiers and, if the corpus says so, Novel or No"
        )
    first, second = (identifiers_of(identifier) for identifier in relation[1:3])
    if not (first and second):
        raise CorpusError(f"{place}: {fields}; expected an identifier on either side of the relation")
    return ConceptPair(relation[0], first, second, _NOVELTY[relation[3]] if len(relation) == 4 else None)
