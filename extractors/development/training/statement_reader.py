"""Trains the statement reader on the read texts: its linear reader, its network, and how they are put together."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from spacy.language import Language

from extractors.development.evaluation.stated import Found, tally
from extractors.development.readings import passages
from extractors.development.readings.texts import Abstract, read_abstracts
from extractors.development.training.statement_examples import IGNORED, Example, examples
from extractors.relations.statement_reader.inputs import PREDICATES, Flags, Floats, Numbers
from extractors.relations.statement_reader.linear import LinearReader
from extractors.relations.statement_reader.network import Network, sigmoid
from extractors.relations.statement_reader.reader import decided, flag_evidence, log_odds, statement_evidence

logger = logging.getLogger(__name__)

_COST = 10.0
_MIN_COUNT = 2
"""Features of fewer pairs are left out."""
_SMALLEST_WEIGHT = 0.06
"""Features whose weights are all nearer to 0 are not stored."""
_BINS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
"""Limits of the scores that are counted together."""


def write_reader(corpora: Path, nlp: Language, folder: Path) -> None:
    """Write linear.npz, network.npz and calibration.npz; `nlp` finds mentions.

    Trained on the part "train" of the readings and on the passages; the calibration is chosen on the part "dev".
    """
    from extractors.development.training.statement_network import Settings, train  # PyTorch is for training alone

    tags = {name: number for number, name in enumerate(nlp.get_pipe("tagger").labels, start=1)}  # type: ignore[attr-defined]
    deps = {name: number for number, name in enumerate(nlp.get_pipe("parser").labels, start=1)}  # type: ignore[attr-defined]
    learnt, chosen = (list(examples(nlp, read_abstracts(corpora, part), tags, deps)) for part in ("train", "dev"))
    learnt += examples(nlp, passages.read_as_texts(), tags, deps, passages.NOT_ASKED)
    linear = learn_linear(learnt)
    linear.to_disk(folder / "linear.npz")
    network = Network(train(learnt, len(tags) + 1, len(deps) + 1, Settings()).weights())
    network.to_disk(folder / "network.npz")
    weights, flag_weights = calibrated(chosen, linear, network)
    np.savez(
        folder / "calibration.npz",
        weights=weights,
        flag_weights=flag_weights,
        scale=scale(chosen, linear, network, weights),
        tags=list(tags),
        deps=list(deps),
    )


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
        if len(set(right[chosen].tolist())) < 2:  # never stated, or nothing else: the bias says that it is not
            continue
        regression = LogisticRegression(C=_COST, solver="liblinear", tol=1e-3).fit(matrix[chosen], right[chosen])
        weights[:, number], bias[number] = regression.coef_[0], regression.intercept_[0]
        logger.info("linear reader: %d of %d", number, len(PREDICATES) + 1)
    kept = np.abs(weights).max(axis=1) >= _SMALLEST_WEIGHT
    return LinearReader(hashes[kept], weights[kept].astype(np.float16), bias)


def calibrated(texts: Sequence[Example], linear: LinearReader, network: Network) -> tuple[Floats, Floats]:
    """Return how the readers are put together, fitted to what texts state that they have not seen (Platt, 1999).

    For statements the weights of linear reader, network and a carried subject, and the bias; for each flag those of
    linear reader, network and rules, and the bias (flags, 4).
    """
    from sklearn.linear_model import LogisticRegression

    labels, flags, legal = _all(texts)
    by_linear, by_network, network_flags = _read(texts, linear, network)
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


def _read(texts: Sequence[Example], linear: LinearReader, network: Network) -> tuple[Floats, Floats, Floats]:
    """Return the log odds of the linear reader, and those of the network for predicates and for flags."""
    by_linear = linear.scores([buckets for example in texts for buckets in example.buckets])
    read = [out for each in texts for out in network.read(each.tokens, each.pairs)]
    by_network, flags = (
        log_odds(np.concatenate([getattr(out, name) for out in read])) for name in ("predicates", "flags")
    )
    return by_linear, by_network, flags


def scale(texts: Sequence[Example], linear: LinearReader, network: Network, weights: Floats) -> Floats:
    """Return scores and, for each, the share of statements of such a score that is right in these texts (2, knots).

    The shares rise with the score. What a reader was not sure of counts neither way.
    """
    by_linear, by_network, _ = _read(texts, linear, network)
    sentences = [each for example in texts for each in example.pairs]
    scores = sigmoid((statement_evidence(by_linear, by_network, sentences) * weights[:-1]).sum(axis=2) + weights[-1])
    legal = np.concatenate([each.legal for each in sentences])
    scores = decided(sentences, np.where(legal, scores, 0.0))
    best = scores[:, 1:].argmax(axis=1) + 1
    row = 0
    found: list[tuple[Abstract, list[Found]]] = []
    for example in texts:
        made = []
        for candidate in itertools.chain.from_iterable(example.candidates):
            score = float(scores[row, best[row]])
            names = candidate.subject_names, PREDICATES[best[row]], candidate.object_names
            made.append(Found(candidate.sentence_no, *names, False, False, score))
            row += 1
        found.append((example.abstract, made))
    knots = [(0.0, 0.0)]
    for low, high in itertools.pairwise(_BINS):
        inside = [(abstract, [each for each in made if low <= each.score < high]) for abstract, made in found]
        all_scores = [each.score for _, made in inside for each in made]
        mean = sum(all_scores) / max(1, len(all_scores))
        if knots[-1][0] < mean < 0.999:
            knots.append((mean, max(tally(inside).precision(), knots[-1][1])))
    rising: Floats = np.asarray([*knots, (1.0, 1.0)], np.float32).T
    return rising
