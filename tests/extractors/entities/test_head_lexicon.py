from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.entities import head_lexicon
from extractors.entities.head_lexicon import STANDS, complement_prepositions, heads, valence_of

HEADER = "word\tentity_type\tsubtype\tstands\ttakes\tvalence\taspect\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "heads.tsv"
    monkeypatch.setattr(head_lexicon, "data_file", lambda name: path)
    heads.cache_clear()
    yield path
    heads.cache_clear()


def test_a_head_noun_has_type_condition_and_complements(file: Path) -> None:
    file.write_text(f"{HEADER}release\teffect\tprocess\tmodified\tof from\t\tsecretion\n", encoding="utf-8")
    (head,) = heads().values()
    assert (head.entity_type, head.subtype, head.stands, head.valence, head.aspect) == (
        "effect",
        "process",
        "modified",
        "",
        "secretion",
    )
    assert head.takes == {"of", "from"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "release\teffect\tprocess\tmodified\tof\t\tgiving off",
            "heads.tsv:2: aspect 'giving off'; aspects.tsv has activity",
        ),
        ("release\teffect\tprotein\tmodified\tof\t\t", "heads.tsv:2: no type effect/protein"),
        ("release\teffect\tprocess\toften\tof\t\t", "heads.tsv:2: stands 'often'; expected one of alone, modified"),
    ],
)
def test_a_faulty_line_is_named(file: Path, row: str, said: str) -> None:
    file.write_text(f"{HEADER}{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        heads()


def test_the_shipped_head_nouns_use_every_condition() -> None:
    assert {head.stands for head in heads().values()} == set(STANDS)
    assert "of" in complement_prepositions()
    assert {head.valence for head in heads().values()} == {"good", "bad", ""}


@pytest.mark.parametrize(
    ("subtype", "name", "valence"),
    [
        ("outcome", "clinical response", "good"),
        ("outcome", "disease activity", "bad"),
        ("process", "platelet activity", ""),
        ("outcome", "annualised relapse rate", "bad"),
        ("process", "hepatotoxicity", "bad"),
        ("process", "T-cell activation", ""),
        ("adverse_effect", "zest", "bad"),
        ("process", "zest", ""),
    ],
)
def test_valence_comes_from_the_last_word_that_has_one(subtype: str, name: str, valence: str) -> None:
    assert valence_of(subtype, name) == valence
