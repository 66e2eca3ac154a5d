"""The Doc contract: every `doc._` and `span._` extension of the pipeline, its type, and the component that sets it.

| extension | holds | set by |
| --- | --- | --- |
| `doc._.regions` | Region: what is read, and what makes statements; empty: all | the caller (`extract.py`) |
| `doc._.front` | Stretch: where title and abstract stand; None: the whole text | the caller |
| `doc._.definitions` | Definition: abbreviations that the text defines | `sentence_abbreviation_detector` |
| `doc._.abbreviations`, `span._.long_form` | the same as Spans, as scispaCy names them; read only | |
| `doc._.dictionary` | two strings for each token: known names as features of the recogniser | `peyer_dictionary` |
| `doc._.recognised` | Recognised: the names that a language model finds | `model_reader` |
| `doc._.mentions` | FoundMention, in reading order | `mention_finder` |
| `doc._.inner_mentions` | InnerMention: the names within these, in reading order | `mention_finder` |
| `doc._.names` | FoundMention: the mentions, then the names within them; read only | |
| `doc.ents` | the mentions: `label_` is the entity type, `kb_id_` the concept's CURIE or "" | `mention_finder` |
| `doc._.relations` | FoundRelation, sorted | `relation_rules` |
| `doc._.article_relations` | FoundArticleRelation, sorted | `article_relations` |

All positions are 0-based and end-exclusive: token indices if the field is called `start` or `end`, characters of
`Doc.text` if it is called `start_char` or `end_char`. The values are plain tuples, so that a Doc survives `to_bytes`,
pickling and `nlp.pipe(n_process=...)`; when they are read, they have the types above again.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, NamedTuple

from spacy.tokens import Doc, Span

from extractors.records import ADVERSE_EFFECT


class FoundArticleRelation(NamedTuple):
    """A relation of the whole article; `subject` and `object` are indices in `doc._.mentions` of its best support."""

    subject: int
    predicate: str
    object: int
    score: float


VOCABULARY = "vocabulary"
"""The detector of mentions that come from known names, head nouns and name forms."""


READER = "reader"
"""The `rule_id` of a relation that the statement reader alone has found."""

CLASSIFIER = "classifier:"
"""The prefix of the method of a relation of a whole article."""


HEAD_SCORE = 0.7
"""Grounding score of a name that has the identifier of its head ("ileal Crohn's disease": Crohn's disease)."""


class FoundMention(NamedTuple):
    """A mention in tokens `start`:`end` of a Doc; plain values only, so that a Doc can be serialised.

    `concept_no` is the number of a concept in the vocabulary, -1 if the mention is not grounded; `method` says how it
    was grounded, or why not (see `linking.grounder.Grounding`). `valence` is "good" or "bad" if more of it is that for
    the patient, or "". `detector` is VOCABULARY or the name of the language model that found it. `aspect` says what of
    the names within it a phrase is about, `also_type` in which second type it may take part in a statement; each may
    be "".
    """

    start: int
    end: int
    entity_type: str
    subtype: str
    concept_no: int
    method: str
    score: float
    valence: str
    detector: str = VOCABULARY
    aspect: str = ""
    also_type: str = ""

    @property
    def is_adverse_effect(self) -> bool:
        """Whether it names harm to a patient."""
        return self.subtype == ADVERSE_EFFECT


class InnerMention(NamedTuple):
    """A name that stands within a longer mention, in tokens `outer_start`:`outer_end`.

    The longer one is in `doc._.mentions`, or itself an inner mention.
    """

    outer_start: int
    outer_end: int
    name: FoundMention


class Recognised(NamedTuple):
    """A name in tokens `start`:`end` of a Doc, with its type and the model that found it."""

    start: int
    end: int
    entity_type: str
    subtype: str
    model: str


class Region(NamedTuple):
    """A stretch of `Doc.text` in characters; `is_read`: for mentions, `makes_statements`: for relations too."""

    start_char: int
    end_char: int
    is_read: bool
    makes_statements: bool


def is_read(sentence: Span) -> bool:
    """Whether a sentence is in a part of the article that is searched for mentions."""
    if not sentence.doc._.regions:
        return True
    return any(r.is_read and r.start_char <= sentence.start_char < r.end_char for r in sentence.doc._.regions)


def makes_statements(sentence: Span) -> bool:
    """Whether a sentence is in a part of the article that is searched for relations, so not in a heading."""
    if not sentence.doc._.regions:
        return True
    start, end = sentence.start_char, sentence.end_char  # a label such as "Results:" may precede it
    return any(r.makes_statements and r.start_char < end and start < r.end_char for r in sentence.doc._.regions)


class FoundRelation(NamedTuple):
    """A statement; `subject` and `object` are indices in `doc._.names`, `sentence_start` is a token index."""

    sentence_start: int
    subject: int
    predicate: str
    object: int
    is_negated: bool
    is_hedged: bool
    score: float
    rule_id: str


class Stretch(NamedTuple):
    """A stretch of `Doc.text` in characters."""

    start_char: int
    end_char: int


class Definition(NamedTuple):
    """An abbreviation in tokens `start`:`end`, and the tokens of its long form."""

    start: int
    end: int
    long_start: int
    long_end: int


_RECORDS: dict[str, type[tuple[Any, ...]]] = {
    "regions": Region,
    "front": Stretch,
    "definitions": Definition,
    "dictionary": tuple,
    "recognised": Recognised,
    "mentions": FoundMention,
    "inner_mentions": InnerMention,
    "relations": FoundRelation,
    "article_relations": FoundArticleRelation,
}
"""Extension -> the type of its records."""

_UNSET: dict[str, Any] = {"front": None}
"""Extension -> its value on a Doc on which it was never set, unless that is an empty list."""


def _made(name: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    record = _RECORDS[name]
    if record is InnerMention:
        return [InnerMention(start, end, FoundMention._make(inner)) for start, end, inner in values]
    make = tuple if record is tuple else record._make  # type: ignore[attr-defined]
    return [make(value) for value in values]


def _get(name: str, doc: Doc) -> Any:
    key = f"peyer.{name}"
    kept = doc.user_data.get(key)
    if kept is None:
        return _UNSET.get(name, [])
    if type(kept) is not list or (kept and type(kept[0]) is not _RECORDS[name]):  # a stored Doc has plain sequences
        kept = doc.user_data[key] = _made(name, kept)
    return kept


def _set(name: str, doc: Doc, values: Iterable[Any] | None) -> None:
    doc.user_data[f"peyer.{name}"] = None if values is None else _made(name, values)


def named_in(doc: Doc) -> list[FoundMention]:
    """Return the mentions of a Doc, then the names within them: what subject and object of a relation number."""
    return [*doc._.mentions, *(inner.name for inner in doc._.inner_mentions)]


def _abbreviations(doc: Doc) -> list[Span]:
    return [doc[each.start : each.end] for each in doc._.definitions]


def _long_form(span: Span) -> Span | None:
    at = span.start, span.end
    return next((span.doc[d.long_start : d.long_end] for d in span.doc._.definitions if d[:2] == at), None)


def register_extensions() -> None:
    """Register every extension, replacing any of the same name that another package has registered since."""
    for name in _RECORDS:
        Doc.set_extension(name, getter=partial(_get, name), setter=partial(_set, name), force=True)
    Doc.set_extension("names", getter=named_in, force=True)
    Doc.set_extension("abbreviations", getter=_abbreviations, force=True)
    Span.set_extension("long_form", getter=_long_form, force=True)


register_extensions()
