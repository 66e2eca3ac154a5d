"""Docs and mentions made by hand, for tests that need no model."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from extractors.annotations import FoundMention
from extractors.pipeline import base_pipeline


def read(text: str) -> Doc:
    """Return a text in tokens and sentences, without tags and parse."""
    return base_pipeline()(text)


def sentence(text: str) -> Span:
    """Return a text that is one sentence."""
    (only,) = read(text).sents
    return only


def in_sentences(*sentences: str) -> list[Span]:
    """Return consecutive sentences of one Doc, whose tokens stand between blanks."""
    words = [each.split() for each in sentences]
    starts: list[bool | int | None] = [place == 0 for each in words for place in range(len(each))]
    doc = Doc(base_pipeline().vocab, words=[word for each in words for word in each], sent_starts=starts)
    return list(doc.sents)


def mention(
    within: Doc | Span,
    text: str,
    entity_type: str = "drug",
    subtype: str = "small_molecule",
    *,
    concept_no: int = -1,
    method: str = "exact",
) -> FoundMention:
    """Return the first occurrence of a text as a mention; it must begin and end with tokens."""
    doc = within.doc if isinstance(within, Span) else within
    start = within.text.index(text) + (within.start_char if isinstance(within, Span) else 0)
    span = doc.char_span(start, start + len(text))
    assert span is not None, f"{text!r} are no whole tokens of {[token.text for token in doc]}"
    return FoundMention(span.start, span.end, entity_type, subtype, concept_no, method, 0.0, "")


def parsed(*rows: str) -> Doc:
    """Return a parsed Doc; a row has word, tag, head (the index of its token) and dependency of a token.

    Every root begins a sentence.
    """
    words, tags, heads, deps = zip(*(row.split() for row in rows), strict=True)
    return Doc(
        base_pipeline().vocab,
        words=list(words),
        tags=list(tags),
        heads=[int(head) for head in heads],
        deps=list(deps),
    )


def token(doc: Doc | Span, word: str) -> Token:
    """Return the first token with a text."""
    return next(each for each in doc if each.text == word)
