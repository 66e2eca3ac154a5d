from __future__ import annotations

import time

import pytest
import spacy
from hand_made_docs import read
from spacy.tokens import Doc

from extractors.language import sentences
from extractors.language.sentences import begin_sentences_at_lines
from extractors.pipeline import base_pipeline


def split(text: str) -> list[str]:
    return [span.text.strip() for span in read(text).sents if span.text.strip()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zinc helps. It does so daily.", ["Zinc helps.", "It does so daily."]),
        ("It was P. syringae pv. tomato in all.", ["It was P. syringae pv. tomato in all."]),
        ("They had anti-H. pylori IgG.", ["They had anti-H. pylori IgG."]),
        ("It depletes B cells.1 Zinc helps.2", ["It depletes B cells.1", "Zinc helps.2"]),
        ("Zinc helps\nIt does", ["Zinc helps", "It does"]),
        ("Zinc helps (p < 0.05). It does.", ["Zinc helps (p < 0.05).", "It does."]),
        ("Doses of 2.5 mg vs. 5 mg were given.", ["Doses of 2.5 mg vs. 5 mg were given."]),
        ("It blocks factor B. Avacopan is new.", ["It blocks factor B.", "Avacopan is new."]),
        ("It lowers TNF. Avacopan is new.", ["It lowers TNF.", "Avacopan is new."]),
        ("S. aureus grew. E. coli did not.", ["S. aureus grew.", "E. coli did not."]),
        ("", []),
    ],
)
def test_sentences_of_a_text(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_paragraph_that_is_too_long_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "zinc and iron and copper and gold"
    assert split(text) == [text]
    monkeypatch.setattr(sentences, "_MAX_PIECE_TOKENS", 4)
    assert split(text) == ["zinc and iron and", "copper and gold"]


def test_rows_of_signs_take_no_time() -> None:
    begin = time.process_time()
    assert len(split("- . " * 2000)) >= 1
    assert time.process_time() - begin < 5


def test_lines_begin_sentences_before_a_parser() -> None:
    doc = spacy.blank("en")("Zinc helps\nIt does\n\nAgain it does")
    starts = [token.text for token in begin_sentences_at_lines(doc) if token.i and token.is_sent_start]
    assert starts == ["It", "Again"]


def test_a_parsed_text_keeps_its_sentences() -> None:
    parsed = Doc(
        base_pipeline().vocab,
        words=["Zinc", "\n", "helps", "cells"],
        heads=[2, 0, 2, 2],
        deps=["nsubj", "dep", "ROOT", "dobj"],
        tags=["NN", "_SP", "VBZ", "NNS"],
    )
    assert len(list(begin_sentences_at_lines(parsed).sents)) == 1
