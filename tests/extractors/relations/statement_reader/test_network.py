from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from extractors.relations.statement_reader.inputs import (
    POSITIONS,
    PREDICATES,
    STEMS,
    WIDTH,
    Floats,
    PairInput,
    TokenInput,
)
from extractors.relations.statement_reader.network import HEADS, Network, Output

VECTORS, SIZE, ATTENTION, HIDDEN = 6, 8, 2 * HEADS, 5
EMBEDDED = {"tag": (4, 2), "dep": (4, 2), "mention": (9, 2), "second": (5, 2), "stem": (STEMS, 2)}


@pytest.fixture
def weights() -> dict[str, Floats]:
    random = np.random.default_rng(5)

    def some(*shape: int) -> Floats:
        return random.normal(0, 0.5, shape).astype(np.float32)

    made = {f"{name}.weight": some(*shape) for name, shape in EMBEDDED.items()}
    for name, out, into in (
        ("input", SIZE, VECTORS + 10),
        ("rnn.0.gates", 3 * SIZE, SIZE),
        ("keys", ATTENTION, SIZE),
        ("values", ATTENTION, SIZE),
        ("pooled", ATTENTION, SIZE),
        ("query", ATTENTION, 2 * SIZE + WIDTH),
        ("hidden", HIDDEN, 2 * SIZE + 3 * ATTENTION + WIDTH),
        ("predicates", len(PREDICATES), HIDDEN),
        ("flags", 2, HIDDEN),
    ):
        made |= {f"{name}.weight": some(out, into), f"{name}.bias": some(out)}
    del made["keys.bias"]
    for name in ("norm", "rnn.0.norm"):
        made |= {f"{name}.weight": some(SIZE), f"{name}.bias": some(SIZE)}
    return made | {"position.weight": some(3 * POSITIONS, ATTENTION)}


def text(*lengths: int) -> TokenInput:
    count = sum(lengths)
    random = np.random.default_rng(count)
    ends = np.cumsum(lengths).tolist()
    return TokenInput(
        vectors=random.normal(0, 1, (count, VECTORS)).astype(np.float32),
        tags=random.integers(0, 4, count),
        deps=random.integers(0, 4, count),
        mentions=random.integers(0, 9, count),
        second_types=random.integers(0, 5, count),
        stems=random.integers(0, STEMS, count),
        sentences=[(end - length, end) for end, length in zip(ends, lengths, strict=True)],
    )


def pairs(start: int, count: int, subjects: list[tuple[int, int]], objects: list[tuple[int, int]]) -> PairInput:
    random = np.random.default_rng(3)
    rows = len(subjects)
    legal = np.zeros((rows, len(PREDICATES)), np.bool_)
    legal[:, :4] = True
    return PairInput(
        start=start,
        count=count,
        subjects=np.asarray(subjects),
        objects=np.asarray(objects),
        known=random.normal(0, 1, (rows, WIDTH)).astype(np.float32),
        legal=legal,
        positions=random.integers(0, 3 * POSITIONS, (rows, count)),
        between=np.ones((rows, count), np.bool_),
        on_path=np.eye(rows, count, dtype=np.bool_),
    )


def test_probabilities_of_legal_predicates_add_up(weights: dict[str, Floats]) -> None:
    [read] = Network(weights).read(text(5), [pairs(0, 5, [(0, 1), (2, 3)], [(3, 5), (0, 1)])])
    assert read.predicates.shape == (2, len(PREDICATES))
    assert read.predicates[:, :4].sum(axis=1) == pytest.approx(1.0)
    assert not read.predicates[:, 4:].any()
    assert ((read.flags > 0) & (read.flags < 1)).all()


def test_a_sentence_is_read_the_same_whatever_stands_beside_it(weights: dict[str, Floats]) -> None:
    tokens = text(4, 7)
    both = Network(weights).read(tokens, [pairs(0, 4, [(0, 1)], [(2, 4)]), pairs(4, 7, [(4, 5)], [(6, 9)])])
    last = TokenInput(
        **{
            name: getattr(tokens, name)[4:] for name in ("vectors", "tags", "deps", "mentions", "second_types", "stems")
        },
        sentences=[(0, 7)],
    )
    [alone] = Network(weights).read(last, [pairs(0, 7, [(0, 1)], [(2, 5)])])
    assert np.allclose(both[1].predicates, alone.predicates, atol=1e-5)
    assert np.allclose(both[1].flags, alone.flags, atol=1e-5)


def test_units_remember_in_both_directions(weights: dict[str, Floats]) -> None:
    """The states are those of the recurrence, written out token by token."""
    network = Network(weights)
    states = np.random.default_rng(1).normal(0, 1, (3, SIZE)).astype(np.float32)
    forward, backward = np.asarray([[0, 1, 2]]), np.asarray([[2, 1, 0]])
    found = network._recurrent("rnn.0", states, forward, backward)
    half = SIZE // 2
    gates = states @ weights["rnn.0.gates.weight"].T + weights["rnn.0.gates.bias"]
    expected = np.zeros_like(states)
    for column in range(SIZE):
        cell = 0.0
        for place in (0, 1, 2) if column < half else (2, 1, 0):
            forget, reset = (1 / (1 + math.exp(-gates[place, part * SIZE + column])) for part in (1, 2))
            cell = forget * cell + (1 - forget) * gates[place, column]
            expected[place, column] = reset * math.tanh(cell) + (1 - reset) * states[place, column]
    centred = expected - expected.mean(axis=1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
    assert np.allclose(found, scaled * weights["rnn.0.norm.weight"] + weights["rnn.0.norm.bias"], atol=1e-5)


def test_it_is_nearly_the_same_after_storing(weights: dict[str, Floats], tmp_path: Path) -> None:
    network = Network(weights)
    network.to_disk(tmp_path / "network.npz")
    sentence = pairs(0, 6, [(0, 2)], [(4, 6)])
    before, after = (
        each.read(text(6), [sentence])[0] for each in (network, Network.from_disk(tmp_path / "network.npz"))
    )
    assert np.allclose(before.predicates, after.predicates, atol=0.01)


def test_a_text_without_pairs_is_not_read(weights: dict[str, Floats]) -> None:
    read: list[Output] = Network(weights).read(text(3), [])
    assert read == []
