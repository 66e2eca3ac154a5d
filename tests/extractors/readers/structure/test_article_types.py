from __future__ import annotations

import pytest

from extractors.readers.read import parse_article
from extractors.readers.structure.article_types import implied_type, type_in_title
from extractors.readers.structure.sections import Part

TITLES = [
    ("Janus kinase inhibitors in ulcerative colitis: a mini-review", "Mini-review"),
    ("Safety of vedolizumab: a review", "Review"),
    ("Vedolizumab: A Review of Its Use in Crohn's Disease", "Review"),
    ("Vedolizumab - a critical review of the literature", "Critical review"),
    ("A review of JAK inhibition in alopecia", "Review"),
    ("Review: immune checkpoints in sepsis", "Review"),
    ("Systematic review with meta-analysis: biologics in pouchitis", "Systematic review with meta-analysis"),
    (
        "Zinc for diarrhoea: a systematic review and network meta-analysis of randomised trials",
        "Systematic review and network meta-analysis",
    ),
    ("Statins and myopathy: an updated meta-analysis", "Updated meta-analysis"),
    ("Hepatitis after infliximab: a case report and review of the literature", "Case report"),
    ("Case Report: colitis under ipilimumab", "Case report"),
    ("Tremor under tacrolimus--report of two cases", "Case report"),
    ("Gout under ciclosporin: three case reports", "Case report"),
    ("Vasculitis under adalimumab: case series", "Case series"),
]
NO_TITLES = [
    "Janus kinase inhibitors in ulcerative colitis",
    "Peer review of trials of infliximab",
    "Hepatotoxicity of methotrexate: a retrospective review",
    "Hepatotoxicity of methotrexate: a review of 40 patients",
    "Methotrexate and the liver: a review of the national database",
    "Biologics in pouchitis: protocol for a systematic review",
    "Reply to: Biologics in pouchitis: a systematic review",
    "Comment on “Safety of vedolizumab: a review”",
    "Drug review boards and their decisions",
    "Infliximab under review",
    "A randomised trial of drug review in the elderly: report of an initial experience",
]


@pytest.mark.parametrize(("title", "kind"), TITLES)
def test_what_a_title_says_of_its_article(title: str, kind: str) -> None:
    assert type_in_title(title) == kind


@pytest.mark.parametrize("title", NO_TITLES)
def test_what_only_sounds_like_it(title: str) -> None:
    assert type_in_title(title) is None


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        (Part("abstract", "Abstract", ["Abstract", "In this narrative review we discuss zinc."]), "Review"),
        (Part("abstract", "Abstract", ["Abstract", "This review summarizes what is known."]), "Review"),
        (Part("introduction", "Introduction", ["Introduction", "In this review we discuss zinc."]), None),
        (Part("abstract", "Abstract", ["Abstract", "In this review of 40 patients zinc was safe."]), None),
        (Part("abstract", "Abstract", ["Abstract", "This reviewed what is known."]), None),
        (Part("methods", "2.1. Search strategy", ["2.1. Search strategy", "PubMed."]), "Review"),
        (Part("body", "Case Presentation", ["Case Presentation", "A man came."]), "Case report"),
        (Part("body", "Case management", ["Case management", "A man came."]), None),
    ],
)
def test_abstract_and_headings_give_it_away(part: Part, kind: str | None) -> None:
    assert implied_type("Zinc", [part]) == kind


def test_a_letter_about_a_review_is_none() -> None:
    assert implied_type("Letter: zinc", [Part("abstract", None, ["In this review zinc is praised."])]) is None


def test_what_is_stated_goes_before_what_is_implied() -> None:
    text = "{}Zinc for diarrhoea: a review\n\nAbstract\n\nZinc shortens diarrhoea in children.\n"
    given = {"source_format": "text", "article_id": "a", "source_uri": "memory:a"}
    assert parse_article(text.format("").encode(), **given).article_type == "Review"
    assert parse_article(text.format("ORIGINAL RESEARCH\n\n").encode(), **given).article_type == "Original research"
