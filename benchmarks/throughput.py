"""Articles and relations per second and peak memory of `peyer run` over BC5CDR's 1,500 abstracts; then run again.

Usage: python benchmarks/throughput.py [CORPORA] [--workers N]   (CORPORA: the folder that holds bc5cdr/)
BC5CDR: Li et al., BioCreative V CDR task corpus, Database 2016. The abstracts are written to a temporary folder as
plain text, one file each.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

PARTS = ("Training", "Development", "Test")
ROOT = Path(__file__).parent.parent


def abstracts(corpora: Path) -> dict[str, str]:
    """Return PubMed id -> title, a blank line, abstract."""
    texts: dict[str, list[str]] = {}
    for part in PARTS:
        data = gzip.decompress((corpora / "bc5cdr" / f"CDR_{part}Set.PubTator.txt.gz").read_bytes())
        for line in data.decode("utf-8").splitlines():
            if found := re.match(r"(\d+)\|[ta]\|(.*)", line):
                texts.setdefault(found[1], []).append(found[2])
    return {pmid: "\n\n".join(both) for pmid, both in texts.items()}


def timed_run(folder: Path, *, workers: int) -> tuple[float, float, str]:
    """Run the command once; return seconds, the peak memory of its largest process in MB, and its first line."""
    command = [sys.executable, "-m", "flows.cli", "run", "raw", "--workers", str(workers)]
    start = time.monotonic()
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    seconds = time.monotonic() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return seconds, peak, done.stdout.splitlines()[0]


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="?", type=Path, default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    if not (given.corpora / "bc5cdr").is_dir():
        print(f"skipped: no {given.corpora / 'bc5cdr'}; name the folder that holds bc5cdr/")
        return 0
    texts = abstracts(given.corpora)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "raw").mkdir()
        for pmid, text in texts.items():
            (folder / "raw" / f"{pmid}.txt").write_text(text, encoding="utf-8")
        first, peak, said = timed_run(folder, workers=given.workers)
        before = (folder / "peyer.duckdb").read_bytes()
        with duckdb.connect(folder / "peyer.duckdb", read_only=True) as warehouse:
            [relations] = warehouse.execute("select count(*) from relations").fetchone() or (0,)
        again, _, said_again = timed_run(folder, workers=given.workers)
        unchanged = (folder / "peyer.duckdb").read_bytes() == before
        size = len(before) / 1e6
    print("| run | articles | workers | seconds | articles/s | relations | relations/s | peak MB | says |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
    print(
        f"| first | {len(texts)} | {given.workers} | {first:.1f} | {len(texts) / first:.1f} | {relations} "
        f"| {relations / first:.1f} | {peak:.0f} | {said} |"
    )
    print(f"| again | {len(texts)} | {given.workers} | {again:.1f} | | | | | {said_again} |")
    print(f"second run: {again / first:.1%} of the first; file of {size:.1f} MB left byte for byte alone: {unchanged}")
    return 0 if unchanged else 1


if __name__ == "__main__":
    raise SystemExit(main())
