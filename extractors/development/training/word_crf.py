"""Trains the word CRF (`extractors/entities/ner/word_crf.py`) with CRFsuite (Okazaki, 2007), one head at a time."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from extractors.development.training.documents import heads
from extractors.entities.ner import crf
from extractors.entities.ner.word_crf import Floats, LexicalScores, joined, sentence_features

FILE = "lexical.npz"
FACTOR = 0.5
"""The factor of the weights relative to the network's scores, chosen on the held-out part of the training data."""

_SMALLEST = 0.01
_PARTS = "BILU"
_OUTSIDE = "O"

logger = logging.getLogger(__name__)


class LexicalTask(NamedTuple):
    """A head, the labels of it that are learnt, and the sources that annotate all of these."""

    head: str
    labels: tuple[str, ...]
    sources: tuple[str, ...]


TASKS = (
    LexicalTask("main", ("CHEMICAL", "DISEASE"), ("bc5cdr", "biored")),
    LexicalTask("ncbi_disease", ("DISEASE",), ("ncbi_disease",)),
    LexicalTask("bc2gm", ("GENE",), ("bc2gm",)),
)


class _Sentence(NamedTuple):
    words: Sequence[str]
    known: Sequence[tuple[str, str]]
    tags: Sequence[str]


def learn_lexical(documents: Path, work: Path, tasks: Sequence[LexicalTask] = TASKS) -> LexicalScores:
    """Train on the documents that `documents_reader` reads; CRFsuite's own files are written into `work`."""
    learned = {task.head: (*_learn(documents, task, work / f"{task.head}.crfsuite"), task.labels) for task in tasks}
    return joined(learned, heads(), FACTOR, _SMALLEST)


def _learn(documents: Path, task: LexicalTask, file: Path) -> tuple[Mapping[str, Floats], Floats]:
    """Return the weights of each feature (by tag), and the transition weights (tag by tag)."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False, algorithm="lbfgs")
    trainer.set_params({"c1": 0.1, "c2": 0.05, "max_iterations": 150, "feature.minfreq": 2})
    count = 0
    for sentence in _sentences(documents, task):
        trainer.append(list(sentence_features(sentence.words, sentence.known)), sentence.tags)
        count += 1
    trainer.train(str(file))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(file))
    learned = tagger.info()
    names = {_OUTSIDE: 0} | {
        f"{part}-{label}": crf.tag(number, place)
        for number, label in enumerate(task.labels)
        for place, part in enumerate(_PARTS)
    }
    weights: dict[str, Floats] = {}
    for (feature, tag), weight in learned.state_features.items():
        weights.setdefault(feature, np.zeros(len(names), dtype=np.float32))[names[tag]] = weight
    steps = np.zeros((len(names), len(names)), dtype=np.float32)
    for (before, after), weight in learned.transitions.items():
        steps[names[before], names[after]] = weight
    logger.info("%s: %d sentences, %d features", task.head, count, len(weights))
    return weights, steps


def _sentences(documents: Path, task: LexicalTask) -> Iterator[_Sentence]:
    """Yield the sentences with names of the labels of the task, without sentences in which something is left open."""
    for source in task.sources:
        with gzip.open(documents / f"{source}.train.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                tags, is_open = _tags(record, task)
                for start, end in pairwise([*record["sentences"], len(record["words"])]):
                    if not any(is_open[start:end]):
                        known = [(first, second) for first, second in record["dictionary"][start:end]]
                        yield _Sentence(record["words"][start:end], known, tags[start:end])


def _tags(record: Mapping[str, Any], task: LexicalTask) -> tuple[list[str], list[bool]]:
    """Return the tag of every token of a document, and whether its corpus leaves the token open."""
    tags = [_OUTSIDE] * len(record["words"])
    is_open = [False] * len(tags)
    for start, end, label in record["spans"].get(task.head, ()):
        if not label:
            is_open[start:end] = [True] * (end - start)
        elif label in task.labels:
            parts = "U" if end - start == 1 else "B" + "I" * (end - start - 2) + "L"
            tags[start:end] = [f"{part}-{label}" for part in parts]
    return tags, is_open
