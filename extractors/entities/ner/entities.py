"""The spaCy components behind the recogniser: they label abbreviations, and set `doc.ents` by the heads."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from extractors.entities.overlaps import without_overlaps

ENTITIES: tuple[tuple[str, str, str], ...] = (
    ("main", "CHEMICAL", "CHEMICAL"),
    ("main", "DISEASE", "DISEASE"),
    ("main", "GENE", "GENE"),
    ("main", "ORGANISM", "ORGANISM"),
    ("jnlpba", "CELL_TYPE", "CELL_TYPE"),
    ("craft_cl", "CL", "CELL_TYPE"),
    ("craft_go_bp", "GO_BP", "PROCESS"),
    ("events", "PROCESS", "PROCESS"),
)
"""Head, its label, and the label in `doc.ents`; of overlapping names the one further up is kept, then the longer.

The head "phee" is left out: its corpus has only sentences about an adverse or a therapeutic effect, so that it finds
one in every sentence. What it finds is in `doc.spans`.
"""


def abbreviation_types(doc: Doc) -> Doc:
    """Label every use of an abbreviation that the text defines as its long form is labelled, head by head.

    Nothing changes where the head does not find the long form, or the abbreviation is part of a longer name.
    """
    uses = [(short, short._.long_form) for short in doc._.abbreviations]
    if uses:
        for head, group in list(doc.spans.items()):
            named = {span.end: span for span in group}
            added = [
                Span(doc, short.start, short.end, label=named[long.end].label_)
                for short, long in uses
                if long.end in named and named[long.end].start <= long.start
            ]
            retyped = {(span.start, span.end) for span in added}
            kept = [span for span in group if (span.start, span.end) not in retyped]
            spans = sorted(without_overlaps([*kept, *added]), key=lambda span: span.start)
            doc.spans[head] = SpanGroup(doc, name=head, spans=spans, attrs=dict(group.attrs))
    return doc


def entities(doc: Doc) -> Doc:
    """Set `doc.ents` by ENTITIES; `doc.spans` keeps what every head has found."""
    found: list[Span] = []
    for head, label, name in ENTITIES:
        spans = [Span(doc, s.start, s.end, label=name) for s in doc.spans.get(head, ()) if s.label_ == label]
        found += sorted(spans, key=lambda span: (span.start - span.end, span.start))
    doc.ents = sorted(without_overlaps(found), key=lambda span: span.start)
    return doc


class EntityJoiner:
    """The component that sets `doc.ents`, with the labels that it gives."""

    labels = tuple(dict.fromkeys(name for _, _, name in ENTITIES))

    def __call__(self, doc: Doc) -> Doc:
        return entities(doc)


@Language.factory(
    "peyer_abbreviations",
    requires=["doc._.abbreviations", "span._.long_form", "doc.spans"],
    assigns=["doc.spans"],
)
def make_abbreviation_types(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component."""
    return abbreviation_types


@Language.factory("peyer_entities", requires=["doc.spans"], assigns=["doc.ents"])
def make_entities(nlp: Language, name: str) -> EntityJoiner:
    """Make the component."""
    return EntityJoiner()
