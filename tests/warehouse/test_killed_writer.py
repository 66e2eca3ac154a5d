"""A writer killed at any moment leaves the published file whole, and the next writer finishes the work."""

from __future__ import annotations

import json
import signal
import textwrap
import time
from pathlib import Path

import forked_commands
import pytest
from hand_made_extractions import NO_COUNTS, VERSIONS, make_extraction, publish_run
from places import HELPERS

from warehouse.checks import run_checks
from warehouse.connection import connect_read_only
from warehouse.ledger import read_ledger
from warehouse.load import load_batch
from warehouse.publish import open_staging, unpublished_work
from warehouse.runs import begin_run, finish_run

pytestmark = pytest.mark.slow

WRITER = """
import os, signal, sys
from pathlib import Path

sys.path.insert(0, {tests!r})

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def after(function):
    def call(*args, **kwargs):
        function(*args, **kwargs)
        die()
    return call

def on_call(number, function, then):
    calls = []
    def call(*args, **kwargs):
        calls.append(1)
        return then(*args, **kwargs) if len(calls) == number else function(*args, **kwargs)
    return call

from hand_made_extractions import make_extraction, publish_run
from warehouse import checks, load, publish, schema

{kill}

publish_run(Path(sys.argv[1]), make_extraction("a2"), make_extraction("a3"))
"""

HALF_A_COPY = """
def half(source, target):
    Path(target).write_bytes(Path(source).read_bytes()[:300_000])
    die()
publish.shutil.copyfile = half
"""

BEFORE_LOADING = {
    "while copying": HALF_A_COPY,
    "after copying": "publish.shutil.copyfile = after(publish.shutil.copyfile)",
    "after the copy has its name": "Path.replace = after(Path.replace)",
    "before the copy is stamped": "publish._stamp = die",
    "after the copy is stamped": "publish._stamp = after(publish._stamp)",
    "in the schema": "schema._remake_views = after(schema._remake_views)",
    "within the batch": "load._replace_concepts = die",
    "at the end of the batch": "load.settle_failures = on_call(2, load.settle_failures, die)",
}
AFTER_LOADING = {
    "while pruning": "load.prune_concepts = die",
    "in the checks": "checks.run_checks = die",
    "before the flush": "publish._flush = die",
    "after the flush": "publish._flush = after(publish._flush)",
    "before the rename": "Path.replace = on_call(2, Path.replace, die)",
}
AFTER_RENAMING = {
    "after the rename": "Path.replace = on_call(2, Path.replace, after(Path.replace))",
    "before the folder is flushed": "publish._flush = on_call(2, publish._flush, die)",
}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def killed_writer(path: Path, kill: str) -> None:
    """Let a process publish a2 and a3, and be killed on the way."""
    script = WRITER.format(tests=str(HELPERS), kill=textwrap.dedent(kill))
    finished = forked_commands.run(script, path)
    assert finished.returncode == -signal.SIGKILL, finished.stderr


def published_articles(path: Path) -> list[str]:
    with connect_read_only(path) as con:
        assert run_checks(con) == []
        return [known.article_id for known in read_ledger(con).articles]


def finish_the_work(path: Path) -> list[str]:
    """Load what the staging ledger lacks, as the flow does; return what had to be loaded."""
    with open_staging(path) as staging:
        known = {article.article_id for article in read_ledger(staging.con).articles}
    pending = [article_id for article_id in ("a2", "a3") if article_id not in known]
    publish_run(path, *map(make_extraction, pending))
    return pending


@pytest.mark.parametrize("moment", BEFORE_LOADING)
def test_killed_before_the_batch_is_in(published: Path, moment: str) -> None:
    before = published.read_bytes()
    killed_writer(published, BEFORE_LOADING[moment])
    assert published.read_bytes() == before
    assert not unpublished_work(published)
    assert finish_the_work(published) == ["a2", "a3"]
    assert published_articles(published) == ["a1", "a2", "a3"]
    assert names(published.parent) == ["w.duckdb", "w.duckdb.lock"]


@pytest.mark.parametrize("moment", AFTER_LOADING)
def test_killed_between_the_batch_and_the_rename(published: Path, moment: str) -> None:
    before = published.read_bytes()
    killed_writer(published, AFTER_LOADING[moment])
    assert published.read_bytes() == before
    assert unpublished_work(published)
    assert finish_the_work(published) == []
    assert published_articles(published) == ["a1", "a2", "a3"]
    assert names(published.parent) == ["w.duckdb", "w.duckdb.lock"]


@pytest.mark.parametrize("moment", AFTER_RENAMING)
def test_killed_after_the_rename(published: Path, moment: str) -> None:
    killed_writer(published, AFTER_RENAMING[moment])
    assert published_articles(published) == ["a1", "a2", "a3"]
    assert not unpublished_work(published)
    assert names(published.parent) == ["w.duckdb", "w.duckdb.lock"]


def test_killed_on_the_way_to_the_first_publication(tmp_path: Path) -> None:
    killed_writer(tmp_path / "w.duckdb", AFTER_LOADING["before the rename"])
    assert not (tmp_path / "w.duckdb").exists()
    assert unpublished_work(tmp_path / "w.duckdb")
    assert finish_the_work(tmp_path / "w.duckdb") == []
    assert published_articles(tmp_path / "w.duckdb") == ["a2", "a3"]


def test_killed_at_any_time(published: Path) -> None:
    """No patched moment: SIGKILL after ever longer times, until a writer gets through."""
    script = WRITER.format(tests=str(HELPERS), kill="print('go', flush=True)")
    for delay_ms in (0, 30, 60, 90, 120, 160, 200, 250, 300, 400, 500, 1000, 2000, 4000, 8000):
        process = forked_commands.start(script, published)
        process.wait_until_printed("go\n")
        time.sleep(delay_ms / 1000)
        process.kill()
        process.wait()
        assert published_articles(published) in (["a1"], ["a1", "a2", "a3"])
        if process.returncode == 0:
            break
    assert published_articles(published) == ["a1", "a2", "a3"]


READER = """
import json, sys
from pathlib import Path
from warehouse.connection import connect_read_only

path = Path(sys.argv[1])
seen = []
print("reading", flush=True)
while not path.with_name("stop").exists():
    with connect_read_only(path) as con:
        for _ in range(3):
            seen.append(con.execute(
                "select count(*), count(distinct run_id), count(distinct title), "
                "(select count(*) from evidence) from articles"
            ).fetchone())
print(json.dumps(seen))
"""


def test_a_reader_is_never_blocked_and_never_sees_half_a_run(published: Path) -> None:
    everything = [make_extraction(f"a{number}", title="run 0") for number in range(1, 11)]
    publish_run(published, *everything)
    reader = forked_commands.start(READER, published)
    reader.wait_until_printed("reading\n")
    for run in range(1, 6):  # each run replaces all ten articles, in two batches
        publish_in_two_batches(published, f"run {run}")
    published.with_name("stop").touch()
    assert reader.wait(seconds=60) == 0, reader.stderr
    seen = [tuple(row) for row in json.loads(reader.stdout.splitlines()[1])]
    assert set(seen) == {(10, 1, 1, 20)}
    assert len(seen) > 20


def publish_in_two_batches(path: Path, title: str) -> None:
    articles = [make_extraction(f"a{number}", title=title) for number in range(1, 11)]
    with open_staging(path) as staging:
        run_id = begin_run(staging.con, VERSIONS)
        load_batch(staging.con, run_id, articles[:5])
        load_batch(staging.con, run_id, articles[5:])
        finish_run(staging.con, run_id, NO_COUNTS)
        staging.publish()
