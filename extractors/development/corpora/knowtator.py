"""Reads Knowtator's XML, of version 1 and 2, as in CRAFT: archives of articles and of annotations."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Collection, Iterator
from pathlib import Path

from extractors.development.corpora.annotated import AnnotatedText, Annotation, CorpusError, spans_of
from extractors.development.corpora.files import read_members


def read_knowtator(
    articles: Path, annotations: Path, label: str, document_ids: Collection[str]
) -> Iterator[AnnotatedText]:
    """Yield the articles of `document_ids`, each with the annotations of one set (one archive of XML).

    All spans have the label `label`; their identifiers are the classes of the ontology ("CHEBI:15355"). For annotations
    in several pieces see `spans_of`. File names begin with the PubMed id of the article. Raises CorpusError if an
    article or its annotations are missing, or if an annotation reaches beyond the text.
    """
    texts = {name.stem: text for name, text in read_members(articles, "an archive of articles as .txt files", ".txt")}
    remaining = set(document_ids)
    for name, xml in read_members(annotations, "an archive of Knowtator's XML", ".xml"):
        document_id = name.name.split(".")[0]
        if document_id not in remaining:
            continue
        if document_id not in texts:
            raise CorpusError(f"{articles} has no {document_id}.txt; {annotations.name} annotates it")
        remaining.remove(document_id)
        text = texts[document_id]
        found = list(annotations_of(xml, label, f"{annotations.name}:{name.name}"))
        if any(end > len(text) for annotation in found for _, end in annotation.fragments):
            raise CorpusError(f"{annotations.name}:{name.name} annotates text beyond the end of {document_id}.txt")
        yield AnnotatedText(f"PMID:{document_id}", text, spans_of(found))
    if remaining:
        raise CorpusError(f"{annotations} has no annotations of {', '.join(sorted(remaining))}")


def annotations_of(xml: str, label: str, file: str) -> Iterator[Annotation]:
    """Yield the annotations of one XML file; `file` is for messages.

    Version 1 names the class of an annotation in a `classMention` elsewhere in the file, version 2 in a nested `class`,
    as a URI.
    """
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise CorpusError(f"{file} is no XML: {error}; get the archive again") from error
    classes = {
        mention.get("id", ""): identifier
        for mention in root.iter("classMention")
        for name in mention.findall("mentionClass")
        if (identifier := name.get("id"))
    }
    for annotation in root.iter("annotation"):
        try:
            fragments = tuple((int(span.attrib["start"]), int(span.attrib["end"])) for span in annotation.iter("span"))
        except (KeyError, ValueError) as error:
            raise CorpusError(f"{file}: a span without start and end in characters ({error!r})") from error
        mention, own = annotation.find("mention"), annotation.find("class")
        if own is not None:
            identifier = own.get("id", "").rpartition("/")[2].replace("_", ":", 1)
        else:
            identifier = classes.get(mention.get("id", ""), "") if mention is not None else ""
        if not fragments or not identifier:
            raise CorpusError(f"{file}: an annotation without a span or a class; expected both")
        yield Annotation(fragments, label, frozenset({identifier}))
