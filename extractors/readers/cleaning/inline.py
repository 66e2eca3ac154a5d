"""Turns a run of marked-up text into plain text: no markup, no citation markers, single spaces."""

from __future__ import annotations

from extractors.readers.cleaning.characters import clean_characters
from extractors.readers.cleaning.citations import strip_citations
from extractors.readers.cleaning.markup import decode_entities, strip_tags
from extractors.readers.cleaning.superscripts import flatten_superscripts


def plain(text: str) -> str:
    """Return `text` as plain text on one line.

    >>> plain("CD4<sup>+</sup> T&nbsp;cells  drive <i>colitis</i> [1].")
    'CD4+ T cells drive colitis.'
    """
    shown = flatten_superscripts(decode_entities(text))
    shown = clean_characters(strip_citations(strip_tags(shown)))
    return " ".join(shown.split())
