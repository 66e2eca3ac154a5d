import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from extractors.entities.ner import crf

TAGS = crf.tag_count(2)
LENGTHS = np.array([4, 2, 3])


Arrays = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]


@pytest.fixture
def random_scores() -> Arrays:
    generator = np.random.default_rng(7)
    scores = generator.normal(size=(3, 4, TAGS)).astype(np.float32)
    transitions = generator.normal(size=(TAGS, TAGS)).astype(np.float32)
    allowed = generator.random((3, 4, TAGS)) > 0.3
    allowed[:, :, 0] = True
    return scores, allowed, transitions


def paths(length: int) -> Iterator[tuple[int, ...]]:
    """Every legal path of tags, by hand: a name begins with B or U, goes on with I of its label, ends with L."""
    for path in itertools.product(range(TAGS), repeat=length):
        open_label, is_legal = None, True
        for tag in path:
            label, part = (None, None) if tag == 0 else divmod(tag - 1, crf.TAGS_PER_LABEL)
            if open_label is not None:
                is_legal &= label == open_label and part in (crf.INSIDE, crf.LAST)
            else:
                is_legal &= part not in (crf.INSIDE, crf.LAST)
            open_label = label if part in (crf.BEGIN, crf.INSIDE) else None
        if is_legal and open_label is None:
            yield path


def score_of(path: Sequence[int], scores: np.ndarray[Any, Any], transitions: np.ndarray[Any, Any]) -> float:
    return sum(float(row[tag]) for row, tag in zip(scores, path, strict=False)) + sum(
        float(transitions[left, right]) for left, right in itertools.pairwise(path)
    )


def loss_by_hand(
    scores: np.ndarray[Any, Any], allowed: np.ndarray[Any, Any], transitions: np.ndarray[Any, Any]
) -> float:
    total = 0.0
    for row, length in enumerate(LENGTHS):
        every = [math.exp(score_of(path, scores[row], transitions)) for path in paths(length)]
        agreeing = [
            math.exp(score_of(path, scores[row], transitions))
            for path in paths(length)
            if all(allowed[row, place, tag] for place, tag in enumerate(path))
        ]
        total += math.log(sum(every)) - math.log(sum(agreeing))
    return total


def test_the_loss_is_that_of_all_paths_written_out(random_scores: Arrays) -> None:
    scores, allowed, transitions = random_scores
    assert crf.gradients(scores, LENGTHS, allowed, transitions).loss == pytest.approx(
        loss_by_hand(scores, allowed, transitions), abs=1e-3
    )


def test_the_derivatives_are_those_of_the_loss(random_scores: Arrays) -> None:
    scores, allowed, transitions = random_scores
    found = crf.gradients(scores, LENGTHS, allowed, transitions)
    step = 1e-3
    for place in [(0, 1, 2), (1, 0, 4), (2, 2, 0)]:
        moved = scores.astype(np.float64)
        moved[place] += step
        slope = (loss_by_hand(moved, allowed, transitions) - loss_by_hand(scores, allowed, transitions)) / step
        assert found.scores[place] == pytest.approx(slope, abs=2e-3)
    for pair in [(0, 1), (1, 3), (4, 0)]:
        moved = transitions.astype(np.float64)
        moved[pair] += step
        slope = (loss_by_hand(scores, allowed, moved) - loss_by_hand(scores, allowed, transitions)) / step
        assert found.transitions[pair] == pytest.approx(slope, abs=2e-3)


def test_nothing_is_learned_behind_the_end_of_a_sentence(random_scores: Arrays) -> None:
    found = crf.gradients(random_scores[0], LENGTHS, *random_scores[1:])
    assert not found.scores[1, 2:].any()
    assert found.scores[1, :2].any()


def test_the_best_path_is_the_best_of_all(random_scores: Arrays) -> None:
    scores, _, transitions = random_scores
    order = np.argsort(LENGTHS)  # the shortest first, as it is asked for
    both = np.stack([scores[order], -scores[order]])
    found = crf.best_paths(both, LENGTHS[order], np.stack([transitions, -transitions]))
    for place, row in enumerate(order):
        length = LENGTHS[row]
        best = max(paths(length), key=lambda path: score_of(path, scores[row], transitions))
        worst = min(paths(length), key=lambda path: score_of(path, scores[row], transitions))
        assert tuple(found[0, place, :length]) == best
        assert tuple(found[1, place, :length]) == worst
        assert not found[:, place, length:].any()


def test_a_path_is_legal_whatever_the_scores_say() -> None:
    scores = np.zeros((1, 1, 2, TAGS), dtype=np.float32)
    scores[0, 0, 0, crf.tag(0, crf.BEGIN)] = 50
    scores[0, 0, 1, crf.tag(1, crf.LAST)] = 9
    scores[0, 0, 1, crf.tag(0, crf.LAST)] = 8
    paths_found = crf.best_paths(scores, np.array([2]), np.zeros((1, TAGS, TAGS), dtype=np.float32))
    assert paths_found.tolist() == [[[crf.tag(0, crf.BEGIN), crf.tag(0, crf.LAST)]]]
