from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest
from places import ROOT

from extractors.language import lexicon
from extractors.language.lexicon import WORD_FILES, WordListError, word_list

LISTS = [(room, name) for room, path in WORD_FILES.items() for name in tomllib.loads(path.read_text(encoding="utf-8"))]


@cache
def used() -> dict[tuple[str, str], set[str]]:
    """List -> the rooms whose code names it."""
    found: dict[tuple[str, str], set[str]] = {}
    for path in (ROOT / "extractors").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "word_list":
                room, name = (ast.literal_eval(argument) for argument in node.args)
                found.setdefault((room, name), set()).add(path.relative_to(ROOT / "extractors").parts[0])
    return found


@pytest.mark.parametrize(("room", "name"), LISTS)
def test_list_is_used_by_its_own_room_alone(room: str, name: str) -> None:
    assert word_list(room, name)
    assert used()[room, name] if room == "language" else used()[room, name] == {room}


def test_every_list_that_is_asked_for_is_there() -> None:
    assert len(LISTS) > 80
    assert sorted(set(used()) - set(LISTS)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[a]\nwords = "b c"', "expected a reason and words"),
        ('[a]\nreason = " "\nwords = "b c"', "expected a reason and words"),
        ('[a]\nreason = "why"\nwords = "b b c"', "has b twice"),
        ('[a]\nreason = "why"\nwords = "b C"', "has C; expected lower case"),
    ],
)
def test_faulty_list_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str) -> None:
    path = tmp_path / "words.toml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setitem(lexicon.WORD_FILES, "elsewhere", path)
    with pytest.raises(WordListError, match=said):
        word_list("elsewhere", "a")


def test_list_that_is_not_there_is_refused() -> None:
    with pytest.raises(WordListError, match="no list 'nothing'; expected one of"):
        word_list("language", "nothing")
