from __future__ import annotations

import pytest

from extractors.readers.blocks import Block
from extractors.readers.structure.front_page import find_title

ABSTRACT = "Anakinra blocks the IL-1 receptor. We gave it to mice with gout and measured IL-6 in their blood. " * 3


@pytest.mark.parametrize(
    ("first", "below", "is_title"),
    [
        ("Anakinra inhibits IL-6 release in gout.", ABSTRACT, True),
        ("Anakinra inhibits IL-6 release in gout", ABSTRACT, True),
        ("Anakinra inhibits IL-6 release in gout.", "It was safe.", False),
        ("Anakinra inhibits IL-6 release. It was safe.", ABSTRACT, False),
        ("Anakinra inhibits IL-6 release in gout:", ABSTRACT, False),
        ("Anakinra inhibits IL-6 release in gout.", ABSTRACT.lower(), False),
    ],
)
def test_one_sentence_above_an_abstract_is_its_title(first: str, below: str, is_title: bool) -> None:
    blocks = [Block(form="paragraph", text=text) for text in (first, below)]
    assert find_title(blocks) == (0 if is_title else None)
