from __future__ import annotations

import pytest
from places import SHARED

from extractors.readers.read import read_article
from extractors.records import Article

RAW = SHARED / "raw"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not RAW.is_dir(), reason="needs ../shared/raw beside the repository"),
]


def read(pattern: str) -> Article:
    [path] = RAW.glob(pattern)
    return read_article(path, article_id=path.stem, source_uri=path.name)


@pytest.fixture(scope="module")
def wrapped_text() -> Article:
    return read("000_*.txt")


@pytest.fixture(scope="module")
def markdown() -> Article:
    return read("003_*.md")


def test_text_article_has_no_title_and_two_sections(wrapped_text: Article) -> None:
    assert wrapped_text.title is None
    assert [(s.kind, s.heading) for s in wrapped_text.sections] == [
        ("body", "DESCRIPTION"),
        ("conclusion", "CONCLUSION"),
    ]
    assert len(wrapped_text.text.split("\n\n")) == 5


@pytest.mark.parametrize(
    "whole",
    [
        "the mechanisms through which",
        "the gut-immune system",
        "Immunosuppressive therapies,",
        "gut-immune system modulation",
    ],
)
def test_text_article_is_made_whole(wrapped_text: Article, whole: str) -> None:
    assert whole in wrapped_text.text
    assert "gutimmune" not in wrapped_text.text


def test_markdown_article_states_its_metadata(markdown: Article) -> None:
    assert markdown.title == "Evolving Immunomodulatory Therapies for Autoimmune Diseases"
    assert markdown.text.startswith(markdown.title)
    assert (markdown.doi, markdown.journal, markdown.published, markdown.licence) == (
        "10.37421/2952-8100.2025.8.551",
        "J Biomed Pharm Sci",
        "2025-11-29",
        "CC BY",
    )
    assert (markdown.pmid, markdown.article_type, markdown.is_retracted) == (None, None, False)


def test_markdown_article_is_read_where_it_is_text(markdown: Article) -> None:
    assert [(s.kind, s.heading) for s in markdown.sections if s.is_read] == [
        ("title", None),
        ("introduction", "Introduction"),
        ("body", "Description"),
        ("conclusion", "Conclusion"),
    ]
    assert [s.kind for s in markdown.sections if not s.is_read] == [
        "authors",
        "acknowledgements",
        "conflict_of_interest",
        "references",
        "metadata",
        "authors",
        "metadata",
        "metadata",
    ]


def test_markdown_article_has_characters_and_no_citation_markers(markdown: Article) -> None:
    assert "mediators like TNF-α, IL-17, and IL-23" in markdown.text
    assert "treatment paradigms. Biologics" in markdown.text
    assert "The importance of personalized medicine" in markdown.text
    assert not any(mark in markdown.text for mark in ("$", "[", "\\"))
