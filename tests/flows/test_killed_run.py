"""A run that is killed at any moment: the published file stays whole and the next run finishes the work."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, cast

import forked_commands
import pytest
from small_articles import write_articles
from warehouse_rows import query, rows_of

from flows.batches import submit
from flows.ingest import ingest
from flows.report import RunReport

pytestmark = [pytest.mark.model, pytest.mark.slow, pytest.mark.usefixtures("prefect_url")]

KILLED_RUN = """
import os, signal, sys
from pathlib import Path

def kill_at_call(module, name, call):
    '''Kill this process when the function is called for the `call`-th time, before it does anything.'''
    import importlib
    owner = importlib.import_module(module)
    original, calls = getattr(owner, name), iter(range(1, 1000))
    def wrapper(*args, **kwargs):
        if next(calls) == call:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args, **kwargs)
    setattr(owner, name, wrapper)

raw, warehouse, module, name, call = sys.argv[1:]
from flows.ingest import ingest
kill_at_call(module, name, int(call))
ingest([Path(raw)], Path(warehouse), batch_size=1)
"""

MOMENTS = {
    "in extraction": ("extractors.extract", "_records", 2),
    "before a batch is loaded": ("flows.ingest", "load_batch", 3),
    "within the transaction of a batch": ("warehouse.load", "_mention_row", 2),
    "before the checks": ("warehouse.checks", "run_checks", 1),
    "before the rename": ("warehouse.publish", "_flush", 1),
    "after the rename": ("warehouse.publish", "_flush", 2),
}


def run(raw: Path, warehouse: Path) -> RunReport:
    state = ingest([raw], warehouse, batch_size=1, return_state=True)
    assert state.is_completed(), state
    report = state.result()
    assert isinstance(report, RunReport)
    return report


class Changed(NamedTuple):
    """A folder with a new and a changed article, the warehouse of the run before, and the rows that the next makes."""

    raw: Path
    warehouse: Path
    rows: dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def changed(prefect_url: str, tmp_path_factory: pytest.TempPathFactory) -> Changed:
    folder = tmp_path_factory.mktemp("changed")
    raw = write_articles(folder / "raw")
    run(raw, folder / "w.duckdb")
    (raw / "rituximab.txt").write_text(
        "Rituximab\n\nRituximab depletes B cells and treats vasculitis.\n", encoding="utf-8"
    )
    (raw / "anakinra.md").write_text("# Anakinra\n\nAnakinra treats asthma.\n", encoding="utf-8")
    run(raw, folder / "clean.duckdb")
    return Changed(raw, folder / "w.duckdb", rows_of(folder / "clean.duckdb"))


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_killed_run_leaves_the_published_file_and_the_next_run_finishes(
    moment: str, changed: Changed, tmp_path: Path
) -> None:
    warehouse = tmp_path / "w.duckdb"
    shutil.copy(changed.warehouse, warehouse)
    before = warehouse.read_bytes()

    killed = forked_commands.run(KILLED_RUN, changed.raw, warehouse, *map(str, MOMENTS[moment]))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    if moment != "after the rename":
        assert warehouse.read_bytes() == before
    else:
        assert query(warehouse, "select count(*) from articles") == [(4,)]

    run(changed.raw, warehouse)
    after = ("finished", 1) if moment == "after the rename" else ("interrupted", None)
    was_there = query(warehouse, "select status, new_count from runs order by run_id")
    assert was_there[0] == ("finished", 3)
    assert was_there[1] == after
    assert was_there[2:] == ([] if moment == "after the rename" else [("finished", 1)])
    assert rows_of(warehouse) == changed.rows
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith("w.duckdb")} == {
        "w.duckdb",
        "w.duckdb.lock",
    }


def test_next_run_keeps_what_a_killed_run_had_loaded(raw: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    forked_commands.run(KILLED_RUN, raw, warehouse, "flows.ingest", "load_batch", "4")
    assert not warehouse.exists()
    report = run(raw, warehouse)
    assert (len(report.new), report.unchanged) == (3, 0)  # none of them was published before
    assert query(warehouse, "select count(*) from articles group by run_id order by all") == [(1,), (2,)]
    assert query(warehouse, "select status from runs order by run_id") == [("interrupted",), ("finished",)]


def test_worker_processes_end_with_a_killed_run(raw: Path, tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from flows.ingest import ingest
ingest([Path(sys.argv[1])], Path(sys.argv[2]), workers=2, batch_size=1)
"""
    process = forked_commands.start(program, raw, tmp_path / "w.duckdb", new_session=True)
    process.wait_until(lambda: (tmp_path / "w.duckdb.spool").exists() and len(group_of(process.pid)) > 2)
    process.kill()
    process.wait()
    wait_until(lambda: not group_of(process.pid))


def group_of(leader: int) -> list[int]:
    """Return the processes of a process group that still run."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[2]) == leader and fields[0] != "Z":
            found.append(int(status.parent.name))
    return found


def wait_until(holds: Callable[[], bool], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.1)


def test_interrupted_command_says_so_in_one_line_and_goes_on_next_time(raw: Path, tmp_path: Path) -> None:
    for number in range(8):
        text = "Anakinra treats gout. " * 60
        (raw / f"long{number}.txt").write_text(f"Part {number}\n\n{text}\n", encoding="utf-8")
    process = forked_commands.start(
        "", "run", raw, "--warehouse", tmp_path / "w.duckdb", module="flows.cli", new_session=True
    )
    process.wait_until(lambda: (tmp_path / "w.duckdb.spool").exists())
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(seconds=60) == 130
    assert process.stderr.splitlines()[-1].startswith("peyer: interrupted;")
    assert "Traceback" not in process.stderr
    assert not group_of(process.pid)
    for number in range(3, 8):  # a few are enough to go on with
        (raw / f"long{number}.txt").unlink()
    assert run(raw, tmp_path / "w.duckdb").failures == ()


def test_interrupt_waits_until_a_batch_is_handed_over() -> None:
    class Runner:
        handed_over = 0

        def submit(self, *_: object) -> None:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.1)  # where the handler of the signal would run
            self.handed_over += 1

    runner = Runner()
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            submit(cast("Any", runner), {})
        assert runner.handed_over == 1
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, handler)
