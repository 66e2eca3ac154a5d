from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from extractors.pipeline import load_pipeline


def texts(nlp: Language, text: str) -> list[str]:
    return [token.text for token in nlp.make_doc(text)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("anti-TNF", ["anti", "-", "TNF"]),
        ("JAK1/JAK2 inhibitor", ["JAK1", "/", "JAK2", "inhibitor"]),
        ("CD19-directed", ["CD19", "-", "directed"]),
        ("TNF-α and T-cell", ["TNF-α", "and", "T-cell"]),
        ("cisplatin- and TNF-α-induced", ["cisplatin", "-", "and", "TNF-α", "-", "induced"]),
        ("immuno- and pro-inflammatory", ["immuno-", "and", "pro-inflammatory"]),
    ],
)
def test_compounds_are_split_where_their_parts_are_mentions(nlp: Language, text: str, tokens: list[str]) -> None:
    assert texts(nlp, text) == tokens


@pytest.mark.parametrize("sign", ["(", "$", ".", "[", "x"])
def test_an_endless_run_is_one_token_and_what_is_around_it_is_read(nlp: Language, sign: str) -> None:
    run = sign * 50_000
    doc = nlp(f"Infliximab treats psoriasis. {run} Zinc is given.\n\nTofacitinib inhibits JAK1.")
    assert run in {token.text for token in doc}
    assert len(doc._.relations) == 2


@pytest.mark.model
@given(st.lists(st.sampled_from(["a" * 299, "a" * 300, "(" * 400, " ", "  ", "\n\n", "TNF-α.", "b"]), max_size=12))
def test_the_text_stays_the_same_to_the_character(parts: list[str]) -> None:
    text = "".join(parts)
    assert load_pipeline().make_doc(text).text == text


def test_a_paragraph_of_any_length_is_cut_behind_full_stops(nlp: Language) -> None:
    doc = nlp("Infliximab treats psoriasis. " * 500)
    assert {sentence.text.strip() for sentence in doc.sents} == {"Infliximab treats psoriasis."}


def test_a_definition_does_not_reach_over_sentences(nlp: Language) -> None:
    doc = nlp("JOINT ALLIED KINASES\n\nThe Janus kinase (JAK) binds STAT3.")
    assert {short._.long_form.text for short in doc._.abbreviations} == {"Janus kinase"}
