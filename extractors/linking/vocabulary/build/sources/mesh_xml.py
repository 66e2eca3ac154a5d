"""The records of Medical Subject Headings as the National Library of Medicine publishes them, in XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, iterparse

from extractors.linking.vocabulary.build.sources.files import SourceError, opened
from extractors.linking.vocabulary.entry import NameKind

_OF_TAG = {"ABB": NameKind.ABBREVIATION, "ACR": NameKind.ABBREVIATION, "TRD": NameKind.BRAND}
"""Lexical tag of a term -> kind of name (abbreviation, acronym, trade name); terms with other tags are plain names."""


@dataclass(frozen=True, slots=True)
class Record:
    """A descriptor, or a supplementary concept record.

    `terms` are its names: those of its preferred concept, and, as RELATED, those of the narrower and related concepts
    that are indexed under it. `headings` are the descriptors to which a supplementary record is mapped; `record_class`
    is NLM's number of its class ("1" chemical, "2" protocol, "3" disease, "4" organism).
    """

    identifier: str
    name: str
    terms: tuple[tuple[str, NameKind], ...]
    trees: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    record_class: str = ""


def descriptors(path: Path) -> Iterator[Record]:
    """Read a file of descriptors, such as desc2026.xml, record by record."""
    for element in _elements(path, "DescriptorRecord"):
        yield Record(
            element.findtext("DescriptorUI", ""),
            element.findtext("DescriptorName/String", "").strip(),
            _terms(element),
            trees=tuple(tree.text or "" for tree in element.iterfind("TreeNumberList/TreeNumber")),
        )


def supplementary_records(path: Path) -> Iterator[Record]:
    """Read a file of supplementary concept records, such as supp2026.xml, record by record."""
    mapped = "HeadingMappedToList/HeadingMappedTo/DescriptorReferredTo/DescriptorUI"
    for element in _elements(path, "SupplementalRecord"):
        yield Record(
            element.findtext("SupplementalRecordUI", ""),
            element.findtext("SupplementalRecordName/String", "").strip(),
            _terms(element),
            headings=tuple((heading.text or "").lstrip("*") for heading in element.iterfind(mapped)),
            record_class=element.get("SCRClass", ""),
        )


def _elements(path: Path, tag: str) -> Iterator[Element]:
    """Yield the elements named `tag` directly below the root; each is freed when the next one is requested."""
    found = False
    with opened(path) as file:
        events = iterparse(file, events=("start", "end"))
        _, root = next(events)
        for event, element in events:
            if event == "end" and element.tag == tag:
                found = True
                yield element
                root.clear()
    if not found:
        raise SourceError(path, f"has no {tag}")


def _terms(record: Element) -> tuple[tuple[str, NameKind], ...]:
    terms = []
    for concept in record.iterfind("ConceptList/Concept"):
        is_preferred = concept.get("PreferredConceptYN") == "Y"
        for term in concept.iterfind("TermList/Term"):
            kind = _OF_TAG.get(term.get("LexicalTag", ""), NameKind.EXACT) if is_preferred else NameKind.RELATED
            if text := term.findtext("String", "").strip():
                terms.append((text, kind))
    return tuple(terms)
