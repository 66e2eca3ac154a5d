"""Trains the score of statements on statements that were judged one by one (`judged.tsv`).

Each row of the table names a text of a corpus that may be trained on, the offsets of subject and object in it, and the
verdict: 1 right, 0 wrong, 0.5 arguable. Statements that the rules do not make (any more) are ignored.
"""

from __future__ import annotations

import csv
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from extractors.development.training.overlaps import training_relations
from extractors.relations.classifier.linear import Reliability, reliability
from extractors.relations.classifier.pairs import PairClassifiers
from extractors.relations.extractor import RelationExtractor
from extractors.relations.judging.confidence import BIAS, FILE, Evidence, confidence
from extractors.relations.rules import read_relation_rules

JUDGED = Path(__file__).parent / "judged.tsv"
_FOLDS = 5

Key = tuple[int, int, str, int, int, bool, bool]
"""Offsets of the subject, predicate, offsets of the object, whether negated, whether hedged."""


class JudgedStatement(NamedTuple):
    """What speaks for a statement, whether it is right (between 0 and 1), and the text it is from."""

    evidence: Evidence
    right: float
    document: str


def read_judged(path: Path = JUDGED) -> dict[tuple[str, str], dict[Key, float]]:
    """Return source and document -> statement -> verdict."""
    judged: dict[tuple[str, str], dict[Key, float]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            key = (
                int(row["subject_start"]),
                int(row["subject_end"]),
                row["predicate"],
                int(row["object_start"]),
                int(row["object_end"]),
                row["negated"] == "1",
                row["hedged"] == "1",
            )
            judged[row["source"], row["document"]][key] = float(row["right"])
    return judged


def judged_statements(corpora: Path, nlp: Language, rules: RelationExtractor) -> list[JudgedStatement]:
    """Return what `rules` state today of all that was judged; `nlp` parses and finds mentions."""
    judged = read_judged()
    found: list[JudgedStatement] = []
    for source in sorted({name for name, _ in judged}):
        texts = [related.text for _, related in training_relations(corpora, source)]
        texts = [text for text in texts if (source, text.document_id) in judged]
        for text, doc in zip(texts, nlp.pipe(text.text for text in texts), strict=True):
            verdicts = judged[source, text.document_id]
            found += [
                JudgedStatement(evidence, verdicts[key], text.document_id)
                for key, evidence in _stated(doc, rules)
                if key in verdicts
            ]
    return found


def _stated(doc: Doc, rules: RelationExtractor) -> Iterable[tuple[Key, Evidence]]:
    for made, evidence, _ in rules.judged(doc):
        subject, target = (doc[each.start : each.end] for each in (made.subject, made.object))
        places = (subject.start_char, subject.end_char), (target.start_char, target.end_char)
        yield (*places[0], made.predicate, *places[1], made.is_negated, made.is_hedged), evidence


def learn_confidence(judged: Sequence[JudgedStatement]) -> tuple[dict[str, float], Reliability]:
    """Return the weights of the regression, and its reliability on texts that it was not trained on."""
    before = []
    for fold in range(_FOLDS):
        weights = _weights([each for each in judged if _fold(each) != fold])
        before += [(confidence(each.evidence, weights), each.right) for each in judged if _fold(each) == fold]
    return _weights(judged), reliability(before)


def _fold(judged: JudgedStatement) -> int:
    return zlib.crc32(judged.document.encode()) % _FOLDS


def _weights(judged: Sequence[JudgedStatement]) -> dict[str, float]:
    from sklearn.linear_model import LogisticRegression

    features = [dict(each.evidence.features()) for each in judged]
    names = [name for name in features[0] if name != BIAS]
    seen = np.asarray([[row[name] for name in names] for row in features] * 2)
    right = np.asarray([each.right for each in judged])
    labels = np.repeat([1, 0], len(judged))
    shares = np.concatenate([right, 1 - right])
    counted = shares > 0
    learnt = LogisticRegression(max_iter=1000).fit(seen[counted], labels[counted], sample_weight=shares[counted])
    weights = [float(learnt.intercept_[0]), *map(float, learnt.coef_[0])]
    return {name: round(weight, 3) for name, weight in zip([BIAS, *names], weights, strict=True)}


def write_confidence(corpora: Path, nlp: Language, folder: Path) -> Reliability:
    """Write the weights beside the classifiers of pairs in `folder`; return their reliability on unseen texts."""
    rules = RelationExtractor(nlp.vocab, read_relation_rules(), PairClassifiers(folder))
    weights, table = learn_confidence(judged_statements(corpora, nlp, rules))
    (folder / FILE.name).write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    return table
