from pathlib import Path

import numpy as np
import pytest

from extractors.relations.classifier.linear import NONE, Example, LinearClassifier, learn, reliability

WORDS = {"inhibits": "INHIBITOR", "blocks": "INHIBITOR", "activates": "ACTIVATOR", "and": NONE, "with": NONE}


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return [
        Example([f"M|{word}", f"b|{number % 7}", "order|AB"], label, f"text {number}")
        for number in range(60)
        for word, label in WORDS.items()
    ]


@pytest.fixture(scope="module")
def classifier(examples: list[Example]) -> LinearClassifier:
    return learn(examples)[0]


def test_it_learns_which_words_decide(classifier: LinearClassifier) -> None:
    assert classifier.labels == (NONE, "ACTIVATOR", "INHIBITOR")
    assert classifier.decide(["M|blocks", "order|AB"])[0] == "INHIBITOR"
    assert classifier.decide(["M|activates", "order|AB"])[0] == "ACTIVATOR"
    assert classifier.decide(["M|and", "order|AB"])[0] == NONE


def test_probabilities_sum_to_one_also_for_what_was_never_seen(classifier: LinearClassifier) -> None:
    for features in (["M|blocks"], ["M|nowhere"], []):
        assert classifier.probabilities(features).sum() == pytest.approx(1, abs=1e-5)


def test_it_is_the_same_after_storing(classifier: LinearClassifier, tmp_path: Path) -> None:
    classifier.to_disk(tmp_path / "pairs.npz")
    again = LinearClassifier.from_disk(tmp_path / "pairs.npz")
    assert again.labels == classifier.labels
    assert np.allclose(again.probabilities(["M|blocks"]), classifier.probabilities(["M|blocks"]))
    assert again.decide(["M|blocks"]) == classifier.decide(["M|blocks"])


def test_two_labels_are_enough() -> None:
    examples = [
        Example([f"M|{'causes' if number % 2 else 'and'}", "x"], "CID" if number % 2 else NONE, str(number // 3))
        for number in range(80)
    ]
    classifier, _ = learn(examples)
    assert classifier.decide(["M|causes", "x"])[0] == "CID"
    assert classifier.decide(["M|and", "x"])[0] == NONE


def test_it_is_the_same_when_learned_again(examples: list[Example], classifier: LinearClassifier) -> None:
    again, before = learn(examples)
    assert np.array_equal(again.probabilities(["M|blocks"]), classifier.probabilities(["M|blocks"]))
    assert before.shape == (len(examples), 3)


def test_reliability_is_counted_by_tenths() -> None:
    found = reliability([(0.95, True), (0.91, False), (0.35, False), (1.0, True)])
    assert found == [pytest.approx((0.35, 0.0, 1)), pytest.approx(((0.95 + 0.91 + 1.0) / 3, 2 / 3, 3))]
