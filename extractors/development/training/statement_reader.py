"""Trains the statement reader on the read texts: its linear reader, its networks, and how they are put together."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from spacy.language import Language

from extractors.development.readings import passages
from extractors.development.readings.texts import read_abstracts
from extractors.development.training.statement_examples import IGNORED, Example, examples
from extractors.development.training.statement_network import Settings, train
from extractors.relations.statement_reader.inputs import PREDICATES, Flags, Floats, Numbers
from extractors.relations.statement_reader.linear import LinearReader
from extractors.relations.statement_reader.network import Network
from extractors.relations.statement_reader.reader import flag_evidence, log_odds, statement_evidence

logger = logging.getLogger(__name__)

_COST = 10.0
_MIN_COUNT = 2
"""Features of fewer pairs are left out."""
_SMALLEST_WEIGHT = 0.02
"""Features whose weights are all nearer to 0 are not stored."""
NETWORKS = 1


def write_reader(corpora: Path, nlp: Language, folder: Path, settings: Settings | None = None) -> None:
    """Write linear.npz, network-<number>.npz and calibration.npz; `nlp` finds mentions.

    Trained on the part "train" of the readings and on the passages; the calibration is chosen on the part "dev".
    """
    tags = {name: number for number, name in enumerate(nlp.get_pipe("tagger").labels, start=1)}  # type: ignore[attr-defined]
    deps = {name: number for number, name in enumerate(nlp.get_pipe("parser").labels, start=1)}  # type: ignore[attr-defined]
    learnt, chosen = (list(examples(nlp, read_abstracts(corpora, part), tags, deps)) for part in ("train", "dev"))
    learnt += examples(nlp, passages.read_as_texts(), tags, deps, passages.NOT_ASKED)
    linear = learn_linear(learnt)
    linear.to_disk(folder / "linear.npz")
    networks = []
    for number in range(NETWORKS):
        trained = train(learnt, len(tags) + 1, len(deps) + 1, settings or Settings(seed=number + 1))
        networks.append(Network(trained.weights()))
        networks[-1].to_disk(folder / f"network-{number}.npz")
    weights, flag_weights = calibrated(chosen, linear, networks)
    np.savez(folder / "calibration.npz", weights=weights, flag_weights=flag_weights, tags=list(tags), deps=list(deps))


def _all(texts: Sequence[Example]) -> tuple[Numbers, Flags, Flags]:
    """Return labels, flags and legal predicates of all pairs."""
    return (
        np.concatenate([each for example in texts for each in example.labels]),
        np.concatenate([each for example in texts for each in example.flags]),
        np.concatenate([each.legal for example in texts for each in example.pairs]),
    )


def learn_linear(texts: Sequence[Example]) -> LinearReader:
    """Return logistic regressions, one for each predicate and flag; the result depends on the texts and their order.

    A predicate learns from the pairs that it may join, a flag from what is stated.
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    labels, flags, legal = _all(texts)
    rows = [buckets for example in texts for buckets in example.buckets]
    hashes, counts = np.unique(np.concatenate(rows), return_counts=True)
    hashes = hashes[counts >= _MIN_COUNT]
    indices, values, ends = [], [], [0]
    for buckets in rows:
        places = np.minimum(np.searchsorted(hashes, buckets), len(hashes) - 1)
        found = places[hashes[places] == buckets]
        indices.append(found)
        values.append(np.full(len(found), len(buckets) ** -0.5, np.float32))
        ends.append(ends[-1] + len(found))
    matrix = csr_matrix((np.concatenate(values), np.concatenate(indices), ends), shape=(len(rows), len(hashes)))
    weights = np.zeros((len(hashes), len(PREDICATES) + 2), np.float32)
    bias = np.full(len(PREDICATES) + 2, -9.0, np.float32)
    is_stated = labels > 0
    tasks = [(number, (labels != IGNORED) & legal[:, number], labels == number) for number in range(1, len(PREDICATES))]
    tasks += [(len(PREDICATES) + flag, is_stated, flags[:, flag]) for flag in range(2)]
    for number, chosen, right in tasks:
        regression = LogisticRegression(C=_COST, solver="liblinear", tol=1e-3).fit(matrix[chosen], right[chosen])
        weights[:, number], bias[number] = regression.coef_[0], regression.intercept_[0]
        logger.info("linear reader: %d of %d", number, len(PREDICATES) + 1)
    kept = np.abs(weights).max(axis=1) >= _SMALLEST_WEIGHT
    return LinearReader(hashes[kept], weights[kept].astype(np.float16), bias)


def calibrated(texts: Sequence[Example], linear: LinearReader, networks: Sequence[Network]) -> tuple[Floats, Floats]:
    """Return how the readers are put together, fitted to what texts state that they have not seen (Platt, 1999).

    For statements the weights of linear reader, networks and a carried subject, and the bias; for each flag those of
    linear reader, networks and rules, and the bias (flags, 4).
    """
    from sklearn.linear_model import LogisticRegression

    labels, flags, legal = _all(texts)
    by_linear = linear.scores([buckets for example in texts for buckets in example.buckets])
    read = [[out for each in texts for out in network.read(each.tokens, each.pairs)] for network in networks]
    by_network, network_flags = (
        np.mean([log_odds(np.concatenate([getattr(out, name) for out in outputs])) for outputs in read], axis=0)
        for name in ("predicates", "flags")
    )
    chosen = legal & (labels != IGNORED)[:, None]
    chosen[:, 0] = False
    right = labels[:, None] == np.arange(len(PREDICATES))[None, :]
    sentences = [each for example in texts for each in example.pairs]
    scores = statement_evidence(by_linear, by_network, sentences)[chosen]
    regression = LogisticRegression(C=1e3).fit(scores, right[chosen])
    evidence = flag_evidence(by_linear, network_flags, sentences)
    is_stated = labels > 0
    of_flags = []
    for flag in range(2):
        fitted = LogisticRegression(C=10.0).fit(evidence[is_stated, flag], flags[is_stated, flag])
        of_flags.append([*fitted.coef_[0], fitted.intercept_[0]])
    return (
        np.asarray([*regression.coef_[0], regression.intercept_[0]], np.float32),
        np.asarray(of_flags, np.float32),
    )
