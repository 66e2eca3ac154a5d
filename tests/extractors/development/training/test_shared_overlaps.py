from __future__ import annotations

import pytest
from read_corpora import CORPORA, SOURCES, read_iob_once

from extractors.development.training.overlaps import (
    OverlapReport,
    ScoredTexts,
    scored_index,
    sentence_keys,
    training_texts,
)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="needs ../shared/corpora beside the repository"),
]


def test_nothing_scored_is_trained_on() -> None:
    report = OverlapReport()
    scored_ids = {
        text.document_id
        for each in SOURCES.values()
        for text in each.texts(CORPORA, "scored")
        if text.document_id.startswith("PMID:")
    }
    seen = {text.document_id for _, _, text in training_texts(CORPORA, report, SOURCES.values())}
    assert not seen & scored_ids
    assert report.removed_for["biored", "train", "bc5cdr"] == 53
    assert report.removed_for["nlm_gene", "train", "biored"] == 20
    assert report.removed["craft/PR", "train"] == 0  # their closing formulas are no overlap


@pytest.mark.parametrize("name", ["bionlp13cg", "bionlp13pc", "anatem"])
def test_sentences_in_tokens_are_found_in_the_articles_they_come_from(name: str) -> None:
    """Two copies of one corpus, cut into sentences and words by others, show how many overlaps are found."""
    index = scored_index(CORPORA, [SOURCES[name]])
    sentences = [text.text for text in read_iob_once(CORPORA / f"{name}_iob" / "test.tsv")]
    compared = [text for text in sentences if any(len(key) >= 40 for key in sentence_keys(text))]
    found = [text for text in compared if index.sources("", text)]
    assert len(found) / len(compared) > 0.995


@pytest.mark.parametrize("name", ["bionlp13cg", "bionlp13pc"])
def test_articles_are_found_by_any_of_their_sentences(name: str) -> None:
    index = ScoredTexts()
    for text in read_iob_once(CORPORA / f"{name}_iob" / "test.tsv"):
        index.add(name, text)
    assert all(index.sources("", text.text) for text in SOURCES[name].texts(CORPORA, "scored"))
