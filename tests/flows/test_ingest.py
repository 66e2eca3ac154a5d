"""The flow over small folders, with the real pipeline, warehouse and Prefect server."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

import forked_commands
import pytest
from warehouse_rows import query, rows_of

from flows.ingest import ingest
from flows.report import RunReport
from flows.sources.folder import path_of
from warehouse.lock import writer_lock

pytestmark = [pytest.mark.model, pytest.mark.slow, pytest.mark.usefixtures("prefect_url")]


def run(raw: Path, warehouse: Path, *, batch_size: int = 100, full: bool = False) -> RunReport:
    state = ingest([raw], warehouse, batch_size=batch_size, full=full, return_state=True)
    assert state.is_completed(), state
    report = state.result()
    assert isinstance(report, RunReport)
    return report


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "w.duckdb"


def test_first_run_loads_every_article(raw: Path, warehouse: Path) -> None:
    report = run(raw, warehouse)
    assert report.new == ("adalimumab", "anakinra", "tofacitinib")
    assert (report.changed, report.unchanged, report.failed) == ((), 0, 0)
    claims = query(warehouse, "select subject_name, predicate from claims")
    assert ("Anakinra", "treats") in claims


def test_second_run_extracts_nothing_and_leaves_the_bytes(raw: Path, warehouse: Path) -> None:
    (raw / "bad.txt").write_bytes(b"caf\xe9 with milk")
    run(raw, warehouse)
    before = (sha256(warehouse), warehouse.stat().st_ino, warehouse.stat().st_mtime_ns)
    report = run(raw, warehouse)
    assert (report.run_id, report.new, report.changed, report.unchanged, report.failed) == (None, (), (), 4, 0)
    assert [failure.error for failure in report.failures] == ["not_utf8"]
    assert (sha256(warehouse), warehouse.stat().st_ino, warehouse.stat().st_mtime_ns) == before


def test_nothing_stays_beside_the_warehouse(raw: Path, warehouse: Path) -> None:
    run(raw, warehouse)
    beside = {path.name for path in warehouse.parent.iterdir()}
    assert beside == {"raw", "w.duckdb", "w.duckdb.lock"}


def test_warehouse_within_the_folder_is_no_input(raw: Path) -> None:
    warehouse = raw / "w.duckdb"
    (raw / "w.duckdb.staging.wal").touch()
    (raw / "w.duckdb.spool").mkdir()
    (raw / "w.duckdb.spool" / "000000.pickle").touch()
    (raw / "other.duckdb").touch()
    report = run(raw, warehouse)
    assert len(report.new) == 3
    assert [path_of(failure.source_uri) for failure in report.failures] == [raw / "other.duckdb"]
    before = sha256(warehouse)
    assert run(raw, warehouse).run_id is None
    assert sha256(warehouse) == before


def test_warehouse_that_a_link_in_the_folder_names_is_no_input(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    link = raw / "w.duckdb"
    link.symlink_to(tmp_path / "kept" / "w.duckdb")
    assert run(raw, link).failures == ()
    assert run(raw, link).run_id is None


def test_changed_file_replaces_its_own_rows_only(raw: Path, warehouse: Path) -> None:
    run(raw, warehouse)
    before = rows_of(warehouse)
    (raw / "anakinra.md").write_text("# Anakinra\n\nAnakinra causes neutropenia.\n", encoding="utf-8")
    report = run(raw, warehouse)
    assert (report.new, report.changed, report.unchanged) == ((), ("anakinra",), 2)
    after = rows_of(warehouse)
    assert {row for row in before["articles"] if row[0] != "anakinra"} < set(after["articles"])
    kept = "select sentence_id from sentences where article_id <> 'anakinra'"
    assert {(row[0],) for row in before["sentences"]} >= set(query(warehouse, kept))
    assert query(warehouse, "select count(*) from sentences where text ilike '%gout%'") == [(0,)]


def test_new_file_is_added_and_a_removed_file_keeps_its_rows(raw: Path, warehouse: Path) -> None:
    run(raw, warehouse)
    (raw / "anakinra.md").unlink()
    (raw / "rituximab.txt").write_text("Rituximab\n\nRituximab depletes B cells.\n", encoding="utf-8")
    assert run(raw, warehouse).new == ("rituximab",)
    assert query(warehouse, "select count(*) from articles") == [(4,)]


def test_file_that_moved_with_its_folder_is_unchanged(raw: Path, warehouse: Path) -> None:
    run(raw, warehouse)
    before = rows_of(warehouse)
    moved = raw.rename(raw.with_name("moved"))
    report = run(moved, warehouse)
    assert (report.new, report.changed, report.unchanged) == ((), (), 3)
    assert query(warehouse, "select source_uri from articles order by all") == [
        ((moved / name).as_uri(),) for name in ("adalimumab.txt", "anakinra.md", "tofacitinib.txt")
    ]
    assert query(warehouse, "select count(distinct run_id) from articles") == [(1,)]
    assert {table: rows for table, rows in rows_of(warehouse).items() if table != "articles"} == {
        table: rows for table, rows in before.items() if table != "articles"
    }
    assert run(moved, warehouse).run_id is None


def test_copied_folder_with_its_warehouse_is_unchanged(raw: Path, warehouse: Path, tmp_path: Path) -> None:
    run(raw, warehouse)
    copied = shutil.copytree(raw, tmp_path / "copy" / "raw")
    shutil.copyfile(warehouse, tmp_path / "copy" / "w.duckdb")
    report = run(copied, tmp_path / "copy" / "w.duckdb")
    assert (report.unchanged, report.failures) == (3, ())
    (copied / "anakinra.md").write_text("# Anakinra\n\nAnakinra treats asthma.\n", encoding="utf-8")
    assert run(copied, tmp_path / "copy" / "w.duckdb").changed == ("anakinra",)


def test_file_that_is_read_under_another_root_is_the_same_article(raw: Path, warehouse: Path) -> None:
    run(raw, warehouse)
    assert run(raw.parent, warehouse).run_id is None
    (raw / "anakinra.md").write_text("# Anakinra\n\nAnakinra treats asthma.\n", encoding="utf-8")
    assert run(raw.parent, warehouse).changed == ("anakinra",)
    assert query(warehouse, "select count(*) from articles") == [(3,)]


def test_copy_of_a_paper_is_a_failure_and_takes_its_place_when_the_paper_goes(raw: Path, warehouse: Path) -> None:
    shutil.copyfile(raw / "anakinra.md", raw / "copy.md")
    counted = "select article_count from claims where subject_name = 'Anakinra' and object_name = 'gout'"
    report = run(raw, warehouse)
    assert [failure.error for failure in report.failures] == ["duplicate_content"]
    assert f"holds the same bytes as {raw / 'anakinra.md'}" in report.failures[0].message
    assert query(warehouse, counted) == [(1,)]
    assert run(raw, warehouse).run_id is None
    (raw / "anakinra.md").unlink()
    report = run(raw, warehouse)
    assert (report.new, report.failures) == (("copy",), ())
    assert query(warehouse, counted) == [(1,)]
    assert query(warehouse, "select article_id from articles order by 1") == [
        ("adalimumab",),
        ("copy",),
        ("tofacitinib",),
    ]
    assert run(raw, warehouse).run_id is None


def test_full_extracts_everything_again(raw: Path, warehouse: Path) -> None:
    run(raw, warehouse)
    before = rows_of(warehouse)
    report = run(raw, warehouse, full=True)
    assert (report.new, len(report.changed), report.unchanged) == ((), 3, 0)
    assert rows_of(warehouse) == before


def test_every_bad_input_is_a_failure_with_a_reason_and_the_rest_is_loaded(raw: Path, warehouse: Path) -> None:
    (raw / "latin1.txt").write_bytes("Die Wirkung über TNF".encode("latin-1"))
    (raw / "empty.txt").touch()
    (raw / "binary.txt").write_bytes(b"\x00\x01\x02" * 100)
    (raw / "line.txt").write_bytes(b"TNF " * 12_500_000)  # 50 MB
    (raw / "slides.pptx").write_bytes(b"PK")
    (raw / "anakinra.txt").write_text("Another anakinra.", encoding="utf-8")
    report = run(raw, warehouse)
    assert (len(report.new), report.failed) == (3, 6)
    found = dict(query(warehouse, "select split_part(source_uri, '/', -1), error from failures"))
    assert found == {
        "latin1.txt": "not_utf8",
        "empty.txt": "empty",
        "binary.txt": "binary",
        "line.txt": "too_large",
        "slides.pptx": "unsupported_format",
        "anakinra.txt": "duplicate_article_id",
    }


def test_mended_input_settles_its_failure(raw: Path, warehouse: Path) -> None:
    bad = raw / "late.txt"
    bad.touch()
    run(raw, warehouse)
    bad.write_text("Rituximab\n\nRituximab depletes B cells.\n", encoding="utf-8")
    report = run(raw, warehouse)
    assert (report.new, report.failures) == (("late",), ())


def test_second_writer_is_cancelled_with_the_reason(raw: Path, warehouse: Path) -> None:
    with writer_lock(warehouse):
        state = ingest([raw], warehouse, return_state=True)
    assert state.is_cancelled()
    assert "is being written by process" in (state.message or "")
    assert not warehouse.exists()


def test_file_that_is_no_warehouse_fails_the_run_and_stays(raw: Path, warehouse: Path) -> None:
    warehouse.write_text("my notes", encoding="utf-8")
    state = ingest([raw], warehouse, return_state=True)
    assert state.is_failed()
    assert "not a DuckDB file" in (state.message or "")
    assert warehouse.read_text(encoding="utf-8") == "my notes"


READER = """
import json, sys
from pathlib import Path
from warehouse.connection import connect_read_only
seen, queries = set(), 0
while not Path(sys.argv[2]).exists():
    with connect_read_only(Path(sys.argv[1])) as con:
        seen.add(con.execute(
            "select count(*), (select count(distinct article_id) from sentences) from articles").fetchone())
    queries += 1
print(queries, json.dumps(sorted(seen)))
"""


def test_reader_is_never_blocked_and_never_sees_half_a_run(raw: Path, warehouse: Path, tmp_path: Path) -> None:
    run(raw, warehouse)
    for number in range(12):
        (raw / f"more{number}.txt").write_text(f"Part {number}\n\nAnakinra treats gout.\n", encoding="utf-8")
    stop = tmp_path / "stop"
    reader = forked_commands.start(READER, warehouse, stop)
    run(raw, warehouse, batch_size=2)
    stop.touch()
    assert reader.wait(seconds=60) == 0, reader.stderr
    queries, seen = reader.stdout.split(maxsplit=1)
    assert int(queries) > 10
    assert set(map(tuple, json.loads(seen))) <= {(3, 3), (15, 15)}


def test_run_page_lists_what_was_added_and_failed(raw: Path, warehouse: Path) -> None:
    (raw / "empty.txt").touch()
    page = run(raw, warehouse).as_markdown()
    assert page.startswith("# 3 new, 0 changed, 0 unchanged, 1 failed")
    assert "- `adalimumab`" in page
    assert f"| `{raw / 'empty.txt'}` | empty | the input has no characters" in page


def test_a_failure_whose_input_is_gone_does_not_stand_any_more(raw: Path, warehouse: Path) -> None:
    bad = raw / "bad.txt"
    bad.write_bytes(b"caf\xe9 with milk")
    (raw / "worse.txt").write_bytes(b"")
    run(raw, warehouse)
    bad.unlink()
    report = run(raw, warehouse)
    assert report.run_id is not None
    assert [failure.error for failure in report.failures] == ["empty"]
    standing = "select error from failures where resolved_run_id is null"
    assert query(warehouse, standing) == [("empty",)]
    assert run(raw, warehouse).run_id is None


def test_a_failure_below_a_linked_folder_is_settled_too(raw: Path, warehouse: Path) -> None:
    (raw / "empty.txt").touch()
    link = raw.parent / "link"
    link.symlink_to(raw)
    run(link, warehouse)
    (raw / "empty.txt").unlink()
    run(link, warehouse)
    assert query(warehouse, "select count(*) from failures where resolved_run_id is null") == [(0,)]


def test_a_file_name_that_is_no_text_is_a_failure_like_others(raw: Path, warehouse: Path) -> None:
    Path(os.fsdecode(bytes(raw) + b"/bad\xff.txt")).write_text("Zinc\n\nZinc treats diarrhoea.\n", encoding="utf-8")
    report = run(raw, warehouse)
    assert len(report.new) == 3
    assert len(report.failures) == 1
    assert "bad\\udcff.txt" in report.as_markdown()
