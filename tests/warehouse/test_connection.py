from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from hand_made_extractions import make_extraction, publish_run

from warehouse.connection import (
    NoWarehouse,
    WarehouseError,
    connect_read_only,
    create_file,
    open_file,
    transaction,
)

pytestmark = pytest.mark.slow

STATEMENTS_THAT_CHANGE = [
    "insert into predicates (predicate, biolink_predicate) values ('x', 'y')",
    "update articles set title = 'x'",
    "delete from articles",
    "truncate articles",
    "drop table articles",
    "create table extra (a integer)",
    "create view extra as select 1 as a",
    "create macro extra() as 1",
    "alter table articles add column extra integer",
    "comment on table articles is 'x'",
]

STATEMENTS_THAT_REACH_OUT = [
    "from read_text('{other}')",
    "from read_csv('{other}')",
    "from read_json('{other}')",
    "from read_blob('{other}')",
    "from '{other}'",
    "from glob('{folder}/*')",
    "from sniff_csv('{other}')",
    "from read_parquet('https://example.org/x.parquet')",
    "copy articles to '{folder}/new.csv'",
    "copy (select 1) to '{folder}/new.parquet'",
    "copy articles from '{other}'",
    "export database '{folder}/new'",
    "import database '{folder}'",
    "attach '{database}' as other",
    "attach '{folder}/new.duckdb' as other",
    "install httpfs",
    "load httpfs",
    "load '{other}'",
    "update extensions",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "reset lock_configuration",
    "set allowed_directories = ['/']",
    "set temp_directory = '{folder}/new'",
    "set profiling_output = '{folder}/new'",
    "set extension_directories = ['{folder}']",
    "call enable_logging(storage = 'file', storage_config = {{'path': '{folder}/new'}})",
    "create persistent secret (type http, bearer_token 'x')",
]


@pytest.mark.parametrize("statement", STATEMENTS_THAT_CHANGE)
def test_no_statement_changes_the_file(published: Path, statement: str) -> None:
    before = published.read_bytes()
    with connect_read_only(published) as con, pytest.raises(duckdb.Error, match="read-only"):
        con.execute(statement)
    assert published.read_bytes() == before


@pytest.mark.parametrize("statement", STATEMENTS_THAT_REACH_OUT)
def test_no_statement_reaches_other_files_or_settings(published: Path, tmp_path: Path, statement: str) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "other.csv").write_text("a,b\n1,2\n")
    create_file(folder / "database.duckdb")
    filled = statement.format(folder=folder, other=folder / "other.csv", database=folder / "database.duckdb")
    before = sorted(tmp_path.rglob("*"))
    with connect_read_only(published) as con, pytest.raises(duckdb.Error):
        con.execute(filled)
    assert sorted(tmp_path.rglob("*")) == before


STATEMENTS_THAT_REACH_THE_FILE_ITSELF = [
    "use memory; detach warehouse; attach '{path}' as z; drop table z.publication; delete from z.articles",
    "use memory; detach warehouse; attach '{path}' as z (read_only); from z.articles",
    "attach '{path}' as z",
    "attach or replace '{path}' as warehouse",
    "copy (select 1) to '{path}'",
    "copy (select 1) to '{path}.wal'",
    "copy (select 1) to '{path}.wal' (use_tmp_file false)",
    "from read_blob('{path}')",
    "from read_blob('{path}.wal')",
    "from read_duckdb('{path}', table_name => 'articles')",
    "from glob('{path}')",
    "reset disabled_filesystems",
    "set disabled_filesystems = ''",
    "set allowed_paths = ['{path}']",
    "set temp_directory = '{path}.tmp'",
]


@pytest.mark.parametrize("statement", STATEMENTS_THAT_REACH_THE_FILE_ITSELF)
@pytest.mark.parametrize("is_relative", [False, True])
def test_no_statement_reaches_the_file_by_its_path(
    published: Path, statement: str, is_relative: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(published.parent)
    path = Path(published.name) if is_relative else published
    before = published.read_bytes(), sorted(published.parent.iterdir())
    with connect_read_only(path) as con, pytest.raises(duckdb.Error):
        con.execute(statement.format(path=path))
    assert (published.read_bytes(), sorted(published.parent.iterdir())) == before


def test_a_query_still_sorts_and_stores_in_memory(reader: duckdb.DuckDBPyConnection) -> None:
    reader.execute("create temp table t as select a, md5(a::varchar) as b from range(200_000) r(a)")
    [(rows,)] = reader.execute("select count(*) from (from t order by b limit 150_000)").fetchall()
    assert rows == 150_000
    assert reader.execute("from pragma_storage_info('articles') limit 1").fetchall()


def test_a_query_does_not_see_python_variables(published: Path) -> None:
    secret = duckdb.sql("select 1 as a")
    with connect_read_only(published) as con, pytest.raises(duckdb.CatalogException):
        con.execute("from secret")
    assert secret is not None


def test_export_dir_opens_that_folder_only(published: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with connect_read_only(published, export_dir=tmp_path / "out") as con:
        con.execute(f"copy (select 1 as a) to '{tmp_path}/out/x.csv'")
        with pytest.raises(duckdb.PermissionException):
            con.execute(f"copy (select 1 as a) to '{tmp_path}/out/../x.csv'")
    assert (tmp_path / "out" / "x.csv").read_text() == "a\n1\n"


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NoWarehouse, match=r"there is no warehouse at .*w\.duckdb; make one with `peyer run"):
        connect_read_only(tmp_path / "w.duckdb")
    assert not (tmp_path / "w.duckdb").exists()


@pytest.mark.parametrize("content", [b"", b"hello", b"hello world" * 1000])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "w.duckdb"
    path.write_bytes(content)
    with pytest.raises(WarehouseError, match="it is not a DuckDB file"):
        connect_read_only(path)
    assert path.read_bytes() == content


def test_a_duckdb_file_of_something_else_is_refused(tmp_path: Path) -> None:
    create_file(tmp_path / "w.duckdb")
    with pytest.raises(WarehouseError, match="is a DuckDB file but no warehouse of peyer"):
        connect_read_only(tmp_path / "w.duckdb")


def test_a_file_of_a_newer_duckdb_is_refused(published: Path) -> None:
    header = bytearray(published.read_bytes())
    header[12:20] = struct.pack("<Q", 100_000)
    published.write_bytes(with_checksum(header))
    with pytest.raises(WarehouseError, match="it was written by a newer DuckDB; update duckdb"):
        connect_read_only(published)


def with_checksum(content: bytearray) -> bytes:
    """Put DuckDB's checksum of its first block (4,096 bytes) in front of it."""
    checksum = 5381
    for (word,) in struct.iter_unpack("<Q", content[8:4096]):
        checksum ^= word * 0xBF58476D1CE4E5B9 % 2**64
    content[:8] = struct.pack("<Q", checksum)
    return bytes(content)


def test_a_damaged_file_is_refused(published: Path) -> None:
    content = bytearray(published.read_bytes())
    content[20] ^= 1
    published.write_bytes(content)
    with pytest.raises(WarehouseError, match="it is damaged"):
        connect_read_only(published)


def test_a_file_that_another_program_writes_is_refused(published: Path) -> None:
    holder = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", holder, published],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        with pytest.raises(WarehouseError, match="another program has it open for writing; close that first"):
            connect_read_only(published)
        process.communicate("\n")


def test_the_file_has_the_storage_version_that_duckdb_1_2_reads(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    for number in range(3):  # made once, then copied and rewritten
        publish_run(path, make_extraction(f"a{number}"))
        assert storage_version(path) == 65
        with connect_read_only(path) as con:
            tags = con.execute("select tags from duckdb_databases() where path is not null").fetchall()
        assert tags == [({"storage_version": "v1.2.0+"},)]


def storage_version(path: Path) -> int:
    """Read the version from the header: 64 is DuckDB 0.9 to 1.1, 65 DuckDB 1.2."""
    return int(struct.unpack_from("<Q", path.read_bytes(), 12)[0])


def test_a_path_may_hold_a_quote(tmp_path: Path) -> None:
    publish_run(tmp_path / "it's.duckdb", make_extraction())
    with connect_read_only(tmp_path / "it's.duckdb") as con:
        assert con.execute("select article_id from articles").fetchall() == [("a1",)]


def test_what_a_query_makes_in_memory_is_gone_with_the_connection(published: Path) -> None:
    with connect_read_only(published) as con:
        con.execute("create temp table mine as select 1 as a; create table memory.mine as select 1 as a")
    with connect_read_only(published) as con:
        tables = {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    assert "articles" in tables
    assert "mine" not in tables


def test_a_transaction_that_raises_leaves_nothing(tmp_path: Path) -> None:
    create_file(tmp_path / "w.duckdb")
    with open_file(tmp_path / "w.duckdb") as con:
        with pytest.raises(duckdb.CatalogException), transaction(con):
            con.execute("create table t (a integer); create table t (a integer)")
        assert con.execute("show tables").fetchall() == []


def test_a_transaction_that_ends_is_kept(tmp_path: Path) -> None:
    create_file(tmp_path / "w.duckdb")
    with open_file(tmp_path / "w.duckdb") as con:
        with transaction(con):
            con.execute("create table t (a integer)")
        assert con.execute("show tables").fetchall() == [("t",)]
