"""Tables of extractions have the rows and columns of the warehouse, with and without pandas."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from duckdb import DuckDBPyConnection
from hand_made_extractions import DECREASES, EXPRESSION, INHIBITS, JAK3, TREATS, make_extraction, publish_run
from hypothesis import given
from hypothesis import strategies as st
from places import ROOT

import peyer
from peyer._tables import TABLES, Table, normalised

pytestmark = pytest.mark.model

TEXTS = {
    "odd": "In mice, gravotinib\u00a0(GRAVO) inhibits JAK1. TNF-\u0391 does not cause colitis. GRAVO may treat lupus.",
    "harm": "A patient with asthma was given methotrexate. She developed thrombocytopenia.",
    "empty": "It was warm in May.",
}


@pytest.fixture(scope="module")
def found() -> peyer.Extractions:
    files = [peyer.read(ROOT / "raw" / name) for name in ("interleukin-blockade.md", "anti-tnf-biologics.txt")]
    texts = peyer.extract(TEXTS)
    return peyer.Extractions([*texts, *peyer.extract(files)])


@pytest.fixture(scope="module")
def warehouse(found: peyer.Extractions, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("tables") / "peyer.duckdb"
    publish_run(path, *found)
    with peyer.connect(path) as con:
        yield con


IN_THE_WAREHOUSE: dict[Table, str] = {
    "sentences": "from sentences select *",
    "mentions": """
        from mentions left join concepts using (concept_id)
        select
            mentions.* exclude (
                grounding_method, grounding_score, detector, within_mention_id, within_no, aspect, also_type
            ),
            concepts.name, grounding_method, grounding_score, detector,
            within_mention_id, within_no, aspect, also_type
    """,
    "relations": """
        from evidence join relations using (relation_id)
        select evidence.*, subject_mention_id, object_mention_id
    """,
    "article_relations": """
        from article_relations r
        join named_mentions s on s.mention_id = subject_mention_id
        join mentions sm on sm.mention_id = subject_mention_id
        join named_mentions o on o.mention_id = object_mention_id
        join mentions om on om.mention_id = object_mention_id
        select article_relation_id, r.article_id,
            s.text as subject_text, s.entity_type as subject_type, s.subtype as subject_subtype,
            s.meaning_id as subject_id, s.meaning_name as subject_name,
            predicate,
            o.text as object_text, o.entity_type as object_type, o.subtype as object_subtype,
            o.meaning_id as object_id, o.meaning_name as object_name,
            score, method, subject_mention_id, object_mention_id
    """,
}


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_those_of_the_warehouse(
    found: peyer.Extractions, warehouse: DuckDBPyConnection, table: Table
) -> None:
    selected = warehouse.sql(IN_THE_WAREHOUSE[table])
    columns = found.columns(table)
    assert list(columns) == selected.columns
    rows = list(zip(*columns.values(), strict=True))
    assert len(rows) >= (1 if table == "article_relations" else 20)
    assert sorted(rows, key=repr) == sorted(selected.fetchall(), key=repr)


def test_tables_of_names_within_phrases_are_those_of_the_warehouse(tmp_path: Path) -> None:
    given = replace(JAK3, also_type="drug")
    expression = replace(DECREASES, text=f"Tofacitinib decreases {EXPRESSION.text}.", object=EXPRESSION)
    made = make_extraction(statements=(expression, DECREASES, replace(INHIBITS, object=given)))
    made_too = make_extraction("a2", (replace(TREATS, text="JAK3 x rheumatoid arthritis.", subject=given),))
    publish_run(tmp_path / "w.duckdb", made, made_too)
    tables: tuple[Table, ...] = ("mentions", "relations")
    with peyer.connect(tmp_path / "w.duckdb") as con:
        for table in tables:
            columns = peyer.Extractions([made, made_too]).columns(table)
            rows = sorted(zip(*columns.values(), strict=True), key=repr)
            assert rows == sorted(con.sql(IN_THE_WAREHOUSE[table]).fetchall(), key=repr)
    columns = peyer.Extractions([made, made_too]).columns("relations")
    assert list(zip(columns["object_core_name"], columns["object_aspect"], strict=True)) == [
        ("JAK3", "expression"),
        ("STAT3", "modification"),
        (None, None),
        (None, None),
    ]
    assert columns["subject_type"][-1] == "drug"


def test_rows_stand_in_the_order_of_the_articles(found: peyer.Extractions) -> None:
    order = [each.article.article_id for each in found]
    for table in TABLES:
        ids = found.columns(table)["article_id"]
        assert ids == sorted(ids, key=order.index)
    columns = found.columns("mentions")
    places = list(zip(map(order.index, columns["article_id"]), columns["start_char"], strict=True))
    assert places == sorted(places)


def test_a_name_without_an_identifier_means_its_text(found: peyer.Extractions) -> None:
    columns = found.columns("relations")
    ids = dict(zip(columns["subject_text"], columns["subject_id"], strict=True))
    assert ids["gravotinib"] == "TEXT:gravotinib"
    assert found.columns("mentions")["concept_id"].count(None) > 0


@given(st.text(st.sampled_from("aB \u00a0\u2009\t\n\r\u200bΑασΣßİıÉe\u0301\u1e9eǅ-,"), max_size=12))
def test_names_are_normalised_as_in_the_warehouse(warehouse: DuckDBPyConnection, name: str) -> None:
    assert warehouse.execute("select normalised($1)", [name]).fetchone() == (normalised(name),)


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(ValueError, match="table is 'claims'; expected one of sentences, mentions, relations"):
        peyer.Extractions().columns("claims")  # type: ignore[arg-type]


def test_no_rows_keep_the_columns(found: peyer.Extractions) -> None:
    for table in TABLES:
        empty = peyer.Extractions().columns(table)
        assert list(empty) == list(found.columns(table))
        assert set(map(len, empty.values())) == {0}


FRAMES = {table: f"{table}_frame" for table in TABLES}


@pytest.mark.parametrize("table", TABLES)
def test_a_frame_without_pandas_says_what_to_install(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="needs pandas, which is not installed; install it with: pip install") as no:
        getattr(peyer.Extractions(), FRAMES[table])()
    assert f".columns('{table}')" in str(no.value)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    [pinned] = project["optional-dependencies"]["pandas"]
    assert f"'{pinned}'" in str(no.value)
    assert pinned in project["optional-dependencies"]["dev"]


@pytest.fixture
def pandas() -> Any:
    return pytest.importorskip("pandas", reason="pandas is optional: pip install '.[pandas]'")


@pytest.mark.parametrize("table", TABLES)
def test_frames_hold_the_columns_with_their_types(found: peyer.Extractions, pandas: Any, table: Table) -> None:
    frame = getattr(found, FRAMES[table])()
    columns = found.columns(table)
    assert list(frame.columns) == list(columns)
    for name, values in columns.items():
        assert [None if pandas.isna(value) else value for value in frame[name]] == values
    empty = getattr(peyer.Extractions(), FRAMES[table])()
    assert (len(empty), list(empty.columns)) == (0, list(columns))
    assert empty.dtypes.equals(frame.dtypes)


def test_types_of_columns_do_not_depend_on_their_values(found: peyer.Extractions, pandas: Any) -> None:
    relations = found.relations_frame()
    assert relations.dtypes[["is_negated", "score", "published_year"]].map(str).tolist() == ["bool", "float64", "Int64"]
    assert {str(relations[name].dtype) for name in ("sentence", "species", "doi")} == {"string"}
    assert str(found.mentions_frame().start_char.dtype) == "int64"
    text = found[0].article.text
    for mention in found[:1].mentions_frame().itertuples():
        assert text[mention.start_char : mention.end_char] == mention.text


def test_a_column_of_a_frame_can_be_extracted(pandas: Any) -> None:
    frame = pandas.DataFrame({"article_id": ["1", "2"], "abstract": ["Zinc is a metal.", "Infliximab binds TNF."]})
    assert len(peyer.extract(frame.abstract).relations) == 1
    found = peyer.extract(frame.set_index("article_id").abstract.to_dict())
    assert found.relations_frame().merge(frame, on="article_id").abstract.tolist() == ["Infliximab binds TNF."]
    with pytest.raises(TypeError, match="give one of its columns"):
        peyer.extract(frame)


def test_a_warehouse_gives_frames(notebook_folder: Path, pandas: Any) -> None:
    with peyer.connect("peyer.duckdb") as con:
        assert con.sql("select predicate from evidence order by all").df().predicate.tolist() == ["inhibits", "treats"]
