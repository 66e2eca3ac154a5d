from __future__ import annotations

from hand_made_docs import mention, sentence

from extractors.entities.overlaps import longest_first, without_overlaps


def test_the_first_of_overlapping_spans_is_kept() -> None:
    doc = sentence("Zinc deficiency impairs wound healing.").doc
    first, second, third = doc[0:2], doc[1:3], doc[3:5]
    assert without_overlaps([first, second, third]) == [first, third]
    assert without_overlaps([third, second, first]) == [third, second]
    assert without_overlaps([]) == []


def test_spans_of_equal_length_stay_in_the_order_given() -> None:
    span = sentence("Zinc deficiency impairs wound healing.")
    zinc, deficiency, healing = (mention(span, text) for text in ("Zinc", "deficiency", "wound healing"))
    assert longest_first([deficiency, zinc, healing]) == [healing, deficiency, zinc]


def test_spans_that_touch_do_not_overlap() -> None:
    doc = sentence("Zinc deficiency impairs wound healing.").doc
    assert without_overlaps([doc[0:1], doc[1:2]]) == [doc[0:1], doc[1:2]]
