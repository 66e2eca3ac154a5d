"""The network of the recogniser: one encoder of tokens, one linear layer for the tags of all heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Linear, Model, chain, with_array, zero_init


@registry.architectures("peyer.GuidelineHeads.v1")  # type: ignore[untyped-decorator]
def GuidelineHeads(tok2vec: Model[list[Doc], list[Any]]) -> Model[list[Doc], list[Any]]:
    """Return the network: Docs in, for each the scores (tokens, tags of all heads) out.

    The component, which knows the labels, sets its dimension nO and the size of its parameter "transitions".
    """
    output: Model[Any, Any] = with_array(Linear(init_W=zero_init))
    return Model(
        "guideline_heads",
        _forward,
        init=_init,
        layers=[chain(tok2vec, output)],
        dims={"nO": None},
        params={"transitions": None},
        refs={"tok2vec": tok2vec, "output": output},
        attrs={"transition_count": 0},
    )


def _forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], Any]:
    return model.layers[0](docs, is_train)


def _init(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:
    width = model.get_ref("tok2vec").get_dim("nO")
    linear = model.get_ref("output").layers[0]
    linear.set_dim("nI", width)
    linear.set_dim("nO", model.get_dim("nO"))
    model.set_param("transitions", model.ops.alloc1f(model.attrs["transition_count"]))
    model.get_ref("tok2vec").initialize(X=X)
    linear.initialize()
