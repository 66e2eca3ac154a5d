from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection
from hand_made_extractions import DECREASES, NO_COUNTS, VERSIONS, make_extraction, publish_run
from places import SHARED

from extractors.records import ASPECTS, PREDICATES, Aspect
from warehouse import schema
from warehouse.checks import run_checks
from warehouse.connection import WarehouseError, connect_read_only, create_file, open_file
from warehouse.load import load_batch, prune_concepts
from warehouse.runs import begin_run, finish_run
from warehouse.schema import MIGRATIONS, is_current, migrate

BIOLINK = SHARED / "vocab" / "biolink-model" / "biolink-model.yaml"

CONTRACT = {
    "articles": "article_id title text journal published doi pmid pmcid article_type is_retracted source_uri "
    "source_format content_sha256 extractor_version run_id licence published_year",
    "sections": "article_id section_no kind heading start_char end_char is_read",
    "sentences": "sentence_id article_id section_no sentence_no start_char end_char text",
    "mentions": "mention_id article_id sentence_id start_char end_char text entity_type subtype concept_id "
    "grounding_method grounding_score detector within_mention_id within_no aspect also_type",
    "concepts": "concept_id entity_type subtype name vocabulary vocabulary_version",
    "concept_synonyms": "concept_id synonym kind",
    "concept_xrefs": "concept_id xref",
    "concept_parents": "concept_id parent_id parent_name distance",
    "relations": "relation_id article_id sentence_id subject_mention_id predicate object_mention_id "
    "is_negated is_hedged score method species study_setting subject_type object_type",
    "runs": "run_id started_at finished_at status",
    "failures": "run_id source_uri stage error message",
    "predicates": "predicate biolink_predicate",
    "aspects": "aspect meaning biolink_qualifier biolink_value of_types",
    "evidence": "relation_id article_id sentence_id sentence section_kind subject_text subject_type "
    "subject_id subject_name predicate object_text object_type object_id object_name is_negated is_hedged "
    "score method title published doi pmid is_retracted species study_setting article_type "
    "subject_core_id subject_core_name subject_core_type subject_aspect "
    "object_core_id object_core_name object_core_type object_aspect",
    "claims": "subject_id subject_name subject_type predicate object_id object_name object_type "
    "article_count sentence_count negated_count hedged_count finding_count first_year last_year best_score",
    "drug_targets": "drug_id drug_name predicate target_id target_name target_aspect finding_count",
    "drug_diseases": "drug_id drug_name drug_aspect predicate disease_id disease_name disease_aspect finding_count",
    "drug_effects": "drug_id drug_name predicate effect_id effect_name effect_aspect finding_count",
    "adverse_effects": "drug_id drug_name predicate effect_id effect_name effect_type effect_aspect finding_count",
    "target_diseases": "target_id target_name target_aspect predicate disease_id disease_name disease_aspect "
    "finding_count",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_a_table_or_view_has_the_columns_that_others_rely_on(con: DuckDBPyConnection, name: str) -> None:
    columns = {row[0] for row in con.execute(f"describe {name}").fetchall()}
    assert set(CONTRACT[name].split()) <= columns


def test_every_table_view_and_column_has_a_comment(con: DuckDBPyConnection) -> None:
    without = con.execute(
        """
        select table_name, null from duckdb_tables() where not internal and comment is null
        union all
        select view_name, null from duckdb_views() where not internal and comment is null
        union all
        select table_name, column_name from duckdb_columns() where not internal and comment is null
        """
    ).fetchall()
    assert without == []


def test_every_key_is_a_primary_key_and_none_is_foreign(con: DuckDBPyConnection) -> None:
    constraints = con.execute("select table_name, constraint_type from duckdb_constraints()").fetchall()
    tables = {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    assert {table for table, kind in constraints if kind == "PRIMARY KEY"} == tables
    assert "FOREIGN KEY" not in {kind for _, kind in constraints}


def test_a_second_migration_takes_no_step_again(con: DuckDBPyConnection) -> None:
    before = con.execute("from schema_migrations order by name").fetchall()
    migrate(con)
    assert con.execute("from schema_migrations order by name").fetchall() == before
    assert [name for name, _ in before] == sorted(path.stem for path in MIGRATIONS.glob("*.sql"))


def take_steps_before(con: DuckDBPyConnection, step: str) -> None:
    """Give an empty file the schema that it had before a step was added."""
    con.execute(schema._LEDGER)
    for path in sorted(MIGRATIONS.glob("*.sql")):
        if path.name < step:
            con.execute(path.read_text(encoding="utf-8"))
            con.execute("insert into schema_migrations values (?, now()::timestamp)", [path.stem])


def test_relations_of_before_the_study_context_stay_without_one(tmp_path: Path) -> None:
    create_file(tmp_path / "old.duckdb")
    with open_file(tmp_path / "old.duckdb") as con:
        take_steps_before(con, "0006")
        con.execute("insert into relations values ('r', 'a', 's', 'm1', 'treats', 'm2', false, false, 0.9, 'by-hand')")
        migrate(con)
        assert con.execute("select relation_id, species, study_setting from relations").fetchall() == [
            ("r", None, None)
        ]


@pytest.fixture
def before_nesting(tmp_path: Path) -> Iterator[DuckDBPyConnection]:
    """A warehouse with one article, written before names could stand within phrases; then migrated."""
    new, old = tmp_path / "new.duckdb", tmp_path / "old.duckdb"
    publish_run(new, make_extraction())
    create_file(old)
    with open_file(old) as con:
        take_steps_before(con, "0010")
        con.execute(f"attach '{new}' as new (read_only)")
        for (table,) in con.execute("select table_name from duckdb_tables() where database_name = 'old'").fetchall():
            if table != "schema_migrations":
                con.execute(f"delete from {table}")
                columns = ", ".join(row[0] for row in con.execute(f"describe {table}").fetchall())
                con.execute(f"insert into {table} select {columns} from new.{table}")
        con.execute("detach new")
        migrate(con)
        yield con


def test_a_warehouse_of_before_names_within_phrases_keeps_its_rows(before_nesting: DuckDBPyConnection) -> None:
    con = before_nesting
    nested = con.execute("select distinct within_mention_id, aspect, also_type from mentions").fetchall()
    assert nested == [(None, None, None)]
    assert con.execute("select predicate, subject_type, object_type from relations order by 1").fetchall() == [
        ("inhibits", "drug", "target"),
        ("treats", "drug", "disease"),
    ]
    assert con.execute("select object_name, object_core_id, object_aspect from evidence order by 1").fetchall() == [
        ("JAK3", None, None),
        ("rheumatoid arthritis", None, None),
    ]
    assert con.execute("select target_name, target_aspect from drug_targets").fetchall() == [("JAK3", None)]
    assert run_checks(con) == []


def test_an_article_of_before_names_within_phrases_is_replaced_by_one_with_them(
    before_nesting: DuckDBPyConnection,
) -> None:
    con = before_nesting
    run_id = begin_run(con, VERSIONS)
    load_batch(con, run_id, [make_extraction(statements=(DECREASES,))])
    finish_run(con, run_id, NO_COUNTS)
    prune_concepts(con)
    assert con.execute("select target_name, target_aspect from drug_targets").fetchall() == [("STAT3", "modification")]
    assert run_checks(con) == []


def test_a_failing_step_leaves_nothing_and_keeps_those_before(con: DuckDBPyConnection, tmp_path: Path) -> None:
    steps = Path(shutil.copytree(MIGRATIONS, tmp_path / "steps"))
    (steps / "9001_good.sql").write_text("create table good (a integer);")
    (steps / "9002_bad.sql").write_text("create table half (a integer); create table half (a integer);")
    with pytest.raises(duckdb.CatalogException, match="already exists"):
        migrate(con, migrations=steps)
    tables = {name for (name,) in con.execute("show tables").fetchall()}
    assert "good" in tables
    assert "half" not in tables
    assert con.execute("select name from schema_migrations where name > '9'").fetchall() == [("9001_good",)]


def test_a_file_of_a_newer_peyer_is_refused(con: DuckDBPyConnection) -> None:
    con.execute("insert into schema_migrations values ('9999_later', now()::timestamp)")
    with pytest.raises(WarehouseError, match=r"written by a newer peyer \(step 9999_later\); update peyer"):
        migrate(con)


def test_views_follow_the_code(con: DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "views").mkdir()
    (tmp_path / "views" / "0_only.sql").write_text("create view only_one as select 1 as a;")
    migrate(con, views=tmp_path / "views")
    assert con.execute("select view_name from duckdb_views() where not internal").fetchall() == [("only_one",)]


def test_the_file_names_of_views_and_what_they_make_agree(con: DuckDBPyConnection) -> None:
    made = {name for (name,) in con.execute("select view_name from duckdb_views() where not internal").fetchall()}
    assert made | {"normalised"} == {path.stem.partition("_")[2] for path in schema.VIEWS.glob("*.sql")}


def test_a_published_file_is_current_until_the_code_changes(published: Path, tmp_path: Path) -> None:
    (tmp_path / "views").mkdir()
    with connect_read_only(published) as con:
        assert is_current(con)
        assert not is_current(con, views=tmp_path / "views")


def test_predicates_and_signatures_are_those_of_the_records(con: DuckDBPyConnection) -> None:
    columns = "biolink_predicate qualified_predicate object_aspect_qualifier object_direction_qualifier".split()
    predicates = con.execute(f"select predicate, {', '.join(columns)} from predicates").fetchall()
    signatures = con.execute("select predicate, subject_type, object_type from predicate_signatures").fetchall()
    assert sorted(predicates) == sorted(
        (name, *(getattr(predicate, column) for column in columns)) for name, predicate in PREDICATES.items()
    )
    assert sorted(signatures) == sorted((name, *pair) for name, each in PREDICATES.items() for pair in each.pairs)


def test_aspects_are_those_of_the_records(con: DuckDBPyConnection) -> None:
    columns = "meaning biolink_qualifier biolink_value".split()
    aspects = con.execute(f"select aspect, {', '.join(columns)}, of_types from aspects").fetchall()
    assert sorted(aspects) == sorted(
        (name, *(getattr(aspect, column) for column in columns), " ".join(sorted(aspect.of)))
        for name, aspect in ASPECTS.items()
    )


def declaration(name: str) -> str:
    """Return what the Biolink Model says of a slot or an enumeration."""
    if not BIOLINK.exists():
        pytest.skip(f"the Biolink Model is not at {BIOLINK}")
    declared = re.search(rf"^  {name}:\n((?:    .*\n|\n)+)", BIOLINK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert declared, name
    return declared[1]


@pytest.mark.shared
@pytest.mark.parametrize("aspect", [each for each in ASPECTS.values() if each.biolink_qualifier], ids=lambda a: a.name)
def test_aspects_are_in_the_biolink_model(aspect: Aspect) -> None:
    enumerations = {
        "aspect_qualifier": "GeneOrGeneProductOrChemicalEntityAspectEnum",
        "form_or_variant_qualifier": "ChemicalOrGeneOrGeneProductFormOrVariantEnum",
    }
    assert "deprecated" not in declaration(str(aspect.biolink_qualifier).replace("_", " "))
    if aspect.biolink_value is not None:
        values = declaration(enumerations[str(aspect.biolink_qualifier)])
        assert re.search(rf"^      {aspect.biolink_value}:", values, flags=re.MULTILINE)


@pytest.mark.shared
def test_predicates_are_in_the_biolink_model(con: DuckDBPyConnection) -> None:
    for names in con.execute("select biolink_predicate, qualified_predicate from predicates").fetchall():
        for curie in filter(None, names):
            assert "deprecated" not in declaration(curie.removeprefix("biolink:").replace("_", " ")), curie
    for enumeration, column in (
        ("GeneOrGeneProductOrChemicalEntityAspectEnum", "object_aspect_qualifier"),
        ("DirectionQualifierEnum", "object_direction_qualifier"),
    ):
        allowed = set(re.findall(r"^      (\w+):", declaration(enumeration), flags=re.MULTILINE))
        used = {value for (value,) in con.execute(f"select distinct {column} from predicates").fetchall()}
        assert used - {None} <= allowed
