from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.lock import WarehouseBusy, writer_lock

HOLD = """
import os, sys
from pathlib import Path
from warehouse.lock import writer_lock
with writer_lock(Path(sys.argv[1])):
    if sys.argv[2] == "with-child" and os.fork() == 0:
        os.close(0); os.close(1)
        os.read(int(sys.argv[3]), 1)  # lives on after its parent
        os._exit(0)
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(path: Path, *arguments: str, pass_fds: tuple[int, ...] = ()) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        pass_fds=pass_fds,
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_second_writer_learns_who_holds_the_lock_and_what_to_do(tmp_path: Path) -> None:
    process = hold(tmp_path / "w.duckdb", "alone")
    with (
        pytest.raises(WarehouseBusy, match=rf"process {process.pid} \(since 20.*\); wait for it to end, or stop it"),
        writer_lock(tmp_path / "w.duckdb"),
    ):
        pass
    kill(process)


def test_the_lock_dies_with_the_process(tmp_path: Path) -> None:
    kill(hold(tmp_path / "w.duckdb", "alone"))
    with writer_lock(tmp_path / "w.duckdb"):
        assert str(os.getpid()) in (tmp_path / "w.duckdb.lock").read_text()


def test_a_worker_that_outlives_the_writer_holds_no_lock(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    kill(hold(tmp_path / "w.duckdb", "with-child", str(reading), pass_fds=(reading,)))
    with writer_lock(tmp_path / "w.duckdb"):
        pass
    os.close(writing)  # ends the worker
    os.close(reading)


def test_a_thread_of_the_same_process_is_refused_too(tmp_path: Path) -> None:
    with (
        writer_lock(tmp_path / "w.duckdb"),
        pytest.raises(WarehouseBusy, match=f"process {os.getpid()}"),
        writer_lock(tmp_path / "w.duckdb"),
    ):
        pass


def test_the_lock_is_free_after_the_block(tmp_path: Path) -> None:
    for _ in range(2):
        with writer_lock(tmp_path / "w.duckdb"):
            pass
    assert (tmp_path / "w.duckdb.lock").read_text() == ""
