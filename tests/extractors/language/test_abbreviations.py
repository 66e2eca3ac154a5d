from __future__ import annotations

import pytest
from hand_made_docs import read

from extractors.language.abbreviations import long_forms


def defined(text: str) -> dict[str, str]:
    return {short: long.text for short, long in long_forms(read(text)).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tumour necrosis factor (TNF) rose.", {"TNF": "Tumour necrosis factor"}),
        ("Myotonic dystrophy (DM) is rare.", {"DM": "Myotonic dystrophy"}),
        ("Acetylsalicylic acid [ASA] helps.", {"ASA": "Acetylsalicylic acid"}),
        ("Methotrexate (MTX; 15 mg) helps.", {"MTX": "Methotrexate"}),
        ("Methotrexate (MTX 15 mg) helps.", {"MTX": "Methotrexate"}),
        ("Zinc (daily) helps.", {}),
        ("IBC (Inflammatory Breast Cancer) is rare.", {"IBC": "Inflammatory Breast Cancer"}),
        ("RA (Inflammatory Breast Cancer) is rare.", {}),
        ("It was tumour necrosis. Factor (TNF) rose.", {}),
        ("Nothing is defined.", {}),
    ],
)
def test_definitions_within_a_sentence(text: str, expected: dict[str, str]) -> None:
    assert defined(text) == expected


def test_every_use_has_the_long_form_that_holds_there() -> None:
    doc = read("Rheumatoid arthritis (RA) is common. RA hurts. Here retinoic acid (RA) was given, and RA helped.")
    uses = [
        (short.start, short._.long_form.text) for short in sorted(doc._.abbreviations, key=lambda short: short.start)
    ]
    assert [text for _, text in uses] == ["Rheumatoid arthritis"] * 2 + ["retinoic acid"] * 2
    assert long_forms(doc)["RA"].text == "Rheumatoid arthritis", "the first definition"


def test_a_bracket_behind_a_name_need_not_define_it() -> None:
    doc = read("Rheumatoid arthritis (RA) is one of the rheumatic and autoimmune diseases (RA). RA hurts.")
    assert {short._.long_form.text for short in doc._.abbreviations} == {"Rheumatoid arthritis"}


def test_long_brackets_take_no_time_and_define_nothing() -> None:
    assert defined("It rose (" + "and so on " * 50 + ") again.") == {}


def test_a_use_that_is_split_between_sentences_is_none() -> None:
    doc = read("Helicobacter pylori (H. pylori) is common. It was anti-H. Pylori is common.")
    assert all(not any(token.is_sent_start for token in short[1:]) for short in doc._.abbreviations)
    assert len(doc._.abbreviations) == 1
