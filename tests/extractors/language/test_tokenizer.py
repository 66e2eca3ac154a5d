from __future__ import annotations

import pickle

import pytest
from hand_made_docs import read

from extractors.pipeline import base_pipeline


def tokens(text: str) -> list[str]:
    return [token.text for token in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anti-TNF", ["anti", "-", "TNF"]),
        ("JAK1/JAK2", ["JAK1", "/", "JAK2"]),
        ("IL-4/IL-13", ["IL-4", "/", "IL-13"]),
        ("CCR5-Delta32", ["CCR5", "-", "Delta32"]),
        ("SOCS3-KO", ["SOCS3", "-", "KO"]),
        ("BET-inhibitors", ["BET", "-", "inhibitors"]),
        ("IL-17A.12", ["IL-17A", ".", "12"]),
        ("mitochondria.12,14", ["mitochondria", ".", "12,14"]),
        ("BA.2", ["BA.2"]),
        ("Kv1.3", ["Kv1.3"]),
        ("CD19-directed", ["CD19", "-", "directed"]),
        ("NF-κB-dependent", ["NF-κB", "-", "dependent"]),
        ("seizure-inducing", ["seizure", "-", "inducing"]),
        ("self-limiting", ["self-limiting"]),
        ("down-regulated", ["down-regulated"]),
        ("(MTX)-induced", ["(", "MTX", ")", "-", "induced"]),
        ("(TNF)-alpha", ["(", "TNF", ")", "-alpha"]),
        ("cisplatin- and", ["cisplatin", "-", "and"]),
        ("immuno- and", ["immuno-", "and"]),
        ("IL-17", ["IL-17"]),
        ("T-cell", ["T-cell"]),
    ],
)
def test_compounds_are_split_where_their_parts_are_names(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize("text", ["Zinc  helps.", "a" * 500 + " zinc " + "-" * 400, "x" * 300, " ", ""])
def test_the_text_stays_as_it_is(text: str) -> None:
    assert read(text).text == text


def test_a_long_run_without_blanks_is_one_token() -> None:
    assert tokens("A " + "-/" * 200 + " zinc.") == ["A", "-/" * 200, " ", "zinc", "."]


def test_the_tokenizer_can_be_pickled_and_stores_nothing() -> None:
    tokenizer = base_pipeline().tokenizer
    again = pickle.loads(pickle.dumps(tokenizer))
    assert [token.text for token in again("anti-TNF")] == ["anti", "-", "TNF"]
    assert again.to_bytes() == b""
    assert again.from_bytes(b"") is again
