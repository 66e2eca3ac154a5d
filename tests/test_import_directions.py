"""Imports go one way: between the packages, between the rooms of `extractors`, and between modules."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from places import ROOT

LEVELS = [
    {"options", "data"},
    {"records"},
    {"annotations"},
    {"language"},
    {"readers", "linking"},
    {"entities", "relations"},
    {"pipeline", "version"},
    {"extract"},
    {"development"},
]
"""The rooms of `extractors`, lowest first. A room imports from rooms further down, and from itself."""

MAY_USE = {
    "extractors": {"extractors"},
    "warehouse": {"warehouse", "extractors"},
    "flows": {"flows", "warehouse", "extractors"},
    "peyer": {"peyer", "warehouse", "extractors"},
}


def modules() -> dict[str, Path]:
    found = {}
    for package in MAY_USE:
        for path in (ROOT / package).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


@cache
def imports_of(name: str) -> set[str]:
    """The modules of this project that a module imports, where it does so only when it is called too."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full in MODULES else node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return {other for other in found if other in MODULES} - {name}


def room_of(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


@pytest.mark.parametrize("name", sorted(MODULES))
def test_packages_and_rooms_import_downwards(name: str) -> None:
    package = name.partition(".")[0]
    level = {room: number for number, rooms in enumerate(LEVELS) for room in rooms}
    for other in imports_of(name):
        assert other.partition(".")[0] in MAY_USE[package]
        if package == "warehouse" and not other.startswith("warehouse"):
            assert other == "extractors.records"
        if package == "extractors" and room_of(name) != room_of(other):
            assert level[room_of(other)] < level[room_of(name)], f"{name} imports {other}"


def test_every_room_has_its_level() -> None:
    rooms = {room_of(name) for name in MODULES if name.startswith("extractors.")}
    assert rooms == set().union(*LEVELS)


def test_modules_import_in_no_circle() -> None:
    imports = {name: imports_of(name) for name in MODULES}
    order = list(TopologicalSorter(imports).static_order())  # raises CycleError where there is one
    assert len(order) == len(MODULES)


@pytest.mark.parametrize("folder", sorted({path.parent for path in MODULES.values()}), ids=lambda p: p.name)
def test_folder_says_what_it_answers(folder: Path) -> None:
    tree = ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
