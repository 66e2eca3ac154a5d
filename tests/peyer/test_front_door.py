"""`import peyer` gives what it lists, typed, and loads nothing that is not used."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from fnmatch import fnmatch

import pytest
from places import ROOT

import peyer

HEAVY = ("spacy", "numpy", "scispacy", "prefect", "duckdb", "pandas", "warehouse", "flows")

STEPS = f"""
import json, sys
def loaded():
    tops = {{name.partition(".")[0] for name in sys.modules}}
    return sorted(tops & set({HEAVY!r}))
seen = {{}}
import peyer
seen["import"] = loaded()
from peyer import Article, ArticleRelation, Concept, Extraction, Failure, Mention, Options, Relation, Section, Sentence
from peyer import ExtractionError, Extractions, OptionError, ReadError, connect, extract, load, read
seen["names"] = loaded()
article = read("raw/interleukin-blockade.md")
seen["read"] = loaded()
try:
    connect("nowhere.duckdb")
except peyer.WarehouseError:
    seen["connect"] = loaded()
print(json.dumps(seen))
"""

EXTRACTING = """
import sys
import peyer
found = peyer.extract("Tofacitinib inhibits JAK1.")
assert found.relations
tops = {name.partition(".")[0] for name in sys.modules}
print(sorted(tops & {"prefect", "duckdb", "pandas", "flows", "warehouse", "sqlalchemy", "fastapi"}))
"""


def run(script: str) -> str:
    command = [sys.executable, "-W", "ignore", "-c", script]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120).stdout


def test_nothing_is_loaded_before_it_is_used() -> None:
    assert json.loads(run(STEPS)) == {
        "import": [],
        "names": [],
        "read": [],
        "connect": ["duckdb", "warehouse"],
    }


@pytest.mark.model
def test_who_only_extracts_loads_no_scheduler_and_no_database() -> None:
    assert run(EXTRACTING).strip() == "[]"


def typed_names() -> set[str]:
    """The names that a type checker sees."""
    tree = ast.parse((ROOT / "peyer" / "__init__.py").read_text(encoding="utf-8"))
    [block] = [node for node in tree.body if isinstance(node, ast.If)]
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    return {alias.asname or alias.name for node in imports for alias in node.names}


def test_what_is_listed_is_there_and_nothing_else() -> None:
    assert dir(peyer) == peyer.__all__ == sorted(peyer.__all__)
    assert set(peyer.__all__) == set(vars(peyer)["_HOME"]) == typed_names()
    values = {name: getattr(peyer, name) for name in peyer.__all__}
    assert all(value is not None for value in values.values())
    names = {value.__name__ for name, value in values.items() if name != "__version__"}
    assert names == set(peyer.__all__) - {"Options", "__version__"} | {"ExtractorOptions"}


def test_what_is_not_listed_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'peyer' has no attribute 'extracted'"):
        getattr(peyer, "extracted")  # noqa: B009  a type checker knows that it is not there
    assert not hasattr(peyer, "spacy")


def test_every_public_name_is_described() -> None:
    assert [name for name in peyer.__all__ if name != "__version__" and not getattr(peyer, name).__doc__] == []


def test_package_is_shipped_with_its_types() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    setuptools = project["tool"]["setuptools"]
    for package in ("peyer", "extractors", "warehouse"):  # what peyer's signatures name comes from all three
        assert any(fnmatch(package, pattern) for pattern in setuptools["packages"]["find"]["include"])
        assert "py.typed" in setuptools["package-data"][package]
        assert (ROOT / package / "py.typed").is_file()
    assert "peyer" in project["tool"]["mypy"]["files"]
