from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.readers.read import parse_article
from extractors.readers.source import ReadError
from extractors.records import Article

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=10)
SENTENCES = st.lists(WORDS, min_size=4, max_size=30).map(lambda words: " ".join(words).capitalize() + ".")
DOCUMENTS = st.lists(SENTENCES, min_size=1, max_size=6)


def parse(text: str) -> Article:
    return parse_article(text.encode(), source_format="text", article_id="a", source_uri="-")


def sections_of(text: str) -> list[tuple[str, str | None, str]]:
    """Kind, heading and text of each section."""
    article = parse(text)
    return [(s.kind, s.heading, article.text[s.start_char : s.end_char]) for s in article.sections]


def kinds_of(text: str) -> list[str]:
    return [kind for kind, _, _ in sections_of(text)]


def test_text_without_headings_is_body() -> None:
    text = "Zinc improves the mucosal\nbarrier. It is absorbed.\n\nIt is also cheap."
    assert sections_of(text) == [
        ("body", None, "Zinc improves the mucosal barrier. It is absorbed.\n\nIt is also cheap.")
    ]


def test_short_first_line_is_the_title() -> None:
    article = parse("Zinc and the mucosal\nbarrier*\n\nZinc improves the barrier.\n")
    assert article.title == "Zinc and the mucosal barrier"
    assert article.text == "Zinc and the mucosal barrier\n\nZinc improves the barrier."


def test_first_words_of_a_broken_sentence_are_no_title() -> None:
    article = parse("Zinc improves the mucosal barrier of\n\nmice and of men. It is cheap.")
    assert article.title is None
    assert article.text == "Zinc improves the mucosal barrier of mice and of men. It is cheap."


def test_names_under_the_title_are_authors_even_without_blank_lines() -> None:
    text = (
        "Zinc and the mucosal barrier\nCleo Crypt1,*, Nora van der Dome2 and A. B. Lumen1\n"
        "1Department of Gut, University of Ileum\n2Hospital of Colon\n*c.crypt@ileum.example\n\n"
        "ABSTRACT\nZinc improves the barrier.\n"
    )
    assert [(kind, heading) for kind, heading, _ in sections_of(text)] == [
        ("title", None),
        ("authors", None),
        ("abstract", "ABSTRACT"),
    ]


def test_imprint_above_the_title_is_metadata_below_it() -> None:
    text = (
        "Journal of Imaginary Zinc\nVolume 2, Issue 3, 2024\n\nMini Review\n\nZinc and the mucosal barrier\n"
        "Cleo Crypt* and Nora Dome\n\nINTRODUCTION\nZinc is a metal.\n"
    )
    assert kinds_of(text) == ["title", "metadata", "authors", "introduction"]
    article = parse(text)
    assert article.title == "Zinc and the mucosal barrier"
    assert (article.journal, article.article_type) == ("Journal of Imaginary Zinc", "Mini review")


def test_citation_of_one_record_has_its_labels_on_lines() -> None:
    text = "PMID: 12345\nTitle: Zinc in mice\nBACKGROUND: Zinc is a metal. RESULTS: Mice ate it.\n"
    assert parse(text).title == "Zinc in mice"
    assert kinds_of(text) == ["title", "metadata", "introduction", "results"]


def test_running_lines_in_a_sentence_go_behind_it() -> None:
    text = "Zinc reduces the secretion of IFN-γ and\n\n2 of 7\n\nJ. Imag. Zinc 2024, 12, 345\n\nIL-17 in mice.\n"
    assert [section[::2] for section in sections_of(text)] == [
        ("body", "Zinc reduces the secretion of IFN-γ and IL-17 in mice."),
        ("metadata", "2 of 7\n\nJ. Imag. Zinc 2024, 12, 345"),
    ]


def test_headings_in_capitals_need_no_blank_line() -> None:
    text = "INTRODUCTION\nZinc is a metal.\nCONCLUSION\n\nIt is cheap.\nREFERENCES\n1. Crypt C. J Imag 2024;1:2."
    assert kinds_of(text) == ["introduction", "conclusion", "references"]


def test_numbered_headings_inherit_the_kind_above() -> None:
    text = (
        "1. Results\n\nWe found this.\n\n1.1. JAK inhibitors\n\nThey act.\n\n2. Zinc\n\nIt acts as well.\n\n"
        "References\n\n1. Crypt C. J Imag 2024;1:2."
    )
    assert kinds_of(text) == ["results", "results", "body", "references"]


def test_short_line_between_paragraphs_is_a_heading() -> None:
    text = (
        "INTRODUCTION\n\nZinc is a metal.\n\nJAK inhibitors\n\n"
        "Tofacitinib inhibits Janus kinases in patients with active colitis.\n"
    )
    assert ("introduction", "JAK inhibitors") in [(kind, heading) for kind, heading, _ in sections_of(text)]


def test_sentence_in_capitals_is_text() -> None:
    text = "Zinc is a metal.\n\nDO NOT GIVE ZINC TO PATIENTS WITH\nCOPPER DEFICIENCY.\n\nIt is cheap."
    assert (
        parse(text).text == "Zinc is a metal.\n\nDO NOT GIVE ZINC TO PATIENTS WITH COPPER DEFICIENCY.\n\nIt is cheap."
    )


@pytest.mark.parametrize("separator", ["\n", " ", "\n\n"])
def test_structured_abstract_has_its_parts(separator: str) -> None:
    parts = [
        "Background: Zinc is a metal.",
        "Methods: We ate it.",
        "Results: It tasted.",
        "Conclusions: No more.",
    ]
    found = sections_of(separator.join(parts))
    assert [kind for kind, _, _ in found] == ["introduction", "methods", "results", "conclusion"]
    assert [text for _, _, text in found] == parts


def test_labelled_paragraphs_are_not_read_and_end_with_themselves() -> None:
    text = (
        "Keywords: zinc, copper\n\nZinc is a metal.\n\nFunding: None. Conflicts of interest: None.\n\n"
        "It is cheap.\n\nReceived: 3 May 2024; Published: 5 May 2024\n"
    )
    assert kinds_of(text) == ["keywords", "body", "funding", "conflict_of_interest", "body", "metadata"]


def test_reference_list_without_heading_is_found() -> None:
    references = "".join(f"[{n}] Crypt C, Dome N. Zinc treats gout. J Imag 2024;{n}:5-9.\n" for n in range(1, 4))
    assert kinds_of(f"Zinc is a metal [1-3].\n\n{references}") == ["body", "references"]


def test_prose_with_years_is_not_a_reference_list() -> None:
    text = "".join(f"- In {year}, zinc was given to 40 patients, and it helped.\n" for year in (2020, 2021, 2022))
    assert kinds_of(f"Zinc has a history:\n\n{text}") == ["body"]


def test_list_items_are_paragraphs_without_marks() -> None:
    text = "Zinc has uses:\n- it treats deficiency,\n  above all in children;\n• it helps skin.\n1) It is cheap."
    assert parse(text).text == "\n\n".join(
        ["Zinc has uses:", "it treats deficiency, above all in children;", "it helps skin.", "It is cheap."]
    )


def test_rows_of_a_table_keep_their_lines() -> None:
    text = "Zinc is a metal.\n\nDrug\tTarget\ninfliximab\tTNF-&alpha;\n\nIt is cheap."
    assert parse(text).text == "Zinc is a metal.\n\nDrug | Target\ninfliximab | TNF-α\n\nIt is cheap."


def test_underlined_line_is_a_heading() -> None:
    assert sections_of("Methods\n-------\nWe ate zinc.\n") == [("methods", "Methods", "Methods\n\nWe ate zinc.")]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    first, second = "Zinc is a metal. " * 20 + "End.", "Copper is a metal. " * 20 + "End."
    assert parse(f"{first}\n{second}\n").text == f"{first}\n\n{second}"


@given(documents=DOCUMENTS, width=st.integers(min_value=20, max_value=80))
def test_no_word_of_plain_paragraphs_is_lost(documents: list[str], width: int) -> None:
    text = "\n\n".join(wrap(paragraph, width) for paragraph in documents)
    assert Counter(parse(text).text.split()) == Counter(" ".join(documents).split())


@given(st.binary(max_size=400), st.sampled_from(["text", "markdown"]))
def test_any_bytes_give_an_article_or_a_read_error(data: bytes, source_format: str) -> None:
    check_outcome(data, source_format)


@given(
    st.text(alphabet="aA1.,:;-*_#[]()<>/$\\^`|~&@ \n\té^²β", max_size=300),
    st.sampled_from(["text", "markdown"]),
)
def test_any_markup_gives_an_article_or_a_read_error(text: str, source_format: str) -> None:
    check_outcome(text.encode(), source_format)


def check_outcome(data: bytes, source_format: str) -> None:
    """Parse twice: an article, whose record checks itself, or a ReadError; the same both times."""
    outcomes: list[Article | str] = []
    for _ in range(2):
        try:
            outcomes.append(parse_article(data, source_format=source_format, article_id="a", source_uri="-"))
        except ReadError as error:
            outcomes.append(error.error)
    assert outcomes[0] == outcomes[1]


def wrap(text: str, width: int) -> str:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
