"""Writes every table and view as a file, with a manifest that lists what was written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.connection import WarehouseError
from warehouse.schema import INTERNAL_TABLES

Format = Literal["parquet", "csv", "jsonl"]

MANIFEST = "manifest.json"

_COPY_OPTIONS: dict[Format, str] = {
    "parquet": "format parquet, compression zstd",
    "csv": "format csv, header true",
    "jsonl": "format json",
}

_VERSIONS = ("code_version", "model_version", "vocabulary_version", "rules_version", "extractor_version")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """A file that was written: its name in the folder, its number of rows and the hash of its bytes."""

    name: str
    rows: int
    sha256: str


def export_views(con: DuckDBPyConnection, out_dir: Path, fmt: Format) -> list[ExportedFile]:
    """Write every table and view to `out_dir`, and `manifest.json`; return what was written, by name.

    Rows are in a fixed order, so that two exports of the same state of the warehouse have the same bytes. Each file is
    written under a temporary name and renamed when it is complete, the manifest last. In CSV an empty string is `""`
    and a null is empty. `con` comes from `connect_read_only(path, export_dir=out_dir)`.

    Raises ValueError for an unknown format, and WarehouseError if `con` may not write to `out_dir`.
    """
    if fmt not in get_args(Format):
        raise ValueError(f"the format is {fmt!r}; expected one of {', '.join(get_args(Format))}")
    out_dir.mkdir(parents=True, exist_ok=True)
    written = [_export(con, name, out_dir.resolve(), fmt) for name in exported_names(con)]
    _write_manifest(con, out_dir, fmt, written)
    return written


def exported_names(con: DuckDBPyConnection) -> list[str]:
    """Return the names of the tables and views to export: all except the writer's bookkeeping."""
    found = con.execute(
        "select table_name from information_schema.tables where table_catalog = current_database()"
    ).fetchall()
    return sorted(name for (name,) in found if name not in INTERNAL_TABLES)


def _export(con: DuckDBPyConnection, name: str, out_dir: Path, fmt: Format) -> ExportedFile:
    final = out_dir / f"{name}.{fmt}"
    partial = final.with_name(final.name + ".partial")
    target = str(partial).replace("'", "''")
    try:
        [(rows,)] = con.execute(f"copy (from \"{name}\" order by all) to '{target}' ({_COPY_OPTIONS[fmt]})").fetchall()
    except (duckdb.PermissionException, duckdb.IOException) as error:
        raise WarehouseError(
            f"{final} cannot be written: {error}; the warehouse was opened for export to another folder, "
            "or the folder is not writable"
        ) from error
    with partial.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    partial.replace(final)
    return ExportedFile(name=final.name, rows=rows, sha256=sha256)


def _write_manifest(con: DuckDBPyConnection, out_dir: Path, fmt: Format, written: list[ExportedFile]) -> None:
    last_run = con.execute(
        f"select run_id, {', '.join(_VERSIONS)} from runs order by run_id desc limit 1"
    ).fetchone() or (None,) * (1 + len(_VERSIONS))
    manifest = {
        "format": fmt,
        "run_id": last_run[0],
        "versions": dict(zip(_VERSIONS, last_run[1:], strict=True)),
        "files": [asdict(file) for file in written],
    }
    partial = out_dir / (MANIFEST + ".partial")
    partial.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(out_dir / MANIFEST)
