"""What a rule means is a field of the rule: code names no rule, so that renaming one changes nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from places import ROOT

from extractors.relations.arguments.dependency_patterns import read_frames
from extractors.relations.rules import read_relation_rules

RULES = {rule.id for rule in read_relation_rules()}
PATTERNS = {frame.id for frame in read_frames()}
CODE = sorted((ROOT / "extractors").rglob("*.py"))


def named_in(tree: ast.AST) -> set[str]:
    """Identifiers of rules, and of patterns where they are no common word, that stand in code as strings."""
    strings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return strings & (RULES | {name for name in PATTERNS if "-" in name})


def compared_identifiers(tree: ast.AST) -> list[str]:
    """Comparisons of the `id` of a rule or frame, and of what it begins with, with a string."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            is_id = any(isinstance(side, ast.Attribute) and side.attr == "id" for side in sides)
            if is_id and any(isinstance(part, ast.Constant) for side in sides for part in ast.walk(side)):
                found.append(ast.unparse(node))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = node.func.value
            if node.func.attr in ("startswith", "endswith") and isinstance(of, ast.Attribute) and of.attr == "id":
                found.append(ast.unparse(node))
    return found


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_code_names_no_rule(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert named_in(tree) == set()
    assert compared_identifiers(tree) == []


def test_naming_a_rule_is_seen() -> None:
    tree = ast.parse('if rule.id == "inhibit-verb" or rule.id.startswith("modul"): pass')
    assert named_in(tree) == {"inhibit-verb"}
    assert len(compared_identifiers(tree)) == 2


def test_every_rule_identifier_would_be_seen() -> None:
    assert len(RULES) > 50
    assert all("-" in name for name in RULES)
