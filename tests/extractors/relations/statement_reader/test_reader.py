from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
from found_tuples import relation_tuples
from spacy.language import Language

from extractors.annotations import READER
from extractors.relations.statement_reader.features import PairFeatures
from extractors.relations.statement_reader.inputs import IS_CARRIED, PREDICATES, WIDTH, Floats, PairInput
from extractors.relations.statement_reader.linear import LinearReader
from extractors.relations.statement_reader.pairs import pairs_of
from extractors.relations.statement_reader.reader import THRESHOLD, StatementReader, bundled_reader, decided
from extractors.relations.statement_reader.trees import Tree

No, Yes = False, True
HASH_OF_A_FEATURE = -6097409554040973085
pytestmark = pytest.mark.with_reader


def sentence(subjects: list[tuple[int, int]], objects: list[tuple[int, int]]) -> PairInput:
    rows, nothing = len(subjects), np.zeros((len(subjects), 1))
    return PairInput(
        start=0,
        count=1,
        subjects=np.asarray(subjects),
        objects=np.asarray(objects),
        known=np.zeros((rows, WIDTH), np.float32),
        legal=np.ones((rows, len(PREDICATES)), np.bool_),
        positions=nothing.astype(np.int64),
        between=nothing.astype(np.bool_),
        on_path=nothing.astype(np.bool_),
    )


def scores(*probabilities: float) -> Floats:
    made = np.zeros((len(probabilities), len(PREDICATES)), np.float32)
    made[:, 1] = probabilities
    return made


def test_of_a_phrase_and_the_name_within_it_one_is_stated() -> None:
    found = decided([sentence([(0, 1), (0, 1), (0, 1)], [(2, 5), (2, 3), (7, 8)])], scores(0.6, 0.7, 0.5))
    assert found[:, 1].tolist() == pytest.approx([0.0, 0.7, 0.5])


def test_of_two_directions_the_surer_one_is_stated() -> None:
    found = decided([sentence([(0, 1), (3, 4)], [(3, 4), (0, 1)])], scores(0.4, 0.6))
    assert found[:, 1].tolist() == pytest.approx([0.0, 0.6])


def test_what_a_sentence_says_of_an_object_no_carried_subject_does() -> None:
    here = sentence([(0, 1), (5, 6)], [(7, 8), (7, 8)])
    here.known[0, IS_CARRIED] = 1
    assert decided([here], scores(0.6, 0.4))[:, 1].tolist() == pytest.approx([0.0, 0.4])
    assert decided([here], scores(0.6, 0.2))[:, 1].tolist() == pytest.approx([0.6, 0.2])


def test_sentences_are_decided_apart() -> None:
    parts = [sentence([(0, 1)], [(3, 4)]), sentence([(3, 4)], [(0, 1)])]
    assert decided(parts, scores(0.4, 0.6))[:, 1].tolist() == pytest.approx([0.4, 0.6])


def test_scores_of_pairs_are_sums_over_what_is_known_of_them() -> None:
    weights = np.zeros((2, len(PREDICATES) + 2), np.float16)
    weights[0, 1], weights[1, 1] = 2.0, -1.0
    reader = LinearReader(np.asarray([5, 9]), weights, np.full(len(PREDICATES) + 2, -0.5, np.float32))
    found = reader.scores([np.asarray([5, 9, 11, 12]), np.asarray([9])])
    assert found[:, 1].tolist() == pytest.approx([(2.0 - 1.0) / 2 - 0.5, -1.0 - 0.5])
    assert reader.scores([]).shape == (0, len(PREDICATES) + 2)


def test_features_are_of_the_sentence_and_not_of_the_names(nlp: Language) -> None:
    buckets = []
    for text in ("Tofacitinib potently inhibits JAK1 in cells.", "Infliximab potently inhibits CXCL8 in cells."):
        doc = nlp(text)
        [pair, *_] = pairs_of(doc)
        buckets.append(set(PairFeatures(doc, {}, Tree(doc)).buckets(pair).tolist()))
    assert len(buckets[0] & buckets[1]) > 0.7 * len(buckets[0] | buckets[1])


def test_features_fall_into_the_buckets_that_the_weights_are_of() -> None:
    assert hash((41, 0, (7, True))) == HASH_OF_A_FEATURE


def test_what_the_rules_know_too_is_read(nlp: Language) -> None:
    assert ("Tofacitinib", "inhibits", "JAK1", No, No) in relation_tuples(nlp("Tofacitinib inhibits JAK1."))


def test_what_no_rule_knows_is_read(nlp: Language) -> None:
    [found] = nlp("Cyclosporine increased blood pressure.")._.relations
    assert found.predicate in ("causes", "increases")
    assert (found.rule_id, found.score >= THRESHOLD) == (READER, True)


def test_a_reader_is_the_same_after_pickling_and_copying() -> None:
    reader = bundled_reader()
    assert pickle.loads(pickle.dumps(reader)) is reader
    assert isinstance(copy.deepcopy(reader), StatementReader)
