from __future__ import annotations

import pytest

from extractors.readers.structure.metadata import Metadata, read_metadata
from extractors.readers.structure.sections import Part


def metadata(*lines: str, title: str | None = None, **stated: str) -> Metadata:
    parts = [
        Part("references", "References", ["Crypt C. Not this. J Wrong 2001;1:2. doi:10.1000/wrong PMID: 1"]),
        Part("body", None, ["As shown (PMID: 2; doi:10.1000/wrong)."]),
        Part("metadata", None, list(lines)),
    ]
    return read_metadata(parts, title=title, stated={key.replace("_", " "): value for key, value in stated.items()})


def test_nothing_is_guessed() -> None:
    assert metadata() == Metadata(
        journal=None,
        published=None,
        doi=None,
        pmid=None,
        pmcid=None,
        licence=None,
        article_type=None,
        is_retracted=False,
    )


@pytest.mark.parametrize(
    "line",
    [
        "DOI: 10.5555/a.b(1)c-2",
        "https://doi.org/10.5555/a.b(1)c-2.",
        "Published 2024, doi:10.5555/a.b(1)c-2;",
    ],
)
def test_doi(line: str) -> None:
    assert metadata(line).doi == "10.5555/a.b(1)c-2"


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Received: 02-Nov-2025; Published: 29-Nov-2025, DOI: 10.5555/x", "2025-11-29"),
        ("Published online: 3 March 2024", "2024-03-03"),
        ("First published: March 3rd, 2024", "2024-03-03"),
        ("Published 2024 Mar 3", "2024-03-03"),
        ("Published: 2024-03-03", "2024-03-03"),
        ("Published in March 2024", "2024-03"),
        ("Published: 2024", "2024"),
        ("Published: 03/04/2024", "2024"),
        ("Published: 31 June 2024", "2024-06"),
        ("How to cite: Crypt C (2024) Made up. Imag Rev 3: 5-9.", "2024"),
        ("Imag Rev 3 (2024): 5-9.", "2024"),
        ("Received: 3 March 2024", None),
        ("Copyright © 2024 the authors", None),
    ],
)
def test_date_has_the_precision_it_was_given_with(line: str, published: str | None) -> None:
    assert metadata(line).published == published


@pytest.mark.parametrize(
    ("line", "journal"),
    [
        ('How to cite this article: Crypt, C. "Made up." *J Imag* 08 (2025):551.'.replace("*", ""), "J Imag"),
        ("Cite as: Crypt C. Made up one by one. Peyer Sample Reviews 2026;2:5-9.", "Peyer Sample Reviews"),
        ("Citation: Crypt, C. Made up. J. Imag. Oncol. 2026, 2, 29–33.", "J. Imag. Oncol"),
        ("Peyer Sample Reviews 2 (2026): 1-4", "Peyer Sample Reviews"),
        ("Journal: Annals of Invention", "Annals of Invention"),
        ("Accepted: 3 March 2024", None),
    ],
)
def test_journal(line: str, journal: str | None) -> None:
    assert metadata(line).journal == journal


@pytest.mark.parametrize(
    ("line", "licence"),
    [
        ("distributed under the terms of the Creative Commons Attribution License, which permits", "CC BY"),
        ("under the Creative Commons Attribution 4.0 International License (CC BY 4.0)", "CC BY 4.0"),
        ("the Creative Commons Attribution-NonCommercial-NoDerivatives License 4.0", "CC BY-NC-ND 4.0"),
        ("see https://creativecommons.org/licenses/by-nc/4.0/", "CC BY-NC 4.0"),
        ("dedicated to the public domain (CC0 1.0)", "CC0 1.0"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("All rights reserved.", None),
    ],
)
def test_licence(line: str, licence: str | None) -> None:
    assert metadata(line).licence == licence


def test_identifiers_and_type() -> None:
    found = metadata("PMID: 12345678; PMCID: PMC7654321", "MINI REVIEW")
    assert (found.pmid, found.pmcid, found.article_type) == ("12345678", "PMC7654321", "Mini review")


def test_front_matter_wins() -> None:
    found = metadata("Published: 2020", journal="Imag Rev", date="2024-05-06", doi="10.5555/y", license="CC BY 4.0")
    assert (found.journal, found.published, found.doi, found.licence) == (
        "Imag Rev",
        "2024-05-06",
        "10.5555/y",
        "CC BY 4.0",
    )


@pytest.mark.parametrize(
    ("title", "is_retracted"),
    [
        ("RETRACTED: Zinc cures everything", True),
        ("Retracted Article: Zinc cures everything", True),
        ("[Retracted] Zinc cures everything", True),
        ("Retraction notice to: Zinc cures everything", False),
        ("Why papers on zinc were retracted", False),
    ],
)
def test_retraction_is_read_from_the_title(title: str, is_retracted: bool) -> None:
    assert metadata(title=title).is_retracted is is_retracted
