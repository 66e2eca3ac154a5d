from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import get_args

import duckdb
import pytest
from duckdb import DuckDBPyConnection
from hand_made_extractions import INHIBITS, TREATS, make_extraction, publish_run

from warehouse.connection import WarehouseError, connect_read_only
from warehouse.export.tables import Format, export_views, exported_names

pytestmark = pytest.mark.slow

FORMATS = get_args(Format)
Exported = Callable[[Format], Path]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse whose text has what breaks careless writers; no test changes it."""
    path = tmp_path_factory.mktemp("export") / "w.duckdb"
    hard = make_extraction("a2", (TREATS, INHIBITS), title='A "quoted", title\nin\ttwo lines; β 😀', published=None)
    publish_run(path, make_extraction("a1"), hard)
    return path


def export(path: Path, out_dir: Path, fmt: Format) -> dict[str, bytes]:
    with connect_read_only(path, export_dir=out_dir) as con:
        export_views(con, out_dir, fmt)
    return contents(out_dir)


@pytest.fixture(scope="module")
def exported(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The folder with every view in a format, written once."""

    @cache
    def folder_of(fmt: Format) -> Path:
        folder = tmp_path_factory.mktemp(fmt) / "out"
        export(path, folder, fmt)
        return folder

    return folder_of


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def read_back(file: Path) -> list[tuple[object, ...]]:
    reader = {
        ".parquet": "read_parquet($1)",
        ".csv": "read_csv($1, header = true, allow_quoted_nulls = false)",
        ".jsonl": "read_json($1, format = 'newline_delimited')",
    }[file.suffix]
    return duckdb.execute(f"from {reader}", [str(file)]).fetchall()


def in_order(con: DuckDBPyConnection, name: str) -> list[tuple[object, ...]]:
    return con.execute(f"from {name} order by all").fetchall()


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("name", ["articles", "sections", "mentions", "evidence", "claims", "runs"])
def test_what_is_written_reads_back(path: Path, exported: Exported, fmt: Format, name: str) -> None:
    with connect_read_only(path) as con:
        expected = in_order(con, name)
    found = read_back(exported(fmt) / f"{name}.{fmt}")
    assert [tuple(map(str, row)) for row in found] == [tuple(map(str, row)) for row in expected]
    assert expected


def test_csv_has_a_header_and_json_its_names(exported: Exported) -> None:
    with (exported("csv") / "claims.csv").open(newline="", encoding="utf-8") as stream:
        [first, *_] = csv.DictReader(stream)
    assert (first["subject_name"], first["predicate"]) == ("tofacitinib", "inhibits")
    [title, *_] = [
        json.loads(line)["title"]
        for line in (exported("jsonl") / "articles.jsonl").read_text(encoding="utf-8").splitlines()
        if json.loads(line)["article_id"] == "a2"
    ]
    assert title == 'A "quoted", title\nin\ttwo lines; β 😀'


@pytest.mark.parametrize("fmt", FORMATS)
def test_two_exports_have_the_same_bytes(path: Path, tmp_path: Path, exported: Exported, fmt: Format) -> None:
    assert export(path, tmp_path / "two", fmt) == contents(exported(fmt))


def test_exports_of_the_same_rows_loaded_in_another_order_have_the_same_bytes(tmp_path: Path) -> None:
    files = []
    for order in (1, -1):
        path = tmp_path / f"{order}.duckdb"
        publish_run(path, *[make_extraction(f"a{number}") for number in range(20)][::order])
        files.append(export(path, tmp_path / f"out{order}", "parquet"))
    for name in ("sentences.parquet", "mentions.parquet", "evidence.parquet", "claims.parquet"):
        assert files[0][name] == files[1][name]


def test_every_table_and_view_is_written_but_the_bookkeeping(path: Path, exported: Exported) -> None:
    names = set(contents(exported("csv"))) - {"manifest.json"}
    assert {"articles.csv", "evidence.csv", "claims.csv", "failures.csv", "predicates.csv"} <= names
    assert not {"publication.csv", "schema_migrations.csv"} & names
    with connect_read_only(path) as con:
        assert names == {f"{name}.csv" for name in exported_names(con)}


def test_the_manifest_says_what_was_written_and_by_what(path: Path, exported: Exported) -> None:
    files = contents(exported("jsonl"))
    manifest = json.loads(files["manifest.json"])
    with connect_read_only(path) as con:
        [(run_id,)] = con.execute("select run_id from runs").fetchall()
        rows = {f"{name}.jsonl": len(in_order(con, name)) for name in exported_names(con)}
    assert manifest["run_id"] == run_id
    assert manifest["format"] == "jsonl"
    assert manifest["versions"] == {
        "code_version": "1.0",
        "model_version": "2.0",
        "vocabulary_version": "3.0",
        "rules_version": "4.0",
        "extractor_version": "v1",
    }
    assert {file["name"]: file["rows"] for file in manifest["files"]} == rows
    for file in manifest["files"]:
        assert hashlib.sha256(files[file["name"]]).hexdigest() == file["sha256"]


def test_nothing_half_written_is_left(exported: Exported) -> None:
    assert not [name for name in contents(exported("parquet")) if name.endswith(".partial")]


def test_a_folder_with_a_quote_in_its_name_is_a_folder(path: Path, tmp_path: Path) -> None:
    assert "claims.csv" in export(path, tmp_path / "it's out", "csv")


def test_another_format_is_refused(reader: DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="the format is 'xml'; expected one of parquet, csv, jsonl"):
        export_views(reader, tmp_path / "out", "xml")  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


def test_a_connection_for_another_folder_is_refused(path: Path, tmp_path: Path) -> None:
    with (
        connect_read_only(path, export_dir=tmp_path / "out") as con,
        pytest.raises(WarehouseError, match="opened for export to another folder"),
    ):
        export_views(con, tmp_path / "elsewhere", "csv")
