from __future__ import annotations

import pytest

from extractors.relations.judging.confidence import Evidence, bundled_weights, confidence

BOTH = Evidence(
    by_words=True,
    by_tree=True,
    could_agree=True,
    is_borrowed=False,
    words_between=3,
    probability=0.9,
    is_negated=False,
    is_hedged=False,
)


def test_every_feature_has_a_weight_and_no_weight_is_left_over() -> None:
    assert set(bundled_weights()) == {name for name, _ in BOTH.features()}


@pytest.mark.parametrize(
    "weaker",
    [
        BOTH._replace(by_tree=False),
        BOTH._replace(words_between=40),
        BOTH._replace(probability=0.0),
        BOTH._replace(is_negated=True),
        BOTH._replace(is_hedged=True),
    ],
)
def test_what_speaks_against_a_statement_lowers_its_confidence(weaker: Evidence) -> None:
    assert 0 < confidence(weaker) < confidence(BOTH) < 1


def test_words_alone_count_for_less_where_a_tree_could_have_agreed() -> None:
    alone = BOTH._replace(by_tree=False)
    assert confidence(alone) < confidence(alone._replace(could_agree=False))


def test_a_weight_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError, match="agreed"):
        confidence(BOTH, {"bias": 1.0})
