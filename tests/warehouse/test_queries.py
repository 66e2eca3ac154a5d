from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from hand_made_extractions import DECREASES, INHIBITS, JAK3, STAT3, TOFACITINIB, TREATS, Name, make_extraction

from extractors.records import Failure, Synonym
from warehouse import queries
from warehouse.load import load_batch

Load = Callable[..., None]


def test_the_summary_counts_what_is_there(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction("a1"), make_extraction("a2", (TREATS,)))
    assert queries.summary(con) == queries.Summary(
        articles=2,
        sentences=5,
        mentions_by_type={"drug": 3, "disease": 2, "target": 1},
        relations_by_predicate={"treats": 2, "inhibits": 1},
        claims=2,
    )


def test_the_strongest_claims_come_first_and_ties_by_name(con: DuckDBPyConnection, load: Load) -> None:
    unknown = [
        replace(INHIBITS, text=f"Tofacitinib inhibits {name}.", object=Name(text=name, entity_type="target"))
        for name in ("Zeta", "alpha", "beta")
    ]
    load(make_extraction("a1", (*unknown, TREATS)), make_extraction("a2", (TREATS,)))
    names = [claim.object_name for claim in queries.top_claims(con, 3)]
    assert names == ["rheumatoid arthritis", "alpha", "beta"]


@pytest.mark.parametrize(
    ("name", "matched"),
    [
        ("chebi:1", "id"),
        ("TOFACITINIB", "name"),
        ("  xeljanz ", "synonym"),
        ("cp-690550", "synonym"),
    ],
)
def test_a_concept_is_found_whatever_the_case(reader: DuckDBPyConnection, name: str, matched: str) -> None:
    assert queries.find_concepts(reader, name) == [
        queries.FoundConcept(
            concept_id="CHEBI:1", name="tofacitinib", entity_type="drug", matched=matched, mention_count=2
        )
    ]


def test_a_concept_is_found_by_how_an_article_prints_it(con: DuckDBPyConnection, load: Load) -> None:
    brand = replace(INHIBITS, text="The drug inhibits JAK3.", subject=replace(TOFACITINIB, text="The drug"))
    load(make_extraction(statements=(brand,)))
    [found] = queries.find_concepts(con, "the DRUG")
    assert (found.concept_id, found.matched) == ("CHEBI:1", "text")


def test_a_name_that_is_not_grounded_is_found_with_its_claims(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction(statements=(replace(INHIBITS, object=replace(JAK3, concept_id=None)),)))
    [found] = queries.find_concepts(con, "JAK3")
    assert (found.concept_id, found.entity_type, found.matched) == ("TEXT:jak3", "target", "name")
    assert [about.claim.object_id for about in queries.claims_of(con, found.concept_id)] == ["TEXT:jak3"]


def test_the_preferred_name_comes_before_the_synonym(con: DuckDBPyConnection, load: Load) -> None:
    named_so = replace(INHIBITS, object=replace(JAK3, concept_id=None))
    extraction = make_extraction("a1", (INHIBITS,))
    synonym_of = [
        replace(concept, synonyms=(Synonym("jak3", "exact"),), name="Janus kinase 3") for concept in extraction.concepts
    ]
    load(
        make_extraction("a2", (named_so,)),
        replace(extraction, concepts=[c for c in synonym_of if c.concept_id == "HGNC:3"]),
    )
    found = queries.find_concepts(con, "Jak3")
    assert [(each.concept_id, each.matched) for each in found] == [
        ("TEXT:jak3", "name"),
        ("HGNC:3", "synonym"),
    ]


def test_an_unknown_name_finds_nothing(reader: DuckDBPyConnection) -> None:
    assert queries.find_concepts(reader, "unobtainium") == []
    assert queries.claims_of(reader, "X:1") == []


def test_a_concept_has_the_claims_on_both_sides(reader: DuckDBPyConnection) -> None:
    assert {about.claim.predicate for about in queries.claims_of(reader, "CHEBI:1")} == {"inhibits", "treats"}
    assert {about.claim.predicate for about in queries.claims_of(reader, "HGNC:3")} == {"inhibits"}


def test_a_name_has_the_claims_about_phrases_that_hold_it(con: DuckDBPyConnection, load: Load) -> None:
    inhibitor = Name(text="STAT3 inhibitor", entity_type="drug", within=(STAT3,))
    said = [
        replace(TREATS, text="STAT3 inhibitor x rheumatoid arthritis.", subject=inhibitor),
        replace(INHIBITS, text="Tofacitinib inhibits STAT3.", object=STAT3),
    ]
    load(make_extraction("a1", (*said, DECREASES)), make_extraction("a2", tuple(said[:1])))
    found = queries.claims_of(con, "HGNC:11364")
    assert [(each.claim.subject_name, each.claim.object_name, each.is_within, each.aspects) for each in found] == [
        ("tofacitinib", "stat3 phosphorylation", True, ("modification",)),
        ("tofacitinib", "STAT3", False, ()),
        ("stat3 inhibitor", "rheumatoid arthritis", True, ()),
    ]


def test_the_evidence_of_a_claim_puts_denials_last(con: DuckDBPyConnection, load: Load) -> None:
    denied = replace(INHIBITS, text="Tofacitinib never inhibits JAK3.", is_negated=True, score=1.0)
    weak = replace(INHIBITS, text="Tofacitinib probably inhibits JAK3.", is_hedged=True, score=0.4)
    load(
        make_extraction("a1", (denied, weak, INHIBITS, TREATS)),
        make_extraction("a2", (INHIBITS,), is_retracted=True),
    )
    [about] = queries.claims_of(con, "HGNC:3")
    found = queries.evidence_of(con, about.claim)
    assert [(each.sentence, each.is_negated, each.is_hedged) for each in found] == [
        ("Tofacitinib inhibits JAK3.", False, False),
        ("Tofacitinib probably inhibits JAK3.", False, True),
        ("Tofacitinib never inhibits JAK3.", True, False),
    ]


def test_recent_runs_come_latest_first(published: Path, reader: DuckDBPyConnection) -> None:
    [run] = queries.recent_runs(reader, 5)
    assert (run.status, run.new_count, run.relation_count) == ("finished", 1, 2)


def test_standing_failures_are_listed_by_source(con: DuckDBPyConnection, run_id: str) -> None:
    load_batch(
        con,
        run_id,
        [Failure(source_uri=uri, stage="read", error="empty", message="it is empty") for uri in ("b.txt", "a.txt")],
    )
    assert [failure.source_uri for failure in queries.standing_failures(con)] == ["a.txt", "b.txt"]
