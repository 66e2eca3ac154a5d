"""The documents say what the code does."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT
from typer.main import get_command

from extractors.development.evaluation.relations import extract_passages, read_passages, score_relations
from flows.cli import app
from warehouse.connection import connect_read_only

GOLDEN = sorted(path.name for path in (ROOT / "tests" / "golden").glob("passages*.tsv") if "heldout" not in path.name)
README = (ROOT / "README.md").read_text(encoding="utf-8")
PEYER = [sys.executable, "-m", "flows.cli"]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample articles and what `peyer run raw` made of them."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "raw", folder / "raw")
    done = run("peyer run raw", folder)
    assert done.returncode == 0, done.stderr
    (folder / "printed.txt").write_text(done.stdout, encoding="utf-8")
    return folder


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = re.sub(r"(\.venv/bin/)?peyer ", lambda _: " ".join(map(_quoted, PEYER)) + " ", line, count=1)
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        env={**_environment(), "PYTHONPATH": str(ROOT)},
    )


def _quoted(part: str) -> str:
    return f"'{part}'"


def _environment() -> dict[str, str]:
    import os

    return dict(os.environ)


@pytest.mark.model
@pytest.mark.slow
def test_first_screen_is_what_a_run_prints(home: Path) -> None:
    printed = [" ".join(line.split()) for line in (home / "printed.txt").read_text(encoding="utf-8").splitlines()]
    shown = blocks("console")[0].splitlines()[1:]
    missing = [line for line in map(" ".join, map(str.split, shown)) if line and line != "..." and line not in printed]
    assert missing == []


COMMANDS = [
    line.split("  #")[0].strip()
    for block in blocks("sh")
    for line in block.splitlines()
    if "peyer" in line and "schedule" not in line
]


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("line", COMMANDS)
def test_command_of_the_readme_runs(home: Path, line: str) -> None:
    done = run(line, home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_there_are_commands_to_run() -> None:
    assert len(COMMANDS) >= 8


@pytest.mark.parametrize("name", sorted(get_command(app).commands))  # type: ignore[attr-defined]
def test_command_is_described(name: str) -> None:
    assert f"peyer {name}" in README
    assert get_command(app).commands[name].help  # type: ignore[attr-defined]


@pytest.mark.model
@pytest.mark.slow
def test_every_table_and_view_is_described(home: Path) -> None:
    with connect_read_only(home / "peyer.duckdb") as con:
        rows = con.sql(
            "select table_name from duckdb_tables() where not internal "
            "union select view_name from duckdb_views() where not internal"
        ).fetchall()
    names = {name for (name,) in rows}
    assert len(names) > 15
    assert sorted(name for name in names if f"`{name}`" not in README) == []


@pytest.mark.model
@pytest.mark.parametrize("name", GOLDEN)
def test_figures_of_the_readme_are_what_is_measured(name: str) -> None:
    passages, gold = read_passages(ROOT / "tests" / "golden" / name)
    score = score_relations(gold, extract_passages(passages))
    [row] = [line for line in README.splitlines() if f"`tests/golden/{name}`" in line]
    cells = [cell.strip(" *") for cell in row.split("|")]
    assert cells[1] == str(score.passages)
    assert cells[3:6] == [f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}"]
    assert cells[6] == f"{score.flags_right}/{score.found}"


def test_markdown_links_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), ROOT / "raw" / "README.md"]:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
