"""The writer's lock: only one process at a time writes the next state of a warehouse."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from warehouse.connection import WarehouseError

_held: set[int] = set()


class WarehouseBusy(WarehouseError):
    """Another process is writing to the warehouse."""


def lock_path(published: Path) -> Path:
    """Return the path of the lock file of a warehouse."""
    return published.with_name(published.name + ".lock")


@contextmanager
def writer_lock(published: Path) -> Iterator[None]:
    """Hold the exclusive lock `<published>.lock` until the block or the process ends.

    The file is never removed; it names the holder while there is one. Children of this process do not hold the lock.
    Raises WarehouseBusy at once, without waiting, if another process or thread holds it.
    """
    path = lock_path(published)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise WarehouseError(
            f"cannot write beside {published} ({error.strerror}); name a warehouse in a folder that can be written"
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 1000, 0).decode()
        os.close(descriptor)
        raise WarehouseBusy(
            f"{published} is being written by {_describe(holder)}; wait for it to end, or stop it, and run again"
        ) from None
    _held.add(descriptor)
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, _this_process().encode(), 0)
        yield
    finally:
        if descriptor in _held:  # not in a forked child, which has released it
            os.ftruncate(descriptor, 0)
            _held.discard(descriptor)
            os.close(descriptor)


def _this_process() -> str:
    return json.dumps({"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")})


def _describe(holder: str) -> str:
    try:
        known = json.loads(holder)
    except ValueError:  # the holder has not written its name yet
        return "another process"
    return f"process {known['pid']} (since {known['since']})"


def _let_go_in_child() -> None:
    """Close the descriptors that a forked child inherited, so that a worker that survives its parent holds no lock."""
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_let_go_in_child)
