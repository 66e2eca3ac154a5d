"""A cache for layers that embed every word without its context.

Nine of ten tokens of a corpus have been embedded before. The cache is dropped when the weights change, and when it is
full.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

_CAPACITY = 1 << 15

Forward = Callable[[Model[Any, Any], Sequence[Doc], bool], tuple[Any, Any]]
Keys = Callable[[Doc], Sequence[Hashable]]
Texts = Callable[[Vocab, Sequence[Any]], Doc]


class _Memory:
    """Rows of an embedding by key, for one state of the weights."""

    def __init__(self, width: int, state: float) -> None:
        self.rows: NDArray[np.float32] = np.empty((_CAPACITY, width), dtype=np.float32)
        self.places: dict[Hashable, int] = {}
        self.state = state


class _Remembering:
    """The forward function of a layer, which looks embeddings up that it has computed before, except in training.

    Threads that share a pipeline share the cache; a pickled layer has none.
    """

    def __init__(self, compute: Forward, keys_of: Keys, text_of: Texts) -> None:
        self._compute = compute
        self._keys_of = keys_of
        self._text_of = text_of
        self._memory: _Memory | None = None
        self._lock = Lock()

    def __reduce__(self) -> tuple[Any, ...]:
        return _Remembering, (self._compute, self._keys_of, self._text_of)

    def __call__(self, model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[Any, Any]:
        if is_train or not any(len(doc) for doc in docs):
            return self._compute(model, docs, is_train)
        with self._lock:
            return self._recall(model, docs)

    def _recall(self, model: Model[Any, Any], docs: Sequence[Doc]) -> tuple[Any, Any]:
        memory = self._memory
        keys = [self._keys_of(doc) for doc in docs]
        state = _state(model)
        known = memory.places if memory is not None and memory.state == state else {}
        new = list(dict.fromkeys(key for of_doc in keys for key in of_doc if key not in known))
        if memory is None or memory.state != state or len(known) + len(new) > _CAPACITY:
            new = list(dict.fromkeys(key for of_doc in keys for key in of_doc))
            if len(new) > _CAPACITY:
                return self._compute(model, docs, False)
            memory = None
        if new:
            (rows,), _ = self._compute(model, [self._text_of(docs[0].vocab, new)], False)
            if memory is None:
                memory = self._memory = _Memory(rows.shape[1], state)
            first = len(memory.places)
            memory.rows[first : first + len(new)] = rows
            memory.places.update((key, first + place) for place, key in enumerate(new))
        assert memory is not None
        found = [memory.rows[[memory.places[key] for key in of_doc]] for of_doc in keys]
        return found, _backward


def remembering(embed: Model[Any, Any], keys_of: Keys, text_of: Texts) -> Model[Any, Any]:
    """Return the layer itself, which from now on caches its embeddings, except in training.

    `keys_of` returns for each token of a Doc what its embedding depends on, `text_of` a Doc with a token for each key.
    The structure of the network does not change, nor do its weights on disk.
    """
    embed._func = _Remembering(cast(Forward, embed._func), keys_of, text_of)
    return embed


def _backward(derivative: Any) -> Any:
    return derivative


def _state(model: Model[Any, Any]) -> float:
    """Return a number that changes with the weights of the layer."""
    return sum(float(np.asarray(node.get_param("W")).sum()) for node in model.walk() if node.name == "maxout")
