from __future__ import annotations

import pytest

from extractors.language.name_forms import inn_subtype, names_a_trial, names_compound, names_disease


@pytest.mark.parametrize(
    ("word", "subtype"),
    [
        ("infliximab", "biologic"),
        ("etanercept", "biologic"),
        ("anakinra", "biologic"),
        ("tofacitinib", "small_molecule"),
        ("sirolimus", "small_molecule"),
        ("fingolimod", "small_molecule"),
        ("concept", ""),
        ("except", ""),
        ("receptor", ""),
        ("methotrexate", ""),
    ],
)
def test_stem_of_a_nonproprietary_name_tells_the_subtype(word: str, subtype: str) -> None:
    assert inn_subtype(word) == subtype


@pytest.mark.parametrize("code", ["GSK2982772", "MCC950", "H-151", "BMS-986165", "TAK-242", "AZD1480"])
def test_code_of_a_compound_is_one(code: str) -> None:
    assert names_compound(code)


@pytest.mark.parametrize("code", ["CD20", "IL-17", "ACR20", "COVID-19", "P2", "Th17", "TNF", "2024", "gsk2982772"])
def test_what_is_written_like_a_code_but_means_something_else(code: str) -> None:
    assert not names_compound(code)


def test_ending_of_a_disease_counts_in_long_words_only() -> None:
    assert names_disease("pericarditis")
    assert names_disease("lymphopenia")
    assert not names_disease("otitis"), "too short to be sure"
    assert not names_disease("prednisone")


def test_only_a_long_name_in_capitals_is_that_of_a_trial() -> None:
    assert names_a_trial("DREAM", "Trial")
    assert not names_a_trial("TNF", "trial")
    assert not names_a_trial("Dream", "trial")
    assert not names_a_trial("DREAM2", "trial")
    assert not names_a_trial("DREAM", "complex")
