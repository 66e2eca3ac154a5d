from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pytest
import spacy
from spacy.strings import get_string_id
from spacy.tokens import Doc

from extractors.relations.classifier.document_pairs import ArticlePairs, Meaning, NamedConcept
from extractors.relations.classifier.features import Name
from extractors.relations.classifier.linear import LinearClassifier

WORDS = "Velutinib and colitis . Velutinib was given . Colitis developed , then severe illness .".split()
STARTS = (0, 4, 8)
VELUTINIB, AGAIN = Name(0, 1, "drug"), Name(4, 5, "drug")
COLITIS, LATER, ILLNESS = Name(2, 3, "disease"), Name(8, 9, "disease"), Name(12, 13, "disease")
NAMES = [
    NamedConcept(VELUTINIB, "v"),
    NamedConcept(COLITIS, "c"),
    NamedConcept(AGAIN, "v"),
    NamedConcept(LATER, "c"),
    NamedConcept(ILLNESS, "i"),
]
MEANINGS: dict[Hashable, Meaning] = {
    "v": Meaning("X:v", frozenset({"X:drug"})),
    "c": Meaning("X:c", frozenset({"X:i"})),
    "i": Meaning("X:i", frozenset()),
}


@pytest.fixture
def pairs() -> ArticlePairs:
    heads = list(range(len(WORDS)))
    starts: list[bool | int | None] = [at in STARTS for at in range(len(WORDS))]
    doc = Doc(spacy.blank("en").vocab, words=WORDS, heads=heads, deps=["ROOT"] * len(WORDS), sent_starts=starts)
    sentences = [doc[0:4], doc[4:8], doc[8:14]]
    return ArticlePairs(sentences, NAMES, MEANINGS, surely("M|and"))


def surely(feature: str) -> LinearClassifier:
    """Return a classifier that is nearly sure of a pair with the feature, and of none without."""
    return LinearClassifier(
        ["NONE", "CID"],
        np.asarray([get_string_id(feature)], dtype=np.uint64),
        np.asarray([[-1000, 1000]], dtype=np.float16),
        np.asarray([5, -5], dtype=np.float32),
        np.asarray([[1, 0], [0, 1], [0, 0]], dtype=np.float32),
        0.0,
    )


def test_every_drug_is_paired_with_every_disease(pairs: ArticlePairs) -> None:
    assert list(pairs.pairs()) == [("v", "c"), ("v", "i")]


def test_what_a_sentence_says_of_both_counts(pairs: ArticlePairs) -> None:
    [said] = pairs.cooccurrences["v", "c"]
    assert (said.sentence, said.first, said.second) == (0, VELUTINIB, COLITIS)
    assert said.probability > 0.9
    assert {"best>0.9", "together>0", "title>0.9", "away|0|True"} <= set(pairs.features(("v", "c")))


def test_names_that_share_no_sentence_have_the_words_around_them(pairs: ArticlePairs) -> None:
    found = set(pairs.features(("v", "i")))
    assert {"away|1|False", "NA|given", "NB|severe", "order|1"} <= found
    assert not any(feature.startswith("best>") for feature in found)


def test_a_broader_disease_is_seen_beside_a_narrower_one(pairs: ArticlePairs) -> None:
    assert {"narrower|True", "broader|False", "narrower|more|True"} <= set(pairs.features(("v", "i")))
    assert {"narrower|False", "broader|True", "A|is|X:drug", "B|is|X:i"} <= set(pairs.features(("v", "c")))


def test_the_names_that_say_most_are_those_of_the_most_probable_sentence_or_the_nearest(pairs: ArticlePairs) -> None:
    assert pairs.nearest(("v", "c")) == (VELUTINIB, COLITIS)
    assert pairs.nearest(("v", "i")) == (AGAIN, ILLNESS)
