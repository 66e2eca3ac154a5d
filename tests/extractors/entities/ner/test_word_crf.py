import pickle
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from extractors.entities.ner import crf
from extractors.entities.ner import word_crf as module
from extractors.entities.ner.word_crf import Floats, Known, LexicalScores, joined, sentence_features

WORDS = ["Serum", "IL-6", "rose", "."]
KNOWN: list[Known] = [("", ""), ("B-target:protein", "target"), ("", ""), ("", "")]
Weights = tuple[dict[str, Floats], Floats, Sequence[str]]
LABELS = {"genes": ["DNA", "GENE"], "drugs": ["DRUG"]}


def test_a_token_is_seen_with_its_neighbours() -> None:
    features = [{each.replace("\x1f", "/") for each in of_token} for of_token in sentence_features(WORDS, KNOWN)]
    assert {"0/w=il-0", "0/S=AA-0", "0/s=A-0", "0/k=B-target:protein", "0/c=-6", "0/e=IL-6"} <= features[1]
    assert {"-1/w=serum", "-1/p2=se", "1/x3=ose", "2/w=."} <= features[1]
    assert "2/p2=." not in features[1]
    assert {"-1/serum/il-0", "0/il-0/rose", "-2/#"} <= features[1]
    assert {"-1/#/serum", "-1/#", "-2/#"} <= features[0]
    assert {"0/./#", "1/#", "2/#"} <= features[-1]


@pytest.fixture
def learned() -> dict[str, Weights]:
    """Weights of every feature of the sentence for the five tags of GENE and of DRUG, each another one."""
    names = sorted({feature for of_token in sentence_features(WORDS, KNOWN) for feature in of_token})
    weights = {name: np.linspace(at, at + 1, 5, dtype=np.float32) / 64 for at, name in enumerate(names)}
    steps = np.arange(25, dtype=np.float32).reshape(5, 5)
    return {"genes": (weights, steps, ("GENE",)), "drugs": ({names[0]: weights[names[0]]}, steps, ("DRUG",))}


@pytest.fixture
def lexical(learned: dict[str, Weights]) -> LexicalScores:
    return joined(learned, LABELS, 0.5, 0.0)


def test_the_scores_are_the_sums_of_the_features_weights(lexical: LexicalScores, learned: dict[str, Weights]) -> None:
    weights, _, _ = learned["genes"]
    expected = [sum(weights[name] for name in features) for features in sentence_features(WORDS, KNOWN)]
    scores = lexical.scores(WORDS, KNOWN, [(0, 4)])
    genes = scores[:, lexical.heads["genes"].columns]
    gene = [0, *(crf.tag(1, part) for part in range(4))]
    assert genes[:, gene] == pytest.approx(np.asarray(expected, dtype=np.float64) * 0.5, rel=1e-3)


def test_tags_of_labels_that_were_not_learned_score_as_outside(lexical: LexicalScores) -> None:
    genes = lexical.scores(WORDS, KNOWN, [(0, 4)])[:, lexical.heads["genes"].columns]
    dna = [crf.tag(0, part) for part in range(4)]
    assert (genes[:, dna] == genes[:, [0]]).all()
    steps = lexical.heads["genes"].transitions
    assert steps[crf.tag(0, crf.BEGIN), crf.tag(1, crf.UNIT)] == steps[0, crf.tag(1, crf.UNIT)] == 4 * 0.5


@pytest.mark.parametrize("count", [1, 2, 3])
def test_short_sentences_have_edges_on_both_sides(
    lexical: LexicalScores, learned: dict[str, Weights], count: int
) -> None:
    weights, _, _ = learned["genes"]
    words, known = WORDS[:count], KNOWN[:count]
    expected = [
        sum((weights.get(name, np.zeros(5)) for name in features), np.zeros(5))
        for features in sentence_features(words, known)
    ]
    found = lexical.scores(words, known, [(0, count)])[:, lexical.heads["genes"].columns]
    assert found[:, [0, *(crf.tag(1, part) for part in range(4))]] == pytest.approx(
        np.asarray(expected, dtype=np.float64) * 0.5, rel=1e-3
    )


@pytest.mark.parametrize(
    "copied", [lambda one: LexicalScores.from_bytes(one.to_bytes()), lambda one: pickle.loads(pickle.dumps(one))]
)
def test_a_copy_scores_the_same(lexical: LexicalScores, copied: Callable[[LexicalScores], LexicalScores]) -> None:
    assert (copied(lexical).scores(WORDS, KNOWN, [(0, 4)]) == lexical.scores(WORDS, KNOWN, [(0, 4)])).all()


def test_small_weights_are_left_out(learned: dict[str, Weights]) -> None:
    few = joined(learned, LABELS, 0.5, 0.4)
    assert len(few._numbers) < len(joined(learned, LABELS, 0.5, 0.0)._numbers)


def test_a_sentence_is_scored_as_if_it_were_alone(lexical: LexicalScores) -> None:
    alone = lexical.scores(WORDS, KNOWN, [(0, 4)])
    twice = lexical.scores(WORDS * 2, KNOWN * 2, [(0, 4), (4, 8)])
    assert (twice == np.concatenate([alone, alone])).all()
    assert (
        lexical.scores(WORDS, KNOWN, [(0, 1), (1, 4)])[0] == lexical.scores(WORDS[:1], KNOWN[:1], [(0, 1)])[0]
    ).all()


def test_what_is_remembered_has_an_end(lexical: LexicalScores, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = lexical.scores(WORDS, KNOWN, [(0, 4)])
    monkeypatch.setattr(module, "_REMEMBERED", 6)
    lexical._forget(6)
    assert (lexical.scores(WORDS, KNOWN, [(0, 4)]) == expected).all()
    many = [f"w{number}" for number in range(50)]
    assert len(lexical.scores(many, [("", "")] * 50, [(0, 20), (20, 50)])) == 50
    assert (lexical.scores(WORDS, KNOWN, [(0, 4)]) == expected).all()


def test_a_text_without_words_has_no_scores(lexical: LexicalScores) -> None:
    assert len(lexical.scores([], [], [])) == 0
