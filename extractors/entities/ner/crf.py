"""A linear-chain conditional random field over the tags of one head (Lafferty et al., 2001), in NumPy.

Tags follow the BILOU scheme: 0 is outside; a label has four tags, for the first, inner and last token of a name and for
a name of one token. What a corpus does not annotate is left open, not learnt as absent: training maximises the
probability of all paths that agree with the annotation (a partial CRF, Tsuboi et al., 2008).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

BEGIN, INSIDE, LAST, UNIT = range(4)
TAGS_PER_LABEL = 4
_FORBIDDEN = np.float32(-1e4)
_TINY = np.float32(1e-30)


class Gradients(NamedTuple):
    """The result of `gradients`: the loss, and its derivatives by scores (B, T, K) and transitions (K, K)."""

    loss: float
    scores: Floats
    transitions: Floats


def tag_count(labels: int) -> int:
    """Return the number of tags of a head with this number of labels."""
    return 1 + TAGS_PER_LABEL * labels


def tag(label: int, part: int) -> int:
    """Return the tag of a part (BEGIN, INSIDE, LAST or UNIT) of a name with the label number `label`."""
    return 1 + TAGS_PER_LABEL * label + part


def legal_transitions(tags: int) -> Mask:
    """Return which tag (column) may follow which (row)."""
    part = (np.arange(tags) - 1) % TAGS_PER_LABEL
    label = (np.arange(tags) - 1) // TAGS_PER_LABEL
    outside = np.arange(tags) == 0
    is_open = ~outside & ((part == BEGIN) | (part == INSIDE))
    continues = ~outside & ((part == INSIDE) | (part == LAST))
    same = label[:, None] == label[None, :]
    legal: Mask = np.where(is_open[:, None], continues[None, :] & same, ~continues[None, :])
    return legal


def first_tags(tags: int) -> Mask:
    """Return which tags a sentence may begin with."""
    first: Mask = legal_transitions(tags)[0]
    return first


def last_tags(tags: int) -> Mask:
    """Return which tags a sentence may end with."""
    return legal_transitions(tags)[:, 0]


def gradients(scores: Floats, lengths: NDArray[np.int64], allowed: Mask, transitions: Floats) -> Gradients:
    """Return the negative log-likelihood of the allowed paths, summed over sentences, and its derivatives.

    `scores` (B, T, K) are the tag scores of B sentences padded to T tokens, `lengths` (B,) their numbers of tokens,
    `allowed` (B, T, K) the tags that agree with the annotation, `transitions` (K, K) the scores of tag after tag.
    """
    sentences = len(scores)
    shifted = np.exp(scores - scores.max(axis=2, keepdims=True))
    both = np.concatenate([shifted, shifted * allowed])
    log_z, marginals, pairs = _forward_backward(both, np.concatenate([lengths, lengths]), transitions)
    return Gradients(
        float((log_z[:sentences] - log_z[sentences:]).sum()),
        marginals[:sentences] - marginals[sentences:],
        pairs[0] - pairs[1],
    )


def _forward_backward(
    potentials: Floats, lengths: NDArray[np.int64], transitions: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return log partition (2B,), marginals (2B, T, K) and expected transitions of each half (2, K, K)."""
    count, time, tags = potentials.shape
    half = count // 2
    step = np.exp(np.where(legal_transitions(tags), transitions, _FORBIDDEN)).astype(np.float32)
    alphas = np.zeros_like(potentials)
    log_z = np.zeros(count, dtype=np.float32)
    alpha = potentials[:, 0] * first_tags(tags)
    for t in range(time):
        if t:
            moved = (alphas[:, t - 1] @ step) * potentials[:, t]
            alpha = np.where((t < lengths)[:, None], moved, alphas[:, t - 1])
        total = np.maximum(alpha.sum(axis=1), _TINY)
        alphas[:, t] = alpha / total[:, None]
        log_z += np.log(total)
    end = last_tags(tags).astype(np.float32)
    log_z += np.log(np.maximum((alphas[:, -1] * end).sum(axis=1), _TINY))
    marginals = np.zeros_like(potentials)
    pairs = np.zeros((2, tags, tags), dtype=np.float32)
    beta = np.broadcast_to(end, (count, tags))
    for t in range(time - 1, -1, -1):
        inside = (t < lengths)[:, None]
        joint = alphas[:, t] * beta
        marginals[:, t] = np.where(inside, joint / np.maximum(joint.sum(axis=1, keepdims=True), _TINY), 0)
        if t == 0:
            break
        ahead = np.where(inside, potentials[:, t] * beta, 0)
        norm = np.maximum(((alphas[:, t - 1] @ step) * ahead).sum(axis=1, keepdims=True), _TINY)
        before = np.where(inside, alphas[:, t - 1] / norm, 0)
        pairs[0] += before[:half].T @ ahead[:half]
        pairs[1] += before[half:].T @ ahead[half:]
        moved = ahead @ step.T
        moved /= np.maximum(moved.sum(axis=1, keepdims=True), _TINY)
        beta = np.where(inside, moved, beta)
    return log_z, marginals, pairs * step


def best_paths(scores: Floats, lengths: NDArray[np.int64], transitions: Floats) -> NDArray[np.int64]:
    """Return the best legal tags (H, B, T) of B padded sentences by H heads with equally many tags (Viterbi, 1967).

    `scores` are (H, B, T, K), `transitions` (H, K, K); the tags are 0 beyond the `lengths` (B,).
    """
    heads, count, time, tags = scores.shape
    step = np.where(legal_transitions(tags), transitions, _FORBIDDEN).astype(np.float32)[:, None]
    best = np.where(first_tags(tags), scores[:, :, 0], _FORBIDDEN)
    came = np.zeros((heads, count, time, tags), dtype=np.int16)
    for t in range(1, time):
        alive = int(np.searchsorted(lengths, t, side="right"))  # the sentences are sorted, shortest first
        through = best[:, alive:, :, None] + step
        source = through.argmax(axis=2)
        came[:, alive:, t] = source
        best[:, alive:] = np.take_along_axis(through, source[:, :, None], axis=2)[:, :, 0] + scores[:, alive:, t]
    paths = np.zeros((heads, count, time), dtype=np.int64)
    last = np.where(last_tags(tags), best, _FORBIDDEN).argmax(axis=2)
    for t in range(time - 1, -1, -1):
        alive = int(np.searchsorted(lengths, t, side="right"))
        paths[:, alive:, t] = last[:, alive:]
        if t:
            last[:, alive:] = np.take_along_axis(came[:, alive:, t], last[:, alive:, None], axis=2)[:, :, 0]
    return paths
