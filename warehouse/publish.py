"""Publishing: the writer works on a copy beside the published file and replaces it in one rename.

Beside `w.duckdb` there may be, while a writer works or after one was killed:

    w.duckdb.lock      names the writer; see lock.py
    w.duckdb.copying   an incomplete copy, which is discarded
    w.duckdb.staging   the next state in progress, with DuckDB's own files (.wal) beside it

Every state has an identifier and records which one it is based on (table `publication`). If the next writer finds a
staging copy, it continues that if it is based on the published state, and discards it otherwise.
"""

from __future__ import annotations

import logging
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse import checks, load, runs, schema
from warehouse.connection import WarehouseError, connect_read_only, create_file, open_file, transaction
from warehouse.lock import lock_path, writer_lock

logger = logging.getLogger(__name__)

_SIDECARS = (".wal", ".wal.checkpoint", ".wal.recovery")
"""Suffixes of the files that DuckDB keeps beside an open file, and leaves behind if it is killed."""


@dataclass(frozen=True, slots=True)
class Staging:
    """The next state of a warehouse, in progress. Write through `con`, then call `publish`."""

    published: Path
    path: Path
    con: DuckDBPyConnection
    based_on: str | None

    def publish(self) -> None:
        """Make this the published state: prune, check, flush to disk, rename. Closes `con`.

        Raises CheckError if an invariant is violated, with `con` still open, and WarehouseError if another program
        has replaced the published file or opened it for writing meanwhile. The published file is then unchanged.
        """
        load.prune_concepts(self.con)
        if violations := checks.run_checks(self.con):
            raise checks.CheckError(
                violations,
                f"{self.published} is as it was; the rejected state is {self.path}: "
                "the next run goes on with it, delete it to start again from what is published",
            )
        self.con.execute("checkpoint")
        self.con.close()
        if left := [path.name for path in _sidecars(self.path) if path.exists()]:
            raise WarehouseError(f"{self.path} did not close ({', '.join(left)} is left); nothing was published")
        if _publication_id(self.published) != self.based_on:
            raise WarehouseError(
                f"{self.published} was replaced while its next state was made; nothing was published, run again"
            )
        if self.based_on is not None:
            shutil.copymode(self.published, self.path)
        _flush(self.path)
        for path in _sidecars(self.published):
            path.unlink(missing_ok=True)
        self.path.replace(self.published)
        _flush(self.published.parent)


@contextmanager
def open_staging(path: Path) -> Iterator[Staging]:
    """Lock the warehouse at `path` for writing and open its next state, at the schema of this code.

    That is a copy of the published file, an empty warehouse if there is none, or the state that a killed writer left,
    whose run is then marked interrupted. If the block ends without publishing, the state is kept for the next writer.

    Raises WarehouseBusy if another process is writing, and WarehouseError if the published file is not a warehouse.
    """
    published = path.resolve()
    try:
        published.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseError(
            f"the folder of {published} cannot be made ({error.strerror}); "
            "name a warehouse in a folder that is there or can be made"
        ) from error
    with writer_lock(published):
        based_on = _publication_id(published)
        staging = _staging_path(published)
        con = _resume(staging, based_on) or _copy(published, staging)
        with closing(con):
            schema.migrate(con)
            _stamp(con, based_on)
            for run_id in runs.interrupt_unpublished(con, _published_run_ids(published)):
                logger.info("Going on with what the interrupted run %s had loaded", run_id)
            yield Staging(published=published, path=staging, con=con, based_on=based_on)


def unpublished_work(path: Path) -> bool:
    """Return whether a killed writer left articles or failures that the next `publish` would add.

    Raises WarehouseBusy while another process is writing, as nothing has been left behind then.
    """
    published = path.resolve()
    staging = _staging_path(published)
    if not staging.exists():
        return False
    with writer_lock(published):
        con = _resume(staging, _publication_id(published))
        if con is None:
            return False
        with closing(con):
            return _holds_rows_of_other_runs(con, _published_run_ids(published))


def files_of(path: Path) -> frozenset[Path]:
    """Return every path that belongs to the warehouse at `path`, itself included, whether it exists or not."""
    published = path.resolve()
    databases = [published, _staging_path(published), _copying_path(published)]
    return frozenset(
        [*databases, lock_path(published)]
        + [beside for database in databases for beside in [*_sidecars(database), _spill_path(database)]]
    )


def _staging_path(published: Path) -> Path:
    return published.with_name(published.name + ".staging")


def _copying_path(published: Path) -> Path:
    return published.with_name(published.name + ".copying")


def _spill_path(path: Path) -> Path:
    """Return the folder to which DuckDB spills what does not fit into memory."""
    return path.with_name(path.name + ".tmp")


def _sidecars(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in _SIDECARS]


def _resume(staging: Path, based_on: str | None) -> DuckDBPyConnection | None:
    """Open the state that a killed writer left, or return None if there is none that can be continued."""
    if not staging.exists():
        return None
    try:
        con = open_file(staging)
    except WarehouseError as error:
        logger.warning("Starting again from the published state: %s", error)
        return None
    if _is_based_on(con, based_on):
        return con
    con.close()
    logger.info("Discarding %s: it is not based on what is published now", staging)
    return None


def _copy(published: Path, staging: Path) -> DuckDBPyConnection:
    """Copy the published state to `staging`, or create an empty one there, and open it.

    The copy has a temporary name until it is complete. A .wal beside the published file is never the writer's own,
    which closes what it publishes: another program left it, and it is not copied.
    """
    copying = _copying_path(published)
    for path in (copying, *_sidecars(copying), staging, *_sidecars(staging)):
        path.unlink(missing_ok=True)
    for path in _sidecars(published):
        if path.exists():
            logger.warning("Leaving out %s: another program left it, and publishing removes it", path)
    if published.exists():
        shutil.copyfile(published, copying)
    else:
        create_file(copying)
    copying.replace(staging)
    return open_file(staging)


def _stamp(con: DuckDBPyConnection, based_on: str | None) -> None:
    """Give this state a new identifier, and record that of the state it is based on."""
    with transaction(con):
        con.execute("delete from publication")
        con.execute("insert into publication values (?, ?, ?)", [uuid.uuid4().hex, based_on, schema.schema_sha256()])


def _publication_id(published: Path) -> str | None:
    """Return the identifier of the published state, or None if there is none."""
    if not published.exists():
        return None
    with connect_read_only(published) as con:
        found = con.execute("select publication_id from publication").fetchall()
    if len(found) != 1:
        raise WarehouseError(
            f"{published} does not say which state it is: another program changed it; "
            "restore it, or move it and what lies beside it away and make it anew with `peyer run`"
        )
    return str(found[0][0])


def _is_based_on(con: DuckDBPyConnection, publication_id: str | None) -> bool:
    try:
        found = con.execute("select based_on from publication").fetchall()
    except duckdb.CatalogException:  # killed before the schema was created
        return False
    return found == [(publication_id,)]


def _published_run_ids(published: Path) -> list[str]:
    if not published.exists():
        return []
    with connect_read_only(published) as con:
        return [run_id for (run_id,) in con.execute("select run_id from runs").fetchall()]


def _holds_rows_of_other_runs(con: DuckDBPyConnection, run_ids: list[str]) -> bool:
    [(holds,)] = con.execute(
        """
        with written as (
            select run_id from articles
            union
            select run_id from failures
        )
        select exists (from written where run_id not in (select unnest($1::varchar[])))
        """,
        [run_ids],
    ).fetchall()
    return bool(holds)


def _flush(path: Path) -> None:
    """Flush a file, or the entries of a folder, to disk (fsync)."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
