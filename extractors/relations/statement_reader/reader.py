"""Reads what the sentences of a text state of their mentions, with how probable each statement is.

Two readers that err in different ways are put together: a linear one over sparse features (`features.py`) and a network
(`network.py`). Both have learnt from whole texts in which careful readers wrote down every statement, and see what the
rules state. What they say together is calibrated (Platt, 1999) on texts that neither was trained on, and then scaled
so that it is the share of statements that are right there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from spacy.tokens import Doc

from extractors.data import model_file
from extractors.relations.sentence import Candidate
from extractors.relations.statement_reader.features import PairFeatures
from extractors.relations.statement_reader.inputs import (
    FOUND_BY_RULES,
    IS_CARRIED,
    PREDICATES,
    RULE_FLAGS,
    Flags,
    Floats,
    Numbers,
    PairInput,
    by_pair,
    pair_inputs,
    tokens_of,
)
from extractors.relations.statement_reader.linear import LinearReader
from extractors.relations.statement_reader.network import Network, sigmoid
from extractors.relations.statement_reader.pairs import Pair, pairs_of
from extractors.relations.statement_reader.trees import Tree

FOLDER = model_file("statements")
THRESHOLD = 0.35
"""How probable a statement must be to be made at all."""

THRESHOLD_WITH_RULE = 0.2
"""The same for what a rule finds too: in plainer texts than abstracts rules are right more often than it thinks."""

_CLOSE_TO_CERTAIN = 1e-4
_NEVER_STATED = 0.05


class ReadPair(NamedTuple):
    """A pair with its most probable predicate: the probabilities that it is stated, negated and hedged."""

    pair: Pair
    predicate: str
    score: float
    negated: float
    hedged: float


class StatementReader:
    """The linear reader, the network, and how they are put together."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read the models of `folder`."""
        self._folder = folder
        self._linear = LinearReader.from_disk(folder / "linear.npz")
        self._network = Network.from_disk(folder / "network.npz")
        with np.load(folder / "calibration.npz") as stored:
            self._weights = stored["weights"]
            self._flag_weights = stored["flag_weights"]
            self._scale = stored["scale"]
            self._tags = {name: number for number, name in enumerate(stored["tags"].tolist(), start=1)}
            self._deps = {name: number for number, name in enumerate(stored["deps"].tolist(), start=1)}

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the folder alone: another process reads the models itself."""
        return (bundled_reader, ()) if self._folder == FOLDER else (StatementReader, (self._folder,))

    def read(self, doc: Doc, by_rules: Iterable[Candidate]) -> dict[int, list[ReadPair]]:
        """Return first token of a sentence -> every pair that it may relate; `doc` is parsed and has its mentions."""
        pairs = list(pairs_of(doc))
        if not pairs:
            return {}
        stated = by_pair(by_rules)
        tree = Tree(doc)
        inputs = pair_inputs(doc, pairs, stated, tree)
        features = PairFeatures(doc, stated, tree)
        linear = self._linear.scores([features.buckets(pair) for pair in pairs])
        tokens = tokens_of(doc, self._tags, self._deps)
        outputs = self._network.read(tokens, inputs)
        by_network, flags = (
            log_odds(np.concatenate([getattr(each, name) for each in outputs])) for name in ("predicates", "flags")
        )
        of_pairs = statement_evidence(linear, by_network, inputs)
        scores = np.interp(sigmoid((of_pairs * self._weights[:-1]).sum(axis=2) + self._weights[-1]), *self._scale)
        evidence = flag_evidence(linear, flags, inputs)
        flags = sigmoid((evidence * self._flag_weights[:, :-1]).sum(axis=2) + self._flag_weights[:, -1])
        scores = decided(inputs, np.where(np.concatenate([each.legal for each in inputs]), scores, 0.0))
        best = scores[:, 1:].argmax(axis=1) + 1
        starts = [sentence.start for sentence in doc.sents]
        read: dict[int, list[ReadPair]] = defaultdict(list)
        for pair, at, row, (negated, hedged) in zip(pairs, best, scores, flags, strict=True):
            found = ReadPair(pair, PREDICATES[at], round(float(row[at]), 3), float(negated), float(hedged))
            read[starts[pair.sentence]].append(found)
        return read


def statement_evidence(linear: Floats, network: Floats, sentences: Sequence[PairInput]) -> Floats:
    """Return what speaks for each predicate of a pair (pairs, PREDICATES, evidence).

    That is the log odds of linear reader and network, and whether the subject is carried.
    """
    own = linear[:, : len(PREDICATES)]
    is_carried = np.concatenate([each.known[:, IS_CARRIED] for each in sentences])
    return np.stack([own, network, np.broadcast_to(is_carried[:, None], own.shape)], axis=2)


def flag_evidence(linear: Floats, network: Floats, sentences: Sequence[PairInput]) -> Floats:
    """Return what speaks for each flag (pairs, flags, evidence): linear reader, network, whether a rule finds it so."""
    by_rules = np.concatenate([each.known[:, RULE_FLAGS] for each in sentences])
    return np.stack([linear[:, len(PREDICATES) :], network, by_rules], axis=2)


def log_odds(probabilities: Floats) -> Floats:
    """Return the logarithms of the odds, of what is nearly certain as of what is less so."""
    kept = np.clip(probabilities, _CLOSE_TO_CERTAIN, 1 - _CLOSE_TO_CERTAIN)
    odds: Floats = np.log(kept / (1 - kept))
    return odds


def decided(sentences: Sequence[PairInput], scores: Floats) -> Floats:
    """Return the scores (pairs, PREDICATES) without those that a surer statement of the sentence rules out.

    Of two mentions one of which stands within the other, as of the two directions of a pair, one is stated. What the
    sentence itself says something to act on, no subject of the sentence before acts on, unless a rule says so.
    """
    left = scores.copy()
    row = 0
    for sentence in sentences:
        here = slice(row, row + len(sentence.subjects))
        best = left[here, 1:].max(axis=1)
        is_carried = sentence.known[:, IS_CARRIED] > 0
        is_unknown = ~sentence.known[:, FOUND_BY_RULES].any(axis=1)
        of_sentence = sentence.objects[~is_carried & (best >= THRESHOLD)]
        out = is_carried & is_unknown & _held_by_any(sentence.objects, of_sentence)
        for number in np.argsort(-best, kind="stable"):
            if best[number] < _NEVER_STATED:
                break
            if out[number]:
                continue
            subject, target = sentence.subjects[number], sentence.objects[number]
            ruled_out = _nests(sentence.subjects, subject) & _nests(sentence.objects, target)
            ruled_out |= _nests(sentence.objects, subject) & _nests(sentence.subjects, target)
            ruled_out[number] = False
            out |= ruled_out
        left[here][out] = 0.0
        row = here.stop
    return left


def _held_by_any(spans: Numbers, others: Numbers) -> Flags:
    """Whether each of `spans` is nested with one of `others`."""
    held = np.zeros(len(spans), np.bool_)
    for other in others:
        held |= _nests(spans, other)
    return held


def _nests(spans: Numbers, span: Numbers) -> Flags:
    """Whether each of `spans` holds `span` or is held by it."""
    holds = (spans[:, 0] <= span[0]) & (span[1] <= spans[:, 1])
    is_held = (span[0] <= spans[:, 0]) & (spans[:, 1] <= span[1])
    both: Flags = holds | is_held
    return both


@cache
def bundled_reader() -> StatementReader:
    """Return the reader that the project ships, read once in a process."""
    return StatementReader()
