"""Whether two checkouts make the same rows from the same texts.

Usage: python benchmarks/same_rows.py OLD NEW [--sets raw,passages] [--sample N] [--show 20] [--cache FOLDER]

OLD and NEW are folders or git revisions ("HEAD", "main~3"; a revision is checked out into a temporary folder). Both
run in this interpreter's environment through the commands only: `peyer run` fills a warehouse, of which every table
is dumped, and `peyer extract` reads JSON lines. What says who made a row and when (runs, versions) is left out;
identifiers, offsets, scores and methods count. Prints a hash for each set and side, then the first rows that differ;
exits with 1 where any does. With --cache the rows of a checkout without changes are kept in FOLDER and not made again.

Sets: `raw` (the sample articles), `shared` (../shared/raw), `passages` (tests/golden/passages*.tsv without the
held-out files), `bc5cdr` (its 1,500 abstracts: Li et al., BioCreative V CDR task corpus, Database 2016), `jsonl`
(the passages and every twentieth abstract as JSON lines, hard-wrapped ones among them). A set whose texts are not
there is reported as skipped.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import textwrap
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb
from throughput import abstracts

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
SETS = ("raw", "shared", "passages", "bc5cdr", "jsonl")
RUN_COLUMNS = frozenset({"run_id", "extractor_version", "resolved_run_id", "source_uri"})
"""Columns that say when, from where or by which version a row was made."""
RUN_TABLES = frozenset({"runs", "publication", "schema_migrations"})


def passages() -> dict[str, str]:
    """Return passage id -> text, of the golden files that are not held out."""
    texts: dict[str, str] = {}
    for path in sorted((ROOT / "tests" / "golden").glob("passages*.tsv")):
        if "heldout" not in path.name:
            with path.open(encoding="utf-8", newline="") as lines:
                rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
                texts |= {f"{path.stem}-{row['doc']}": row["evidence_sentence"] for row in rows}
    return texts


def write_inputs(folder: Path, wanted: list[str], sample: int) -> Iterator[tuple[str, Path]]:
    """Write the texts of each wanted set and yield (set, folder or JSON-lines file); skip what is not there."""
    for name, source in (("raw", ROOT / "raw"), ("shared", SHARED / "raw")):
        if name in wanted and source.is_dir():
            yield name, source.resolve()
    has_bc5cdr = (SHARED / "corpora" / "bc5cdr").is_dir()
    documents = {
        "passages": passages(),
        "bc5cdr": dict(list(abstracts(SHARED / "corpora").items())[::sample]) if has_bc5cdr else {},
    }
    for name, texts in documents.items():
        if name in wanted and texts:
            (folder / name).mkdir()
            for text_id, text in texts.items():
                (folder / name / f"{text_id}.txt").write_text(text, encoding="utf-8")
            yield name, folder / name
    if "jsonl" in wanted:
        lines = list(documents["passages"].items()) + list(documents["bc5cdr"].items())[::20]
        wrapped = [(f"{text_id}-wrapped", textwrap.fill(text, 72)) for text_id, text in lines[::10]]
        path = folder / "texts.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps({"article_id": i, "text": text}) + "\n" for i, text in lines + wrapped)
        yield "jsonl", path


@contextmanager
def checkout(which: str) -> Iterator[Path]:
    """Give the folder of a checkout; of a git revision one made for the time being."""
    if Path(which).is_dir():
        yield Path(which).resolve()
        return
    with tempfile.TemporaryDirectory() as name:
        tree = Path(name) / "tree"
        subprocess.run(["git", "worktree", "add", "--detach", tree, which], cwd=ROOT, check=True, capture_output=True)
        try:
            yield tree
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=ROOT, check=True)


def environment(tree: Path, folder: Path) -> dict[str, str]:
    """Return an environment in which the checkout is what `peyer` means, its entry points too."""
    info = folder / "peyer-0.dist-info"
    info.mkdir(parents=True)
    project = tomllib.loads((tree / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: peyer\nVersion: {project['version']}\n")
    sections = {"console_scripts": project["scripts"], **project["entry-points"]}
    lines = [f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in s.items()) for name, s in sections.items()]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    path = os.pathsep.join([str(folder), str(tree)])
    home = folder.parent.parent / f"prefect-{folder.parent.name[-1]}"  # two runs must not set up one home at once
    prefect = {"PREFECT_HOME": str(home), "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180"}
    return {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", **prefect}


def dump(tree: Path, name: str, source: Path, folder: Path) -> list[str]:
    """Return every row that a checkout makes of a set, sorted, as lines of JSON that begin with the table's name."""
    folder.mkdir()
    peyer = [sys.executable, "-m", "flows.cli"]
    env = environment(tree, folder / "environment")
    if name == "jsonl":
        done = subprocess.run([*peyer, "extract", source], cwd=folder, env=env, capture_output=True, text=True)
        if not done.stdout:
            raise SystemExit(f"{tree}: peyer extract failed:\n{done.stderr}")
        lost = [f"stderr {line}" for line in done.stderr.splitlines() if line.startswith("peyer extract: ")]
        return sorted(f"extract {line}" for line in done.stdout.splitlines()) + lost
    done = subprocess.run(
        [*peyer, "run", source, "--warehouse", folder / "rows.duckdb"],
        cwd=folder, env=env, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{tree}: peyer run failed:\n{done.stderr}")
    rows = []
    with duckdb.connect(folder / "rows.duckdb", read_only=True) as con:
        tables = con.sql("select table_name from duckdb_tables() where not internal order by 1").fetchall()
        for (table,) in tables:
            if table in RUN_TABLES:
                continue
            columns = [c for (c, *_) in con.sql(f'describe "{table}"').fetchall() if c not in RUN_COLUMNS]
            for values in con.sql(f'select {", ".join(map(_quoted, columns))} from "{table}"').fetchall():
                row = dict(zip(columns, values, strict=True))
                rows.append(f"{table} {json.dumps(row, ensure_ascii=False, default=str)}")
    return sorted(rows)


def _quoted(column: str) -> str:
    return f'"{column}"'


def hashed(rows: list[str]) -> str:
    """Return a short hash of rows."""
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def tree_id(tree: Path) -> str | None:
    """Return what names the content of a checkout; None where it has changes that are not committed."""
    git = ["git", "-C", str(tree)]
    if subprocess.run([*git, "status", "--porcelain"], check=True, capture_output=True, text=True).stdout:
        return None
    return subprocess.run([*git, "rev-parse", "HEAD^{tree}"], check=True, capture_output=True, text=True).stdout.strip()


def cached_dump(tree: Path, name: str, source: Path, folder: Path, cache: Path | None, sample: int) -> list[str]:
    """Return what `dump` does, from the cache where it is there."""
    known = tree_id(tree) if cache is not None else None
    if cache is None or known is None:
        return dump(tree, name, source, folder)
    path = cache / f"{known}-{name}-{sample}.json.gz"
    if not path.is_file():
        rows = dump(tree, name, source, folder)
        cache.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(json.dumps(rows).encode(), 1))
        return rows
    kept: list[str] = json.loads(gzip.decompress(path.read_bytes()))
    return kept


def main() -> int:
    """Compare, and print a line for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--sets", default=",".join(SETS), help=f"of {', '.join(SETS)}")
    parser.add_argument("--sample", type=int, default=1, help="every Nth abstract of bc5cdr alone")
    parser.add_argument("--show", type=int, default=20, help="how many differing rows to print")
    parser.add_argument("--cache", type=Path, help="folder for the rows of checkouts without changes")
    given = parser.parse_args()
    wanted = given.sets.split(",")
    if unknown := set(wanted) - set(SETS):
        parser.error(f"no set {', '.join(sorted(unknown))}; expected some of {', '.join(SETS)}")
    differing = 0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        trees = [stack.enter_context(checkout(which)) for which in (given.old, given.new)]
        inputs = list(write_inputs(folder, wanted, given.sample))
        for name in wanted:
            if name not in dict(inputs):
                print(f"{name:<9} skipped: its texts are not there")
        for name, source in inputs:
            with ThreadPoolExecutor(2) as both:
                jobs = [
                    both.submit(cached_dump, tree, name, source, folder / f"{name}-{i}", given.cache, given.sample)
                    for i, tree in enumerate(trees)
                ]
                old, new = (job.result() for job in jobs)
            sides = [f"{len(rows):>8,} rows {hashed(rows)}" for rows in (old, new)]
            print(f"{name:<9} {sides[0]}   {sides[1]}   {'same' if old == new else 'DIFFERENT'}", flush=True)
            if old != new:
                differing += 1
                lost, gained = set(old) - set(new), set(new) - set(old)
                changes = [f"- {row}" for row in lost] + [f"+ {row}" for row in gained]
                for change in sorted(changes, key=lambda line: line[2:])[: given.show]:
                    print(f"  {change}")
                print(f"  {len(lost):,} rows gone, {len(gained):,} rows new")
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main())
