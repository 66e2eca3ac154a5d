from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

from extractors.version import row_shaping_files

pytestmark = pytest.mark.model

PACKAGE = ROOT / "extractors"

WATCHED = """
import json, sys
opened = set()
sys.addaudithook(lambda event, args: opened.add(str(args[0])) if event == "open" else None)
from extractors.extract import extract
from extractors.readers.read import parse_article
article = parse_article(
    b"# JAK1\\n\\nTofacitinib (TOFA) inhibits JAK1 in mice with severe colitis.",
    article_id="a", source_uri="a", source_format="markdown",
)
[extraction] = extract([article])
assert extraction.relations
modules = [m.__file__ for name, m in sys.modules.items() if name.partition(".")[0] == "extractors"]
print(json.dumps([modules, sorted(opened)]))
"""


@pytest.fixture(scope="module")
def used() -> tuple[set[Path], set[Path]]:
    """The modules and the data files that one extraction loads, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", WATCHED], cwd=ROOT, capture_output=True, text=True, check=True)
    modules, opened = json.loads(done.stdout)
    data = {Path(name) for name in opened if not name.endswith((".py", ".pyc"))}
    return {Path(name) for name in modules}, {path for path in data if path.is_relative_to(PACKAGE) and path.is_file()}


def test_version_covers_every_module_that_is_loaded(used: tuple[set[Path], set[Path]]) -> None:
    modules, _ = used
    own = {PACKAGE / "version.py"}
    assert len(modules) > 80
    assert sorted(modules - set(row_shaping_files()) - own) == []


def test_version_covers_every_data_file_that_is_opened(used: tuple[set[Path], set[Path]]) -> None:
    _, opened = used
    assert {path.name for path in opened} >= {
        "relation_rules.jsonl",
        "heads.tsv",
        "names.marisa",
        "bc5cdr.npz",
        "linear.npz",
    }
    assert sorted(opened - set(row_shaping_files())) == []


def test_version_covers_little_that_is_not_loaded(used: tuple[set[Path], set[Path]]) -> None:
    modules, opened = used
    beyond = {path.relative_to(PACKAGE).as_posix() for path in set(row_shaping_files()) - modules - opened}
    loaded_on_demand = {
        "linking/scispacy_linker.py",  # --linker
        "data/linking/umls_semantic_types.tsv",
    }
    code = {name for name in beyond if name.endswith(".py")}
    assert code <= loaded_on_demand
    assert not any(name.startswith("development/") for name in beyond)
