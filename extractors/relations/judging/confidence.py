"""How far to trust a statement: the probability that a pharmacologist who reads the sentence would sign it.

Of the statements that rules find over token positions alone, though the sentence is well parsed and its tree does not
bear them out, half are right; of those on which token positions and tree agree, nine in ten. So the score of a
statement is no constant of its rule but a logistic regression (as Platt, 1999, calibrates) over how it was found, what
the classifier of pairs makes of it, and what is known to mislead. It was trained on statements that were judged one by
one (`development/training/judged.tsv`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from extractors.data import model_file

FILE = model_file("pairs/confidence.json")
BIAS = "bias"


class Evidence(NamedTuple):
    """What speaks for a statement, and against it."""

    by_words: bool
    """A rule found it by the positions of tokens."""

    by_tree: bool
    """A rule found it in the dependency tree."""

    could_agree: bool
    """The sentence is well parsed and the rule of a kind that a tree bears out where it is right."""

    is_borrowed: bool
    """Its subject is inherited from the sentence before."""

    words_between: int
    """How many tokens stand between subject and object."""

    probability: float | None
    """What the classifier of pairs gives it; None where it does not read such pairs."""

    is_negated: bool
    is_hedged: bool

    def features(self) -> Iterator[tuple[str, float]]:
        """Yield the input of the regression: name of the feature, its value."""
        yield BIAS, 1.0
        yield "agreed", float(self.by_words and self.by_tree)
        yield "not borne out", float(self.could_agree and self.by_words and not self.by_tree)
        yield "borrowed", float(self.is_borrowed)
        yield "between", math.log1p(max(self.words_between, 0))
        yield "not read", float(self.probability is None)
        yield "probability", self.probability or 0.0
        yield "negated", float(self.is_negated)
        yield "hedged", float(self.is_hedged)


@cache
def bundled_weights() -> Mapping[str, float]:
    """Return the weights that the project ships: name of a feature -> weight."""
    weights: dict[str, float] = json.loads(FILE.read_text(encoding="utf-8"))
    return weights


def confidence(evidence: Evidence, weights: Mapping[str, float] | None = None) -> float:
    """Return the probability, between 0 and 1, that a statement is right.

    >>> both = Evidence(True, True, True, False, 3, 0.9, False, False)
    >>> confidence(both) > 0.8 > confidence(both._replace(by_tree=False, probability=0.1))
    True
    """
    known = bundled_weights() if weights is None else weights
    return 1 / (1 + math.exp(-sum(known[name] * value for name, value in evidence.features())))
