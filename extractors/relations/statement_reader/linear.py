"""The linear reader: logistic regressions over the sparse features of a pair."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractors.relations.statement_reader.inputs import Floats, Numbers


class LinearReader:
    """`hashes` are the buckets that are known, sorted; `weights` (buckets, PREDICATES and the two flags)."""

    def __init__(self, hashes: Numbers, weights: NDArray[np.float16], bias: Floats) -> None:
        self._hashes, self._weights, self._bias = hashes, weights, bias

    @classmethod
    def from_disk(cls, path: Path) -> LinearReader:
        """Read what `to_disk` has written."""
        with np.load(path) as stored:
            return cls(stored["hashes"], stored["weights"], stored["bias"])

    def to_disk(self, path: Path) -> None:
        """Write the reader into one file (NumPy's .npz)."""
        np.savez_compressed(path, hashes=self._hashes, weights=self._weights, bias=self._bias)

    def scores(self, pairs: Sequence[Numbers]) -> Floats:
        """Return the log odds (pairs, PREDICATES and the two flags) of pairs with these buckets."""
        if not pairs:
            return np.zeros((0, len(self._bias)), np.float32)
        joined = np.concatenate(pairs)
        places = np.minimum(np.searchsorted(self._hashes, joined), len(self._hashes) - 1)
        known = self._hashes[places] == joined
        counts = np.asarray([len(each) for each in pairs])
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        taken = self._weights[places].astype(np.float32)
        taken[~known] = 0.0
        sums: Floats = np.add.reduceat(taken, starts, axis=0) * (counts**-0.5)[:, None] + self._bias
        return sums.astype(np.float32)
