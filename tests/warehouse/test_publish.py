from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hand_made_extractions import NO_COUNTS, VERSIONS, make_extraction, publish_run

from extractors.records import Failure
from warehouse.checks import CheckError
from warehouse.connection import WarehouseError, connect_read_only, create_file
from warehouse.load import load_batch
from warehouse.lock import WarehouseBusy
from warehouse.publish import open_staging, unpublished_work
from warehouse.runs import begin_run, finish_run

pytestmark = pytest.mark.slow


def articles(path: Path) -> list[str]:
    with connect_read_only(path) as con:
        return [row[0] for row in con.execute("select article_id from articles order by all").fetchall()]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def statuses(path: Path) -> list[str]:
    with connect_read_only(path) as con:
        return [row[0] for row in con.execute("select status from runs order by run_id").fetchall()]


def load_without_publishing(path: Path, *article_ids: str) -> None:
    with open_staging(path) as staging:
        run_id = begin_run(staging.con, VERSIONS)
        load_batch(staging.con, run_id, [make_extraction(article_id) for article_id in article_ids])


def test_the_first_publication_makes_the_file_and_leaves_only_the_lock(tmp_path: Path) -> None:
    publish_run(tmp_path / "new" / "w.duckdb", make_extraction())
    assert articles(tmp_path / "new" / "w.duckdb") == ["a1"]
    assert names(tmp_path / "new") == ["w.duckdb", "w.duckdb.lock"]


def test_a_publication_adds_to_the_one_before(published: Path) -> None:
    publish_run(published, make_extraction("a2"))
    assert articles(published) == ["a1", "a2"]


def test_nothing_is_seen_before_it_is_published(published: Path) -> None:
    before = published.read_bytes()
    load_without_publishing(published, "a2")
    assert published.read_bytes() == before


def test_what_was_not_published_is_continued(published: Path) -> None:
    load_without_publishing(published, "a2")
    publish_run(published, make_extraction("a3"))
    assert articles(published) == ["a1", "a2", "a3"]
    assert statuses(published) == ["finished", "interrupted", "finished"]


def test_what_was_not_published_at_first_is_continued(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    load_without_publishing(path, "a1")
    load_without_publishing(path, "a2")
    publish_run(path, make_extraction("a3"))
    assert articles(path) == ["a1", "a2", "a3"]


def test_a_copy_of_an_older_state_is_discarded(published: Path) -> None:
    load_without_publishing(published, "old")
    staging = published.with_name("w.duckdb.staging")
    kept = staging.read_bytes()
    publish_run(published, make_extraction("a2"))
    staging.write_bytes(kept)
    assert not unpublished_work(published)
    publish_run(published, make_extraction("a3"))
    assert articles(published) == ["a1", "a2", "a3", "old"]
    assert statuses(published) == ["finished", "interrupted", "finished", "finished"]


def test_a_copy_without_its_published_file_is_discarded(published: Path) -> None:
    load_without_publishing(published, "old")
    published.unlink()
    publish_run(published, make_extraction("a2"))
    assert articles(published) == ["a2"]


def test_a_copy_that_cannot_be_opened_is_discarded_with_a_warning(
    published: Path, caplog: pytest.LogCaptureFixture
) -> None:
    published.with_name("w.duckdb.staging").write_bytes(b"half a file" * 1000)
    publish_run(published, make_extraction("a2"))
    assert articles(published) == ["a1", "a2"]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "Starting again from the published state" in caplog.text


def test_leftovers_of_a_copy_are_no_obstacle(published: Path) -> None:
    for name in ("w.duckdb.copying", "w.duckdb.copying.wal", "w.duckdb.staging.wal"):
        published.with_name(name).write_bytes(b"half a file" * 1000)
    publish_run(published, make_extraction("a2"))
    assert articles(published) == ["a1", "a2"]
    assert names(published.parent) == ["w.duckdb", "w.duckdb.lock"]


def test_there_is_unpublished_work_once_a_batch_was_loaded(published: Path) -> None:
    assert not unpublished_work(published)
    with open_staging(published) as staging:
        begin_run(staging.con, VERSIONS)
    assert not unpublished_work(published)
    load_without_publishing(published, "a2")
    assert unpublished_work(published)
    publish_run(published)
    assert not unpublished_work(published)


def test_a_failure_is_work_too(published: Path) -> None:
    with open_staging(published) as staging:
        run_id = begin_run(staging.con, VERSIONS)
        load_batch(
            staging.con,
            run_id,
            [Failure(source_uri="b.txt", stage="read", error="empty", message="it is empty")],
        )
        finish_run(staging.con, run_id, NO_COUNTS)
    assert unpublished_work(published)


def test_without_any_file_there_is_no_unpublished_work(tmp_path: Path) -> None:
    assert not unpublished_work(tmp_path / "w.duckdb")
    assert names(tmp_path) == []


def test_asking_for_unpublished_work_leaves_the_published_file_alone(published: Path) -> None:
    load_without_publishing(published, "a2")
    before = (published.read_bytes(), published.stat().st_mtime_ns, published.stat().st_ino)
    unpublished_work(published)
    assert (published.read_bytes(), published.stat().st_mtime_ns, published.stat().st_ino) == before


def test_a_broken_invariant_is_not_published(published: Path) -> None:
    before = published.read_bytes()
    with open_staging(published) as staging:
        staging.con.execute("insert into concept_xrefs select concept_id, 'X' from concepts")
        staging.con.execute("delete from sections where kind = 'references'")
        staging.con.execute("update articles set run_id = 'gone'")
        with pytest.raises(CheckError) as raised:
            staging.publish()
    assert [violation.check for violation in raised.value.violations] == ["rows_of_unknown_run"]
    assert "checks failed: 1" in str(raised.value)
    assert "w.duckdb.staging: the next run goes on with it" in str(raised.value)
    assert "row_key='a1'" in str(raised.value)
    assert published.read_bytes() == before


def test_concepts_that_nothing_means_are_not_published(published: Path) -> None:
    with open_staging(published) as staging:
        staging.con.execute("insert into concepts values ('X:1', 'drug', null, 'x', 'X', null)")
        staging.publish()
    with connect_read_only(published) as con:
        assert con.execute("select count(*) from concepts").fetchall() == [(3,)]


def test_one_writer_at_a_time(published: Path) -> None:
    with open_staging(published), pytest.raises(WarehouseBusy), open_staging(published):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WarehouseError, match=r"the folder of .*w\.duckdb cannot be made"):
        publish_run(tmp_path / "file" / "folder" / "w.duckdb", make_extraction())


@pytest.mark.parametrize("content", [b"not mine", None])
def test_a_file_that_is_no_warehouse_is_not_overwritten(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "w.duckdb"
    if content is None:
        create_file(path)
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(WarehouseError), open_staging(path):
        pass
    assert path.read_bytes() == before


def test_what_another_program_left_beside_the_file_does_not_come_along(
    published: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with duckdb.connect(str(published)) as con:
        con.execute("pragma disable_checkpoint_on_shutdown")
        con.execute("update articles set journal = 'By hand'")
    assert published.with_name("w.duckdb.wal").exists()
    publish_run(published, make_extraction("a2"))
    assert "Leaving out" in caplog.text
    assert names(published.parent) == ["w.duckdb", "w.duckdb.lock"]
    with connect_read_only(published) as con:
        journals = con.execute("select article_id, journal from articles order by all").fetchall()
    assert journals == [("a1", None), ("a2", None)]


def test_a_wal_of_another_file_is_named_and_nothing_is_written(published: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "other.duckdb")) as con:
        con.execute("pragma disable_checkpoint_on_shutdown")
        con.execute("create table t (a integer)")
    (tmp_path / "other.duckdb.wal").replace(published.with_name("w.duckdb.wal"))
    before = published.read_bytes()
    with pytest.raises(WarehouseError, match=r"the \.wal beside it is not its own; move that away"):
        publish_run(published, make_extraction("a2"))
    assert published.read_bytes() == before


def test_a_wal_that_takes_the_state_away_is_refused(published: Path) -> None:
    with duckdb.connect(str(published)) as con:
        con.execute("pragma disable_checkpoint_on_shutdown")
        con.execute("delete from publication")
    with pytest.raises(WarehouseError, match="does not say which state it is"):
        publish_run(published, make_extraction("a2"))


def test_a_stray_wal_without_its_file_does_not_come_along(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    path.with_name("w.duckdb.wal").write_bytes(b"anything" * 1000)
    publish_run(path, make_extraction("a1"))
    assert articles(path) == ["a1"]
    assert names(tmp_path) == ["w.duckdb", "w.duckdb.lock"]


def test_a_file_that_was_replaced_meanwhile_is_not_overwritten(published: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    publish_run(other, make_extraction("other"))
    with open_staging(published) as staging:
        other.replace(published)
        with pytest.raises(WarehouseError, match="was replaced while its next state was made"):
            staging.publish()
    assert articles(published) == ["other"]


def test_a_link_is_followed_and_permissions_are_kept(published: Path, tmp_path: Path) -> None:
    published.chmod(0o640)
    link = tmp_path / "elsewhere" / "link.duckdb"
    link.parent.mkdir()
    link.symlink_to(published)
    publish_run(link, make_extraction("a2"))
    assert link.is_symlink()
    assert articles(published) == ["a1", "a2"]
    assert published.stat().st_mode & 0o777 == 0o640


def test_a_reader_keeps_the_state_it_opened_and_a_later_one_sees_the_later(published: Path) -> None:
    with connect_read_only(published) as con:
        publish_run(published, make_extraction("a2"))
        assert articles(published) == ["a1", "a2"]
        assert con.execute("select article_id from articles").fetchall() == [("a1",)]
