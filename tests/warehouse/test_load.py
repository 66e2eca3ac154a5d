from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import duckdb
import pytest
from duckdb import DuckDBPyConnection
from hand_made_extractions import (
    ARTHRITIS,
    CONCEPTS,
    DECREASES,
    EXPRESSION,
    INHIBITS,
    JAK3,
    TREATS,
    VERSIONS,
    make_extraction,
)

from extractors.records import Extraction, Failure, Synonym
from warehouse.connection import WarehouseError
from warehouse.load import Loaded, drop_copies, load_batch, move_articles, prune_concepts, settle_failures
from warehouse.runs import begin_run

pytestmark = pytest.mark.slow

TABLES = ("articles", "sections", "sentences", "mentions", "relations", "article_relations")
SUSPECT = (INHIBITS.subject, TREATS.object, 0.4)
Load = Callable[..., None]


def rows(con: DuckDBPyConnection, table: str, where: str = "true") -> list[tuple[object, ...]]:
    return con.execute(f"from {table} where {where} order by all").fetchall()


def failure(source_uri: str = "a1.txt", error: str = "not_utf8") -> Failure:
    return Failure(source_uri=source_uri, stage="read", error=error, message="save it as UTF-8")


def standing(con: DuckDBPyConnection) -> list[tuple[object, ...]]:
    return con.execute(
        "select run_id, source_uri, error from failures where resolved_run_id is null order by all"
    ).fetchall()


def test_every_record_becomes_a_row(con: DuckDBPyConnection, load: Load) -> None:
    extraction = make_extraction(suspects=(SUSPECT,))
    load(extraction)
    counts = {
        table: len(rows(con, table))
        for table in (*TABLES, "concepts", "concept_synonyms", "concept_xrefs", "concept_parents")
    }
    assert counts == {
        "articles": 1,
        "sections": 3,
        "sentences": 3,
        "mentions": 4,
        "relations": 2,
        "article_relations": 1,
        "concepts": 3,
        "concept_synonyms": 3,
        "concept_xrefs": 1,
        "concept_parents": 5,
    }
    assert con.execute("select synonym, kind from concept_synonyms order by all").fetchall() == [
        ("CP-690550", "exact"),
        ("RA", "abbreviation"),
        ("Xeljanz", "brand"),
    ]
    assert con.execute("select concept_id, vocabulary_version from concepts order by all").fetchall() == [
        ("CHEBI:1", None),
        ("DOID:7148", None),
        ("HGNC:3", "2026-10"),
    ]


def test_a_class_is_asked_for_with_all_that_stand_below_it(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction())
    rolled_up = con.execute(
        "select subject_name, object_name from claims join concept_parents on subject_id = concept_id "
        "where parent_name = 'enzyme inhibitors' and predicate = 'inhibits'"
    ).fetchall()
    assert rolled_up == [("tofacitinib", "JAK3")]
    distances = con.execute("select parent_name, distance from concept_parents where concept_id = 'CHEBI:1'").fetchall()
    assert sorted(distances, key=lambda row: int(row[1])) == [
        ("tofacitinib", 0),
        ("Janus kinase inhibitors", 1),
        ("enzyme inhibitors", 2),
    ]


def test_an_article_keeps_its_fields(con: DuckDBPyConnection, load: Load, run_id: str) -> None:
    extraction = make_extraction(published="2025-11", extractor_version="v7")
    load(extraction)
    assert con.execute(
        "select text, title, published, published_year, is_retracted, source_uri, content_sha256, "
        "extractor_version, run_id from articles"
    ).fetchall() == [
        (
            extraction.article.text,
            extraction.article.title,
            "2025-11",
            2025,
            False,
            "a1.txt",
            extraction.article.content_sha256,
            "v7",
            run_id,
        )
    ]


def test_a_relation_keeps_where_it_was_studied(con: DuckDBPyConnection, load: Load) -> None:
    in_rats = replace(TREATS, species="rat", study_setting="animal")
    load(make_extraction(statements=(INHIBITS, in_rats)))
    said = [("inhibits", None, None), ("treats", "rat", "animal")]
    for name in ("relations", "evidence"):
        assert con.execute(f"select predicate, species, study_setting from {name} order by 1").fetchall() == said


def test_names_within_phrases_are_loaded_and_removed_with_their_article(con: DuckDBPyConnection, load: Load) -> None:
    nested = make_extraction("a1", (DECREASES,))
    load(replace(nested, mentions=list(reversed(nested.mentions))), make_extraction("a2", (DECREASES,)))
    assert (
        con.execute(
            "select names.text, phrases.text, names.aspect, phrases.aspect from mentions as names "
            "join mentions as phrases on names.within_mention_id = phrases.mention_id"
        ).fetchall()
        == [("STAT3", "STAT3 phosphorylation", None, "modification")] * 2
    )
    load(make_extraction("a1", (INHIBITS,)))
    found = con.execute(
        "select article_id, count(within_mention_id) from mentions group by all order by all"
    ).fetchall()
    assert found == [("a1", 0), ("a2", 1)]


def test_names_within_a_phrase_count_in_reading_order(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction(statements=(replace(DECREASES, text=f"Tofacitinib x {EXPRESSION.text}.", object=EXPRESSION),)))
    found = con.execute(
        "select text, within_no from mentions where within_no is not null order by start_char"
    ).fetchall()
    assert found == [("JAK3", 0), ("STAT3", 1)]


def test_a_relation_keeps_the_types_in_which_its_arguments_take_part(con: DuckDBPyConnection, load: Load) -> None:
    given = replace(JAK3, also_type="drug")
    load(make_extraction(statements=(INHIBITS, replace(TREATS, text="JAK3 x rheumatoid arthritis.", subject=given))))
    assert con.execute("select predicate, subject_type, object_type from relations order by all").fetchall() == [
        ("inhibits", "drug", "target"),
        ("treats", "drug", "disease"),
    ]
    assert con.execute("select entity_type, also_type from mentions where also_type is not null").fetchall() == [
        ("target", "drug")
    ]


def test_offsets_count_characters_beyond_the_basic_plane(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction(title="😀😀 β e\u0301 \u200b"))
    found = con.execute(
        "select mentions.text, substr(articles.text, start_char + 1, end_char - start_char) "
        "from mentions join articles using (article_id)"
    ).fetchall()
    assert len(found) == 4
    assert all(text == cut for text, cut in found)


def test_an_article_is_replaced_whole_and_others_are_left_alone(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction("a1"), make_extraction("a2"))
    others = {table: rows(con, table, "article_id = 'a2'") for table in TABLES}
    load(make_extraction("a1", (TREATS,), title="New"))
    assert {table: rows(con, table, "article_id = 'a2'") for table in TABLES} == others
    assert con.execute("select title from articles where article_id = 'a1'").fetchall() == [("New",)]
    assert con.execute("select predicate from relations where article_id = 'a1'").fetchall() == [("treats",)]


def test_loading_the_same_again_changes_nothing(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction("a1"), make_extraction("a2"))
    before = {table: rows(con, table) for table in TABLES}
    load(make_extraction("a2"))
    load(make_extraction("a1"))
    assert {table: rows(con, table) for table in TABLES} == before


def test_the_size_of_the_batches_changes_nothing(con: DuckDBPyConnection, run_id: str) -> None:
    articles = [make_extraction(f"a{number}") for number in range(5)]
    load_batch(con, run_id, articles)
    whole = {table: rows(con, table) for table in (*TABLES, "concepts", "concept_synonyms")}
    for table in TABLES:
        con.execute(f"delete from {table}")
    for each in reversed(articles):
        load_batch(con, run_id, [each])
    assert {table: rows(con, table) for table in whole} == whole


def test_of_two_versions_in_a_batch_the_later_stands(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction(title="First"), make_extraction(title="Second"))
    assert con.execute("select title from articles").fetchall() == [("Second",)]


def test_a_batch_that_fails_leaves_nothing(con: DuckDBPyConnection, run_id: str) -> None:
    good = make_extraction("a1")
    doubled = make_extraction("a2")
    broken = replace(doubled, relations=[*doubled.relations, doubled.relations[0]])
    with pytest.raises(duckdb.ConstraintException):
        load_batch(con, run_id, [good, failure("f.txt"), broken])
    assert [rows(con, table) for table in (*TABLES, "concepts", "failures")] == [[]] * (len(TABLES) + 2)


def test_a_batch_reports_what_it_did(con: DuckDBPyConnection, run_id: str) -> None:
    load_batch(con, run_id, [make_extraction("a1")])
    loaded = load_batch(con, run_id, [make_extraction("a1"), make_extraction("a2"), failure("f.txt")])
    assert loaded == Loaded(new_articles=1, changed_articles=1, failures=1)


def test_a_run_that_was_not_begun_is_refused(con: DuckDBPyConnection) -> None:
    with pytest.raises(WarehouseError, match="run 'r0' is not running"):
        load_batch(con, "r0", [make_extraction()])
    assert rows(con, "articles") == []


def test_a_failure_carries_the_version_of_its_run(con: DuckDBPyConnection, run_id: str) -> None:
    load_batch(con, run_id, [failure()])
    assert rows(con, "failures") == [(run_id, "a1.txt", "read", "not_utf8", "save it as UTF-8", None, "v1", None)]


def test_a_failure_keeps_the_rows_of_the_article(con: DuckDBPyConnection, load: Load, run_id: str) -> None:
    load(make_extraction())
    before = {table: rows(con, table) for table in TABLES}
    load_batch(con, run_id, [failure()])
    assert {table: rows(con, table) for table in TABLES} == before


def test_a_success_settles_the_failures_of_its_source(con: DuckDBPyConnection, run_id: str) -> None:
    load_batch(con, run_id, [failure("a1.txt"), failure("a2.txt")])
    later = begin_run(con, VERSIONS)
    load_batch(con, later, [make_extraction("a1")])
    assert standing(con) == [(run_id, "a2.txt", "not_utf8")]
    assert con.execute("select resolved_run_id from failures where source_uri = 'a1.txt'").fetchall() == [(later,)]


def test_a_newer_failure_takes_the_place_of_the_older(con: DuckDBPyConnection, run_id: str) -> None:
    load_batch(con, run_id, [failure(error="not_utf8")])
    later = begin_run(con, VERSIONS)
    load_batch(con, later, [failure(error="empty")])
    assert standing(con) == [(later, "a1.txt", "empty")]
    assert len(rows(con, "failures")) == 2


def test_a_failure_of_the_same_run_is_overwritten(con: DuckDBPyConnection, run_id: str) -> None:
    load_batch(con, run_id, [failure(error="not_utf8")])
    load_batch(con, run_id, [failure(error="empty")])
    assert standing(con) == [(run_id, "a1.txt", "empty")]


def test_a_concept_that_changed_is_replaced(con: DuckDBPyConnection, load: Load) -> None:
    extraction = make_extraction(statements=(INHIBITS,))
    load(extraction)
    renamed = replace(CONCEPTS["CHEBI:1"], name="Tofacitinib citrate", synonyms=(Synonym("Xeljanz", "brand"),) * 2)
    load(replace(extraction, concepts=[renamed, CONCEPTS["HGNC:3"]]))
    assert con.execute("select name from concepts where concept_id = 'CHEBI:1'").fetchall() == [
        ("Tofacitinib citrate",)
    ]
    assert con.execute("select synonym from concept_synonyms").fetchall() == [("Xeljanz",)]


def test_pruning_drops_the_concepts_that_nothing_means(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction())
    ungrounded = replace(INHIBITS, subject=replace(INHIBITS.subject, concept_id=None))
    load(make_extraction(statements=(ungrounded,)))
    prune_concepts(con)
    assert con.execute("select concept_id from concepts").fetchall() == [(JAK3.concept_id,)]
    assert rows(con, "concept_synonyms") == []
    assert rows(con, "concept_xrefs") == []
    assert rows(con, "concept_parents") == [("HGNC:3", "HGNC:3", "JAK3", 0)]


def test_settling_failures_leaves_others_standing(con: DuckDBPyConnection, run_id: str) -> None:
    load_batch(con, run_id, [failure("a.txt"), failure("b.txt")])
    later = begin_run(con, VERSIONS)
    settle_failures(con, later, ["a.txt", "unknown.txt"])
    assert [row[1] for row in standing(con)] == ["b.txt"]


def test_a_batch_of_thousands_of_rows_can_be_loaded_twice(con: DuckDBPyConnection, run_id: str) -> None:
    batch: list[Extraction] = [make_extraction(f"a{number}", (INHIBITS, TREATS) * 20) for number in range(200)]
    assert sum(len(each.mentions) for each in batch) == 16_000
    load_batch(con, run_id, batch)
    load_batch(con, run_id, batch)
    assert con.execute("select count(*) from mentions").fetchall() == [(16_000,)]
    assert ARTHRITIS.concept_id in {row[0] for row in con.execute("select concept_id from concepts").fetchall()}


def test_an_article_that_moved_changes_its_place_only(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction("a1"), make_extraction("a2"))
    before = {table: rows(con, table) for table in TABLES[1:]}
    columns = "select * exclude (source_uri) from articles order by all"
    articles = con.execute(columns).fetchall()
    move_articles(con, {"a2": "new/a2.txt", "gone": "new/gone.txt"})
    assert con.execute("select source_uri from articles order by article_id").fetchall() == [
        ("a1.txt",),
        ("new/a2.txt",),
    ]
    assert con.execute(columns).fetchall() == articles
    assert {table: rows(con, table) for table in TABLES[1:]} == before


def test_a_copy_is_dropped_only_where_its_bytes_stay(con: DuckDBPyConnection, load: Load) -> None:
    suspects = (SUSPECT,)
    load(
        make_extraction("a1", suspects=suspects),
        make_extraction("a2", suspects=suspects),
        make_extraction("other", (TREATS,), suspects=suspects),
    )
    drop_copies(con, ["a1", "other"])
    assert {
        table: {row[0] for row in con.execute(f"select article_id from {table}").fetchall()} for table in TABLES
    } == {table: {"a2", "other"} for table in TABLES}
    drop_copies(con, ["a2"])
    assert len(rows(con, "articles")) == 2
