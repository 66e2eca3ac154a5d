"""The examples of the public functions and of docs/python.md run, and give what they show."""

from __future__ import annotations

import ast
import contextlib
import doctest
import io
import re
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from places import ROOT

import peyer

pytestmark = pytest.mark.model

GUIDE = ROOT / "docs" / "python.md"
_BLOCK = re.compile(r"^```(python(?: pandas)?)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Cell:
    """A block of code, whether it needs pandas, and what it shows; None: the guide does not say."""

    line: int
    code: str
    needs_pandas: bool
    shown: str | None


def cells() -> list[Cell]:
    text = GUIDE.read_text(encoding="utf-8")
    return [
        Cell(text.count("\n", 0, block.start()) + 1, block[2], block[1].endswith("pandas"), block[3])
        for block in _BLOCK.finditer(text)
    ]


def shown_by(code: str, names: dict[str, Any]) -> str:
    """Run a cell as a notebook does; return what it prints, and the value of the expression that ends it."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(tree, str(GUIDE), "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), str(GUIDE), "eval"), names)
            if value is not None:
                print(repr(value))
    return out.getvalue()


def run(chosen: list[Cell]) -> None:
    names: dict[str, Any] = {}
    for cell in chosen:
        shown = shown_by(cell.code, names)
        if cell.shown is not None:
            assert shown == cell.shown, f"{GUIDE.name}:{cell.line}"


@pytest.mark.model
def test_the_guide_runs_and_shows_what_it_says(notebook_folder: Path) -> None:
    if find_spec("pandas") is None:
        run([cell for cell in cells() if not cell.needs_pandas])
        pytest.skip("the cells that need pandas were left out; pandas is optional: pip install '.[pandas]'")
    import pandas

    with pandas.option_context("display.width", 120, "display.max_columns", 20):  # a notebook's
        run(cells())


def test_cells_are_marked_where_they_need_pandas() -> None:
    assert sum(cell.needs_pandas for cell in cells()) >= 3
    assert sum(cell.shown is not None for cell in cells()) >= 6
    assert [cell.line for cell in cells() if not cell.needs_pandas and re.search(r"frame|\.df\(", cell.code)] == []


def test_every_block_of_code_is_run() -> None:
    assert len(cells()) == len(re.findall(r"^```python", GUIDE.read_text(encoding="utf-8"), re.MULTILINE))


def test_the_guide_names_what_is_public() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert [name for name in peyer.__all__ if not re.search(rf"\b{name}\b", text)] == []


MODULES = ["peyer", *(f"peyer.{path.stem}" for path in sorted((ROOT / "peyer").glob("_[a-z]*.py")))]


@pytest.mark.model
@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module(name: str, notebook_folder: Path) -> None:
    module = import_module(name)
    assert isinstance(module, ModuleType)
    assert doctest.testmod(module).failed == 0


def test_public_functions_have_examples() -> None:
    for public in (peyer.extract, peyer.read, peyer.load, peyer.connect, peyer.Extractions, peyer):
        assert ">>>" in (public.__doc__ or ""), public
