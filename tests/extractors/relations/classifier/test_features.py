from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from extractors.relations.classifier.features import Name, PairInSentence

WORDS = "Velutinib and gravolol strongly inhibited GAK1 but not MERL in mice .".split()
HEADS = [4, 0, 0, 4, 4, 4, 4, 8, 5, 4, 9, 4]
LABELS = "nsubj cc conj advmod ROOT dobj cc neg conj prep pobj punct".split()
VELUTINIB, GRAVOLOL = Name(0, 1, "drug"), Name(2, 3, "drug")
GAK1, MERL = Name(5, 6, "target"), Name(8, 9, "target")

Features = Callable[[Name, Name], list[str]]


@pytest.fixture
def features() -> Features:
    vocab = spacy.blank("en").vocab
    tags = ["NN", "CC", "NN", "RB", "VBD", "NN", "CC", "RB", "NN", "IN", "NNS", "."]
    doc = Doc(vocab, words=WORDS, heads=HEADS, deps=LABELS, tags=tags)
    names = [VELUTINIB, GRAVOLOL, GAK1, MERL]
    return lambda first, second: PairInSentence(doc[:], names, first, second).features()


def test_the_names_are_masked_and_others_by_their_kind(features: Features) -> None:
    found = features(VELUTINIB, GAK1)
    assert {"M|@drug", "M|inhibited", "M|s|inhibi", "order|AB"} <= set(found)
    assert not any("gravolol" in feature for feature in found)


def test_the_way_through_the_tree_turns_at_the_verb(features: Features) -> None:
    found = set(features(VELUTINIB, GAK1))
    assert "way|upnsubj>topROOT>downdobj" in found
    assert "words|inhibi" in found
    assert "top|inhibi|VBD" in found
    assert "below|inhibi|advmod|strong" in found


def test_members_of_a_list_are_read_as_its_first(features: Features) -> None:
    first, last = set(features(VELUTINIB, GAK1)), set(features(GRAVOLOL, MERL))
    assert "cway|upnsubj>topROOT>downdobj" in first & last
    assert "way|upnsubj>topROOT>downdobj" not in last


def test_what_stands_at_a_name_is_seen(features: Features) -> None:
    assert "c|B|neg|not" in features(VELUTINIB, MERL)


def test_the_order_of_the_names_is_seen(features: Features) -> None:
    assert "order|BA" in features(GAK1, VELUTINIB)
