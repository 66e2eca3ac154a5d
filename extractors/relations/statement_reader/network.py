"""The network of the statement reader, as arrays: what it gives to each pair of mentions.

Tokens go through simple recurrent units in both directions (Lei et al., 2018): all that costs is a product of matrices
for the whole text, and the recurrence itself multiplies and adds. A pair is read from the tokens of its names, from
the means of what stands between them and on the path through the tree, and from what its attention picks out of the
sentence (scaled dot products, Vaswani et al., 2017, with a bias for where a token stands).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from extractors.relations.statement_reader.inputs import Floats, Numbers, PairInput, TokenInput

HEADS = 4
_LONGEST_NAME = 8
"""Tokens of a longer name that are looked at: the first two and the last six."""
_FIRST_TOKENS = 2
_EPSILON = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What the network gives to the pairs of a sentence."""

    predicates: Floats
    """(pairs, PREDICATES): probabilities of the legal predicates and of none, which add up to 1."""
    flags: Floats
    """(pairs, 2): the probabilities that a statement is negated and hedged."""


class Network:
    """The network with its weights, by name; see `development/training/statement_network.py` for what they mean."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._weights = weights
        self._layers = len([name for name in weights if name.startswith("rnn.") and name.endswith("gates.weight")])

    @classmethod
    def from_disk(cls, path: Path) -> Network:
        """Read what `to_disk` has written."""
        with np.load(path) as stored:
            return cls({name: stored[name].astype(np.float32) for name in stored.files})

    def to_disk(self, path: Path) -> None:
        """Write the weights, as half precision."""
        np.savez_compressed(path, **{name: value.astype(np.float16) for name, value in self._weights.items()})

    def read(self, tokens: TokenInput, sentences: Sequence[PairInput]) -> list[Output]:
        """Return the output for the pairs of each sentence of a text."""
        if not sentences:
            return []
        states = self._states(tokens)
        keys, values, pooled = (self._linear(name, states) for name in ("keys", "values", "pooled"))
        return [self._pairs(states, keys, values, pooled, sentence) for sentence in sentences]

    def _linear(self, name: str, values: Floats) -> Floats:
        bias = self._weights.get(f"{name}.bias")
        product: Floats = values @ self._weights[f"{name}.weight"].T
        return product if bias is None else product + bias

    def _norm(self, name: str, values: Floats) -> Floats:
        centred = values - values.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
        normed: Floats = scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return normed

    def _states(self, tokens: TokenInput) -> Floats:
        """Return the vector of each token in its sentence (tokens, width)."""
        weights = self._weights
        embedded = [
            weights["tag.weight"][tokens.tags],
            weights["dep.weight"][tokens.deps],
            weights["mention.weight"][tokens.mentions],
            weights["second.weight"][tokens.second_types],
            weights["stem.weight"][tokens.stems],
        ]
        states = self._norm("norm", gelu(self._linear("input", np.concatenate([tokens.vectors, *embedded], axis=1))))
        forward, backward = places(tokens.sentences)
        for layer in range(self._layers):
            states = self._recurrent(f"rnn.{layer}", states, forward, backward)
        return states

    def _recurrent(self, name: str, states: Floats, forward: Numbers, backward: Numbers) -> Floats:
        """Return the states after one layer; `forward`, `backward`: (sentences, steps), the token at each step."""
        width = states.shape[1] // 2
        new, forget, reset = np.split(self._linear(f"{name}.gates", states), 3, axis=1)
        forget, reset = sigmoid(forget), sigmoid(reset)
        kept, added = (
            np.concatenate([gates[forward, :width], gates[backward, width:]], axis=2)
            for gates in (forget, (1 - forget) * new)
        )
        cells = np.empty_like(added)
        cell = np.zeros_like(added[:, 0])
        for step in range(added.shape[1]):
            cell = kept[:, step] * cell + added[:, step]
            cells[:, step] = cell
        memory = np.empty_like(states)
        is_token = forward >= 0
        memory[forward[is_token], :width] = cells[is_token, :width]
        memory[backward[is_token], width:] = cells[is_token, width:]
        return self._norm(f"{name}.norm", reset * np.tanh(memory) + (1 - reset) * states)

    def _pairs(self, states: Floats, keys: Floats, values: Floats, pooled: Floats, sentence: PairInput) -> Output:
        inside = slice(sentence.start, sentence.start + sentence.count)
        subjects, objects = (span_maxima(states, spans) for spans in (sentence.subjects, sentence.objects))
        query = self._linear("query", np.concatenate([subjects, objects, sentence.known], axis=1))
        heads = query.reshape(len(query), HEADS, -1).transpose(1, 0, 2)
        size = heads.shape[2]
        by_head = keys[inside].reshape(sentence.count, HEADS, size).transpose(1, 2, 0)
        places_ = self._weights["position.weight"].reshape(-1, HEADS, size).transpose(1, 2, 0)
        bias = np.take_along_axis(
            heads @ places_, np.broadcast_to(sentence.positions, (HEADS, *sentence.positions.shape)), 2
        )
        attention = softmax((heads @ by_head + bias) / np.sqrt(size))
        seen = attention @ values[inside].reshape(sentence.count, HEADS, size).transpose(1, 0, 2)
        seen = seen.transpose(1, 0, 2).reshape(len(query), -1)
        means = [
            mask @ pooled[inside] / mask.sum(axis=1, keepdims=True) for mask in (sentence.between, sentence.on_path)
        ]
        joined = np.concatenate([subjects, objects, *means, seen, sentence.known], axis=1)
        hidden = gelu(self._linear("hidden", joined))
        scores = np.where(sentence.legal, self._linear("predicates", hidden), -1e4)
        return Output(predicates=softmax(scores), flags=sigmoid(self._linear("flags", hidden)))


def places(sentences: Sequence[tuple[int, int]]) -> tuple[Numbers, Numbers]:
    """Return the token at each step from the start and from the end of sentences; -1 where a shorter one has none."""
    longest = max(end - start for start, end in sentences)
    forward = np.full((len(sentences), longest), -1, np.int64)
    backward = forward.copy()
    for row, (start, end) in enumerate(sentences):
        forward[row, : end - start] = range(start, end)
        backward[row, : end - start] = range(end - 1, start - 1, -1)
    return forward, backward


def span_maxima(states: Floats, spans: Numbers) -> Floats:
    """Return the maxima over the tokens of each span (spans, width)."""
    maxima: Floats = states[span_tokens(spans)].max(axis=1)
    return maxima


def span_tokens(spans: Numbers) -> Numbers:
    """Return up to eight tokens of each span; of a shorter one the last is repeated (spans, 8).

    >>> span_tokens(np.array([[3, 5], [0, 20]])).tolist()
    [[3, 4, 4, 4, 4, 4, 4, 4], [0, 1, 14, 15, 16, 17, 18, 19]]
    """
    start, end = spans[:, :1], spans[:, 1:]
    place = np.arange(_LONGEST_NAME)[None, :]
    of_long = np.where(place < _FIRST_TOKENS, start + place, end - _LONGEST_NAME + place)
    return np.where(end - start > _LONGEST_NAME, of_long, np.minimum(start + place, end - 1))


def gelu(values: Floats) -> Floats:
    """Return the Gaussian error linear units in their approximation by tanh (Hendrycks and Gimpel, 2016)."""
    units: Floats = 0.5 * values * (1 + np.tanh(0.7978845608 * (values + 0.044715 * values**3)))
    return units


def sigmoid(values: Floats) -> Floats:
    """Return the logistic function."""
    shares: Floats = 0.5 * (1 + np.tanh(0.5 * values))
    return shares


def softmax(scores: Floats) -> Floats:
    """Return shares that add up to 1 along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares
