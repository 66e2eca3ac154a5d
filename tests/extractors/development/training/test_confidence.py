from __future__ import annotations

import pytest

from extractors.development.training.confidence import JudgedStatement, learn_confidence, read_judged
from extractors.development.training.sources import source
from extractors.relations.judging.confidence import Evidence, confidence


def evidence(*, agrees: bool) -> Evidence:
    return Evidence(
        by_words=True,
        by_tree=agrees,
        could_agree=True,
        is_borrowed=False,
        words_between=4,
        probability=0.5,
        is_negated=False,
        is_hedged=False,
    )


def judged() -> list[JudgedStatement]:
    """Where words and tree agree nine of ten are right, else four of ten, and one in ten may be argued."""
    rows = []
    for number in range(100):
        rows.append(JudgedStatement(evidence(agrees=True), float(number % 10 > 0), f"PMID:{number}"))
        right = 0.5 if number % 10 == 0 else float(number % 10 < 5)
        rows.append(JudgedStatement(evidence(agrees=False), right, f"PMID:{number}"))
    return rows


@pytest.mark.slow
def test_the_confidence_learnt_is_the_share_that_was_right() -> None:
    weights, table = learn_confidence(judged())
    assert confidence(evidence(agrees=True), weights) == pytest.approx(0.9, abs=0.05)
    assert confidence(evidence(agrees=False), weights) == pytest.approx(0.45, abs=0.05)
    assert sum(count for _, _, count in table) == 200
    assert all(right == pytest.approx(mean, abs=0.1) for mean, right, count in table if count > 50)


def test_what_was_judged_may_be_trained_on() -> None:
    rows = read_judged()
    assert sum(map(len, rows.values())) > 700
    assert all(source(name).may_be_shipped for name, _ in rows)
    assert {verdict for row in rows.values() for verdict in row.values()} == {0.0, 0.5, 1.0}
