from __future__ import annotations

import pytest

from extractors.readers.blocks import Block
from extractors.readers.formats.line_wrapping import Hyphenation, join_lines, merge_broken_paragraphs

NOTHING_KNOWN = Hyphenation("")


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["an immuno-", "modulatory drug"], "an immunomodulatory drug"),
        (["modula-", "tion of"], "modulation of"),
        (["be-", "cause with-", "in"], "because within"),
        (["the gut-", "immune axis"], "the gut-immune axis"),
        (["TNF-", "α"], "TNF-α"),
        (["anti-", "TNF"], "anti-TNF"),
        (["anti-", "inflammatory anti-", "bodies"], "anti-inflammatory antibodies"),
        (["T-", "cell"], "T-cell"),
        (["IL-", "6"], "IL-6"),
        (["a double-", "blind trial"], "a double-blind trial"),
        (["mTOR-", "dependent"], "mTOR-dependent"),
        (["graft-versus-", "host disease"], "graft-versus-host disease"),
        (["pre-", "and post-operative"], "pre- and post-operative"),
        (["gut–", "brain axis"], "gut–brain axis"),
        (["so –", "and then"], "so – and then"),
        (["two", "  lines "], "two lines"),
    ],
)
def test_lines_join_as_the_words_are_written(lines: list[str], joined: str) -> None:
    assert join_lines(lines, NOTHING_KNOWN) == joined


@pytest.mark.parametrize(
    ("elsewhere", "joined"),
    [("the pseudo-allergy", "pseudo-allergy"), ("a pseudoallergy", "pseudoallergy")],
)
def test_what_the_document_writes_elsewhere_decides(elsewhere: str, joined: str) -> None:
    assert join_lines(["pseudo-", "allergy"], Hyphenation(f"It is {elsewhere}.")) == joined


def test_halves_at_line_ends_are_no_evidence_for_a_compound() -> None:
    assert join_lines(["cort-", "isol"], Hyphenation("more cort-\nisol and cort-\nisol again")) == "cortisol"


def paragraphs(*texts: str) -> list[Block]:
    return [Block(form="paragraph", text=text) for text in texts]


@pytest.mark.parametrize(
    "broken",
    [
        ("This article explores the mechanisms", "through which drugs act."),
        ("Patients with this disease were treated with", "TNF inhibitors."),
        (
            "The future of this field will be shaped by and depend upon knowledge of all gut-",
            "immune systems.",
        ),
    ],
)
def test_paragraph_broken_in_mid_sentence_is_made_whole(broken: tuple[str, str]) -> None:
    assert len(merge_broken_paragraphs(paragraphs(*broken), NOTHING_KNOWN)) == 1


@pytest.mark.parametrize(
    "separate",
    [
        ("This sentence has come to its end.", "mTOR inhibitors are next."),
        ("This line has no full stop at its end", "Here a new one begins."),
        ("Department of Sample Immunology, Colonville", "someone@colonville.example"),
        ("Key points of this review for all", "mTOR inhibitors suppress T cells."),
    ],
)
def test_paragraphs_that_are_whole_stay_apart(separate: tuple[str, str]) -> None:
    assert len(merge_broken_paragraphs(paragraphs(*separate), NOTHING_KNOWN)) == 2


def test_page_number_between_the_halves_goes_behind_them() -> None:
    blocks = paragraphs("A sentence that the end of a page", "17", "has cut in two.")
    merged = merge_broken_paragraphs(blocks, NOTHING_KNOWN)
    assert [block.text for block in merged] == ["A sentence that the end of a page has cut in two.", "17"]


def test_list_items_are_not_merged() -> None:
    blocks = [Block(form="item", text=text) for text in ("one item of some length without stop", "another")]
    assert merge_broken_paragraphs(blocks, NOTHING_KNOWN) == blocks
