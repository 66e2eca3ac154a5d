from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.readers.read import parse_article
from extractors.readers.source import ReadError
from extractors.records import Article

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=10)
SENTENCES = st.lists(WORDS, min_size=4, max_size=30).map(lambda words: " ".join(words).capitalize() + ".")


def parse(text: str) -> Article:
    return parse_article(text.encode(), source_format="markdown", article_id="a", source_uri="-")


def sections_of(text: str) -> list[tuple[str, str | None, str]]:
    article = parse(text)
    return [(s.kind, s.heading, article.text[s.start_char : s.end_char]) for s in article.sections]


def kinds_of(text: str) -> list[str]:
    return [kind for kind, _, _ in sections_of(text)]


def test_markup_becomes_plain_text() -> None:
    text = (
        "**Zinc** and *[copper](http://x.example)* with `ZIP4`[^1] ![a figure](f.png) &lt; 5 [[2]](#r2).\n\n"
        "[^1]: A transporter.\n"
    )
    assert parse(text).text == "Zinc and copper with ZIP4 a figure < 5.\n\nA transporter."


def test_full_article() -> None:
    text = (
        "# Zinc and the mucosal barrier<sup>*</sup>\n\nCleo Crypt^1^ and Nora Dome\\*\n\n"
        "Department of Gut, University of Ileum\n\n## Introduction\n\nZinc is a metal[1].\n\n"
        "### Forms\n\nMany.\n\n"
        "## Zinc in mice\n\nMice eat it.\n\n## References\n\n1. Crypt C. J Imag 2024;1:2.\n\n"
        "**\\*Correspondence:** n.dome@ileum.example\n"
    )
    assert sections_of(text) == [
        ("title", None, "Zinc and the mucosal barrier"),
        ("authors", None, "Cleo Crypt and Nora Dome*\n\nDepartment of Gut, University of Ileum"),
        ("introduction", "Introduction", "Introduction\n\nZinc is a metal."),
        ("introduction", "Forms", "Forms\n\nMany."),
        ("body", "Zinc in mice", "Zinc in mice\n\nMice eat it."),
        ("references", "References", "References\n\nCrypt C. J Imag 2024;1:2."),
        ("authors", "Correspondence", "Correspondence: n.dome@ileum.example"),
    ]


@pytest.mark.parametrize("heading", ["**Introduction**", "Introduction\n---", "#Introduction", "## 1. Introduction:"])
def test_every_kind_of_heading_is_known(heading: str) -> None:
    assert kinds_of(f"# Zinc and copper\n\n{heading}\n\nZinc is a metal.\n") == ["title", "introduction"]


def test_paragraph_underlined_by_mistake_stays_text() -> None:
    sentence = "Zinc is a metal that many people eat " * 4 + "every day."
    assert sections_of(f"{sentence}\n---\nIt is cheap.\n")[0][0] == "body"


def test_heading_does_not_swallow_its_text() -> None:
    sentence = "We gave zinc to forty children for two weeks, and the barrier was better than before."
    found = sections_of(f"# Zinc\n\n## Results: {sentence}\n")
    assert found[1] == ("results", "Results", f"Results\n\n{sentence}")


def test_run_in_labels_may_be_emphasised() -> None:
    text = "**Background.** Zinc is a metal.\n\n**Methods** We ate it.\n\n*Funding:* None.\n"
    assert kinds_of(text) == ["introduction", "methods", "funding"]


def test_authors_set_as_heading_are_authors() -> None:
    text = "# Zinc and copper\n\n## REVIEW ARTICLE\n\n### Cleo Crypt, Nora Dome\n\n## Abstract\n\nZinc is.\n"
    article = parse(text)
    assert [section.kind for section in article.sections] == ["title", "metadata", "authors", "abstract"]
    assert article.article_type == "Review article"


def test_front_matter_is_metadata_and_not_text() -> None:
    article = parse(
        '---\ntitle: "Zinc and copper"\ndoi: 10.5555/x\ndate: 2024-05-06\n---\n\n# Zinc and copper\n\nIt is.\n'
    )
    assert article.text == "Zinc and copper\n\nIt is."
    assert (article.title, article.doi, article.published) == ("Zinc and copper", "10.5555/x", "2024-05-06")


def test_title_and_abstract_may_stand_in_front_matter_only() -> None:
    text = "---\ntitle: Zinc\nabstract: >\n  Zinc is\n  a metal.\n---\n\n## Introduction\n\nIt is cheap.\n"
    assert parse(text).text == "Zinc\n\nAbstract\n\nZinc is a metal.\n\nIntroduction\n\nIt is cheap."


@pytest.mark.parametrize(
    "table",
    [
        "| Drug | Target |\n|---|---|\n| infliximab | TNF- $\\alpha$ |\n",
        "<table><tr><th>Drug</th><th>Target</th></tr><tr><td>infliximab</td><td>TNF-&alpha;</td></tr></table>\n",
    ],
)
def test_tables_have_one_row_per_line(table: str) -> None:
    assert parse(f"Zinc is a metal.\n\n{table}").text.endswith("Drug | Target\ninfliximab | TNF-α")


def test_list_items_are_paragraphs() -> None:
    assert (
        parse("Uses:\n\n- one use\n- another\n  use\n  1. nested\n").text == "Uses:\n\none use\n\nanother use\n\nnested"
    )


def test_star_alleles_and_comments() -> None:
    text = "HLA-B*57:01 and HLA-A*31:01 <!-- image --> predict harm in p<0.05 of *carriers*."
    assert parse(text).text == "HLA-B*57:01 and HLA-A*31:01 predict harm in p<0.05 of carriers."


def test_what_looks_like_a_link_definition_is_kept() -> None:
    assert parse("Zinc is a metal.\n\n[note]: cheap\n").text == "Zinc is a metal.\n\n[note]: cheap"


def test_retracted_article() -> None:
    assert parse("# RETRACTED: Zinc cures everything\n\nIt does.\n").is_retracted


@given(st.lists(SENTENCES, min_size=1, max_size=6))
def test_no_word_of_plain_paragraphs_is_lost(paragraphs: list[str]) -> None:
    article = parse("# Zinc and copper\n\n" + "\n\n".join(paragraphs))
    expected = Counter(["Zinc", "and", "copper", *" ".join(paragraphs).split()])
    assert Counter(article.text.split()) == expected


@pytest.mark.parametrize("piece", ["[", "![", "$", "*", "_", "<!--", "<sup>", "\\(", "a-\n", "[a](", "&", "x\n\n"])
@pytest.mark.parametrize("source_format", ["text", "markdown"])
def test_reading_time_grows_with_the_length_only(piece: str, source_format: str) -> None:
    data = ("Zinc is a metal. " + piece * 10_000).encode()
    start = time.process_time()
    with suppress(ReadError):
        parse_article(data, source_format=source_format, article_id="a", source_uri="-")
    assert time.process_time() - start < 5  # a quadratic step takes half a minute
