"""The queries of the commands. Every function takes an open connection and returns plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

from duckdb import DuckDBPyConnection

from warehouse.ledger import StandingFailure, read_ledger
from warehouse.runs import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts of what is in the warehouse, the most frequent types and predicates first."""

    articles: int
    sentences: int
    mentions_by_type: dict[str, int]
    relations_by_predicate: dict[str, int]
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A row of the view `claims`."""

    subject_id: str
    subject_name: str
    subject_type: str
    predicate: str
    object_id: str
    object_name: str
    object_type: str
    article_count: int
    sentence_count: int
    negated_count: int
    hedged_count: int
    first_year: int | None
    last_year: int | None
    best_score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAbout:
    """A claim about a name: an argument is the name, or a phrase that holds it (`is_within`), by some `aspects`."""

    claim: Claim
    is_within: bool
    aspects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The columns of a row of the view `evidence` that `peyer show` prints."""

    relation_id: str
    article_id: str
    title: str | None
    published: str | None
    doi: str | None
    pmid: str | None
    section_kind: str
    sentence: str
    subject_text: str
    predicate: str
    object_text: str
    is_negated: bool
    is_hedged: bool
    score: float
    method: str
    species: str | None
    study_setting: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundConcept:
    """A concept, or a name without one and its TEXT: id, that a search found.

    `matched` says what matched: id, name, synonym or text (as printed in an article).
    """

    concept_id: str
    name: str
    entity_type: str
    matched: str
    mention_count: int


_T = TypeVar("_T")

_STRONGEST_FIRST = (
    "order by article_count desc, sentence_count desc, best_score desc, "
    "subject_name, predicate, object_name, subject_id, object_id, subject_type, object_type"
)


def summary(con: DuckDBPyConnection) -> Summary:
    """Count what is in the warehouse."""
    return Summary(
        articles=_count(con, "articles"),
        sentences=_count(con, "sentences"),
        mentions_by_type=_count_by(con, "mentions", "entity_type"),
        relations_by_predicate=_count_by(con, "relations", "predicate"),
        claims=_count(con, "claims"),
    )


def top_claims(con: DuckDBPyConnection, limit: int) -> list[Claim]:
    """Return the claims that the most articles, then the most sentences, make; ties in alphabetical order."""
    return _fetch(con, Claim, f"claims {_STRONGEST_FIRST} limit ?", [limit])


def find_concepts(con: DuckDBPyConnection, name: str) -> list[FoundConcept]:
    """Find what `name` may mean, ignoring case: by id, preferred name, synonym, or text of a mention.

    Results are in that order, then by number of mentions. A name that is mentioned but has no concept is found too,
    with its TEXT: id. Returns an empty list if nothing is found.
    """
    sql = """
        with wanted as (
            select normalised($1) as name
        ),

        meanings as (
            select
                meaning_id as concept_id, meaning_name as name, entity_type,
                list(distinct normalised_text) as texts, count(*) as mention_count
            from named_mentions
            group by all
        ),

        matches as (
            select
                meanings.concept_id, meanings.name, meanings.entity_type, meanings.mention_count,
                case
                    when lower(meanings.concept_id) = wanted.name then 0
                    when normalised(meanings.name) = wanted.name then 1
                    when exists (
                        from concept_synonyms
                        where
                            concept_synonyms.concept_id = meanings.concept_id
                            and normalised(synonym) = wanted.name
                    ) then 2
                    when list_contains(meanings.texts, wanted.name) then 3
                end as rank
            from meanings cross join wanted
        )

        select
            concept_id, name, entity_type,
            ['id', 'name', 'synonym', 'text'][rank + 1] as matched, mention_count
        from matches
        where rank is not null
        order by rank, mention_count desc, concept_id, entity_type
    """
    return _construct(FoundConcept, con.execute(sql, [name]).fetchall())


def claims_of(con: DuckDBPyConnection, concept_id: str) -> list[ClaimAbout]:
    """Return the claims about a name: with it as subject or object, or with a phrase that it stands directly within.

    First those about the name or an aspect of it, then those of phrases that only hold it ("JAK inhibitor" for JAK);
    of each the strongest first.
    """
    columns = ", ".join(f"claims.{field.name}" for field in fields(Claim))
    sql = f"""
        with phrases as (
            from named_mentions as names
            inner join named_mentions as phrases on names.within_mention_id = phrases.mention_id
            select
                phrases.meaning_id as phrase_id,
                list(distinct phrases.aspect) filter (where phrases.aspect is not null) as aspects
            where names.meaning_id = $1 and phrases.meaning_id <> $1
            group by phrases.meaning_id
        ),

        about as (
            from claims
            left join phrases as subjects on claims.subject_id = subjects.phrase_id
            left join phrases as objects on claims.object_id = objects.phrase_id
            select
                {columns},
                $1 not in (claims.subject_id, claims.object_id) as is_within,
                list_sort(
                    list_distinct(list_concat(coalesce(subjects.aspects, []), coalesce(objects.aspects, [])))
                ) as aspects
            where
                $1 in (claims.subject_id, claims.object_id)
                or subjects.phrase_id is not null
                or objects.phrase_id is not null
        )

        from about
        order by
            is_within and len(aspects) = 0,
            {_STRONGEST_FIRST.removeprefix("order by ")}
    """
    return [
        ClaimAbout(claim=claim, is_within=is_within, aspects=tuple(aspects))
        for *values, is_within, aspects in con.execute(sql, [concept_id]).fetchall()
        for claim in _construct(Claim, [tuple(values)])
    ]


def evidence_of(con: DuckDBPyConnection, claim: Claim) -> list[Evidence]:
    """Return the statements behind a claim, the highest score first and those that deny it last."""
    tail = """
        evidence
        where
            not is_retracted
            and subject_id = ? and subject_type = ? and predicate = ? and object_id = ? and object_type = ?
        order by is_negated, score desc, article_id, sentence_id, relation_id
    """
    key = [claim.subject_id, claim.subject_type, claim.predicate, claim.object_id, claim.object_type]
    return _fetch(con, Evidence, tail, key)


def recent_runs(con: DuckDBPyConnection, limit: int = 10) -> list[Run]:
    """Return the last runs, the latest first."""
    return _fetch(con, Run, "runs order by run_id desc limit ?", [limit])


def standing_failures(con: DuckDBPyConnection) -> list[StandingFailure]:
    """Return the inputs that could not be used when last tried, in the order of `source_uri`."""
    return list(read_ledger(con).failures)


def _fetch(con: DuckDBPyConnection, record: type[_T], tail: str, values: Sequence[object]) -> list[_T]:
    """Select the fields of a dataclass as columns; `tail` is the rest of the query, after `from`."""
    columns = ", ".join(field.name for field in fields(record))  # type: ignore[arg-type]
    return _construct(record, con.execute(f"select {columns} from {tail}", values).fetchall())


def _construct(record: type[_T], rows: list[tuple[object, ...]]) -> list[_T]:
    names = [field.name for field in fields(record)]  # type: ignore[arg-type]
    return [record(**dict(zip(names, row, strict=True))) for row in rows]


def _count(con: DuckDBPyConnection, table: str) -> int:
    [(count,)] = con.execute(f"select count(*) from {table}").fetchall()
    return int(count)


def _count_by(con: DuckDBPyConnection, table: str, column: str) -> dict[str, int]:
    rows = con.execute(
        f"select {column}, count(*) as rows from {table} group by all order by rows desc, {column}"
    ).fetchall()
    return {str(value): int(count) for value, count in rows}
