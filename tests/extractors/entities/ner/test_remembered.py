from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

from extractors.entities.ner import remembered
from extractors.entities.ner.features import TokenEmbed


@pytest.fixture
def vocab() -> Vocab:
    return spacy.blank("en").vocab


@pytest.fixture
def embed(vocab: Vocab) -> Model[list[Doc], list[Any]]:
    model: Model[list[Doc], list[Any]] = TokenEmbed(16, 16, [50] * 7, include_static_vectors=False)
    model.initialize(X=[Doc(vocab, words=["a", "b"])])
    return model


def doc(vocab: Vocab, *words: str, dictionary: Sequence[tuple[str, str]] = ()) -> Doc:
    made = Doc(vocab, words=list(words))
    made._.dictionary = dictionary
    return made


def in_training(model: Model[list[Doc], list[Any]], docs: list[Doc]) -> list[Any]:
    return model(docs, is_train=True)[0]


def same(left: list[Any], right: list[Any]) -> bool:
    return all(np.allclose(one, other, atol=1e-6) for one, other in zip(left, right, strict=True))


def test_what_is_remembered_is_what_would_be_computed(embed: Model[list[Doc], list[Any]], vocab: Vocab) -> None:
    docs = [doc(vocab, "TNF", "binds", "TNF"), doc(vocab), doc(vocab, "binds")]
    assert same(embed.predict(docs), in_training(embed, docs))
    assert same(embed.predict(docs), in_training(embed, docs))


def test_a_word_that_the_dictionary_knows_is_another(embed: Model[list[Doc], list[Any]], vocab: Vocab) -> None:
    plain, known = doc(vocab, "TNF"), doc(vocab, "TNF", dictionary=[("B-target:protein", "target")])
    assert not same(embed.predict([plain]), embed.predict([known]))
    assert same(embed.predict([known]), in_training(embed, [known]))


def test_new_weights_are_a_new_memory(embed: Model[list[Doc], list[Any]], vocab: Vocab) -> None:
    docs = [doc(vocab, "TNF")]
    before = embed.predict(docs)
    for node in embed.walk():
        if node.name == "maxout":
            node.set_param("W", -node.get_param("W"))
    assert not same(before, embed.predict(docs))
    assert same(embed.predict(docs), in_training(embed, docs))


def test_a_full_memory_is_begun_anew(
    embed: Model[list[Doc], list[Any]], vocab: Vocab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "_CAPACITY", 3)
    for words in (("a", "b"), ("c", "d"), ("a", "e", "f"), ("a", "b", "c", "d", "e")):
        docs = [doc(vocab, *words)]
        assert same(embed.predict(docs), in_training(embed, docs))
