from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from hand_made_extractions import DECREASES, INHIBITS, NO_COUNTS, TREATS, VERSIONS, Statement, make_extraction

from warehouse.checks import CHECKS, run_checks
from warehouse.connection import open_file
from warehouse.load import load_batch
from warehouse.runs import begin_run, finish_run

pytestmark = pytest.mark.slow

QUIET = Statement(
    text="JAK3 and rheumatoid arthritis were studied.",
    subject=replace(INHIBITS.object),
    predicate=None,
    object=TREATS.object,
)
"""The sentence number 3 of the article: two mentions, no relation."""

BREAKS = {
    "articles_without_sections": """
        insert into articles select * replace ('a9' as article_id) from articles where article_id = 'a1'
    """,
    "sections_without_article": "insert into sections values ('a9', 0, 'title', null, 0, 1, true)",
    "sections_misplaced": "update sections set end_char = end_char + 1 where kind = 'references'",
    "section_headings_elsewhere": "update sections set heading = 'Literature' where kind = 'references'",
    "sentences_without_section": "update sentences set section_no = 9 where sentence_no = 3",
    "sentences_outside_section": "update sections set end_char = end_char - 1 where kind = 'abstract'",
    "sentences_misplaced": "update sentences set sentence_no = 9 where sentence_no = 3",
    "sentence_text_differs": "update sentences set text = upper(text) where sentence_no = 0",
    "mentions_without_sentence": "update mentions set sentence_id = 'gone' where text = 'JAK3'",
    "mentions_outside_sentence": """
        update mentions set sentence_id = (select sentence_id from sentences where sentence_no = 2)
        where text = 'JAK3' and sentence_id = (select sentence_id from sentences where sentence_no = 3)
    """,
    "mention_text_differs": "update mentions set text = 'JAK4' where text = 'JAK3'",
    "mentions_overlap": """
        insert into mentions select * replace ('twin' as mention_id) from mentions where text = 'JAK3' limit 1
    """,
    "mentions_within_no_phrase": """
        update mentions set within_mention_id = mention_id, within_no = 0 where text = 'rheumatoid arthritis'
    """,
    "mentions_counted_wrongly_within": "update mentions set within_no = 1 where text = 'STAT3'",
    "mentions_of_unknown_aspect": "update mentions set aspect = 'colour' where aspect = 'modification'",
    "mentions_of_wrong_second_type": "update mentions set also_type = 'target' where text = 'JAK3'",
    "mentions_in_unread_section": """
        insert into sentences
        select 'x', article_id, section_no, 5, start_char, start_char + 10, 'References'
        from sections where kind = 'references';
        insert into mentions by name
        select
            'm' as mention_id, article_id, 'x' as sentence_id, start_char, start_char + 3 as end_char, 'Ref' as text,
            'drug' as entity_type, '-' as grounding_method, '-' as detector
        from sections where kind = 'references'
    """,
    "mentions_without_concept": "delete from concepts where concept_id = 'HGNC:3'; "
    "delete from concept_parents where concept_id = 'HGNC:3'",
    "mention_type_differs": "update concepts set entity_type = 'effect' where concept_id = 'HGNC:3'",
    "concepts_without_mention": "insert into concepts values ('HGNC:9', 'target', 'protein', 'JAK9', 'HGNC', null); "
    "insert into concept_parents values ('HGNC:9', 'HGNC:9', 'JAK9', 0)",
    "concepts_without_themselves": "update concept_parents set distance = 3 where distance = 0",
    "concept_names_without_concept": "insert into concept_xrefs values ('HGNC:9', 'UniProt:9')",
    "relations_without_sentence": "update relations set sentence_id = 'gone' where predicate = 'treats'",
    "relations_without_mention": "update relations set object_mention_id = 'gone' where predicate = 'treats'",
    "relations_said_twice": """
        insert into relations
        select * replace ('twin' as relation_id) from relations where predicate = 'treats'
    """,
    "relations_of_illegal_types": "update relations set predicate = 'binds' where predicate = 'treats'",
    "relations_of_other_types": "update relations set subject_type = 'target' where predicate = 'decreases'",
    "relations_of_impossible_study": "update relations set species = 'rat', study_setting = 'clinical'",
    "relations_not_once_in_evidence": """
        create or replace view evidence as
        from relations select relation_id where predicate = 'treats'
    """,
    "article_relations_without_mention": "update article_relations set object_mention_id = 'gone'",
    "article_relations_of_illegal_types": "update article_relations set predicate = 'binds'",
    "predicates_without_signature": "insert into predicates (predicate, biolink_predicate) values ('x', 'y')",
    "rows_of_unknown_run": "update articles set run_id = 'gone'",
    "failures_standing_twice": """
        insert into runs select * replace ('r2' as run_id) from runs;
        insert into failures by name
        select run_id, 'f.txt' as source_uri, 'read' as stage, 'empty' as error, 'm' as message,
            'v1' as extractor_version from runs
    """,
    "runs_unfinished": "update runs set status = 'running'",
}


@pytest.fixture(scope="module")
def sound_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = shutil.copyfile(empty_file, tmp_path_factory.mktemp("sound") / "w.duckdb")
    article = make_extraction(
        "a1", (INHIBITS, TREATS, QUIET, DECREASES), suspects=((TREATS.subject, TREATS.object, 0.4),)
    )
    with open_file(path) as con:
        run_id = begin_run(con, VERSIONS)
        load_batch(con, run_id, [article])
        finish_run(con, run_id, NO_COUNTS)
    return path


@pytest.fixture
def sound(sound_file: Path, tmp_path: Path) -> Iterator[DuckDBPyConnection]:
    """A warehouse that breaks no invariant."""
    with open_file(shutil.copyfile(sound_file, tmp_path / "w.duckdb")) as con:
        yield con


def test_a_sound_warehouse_violates_nothing(sound: DuckDBPyConnection) -> None:
    assert run_checks(sound) == []


def test_every_check_is_broken_by_a_test() -> None:
    assert {path.stem for path in CHECKS.glob("*.sql")} == set(BREAKS)


@pytest.mark.parametrize("check", BREAKS)
def test_exactly_the_check_of_a_broken_invariant_fires(sound: DuckDBPyConnection, check: str) -> None:
    sound.execute(BREAKS[check])
    assert [violation.check for violation in run_checks(sound)] == [check]


def test_a_mention_is_checked_against_its_article_beyond_the_basic_plane(sound: DuckDBPyConnection) -> None:
    sound.execute("update articles set text = replace(text, '😀', '😀😀')")
    fired = {violation.check for violation in run_checks(sound)}
    assert "sentence_text_differs" in fired


def test_a_violation_shows_the_invariant_the_count_and_examples(sound: DuckDBPyConnection) -> None:
    sound.execute("insert into concept_xrefs select 'HGNC:9', 'X:' || range from range(7)")
    [violation] = run_checks(sound)
    assert violation.row_count == 7
    assert violation.columns == ("concept_id", "other")
    assert violation.examples == tuple(("HGNC:9", f"X:{number}") for number in range(5))
    assert str(violation).splitlines()[:2] == [
        "concept_names_without_concept: 7 rows break this: "
        "Every synonym, every cross-reference and every parent belongs to a concept.",
        "    concept_id='HGNC:9', other='X:0'",
    ]


@pytest.mark.parametrize(
    ("species", "setting", "is_possible"),
    [
        ("null", "null", True),
        ("'human'", "'clinical'", True),
        ("null", "'clinical'", True),
        ("'human'", "'in_vitro'", True),
        ("'rat'", "null", True),
        ("'human'", "'animal'", False),
        ("'dog'", "'clinical'", False),
        ("null", "'in_silico'", False),
    ],
)
def test_a_study_can_be_of_some_species_in_some_setting(
    sound: DuckDBPyConnection, species: str, setting: str, is_possible: bool
) -> None:
    sound.execute(f"update relations set species = {species}, study_setting = {setting}")
    assert (run_checks(sound) == []) is is_possible


def offenders(con: DuckDBPyConnection, change: str) -> dict[str, int]:
    con.execute(change)
    return {violation.check: violation.row_count for violation in run_checks(con)}


@pytest.mark.parametrize(
    ("phrase", "check"),
    [
        ("'gone'", "mentions_within_no_phrase"),
        ("(select mention_id from mentions where text = 'JAK3' limit 1)", "mentions_within_no_phrase"),
        ("(select mention_id from mentions where text = 'STAT3')", "mentions_within_no_phrase"),
        ("null", "mentions_overlap"),
    ],
)
def test_a_name_is_within_a_longer_mention_that_holds_it(sound: DuckDBPyConnection, phrase: str, check: str) -> None:
    fired = offenders(
        sound,
        f"""
        update mentions set within_mention_id = {phrase}, within_no = case when {phrase} is null then null else 0 end
        where text = 'STAT3'
        """,
    )
    assert fired == {check: 1}


def test_a_phrase_of_another_article_holds_no_name(sound: DuckDBPyConnection) -> None:
    fired = offenders(
        sound,
        "insert into mentions select * replace ('twin' as mention_id, 'a9' as article_id) from mentions "
        "where text = 'STAT3 phosphorylation'; "
        "update mentions set within_mention_id = 'twin' where text = 'STAT3'",
    )
    assert fired["mentions_within_no_phrase"] == 1


def test_two_mentions_within_each_other_are_found(sound: DuckDBPyConnection) -> None:
    circle = (
        "update mentions set within_mention_id = (select mention_id from mentions where text = 'STAT3'), within_no = 0 "
        "where text = 'STAT3 phosphorylation'"
    )
    assert offenders(sound, circle) == {"mentions_within_no_phrase": 1}


def test_names_within_one_phrase_that_overlap_are_found(sound: DuckDBPyConnection) -> None:
    longer = """
        insert into mentions
        select
            * replace ('longer' as mention_id, end_char + 1 as end_char, 'STAT3 ' as text, 1 - within_no as within_no)
        from mentions where text = 'STAT3'
    """
    assert offenders(sound, longer) == {"mentions_overlap": 1}


@pytest.mark.parametrize(("second", "fired"), [("'effect'", {}), ("'gene'", {"mentions_of_wrong_second_type": 3})])
def test_a_second_type_is_another_entity_type(sound: DuckDBPyConnection, second: str, fired: dict[str, int]) -> None:
    change = f"update mentions set also_type = {second} where concept_id = 'CHEBI:1'"
    assert offenders(sound, change) == fired


def test_the_second_type_of_a_mention_is_a_type_of_its_statements_and_its_concept(sound: DuckDBPyConnection) -> None:
    drug_too = "update mentions set also_type = 'drug' where text = 'STAT3 phosphorylation'"
    assert offenders(sound, drug_too) == {}
    as_effect = "update relations set subject_type = 'target' where predicate = 'decreases'"
    assert offenders(sound, as_effect) == {"relations_of_other_types": 1}
    second = "update mentions set also_type = 'target' where text = 'Tofacitinib'"
    assert offenders(sound, second) == {}
    concept = "update concepts set entity_type = 'target' where concept_id = 'CHEBI:1'"
    assert offenders(sound, concept) == {}
