from __future__ import annotations

from pathlib import Path

import pytest

from extractors.development.corpora.annotated import CorpusError
from extractors.development.training.sources import SOURCES, craft_trees, related_texts, scored_texts, source


def test_names_are_unique() -> None:
    assert len({each.name for each in SOURCES}) == len(SOURCES)


def test_every_source_has_a_split_that_is_trained_on_or_is_scored_only() -> None:
    for each in SOURCES:
        assert set(each.splits) <= {"train", "dev", "scored"}
        assert ("train" in each.splits) == each.may_be_shipped, each.name


def test_an_unknown_source_is_an_error() -> None:
    with pytest.raises(CorpusError, match="no source 'chemprot'; there are bc5cdr, "):
        source("chemprot")


@pytest.mark.parametrize("name", [each.name for each in SOURCES if "scored" in each.splits])
def test_a_missing_corpus_names_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorpusError, match=r"expected .*"):
        list(scored_texts(tmp_path, name))


def test_a_source_without_a_split_has_no_texts(tmp_path: Path) -> None:
    assert list(scored_texts(tmp_path, "nlm_chem")) == []


def test_missing_trees_name_the_folder(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"craft/ids/craft-ids-dev.txt; expected the PubMed ids of articles of CRAFT"):
        list(craft_trees(tmp_path, "dev"))


@pytest.mark.parametrize("name", ["bc5cdr", "biored", "drugprot", "bionlp13cg", "bionlp13pc", "phee"])
def test_missing_relations_name_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorpusError, match=r"expected .*"):
        list(related_texts(tmp_path, name, "train"))


def test_a_source_without_relations_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="'jnlpba' has no relations; expected one of bc5cdr, biored, drugprot, "):
        list(related_texts(tmp_path, "jnlpba", "train"))


def test_a_split_that_a_source_does_not_have_has_no_relations(tmp_path: Path) -> None:
    assert list(related_texts(tmp_path, "drugprot", "dev")) == []
