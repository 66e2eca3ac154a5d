"""A calibrated linear classifier: support vector machines, one against the rest, then a logistic regression.

The machines (Cortes and Vapnik, 1995) see the features, the regression their scores. It is fitted to scores from
cross-validation, so that its probabilities hold for unseen text (Platt, 1999, for two classes).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

NONE = "NONE"
"""The label of a pair that is not related."""

Floats = NDArray[np.float32]

_FOLDS = 4
_COST = 1.0
_MIN_COUNT = 2
"""Features that occur less often in training are left out."""
_SMALLEST_WEIGHT = 0.004
"""Features whose weights are all nearer to 0 are not stored: they are the most, and change no decision."""


class Example(NamedTuple):
    """Features of a pair, its label, and the text it is from."""

    features: Sequence[str]
    label: str
    document: str


class LinearClassifier:
    """Gives each label of a guideline its probability; `labels` begins with NONE.

    `margin` is subtracted from NONE's probability when a label is chosen; training sets it to the value with the
    highest F1.
    """

    def __init__(
        self,
        labels: Sequence[str],
        hashes: NDArray[np.uint64],
        weights: NDArray[np.float16],
        bias: Floats,
        calibration: Floats,
        margin: float,
    ) -> None:
        self.labels = tuple(labels)
        self.margin = margin
        self._hashes, self._weights, self._bias, self._calibration = hashes, weights, bias, calibration

    def probabilities(self, features: Sequence[str]) -> Floats:
        """Return the probability of each of `labels`."""
        norm = len(set(features)) ** -0.5 if features else 0.0
        scores = self._weights[self._rows(features)].astype(np.float32).sum(axis=0) * norm + self._bias
        return _softmax(scores @ self._calibration[:-1] + self._calibration[-1])

    def decide(self, features: Sequence[str]) -> tuple[str, float]:
        """Return the chosen label and its probability."""
        found = self.probabilities(features)
        best = self.best(found)
        return self.labels[best], float(found[best])

    def best(self, probabilities: Floats) -> int:
        """Return the index in `labels` of the label that is chosen by probabilities."""
        weighed = probabilities.copy()
        weighed[0] -= self.margin
        return int(weighed.argmax())

    def _rows(self, features: Sequence[str]) -> NDArray[np.int64]:
        wanted = np.asarray(sorted({get_string_id(feature) for feature in features}), dtype=np.uint64)
        places = np.minimum(np.searchsorted(self._hashes, wanted), len(self._hashes) - 1)
        found: NDArray[np.int64] = places[self._hashes[places] == wanted]
        return found

    def to_disk(self, path: Path) -> None:
        """Write the classifier into one file (NumPy's .npz)."""
        np.savez_compressed(
            path,
            labels=np.asarray(self.labels),
            hashes=self._hashes,
            weights=self._weights,
            bias=self._bias,
            calibration=self._calibration,
            margin=np.asarray(self.margin, dtype=np.float32),
        )

    @classmethod
    def from_disk(cls, path: Path) -> LinearClassifier:
        """Read what `to_disk` has written."""
        with np.load(path) as stored:
            return cls(
                stored["labels"].tolist(),
                stored["hashes"],
                stored["weights"],
                stored["bias"],
                stored["calibration"],
                float(stored["margin"]),
            )


def learn(examples: Sequence[Example]) -> tuple[LinearClassifier, Floats]:
    """Train on examples; the result depends on them and their order alone.

    Returns the classifier, and the probabilities (examples, labels) from cross-validation, in which the texts of an
    example were not trained on.
    """
    from sklearn.linear_model import LogisticRegression

    counts = Counter(feature for example in examples for feature in set(example.features))
    columns = {feature: at for at, feature in enumerate(sorted(f for f, n in counts.items() if n >= _MIN_COUNT))}
    matrix = _matrix(examples, columns)
    names = sorted({example.label for example in examples} - {NONE})
    labels = [NONE, *names]
    gold = np.asarray([labels.index(example.label) for example in examples])
    documents = {document: at for at, document in enumerate(dict.fromkeys(example.document for example in examples))}
    folds = np.asarray([documents[example.document] % _FOLDS for example in examples])
    unseen = np.zeros((len(examples), len(labels)), dtype=np.float32)
    for fold in range(_FOLDS):
        weights, bias = _fitted_machines(matrix[folds != fold], gold[folds != fold], len(labels))
        unseen[folds == fold] = matrix[folds == fold] @ weights + bias
    regression = LogisticRegression(C=1.0, max_iter=1000).fit(unseen, gold)
    calibration = np.zeros((len(labels) + 1, len(labels)), dtype=np.float32)
    calibration[-1] = -30.0
    slopes, offsets = regression.coef_, regression.intercept_
    if len(regression.classes_) == 2:
        slopes, offsets = np.vstack([-slopes, slopes]) / 2, np.concatenate([-offsets, offsets]) / 2
    calibration[:-1, regression.classes_] = slopes.T
    calibration[-1, regression.classes_] = offsets
    weights, bias = _fitted_machines(matrix, gold, len(labels))
    cross_validated = _softmax(unseen @ calibration[:-1] + calibration[-1])
    kept = np.abs(weights).max(axis=1) >= _SMALLEST_WEIGHT
    hashed = np.asarray([get_string_id(feature) for feature in columns], dtype=np.uint64)[kept]
    order = hashed.argsort()
    kept_weights = weights[kept][order].astype(np.float16)
    margin = _best_margin(cross_validated, gold)
    return LinearClassifier(labels, hashed[order], kept_weights, bias, calibration, margin), cross_validated


def _matrix(examples: Sequence[Example], columns: dict[str, int]) -> Any:
    """Return the features as a sparse matrix whose rows have norm 1, counting also the features without a column."""
    from scipy.sparse import csr_matrix

    indices: list[int] = []
    ends, values = [0], []
    for example in examples:
        features = set(example.features)
        known = sorted(columns[feature] for feature in features if feature in columns)
        indices += known
        values += [len(features) ** -0.5] * len(known)
        ends.append(len(indices))
    return csr_matrix((values, indices, ends), shape=(len(examples), len(columns)), dtype=np.float64)


def _fitted_machines(matrix: Any, gold: NDArray[np.int64], labels: int) -> tuple[Floats, Floats]:
    from sklearn.svm import LinearSVC

    machine = LinearSVC(C=_COST, max_iter=2000, random_state=0).fit(matrix, gold)
    weights = np.zeros((matrix.shape[1], labels), dtype=np.float32)
    bias = np.full(labels, -1.0, dtype=np.float32)
    slopes, offsets = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:
        slopes, offsets = np.vstack([-slopes, slopes]), np.concatenate([-offsets, offsets])
    weights[:, machine.classes_] = slopes.T
    bias[machine.classes_] = offsets
    return weights, bias


def _best_margin(probabilities: Floats, gold: NDArray[np.int64]) -> float:
    """Return the margin of NONE with the highest micro F1 of the other labels."""

    def f1(margin: float) -> float:
        weighed = probabilities.copy()
        weighed[:, 0] -= margin
        found = weighed.argmax(axis=1)
        right = int(((found == gold) & (gold > 0)).sum())
        return 2 * right / max(int((found > 0).sum() + (gold > 0).sum()), 1)

    return max((round(step * 0.02, 2) for step in range(-10, 36)), key=f1)


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


Reliability = list[tuple[float, float, int]]


def reliability(pairs: Sequence[tuple[float, float]], bins: int = 10) -> Reliability:
    """Return a reliability table of (probability, whether right): for each bin its mean, the share right, the count."""
    table: Reliability = []
    for at in range(bins):
        inside = [pair for pair in pairs if at / bins <= pair[0] < (at + 1) / bins or (at == bins - 1 and pair[0] == 1)]
        if inside:
            mean = sum(score for score, _ in inside) / len(inside)
            table.append((mean, sum(right for _, right in inside) / len(inside), len(inside)))
    return table
