from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors.language.normalisation import is_case_sensitive, key, words


@pytest.mark.parametrize(
    "names",
    [
        ("TNF-α", "TNF-alpha", "TNFα", "TNF α", "TNF alpha"),
        ("tumour necrosis factor", "Tumor Necrosis Factor", "tumor-necrosis factor"),
        ("TNF-β", "TNF-ß", "TNFß"),
        ("Sjögren syndrome", "Sjo¨gren syndrome"),
        ("T-cell activation", "T cell activation"),
        ("diarrhoea", "Diarrhea"),
        ("graft-versus-host disease", "graft versus host disease"),
        ("Crohn's disease", "Crohn’s disease"),
        ("interleukin-6", "Interleukin 6"),
    ],
)
def test_spellings_of_one_name_share_a_key(names: tuple[str, ...]) -> None:
    assert len({key(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("left", "right"), [("be an", "bean"), ("the in", "thein"), ("AIDS", "aids"), ("IL-6", "il-6")]
)
def test_different_names_do_not(left: str, right: str) -> None:
    assert key(left) != key(right)


def test_a_leading_equals_sign_makes_case_matter() -> None:
    assert key("=IMPACT") == "=IMPACT"
    assert key("impact") == "impact"


@pytest.mark.parametrize(("name", "expected"), [("CAT", True), ("Zinc", False), ("psoriasis", False), ("ES", True)])
def test_short_capitals_keep_their_case(name: str, expected: bool) -> None:
    assert is_case_sensitive(name) is expected


@given(st.text(max_size=60))
@example("Sjo¨gren")
def test_words_lie_where_they_say(text: str) -> None:
    for word in words(text):
        written = text[word.start : word.end]
        assert written[0].isalnum()
        assert re.sub("[¨´¸˜ˆ]", "", written).isalnum()  # an accent may stand beside its letter
