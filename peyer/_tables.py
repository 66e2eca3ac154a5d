"""Records as tables: columns by name, in the warehouse's names and a fixed order.

A column is a list, with None where there is no value. `relations` has the columns of the view `evidence`, `sentences`
those of the table; `mentions` is the table with the concept's `name` added.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, get_args

from extractors.records import Concept, Extraction, Mention, places_within

Table = Literal["sentences", "mentions", "relations", "article_relations"]
TABLES: tuple[Table, ...] = get_args(Table)

DTYPES: Mapping[str, str] = {
    **dict.fromkeys(("section_no", "sentence_no", "start_char", "end_char"), "int64"),
    **dict.fromkeys(("grounding_score", "score"), "float64"),
    **dict.fromkeys(("is_negated", "is_hedged", "is_retracted"), "bool"),
    **dict.fromkeys(("published_year", "within_no"), "Int64"),
}
"""Column -> its pandas type; every other one is text, of the type "string"."""

_BLANKS = re.compile(r"[\t\n\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_ENDS = ("text", "type", "subtype", "id", "name")
_WITHIN = ("core_id", "core_name", "core_type", "aspect")

_COLUMNS: Mapping[Table, tuple[str, ...]] = {
    "sentences": ("sentence_id", "article_id", "section_no", "sentence_no", "start_char", "end_char", "text"),
    "mentions": (
        *("mention_id", "article_id", "sentence_id", "start_char", "end_char", "text"),
        *("entity_type", "subtype", "concept_id", "name", "grounding_method", "grounding_score", "detector"),
        *("within_mention_id", "within_no", "aspect", "also_type"),
    ),
    "relations": (
        *("relation_id", "article_id", "sentence_id", "sentence", "section_kind"),
        *(f"subject_{end}" for end in (*_ENDS, *_WITHIN)),
        "predicate",
        *(f"object_{end}" for end in (*_ENDS, *_WITHIN)),
        *("is_negated", "is_hedged", "score", "method", "species", "study_setting"),
        *("title", "published", "published_year", "doi", "pmid", "article_type", "is_retracted"),
        *("subject_mention_id", "object_mention_id"),
    ),
    "article_relations": (
        *("article_relation_id", "article_id"),
        *(f"subject_{end}" for end in _ENDS),
        "predicate",
        *(f"object_{end}" for end in _ENDS),
        *("score", "method", "subject_mention_id", "object_mention_id"),
    ),
}


def columns(table: Table, extractions: Iterable[Extraction]) -> dict[str, list[Any]]:
    """Return the rows of a table, column by column, in the order of the articles.

    Raises ValueError where there is no table of that name.
    """
    if table not in _COLUMNS:
        raise ValueError(f"table is {table!r}; expected one of {', '.join(TABLES)}")
    rows = [row for extraction in extractions for row in _ROWS[table](extraction)]
    return {column: [row[column] for row in rows] for column in _COLUMNS[table]}


def normalised(name: str) -> str:
    """Return a name as names without an identifier are compared, which is what the warehouse's `normalised` does.

    >>> normalised("Janus\\u00a0 Kinase")
    'janus kinase'
    """
    composed = _BLANKS.sub(" ", unicodedata.normalize("NFC", name))
    return "".join(character.lower()[0] for character in composed.strip(" "))


def _sentences(extraction: Extraction) -> Iterator[dict[str, object]]:
    for sentence in extraction.sentences:
        yield {column: getattr(sentence, column) for column in _COLUMNS["sentences"]}


def _mentions(extraction: Extraction) -> Iterator[dict[str, object]]:
    concepts = _concepts(extraction)
    places = places_within(extraction.mentions)
    for mention in extraction.mentions:
        concept = concepts.get(mention.concept_id)
        made = {"name": None if concept is None else concept.name, "within_no": places.get(mention.mention_id)}
        yield made | {column: getattr(mention, column) for column in _COLUMNS["mentions"] if column not in made}


def _relations(extraction: Extraction) -> Iterator[dict[str, object]]:
    article = extraction.article
    concepts = _concepts(extraction)
    sentences = {sentence.sentence_id: sentence for sentence in extraction.sentences}
    cores = _cores(extraction)
    for relation in extraction.relations:
        sentence = sentences[relation.sentence_id]
        subject_type, object_type = relation.types
        yield {
            "relation_id": relation.relation_id,
            "article_id": relation.article_id,
            "sentence_id": relation.sentence_id,
            "sentence": sentence.text,
            "section_kind": article.sections[sentence.section_no].kind,
            **_end("subject", relation.subject, concepts, subject_type),
            **_within("subject", relation.subject, concepts, cores),
            "predicate": relation.predicate,
            **_end("object", relation.object, concepts, object_type),
            **_within("object", relation.object, concepts, cores),
            "is_negated": relation.is_negated,
            "is_hedged": relation.is_hedged,
            "score": relation.score,
            "method": relation.method,
            "species": relation.species,
            "study_setting": relation.study_setting,
            "title": article.title,
            "published": article.published,
            "published_year": None if article.published is None else int(article.published[:4]),
            "doi": article.doi,
            "pmid": article.pmid,
            "article_type": article.article_type,
            "is_retracted": article.is_retracted,
        }


def _article_relations(extraction: Extraction) -> Iterator[dict[str, object]]:
    concepts = _concepts(extraction)
    for relation in extraction.article_relations:
        yield {
            "article_relation_id": relation.article_relation_id,
            "article_id": relation.article_id,
            **_end("subject", relation.subject, concepts, relation.subject.entity_type),
            "predicate": relation.predicate,
            **_end("object", relation.object, concepts, relation.object.entity_type),
            "score": relation.score,
            "method": relation.method,
        }


_ROWS: Mapping[Table, Callable[[Extraction], Iterator[dict[str, object]]]] = {
    "sentences": _sentences,
    "mentions": _mentions,
    "relations": _relations,
    "article_relations": _article_relations,
}


def _concepts(extraction: Extraction) -> Mapping[str | None, Concept]:
    return {concept.concept_id: concept for concept in extraction.concepts}


def _cores(extraction: Extraction) -> Mapping[str | None, Mention]:
    """Return mention_id of each phrase -> the first name directly within it."""
    places = places_within(extraction.mentions)
    return {each.within_mention_id: each for each in extraction.mentions if places.get(each.mention_id) == 0}


def _end(role: str, mention: Mention, concepts: Mapping[str | None, Concept], part_type: str) -> dict[str, object]:
    """Return the columns of the subject or the object, which takes part in `part_type`."""
    concept = concepts.get(mention.concept_id)
    subtype = mention.subtype if concept is None or concept.subtype is None else concept.subtype
    meaning_id, name = _meaning(mention, concepts)
    return {
        f"{role}_text": mention.text,
        f"{role}_type": part_type,
        f"{role}_subtype": subtype if part_type == mention.entity_type else None,
        f"{role}_id": meaning_id,
        f"{role}_name": name,
        f"{role}_mention_id": mention.mention_id,
    }


def _within(
    role: str, mention: Mention, concepts: Mapping[str | None, Concept], cores: Mapping[str | None, Mention]
) -> dict[str, object]:
    """Return the columns of the first name within the subject or the object."""
    core = cores.get(mention.mention_id)
    core_id, core_name = (None, None) if core is None else _meaning(core, concepts)
    return {
        f"{role}_core_id": core_id,
        f"{role}_core_name": core_name,
        f"{role}_core_type": None if core is None else core.entity_type,
        f"{role}_aspect": mention.aspect,
    }


def _meaning(mention: Mention, concepts: Mapping[str | None, Concept]) -> tuple[str, str]:
    """Return identifier and name of what a mention means; one that is not grounded means its own text."""
    concept = concepts.get(mention.concept_id)
    own_name = normalised(mention.text)
    name = own_name if concept is None else concept.name
    return (f"TEXT:{own_name}" if mention.concept_id is None else mention.concept_id), name
