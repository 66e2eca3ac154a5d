from __future__ import annotations

from extractors.development.corpora.annotated import AnnotatedText, Annotation, spans_of


def kept(text: str, *annotations: tuple[str, ...]) -> list[str]:
    """Give the pieces of each annotation; return what stands at the spans that are made of them."""
    made = [Annotation(tuple((text.index(p), text.index(p) + len(p)) for p in pieces), "X") for pieces in annotations]
    document = AnnotatedText("", text, spans_of(made))
    return [document.covered(span) for span in document.spans]


def test_spans_are_in_reading_order_the_longer_first_and_once() -> None:
    text = "red blood cell count"
    assert kept(text, ("blood",), ("count",), ("red blood cell",), ("blood",)) == ["red blood cell", "blood", "count"]


def test_pieces_with_a_short_gap_are_one_span() -> None:
    assert kept("absence of the left kidney", ("absence of", "left kidney")) == ["absence of the left kidney"]


def test_pieces_around_another_annotation_are_no_span() -> None:
    assert kept("B and T cells", ("B", "cells"), ("T cells",)) == ["T cells"]


def test_of_overlapping_spans_of_pieces_the_longer_is_kept() -> None:
    assert kept("blood stem (BS) cells", ("blood stem", "cells"), ("BS", "cells")) == ["blood stem (BS) cells"]


def test_pieces_far_apart_are_no_span() -> None:
    assert kept(f"loss {'x ' * 16}of weight", ("loss", "of weight")) == []
