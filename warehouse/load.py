"""Writes extractions and failures. An article replaces its earlier version as a whole; failures stay on record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from extractors.records import (
    Article,
    ArticleRelation,
    Concept,
    Extraction,
    Failure,
    Mention,
    Relation,
    Section,
    Sentence,
    places_within,
)
from warehouse.connection import WarehouseError, transaction

_ARTICLE_TABLES = ("article_relations", "relations", "mentions", "sentences", "sections", "articles")
_CONCEPT_TABLES = ("concept_parents", "concept_xrefs", "concept_synonyms", "concepts")

_Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """Counts of one batch: new articles, replaced articles, failed inputs."""

    new_articles: int
    changed_articles: int
    failures: int


def load_batch(con: DuckDBPyConnection, run_id: str, outcomes: Sequence[Extraction | Failure]) -> Loaded:
    """Write the outcomes in one transaction: all of them, or none if this raises.

    An article replaces its own rows in every table and no others; of two with the same `article_id` the later one is
    kept. A success resolves the failures of its `source_uri`. A failure replaces an older one of the same `source_uri`
    and keeps the article's rows of earlier runs.

    Raises WarehouseError if `run_id` is not a run that has begun.
    """
    extractions = list({each.article.article_id: each for each in outcomes if isinstance(each, Extraction)}.values())
    failures = list({each.source_uri: each for each in outcomes if isinstance(each, Failure)}.values())
    article_ids = [each.article.article_id for each in extractions]
    concepts = {concept.concept_id: concept for each in extractions for concept in each.concepts}
    with transaction(con):
        extractor_version = _extractor_version(con, run_id)
        changed = _count_known(con, article_ids)
        _delete(con, _ARTICLE_TABLES, "article_id", article_ids)
        _append(con, "articles", (_article_row(each, run_id) for each in extractions))
        _append(con, "sections", (_section_row(e.article, s) for e in extractions for s in e.article.sections))
        _append(con, "sentences", (_sentence_row(s) for e in extractions for s in e.sentences))
        _append(con, "mentions", (row for e in extractions for row in _mention_rows(e.mentions)))
        _append(con, "relations", (_relation_row(r) for e in extractions for r in e.relations))
        _append(con, "article_relations", (_article_relation_row(r) for e in extractions for r in e.article_relations))
        _replace_concepts(con, list(concepts.values()))
        settle_failures(con, run_id, [each.article.source_uri for each in extractions])
        settle_failures(con, run_id, [each.source_uri for each in failures])
        _append(con, "failures", (_failure_row(each, run_id, extractor_version) for each in failures))
    return Loaded(new_articles=len(extractions) - changed, changed_articles=changed, failures=len(failures))


def move_articles(con: DuckDBPyConnection, source_uris: Mapping[str, str]) -> None:
    """Update the source_uri of each article_id; nothing else of the article changes."""
    con.execute(
        """
        update articles set source_uri = moved.source_uri
        from (select unnest($1::varchar[]) as article_id, unnest($2::varchar[]) as source_uri) as moved
        where articles.article_id = moved.article_id
        """,
        [list(source_uris), list(source_uris.values())],
    )


def drop_copies(con: DuckDBPyConnection, article_ids: Sequence[str]) -> None:
    """Delete those of the given articles whose bytes another article has too, one that is not among them."""
    with transaction(con):
        found = con.execute(
            """
            from articles
            select article_id
            where
                article_id in (select unnest($1::varchar[]))
                and content_sha256 in (
                    from articles select content_sha256 where article_id not in (select unnest($1::varchar[]))
                )
            """,
            [article_ids],
        ).fetchall()
        _delete(con, _ARTICLE_TABLES, "article_id", [article_id for (article_id,) in found])


def prune_concepts(con: DuckDBPyConnection) -> None:
    """Delete the concepts that no mention refers to any more, with their names, cross-references and parents."""
    with transaction(con):
        for table in _CONCEPT_TABLES:
            con.execute(
                f"delete from {table} where concept_id not in "
                "(select concept_id from mentions where concept_id is not null)"
            )


def _extractor_version(con: DuckDBPyConnection, run_id: str) -> str:
    found = con.execute(
        "select extractor_version from runs where run_id = ? and status = 'running'", [run_id]
    ).fetchone()
    if found is None:
        raise WarehouseError(f"run {run_id!r} is not running; begin one with `begin_run` before loading")
    return str(found[0])


def _count_known(con: DuckDBPyConnection, article_ids: Sequence[str]) -> int:
    known = con.execute(
        "select count(*) from articles where article_id in (select unnest($1::varchar[]))", [article_ids]
    ).fetchall()
    return int(known[0][0])


def _replace_concepts(con: DuckDBPyConnection, concepts: Sequence[Concept]) -> None:
    _delete(con, _CONCEPT_TABLES, "concept_id", [concept.concept_id for concept in concepts])
    _append(con, "concepts", (_concept_row(concept) for concept in concepts))
    _append(
        con,
        "concept_synonyms",
        (
            {"concept_id": c.concept_id, "synonym": synonym, "kind": kind}
            for c in concepts
            for synonym, kind in sorted({synonym.text: synonym.kind for synonym in c.synonyms}.items())
        ),
    )
    _append(
        con,
        "concept_parents",
        (
            {"concept_id": c.concept_id, "parent_id": a.concept_id, "parent_name": a.name, "distance": a.distance}
            for c in concepts
            for a in c.ancestors
        ),
    )
    _append(
        con,
        "concept_xrefs",
        ({"concept_id": c.concept_id, "xref": xref} for c in concepts for xref in sorted(set(c.xrefs))),
    )


def settle_failures(con: DuckDBPyConnection, run_id: str, source_uris: Sequence[str]) -> None:
    """Mark older failures of these inputs as resolved by this run, and delete those of this run itself."""
    con.execute(
        "delete from failures where run_id = $1 and source_uri in (select unnest($2::varchar[]))",
        [run_id, source_uris],
    )
    con.execute(
        "update failures set resolved_run_id = $1 "
        "where resolved_run_id is null and source_uri in (select unnest($2::varchar[]))",
        [run_id, source_uris],
    )


def _delete(con: DuckDBPyConnection, tables: Iterable[str], key: str, values: Sequence[str]) -> None:
    for table in tables:
        con.execute(f"delete from {table} where {key} in (select unnest($1::varchar[]))", [values])


def _append(con: DuckDBPyConnection, table: str, rows: Iterable[_Row]) -> None:
    """Append rows, whose keys are the columns of `table` in the same order."""
    every = list(rows)
    if every:
        with con.appender(table, columns=list(every[0])) as appender:
            appender.append_rows([tuple(row.values()) for row in every])


def _article_row(extraction: Extraction, run_id: str) -> _Row:
    article = extraction.article
    return {
        "article_id": article.article_id,
        "title": article.title,
        "text": article.text,
        "journal": article.journal,
        "published": article.published,
        "published_year": None if article.published is None else int(article.published[:4]),
        "doi": article.doi,
        "pmid": article.pmid,
        "pmcid": article.pmcid,
        "licence": article.licence,
        "article_type": article.article_type,
        "is_retracted": article.is_retracted,
        "source_uri": article.source_uri,
        "source_format": article.source_format,
        "content_sha256": article.content_sha256,
        "extractor_version": extraction.extractor_version,
        "run_id": run_id,
    }


def _section_row(article: Article, section: Section) -> _Row:
    return {
        "article_id": article.article_id,
        "section_no": section.section_no,
        "kind": section.kind,
        "heading": section.heading,
        "start_char": section.start_char,
        "end_char": section.end_char,
        "is_read": section.is_read,
    }


def _sentence_row(sentence: Sentence) -> _Row:
    return {
        "sentence_id": sentence.sentence_id,
        "article_id": sentence.article_id,
        "section_no": sentence.section_no,
        "sentence_no": sentence.sentence_no,
        "start_char": sentence.start_char,
        "end_char": sentence.end_char,
        "text": sentence.text,
    }


def _mention_rows(mentions: Sequence[Mention]) -> Iterator[_Row]:
    places = places_within(mentions)
    return (_mention_row(mention, places.get(mention.mention_id)) for mention in mentions)


def _mention_row(mention: Mention, within_no: int | None) -> _Row:
    return {
        "mention_id": mention.mention_id,
        "article_id": mention.article_id,
        "sentence_id": mention.sentence_id,
        "start_char": mention.start_char,
        "end_char": mention.end_char,
        "text": mention.text,
        "entity_type": mention.entity_type,
        "subtype": mention.subtype,
        "concept_id": mention.concept_id,
        "grounding_method": mention.grounding_method,
        "grounding_score": mention.grounding_score,
        "detector": mention.detector,
        "within_mention_id": mention.within_mention_id,
        "within_no": within_no,
        "aspect": mention.aspect,
        "also_type": mention.also_type,
    }


def _concept_row(concept: Concept) -> _Row:
    return {
        "concept_id": concept.concept_id,
        "entity_type": concept.entity_type,
        "subtype": concept.subtype,
        "name": concept.name,
        "vocabulary": concept.vocabulary,
        "vocabulary_version": concept.vocabulary_version,
    }


def _relation_row(relation: Relation) -> _Row:
    subject_type, object_type = relation.types
    return {
        "relation_id": relation.relation_id,
        "article_id": relation.article_id,
        "sentence_id": relation.sentence_id,
        "subject_mention_id": relation.subject.mention_id,
        "predicate": relation.predicate,
        "object_mention_id": relation.object.mention_id,
        "is_negated": relation.is_negated,
        "is_hedged": relation.is_hedged,
        "score": relation.score,
        "method": relation.method,
        "species": relation.species,
        "study_setting": relation.study_setting,
        "subject_type": subject_type,
        "object_type": object_type,
    }


def _article_relation_row(relation: ArticleRelation) -> _Row:
    return {
        "article_relation_id": relation.article_relation_id,
        "article_id": relation.article_id,
        "subject_mention_id": relation.subject.mention_id,
        "predicate": relation.predicate,
        "object_mention_id": relation.object.mention_id,
        "score": relation.score,
        "method": relation.method,
    }


def _failure_row(failure: Failure, run_id: str, extractor_version: str) -> _Row:
    return {
        "run_id": run_id,
        "source_uri": failure.source_uri,
        "stage": failure.stage,
        "error": failure.error,
        "message": failure.message,
        "content_sha256": failure.content_sha256,
        "extractor_version": extractor_version,
    }
