"""Layers that embed a word by itself, without its neighbours, remember what they gave for the words they saw last.

A text repeats its words, and a corpus more so: nine of ten tokens have been embedded before. What is remembered is
dropped when the weights change, and when it is full.
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

Keys = Callable[[Doc], Sequence[Hashable]]
Texts = Callable[[Vocab, Sequence[Any]], Doc]


class _Memory:
    """Rows of an embedding by key, for one state of the weights."""

    def __init__(self, width: int, state: float) -> None:
        self.rows: NDArray[np.float32] = np.empty((_CAPACITY, width), dtype=np.float32)
        self.places: dict[Hashable, int] = {}
        self.state = state


def remembering(embed: Model[Any, Any], keys_of: Keys, text_of: Texts) -> Model[Any, Any]:
    """Return the layer itself, which from now on looks up what it gave before, except in training.

    `keys_of` gives for each token of a Doc what its embedding depends on, `text_of` a Doc with a token for each key.
    The structure of the network stays as it is, and so do its weights on disk.
    """
    compute = embed._func
    memory: _Memory | None = None
    lock = Lock()

    def forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[Any, Any]:
        if is_train or not any(len(doc) for doc in docs):
            return cast(tuple[Any, Any], compute(model, docs, is_train))
        with lock:  # threads that read with one pipeline share the memory
            return recall(model, docs)

    def recall(model: Model[Any, Any], docs: Sequence[Doc]) -> tuple[Any, Any]:
        nonlocal memory
        keys = [keys_of(doc) for doc in docs]
        state = _state(model)
        known = memory.places if memory is not None and memory.state == state else {}
        new = list(dict.fromkeys(key for of_doc in keys for key in of_doc if key not in known))
        if memory is None or memory.state != state or len(known) + len(new) > _CAPACITY:
            new = list(dict.fromkeys(key for of_doc in keys for key in of_doc))
            if len(new) > _CAPACITY:
                return cast(tuple[Any, Any], compute(model, docs, False))
            memory = None
        if new:
            (rows,), _ = compute(model, [text_of(docs[0].vocab, new)], False)
            if memory is None:
                memory = _Memory(rows.shape[1], state)
            first = len(memory.places)
            memory.rows[first : first + len(new)] = rows
            memory.places.update((key, first + place) for place, key in enumerate(new))
        assert memory is not None
        found = [memory.rows[[memory.places[key] for key in of_doc]] for of_doc in keys]
        return found, lambda d: []

    embed._func = forward
    return embed


def _state(model: Model[Any, Any]) -> float:
    """Return a number that changes with the weights of the layer's last step."""
    return sum(float(np.asarray(node.get_param("W")).sum()) for node in model.walk() if node.name == "maxout")
