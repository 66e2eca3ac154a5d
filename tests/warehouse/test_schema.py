from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection
from places import SHARED

from extractors.records import PREDICATES
from warehouse import schema
from warehouse.connection import WarehouseError, connect_read_only, create_file, open_file
from warehouse.schema import MIGRATIONS, is_current, migrate

BIOLINK = SHARED / "vocab" / "biolink-model" / "biolink-model.yaml"

CONTRACT = {
    "articles": "article_id title text journal published doi pmid pmcid article_type is_retracted source_uri "
    "source_format content_sha256 extractor_version run_id licence published_year",
    "sections": "article_id section_no kind heading start_char end_char is_read",
    "sentences": "sentence_id article_id section_no sentence_no start_char end_char text",
    "mentions": "mention_id article_id sentence_id start_char end_char text entity_type subtype concept_id "
    "grounding_method grounding_score detector",
    "concepts": "concept_id entity_type subtype name vocabulary vocabulary_version",
    "concept_synonyms": "concept_id synonym kind",
    "concept_xrefs": "concept_id xref",
    "concept_parents": "concept_id parent_id parent_name distance",
    "relations": "relation_id article_id sentence_id subject_mention_id predicate object_mention_id "
    "is_negated is_hedged score method species study_setting",
    "runs": "run_id started_at finished_at status",
    "failures": "run_id source_uri stage error message",
    "predicates": "predicate biolink_predicate",
    "evidence": "relation_id article_id sentence_id sentence section_kind subject_text subject_type "
    "subject_id subject_name predicate object_text object_type object_id object_name is_negated is_hedged "
    "score method title published doi pmid is_retracted species study_setting article_type",
    "claims": "subject_id subject_name subject_type predicate object_id object_name object_type "
    "article_count sentence_count negated_count hedged_count finding_count first_year last_year best_score",
    "drug_targets": "drug_id drug_name predicate target_id target_name finding_count",
    "drug_diseases": "drug_id drug_name predicate disease_id disease_name finding_count",
    "drug_effects": "drug_id drug_name predicate effect_id effect_name finding_count",
    "adverse_effects": "drug_id drug_name predicate effect_id effect_name effect_type finding_count",
    "target_diseases": "target_id target_name predicate disease_id disease_name finding_count",
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


def test_relations_of_before_the_study_context_stay_without_one(tmp_path: Path) -> None:
    earlier = Path(shutil.copytree(MIGRATIONS, tmp_path / "earlier"))
    for step in earlier.glob("*.sql"):
        if step.name >= "0006_study_context.sql":
            step.unlink()
    (tmp_path / "none").mkdir()
    create_file(tmp_path / "old.duckdb")
    with open_file(tmp_path / "old.duckdb") as con:
        migrate(con, migrations=earlier, views=tmp_path / "none")
        con.execute("insert into relations values ('r', 'a', 's', 'm1', 'treats', 'm2', false, false, 0.9, 'by-hand')")
        migrate(con)
        assert con.execute("select * from relations").fetchall() == [
            ("r", "a", "s", "m1", "treats", "m2", False, False, 0.9, "by-hand", None, None)
        ]


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


@pytest.mark.shared
def test_predicates_are_in_the_biolink_model(con: DuckDBPyConnection) -> None:
    if not BIOLINK.exists():
        pytest.skip(f"the Biolink Model is not at {BIOLINK}")
    model = BIOLINK.read_text(encoding="utf-8")
    for names in con.execute("select biolink_predicate, qualified_predicate from predicates").fetchall():
        for curie in filter(None, names):
            slot = curie.removeprefix("biolink:").replace("_", " ")
            declared = re.search(rf"^  {slot}:\n((?:    .*\n|\n)+)", model, flags=re.MULTILINE)
            assert declared, curie
            assert "deprecated" not in declared[1], curie
    for enumeration, column in (
        ("GeneOrGeneProductOrChemicalEntityAspectEnum", "object_aspect_qualifier"),
        ("DirectionQualifierEnum", "object_direction_qualifier"),
    ):
        declared = re.search(rf"^  {enumeration}:\n((?:    .*\n|\n)+)", model, flags=re.MULTILINE)
        assert declared
        allowed = set(re.findall(r"^      (\w+):", declared[1], flags=re.MULTILINE))
        used = {value for (value,) in con.execute(f"select distinct {column} from predicates").fetchall()}
        assert used - {None} <= allowed
