"""The spaCy component that begins a sentence behind a line end; the parser finds those within a line."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc


def begin_sentences_at_lines(doc: Doc) -> Doc:
    """Set `token.is_sent_start` for the first token of every line that is not blank, and leave the others open.

    A Doc that is parsed keeps the sentences that it has.
    """
    if doc.has_annotation("DEP"):
        return doc
    begins = False
    for token in doc if "\n" in doc.text else ():
        if "\n" in token.text:
            begins = True
        elif begins:
            token.is_sent_start = True
            begins = False
    return doc


@Language.factory("peyer_lines", assigns=["token.is_sent_start"])
def make_lines(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component."""
    return begin_sentences_at_lines
