from __future__ import annotations

from pathlib import Path

import pytest

from extractors.development.corpora.annotated import CorpusError
from extractors.development.evaluation.names import evaluate_names, report
from extractors.development.evaluation.reading import read_texts
from extractors.version import extractor_version

FIELD = "case_id\ttext\texpected\nFA1-1\tMethotrexate treats psoriasis.\tmethotrexate|treats|psoriasis|0|0\n"
TEXT = {"a": "Methotrexate treats psoriasis.\n\nIt lowers TNF."}


def test_an_unknown_measure_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no measure grounding; there are names, targets"):
        evaluate_names(tmp_path, ["names", "grounding"])


def test_a_measure_whose_files_are_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"field needs .*field_cases.tsv"):
        evaluate_names(tmp_path, ["field"])


def test_nothing_to_score_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="nothing to score"):
        evaluate_names(tmp_path)


@pytest.mark.model
def test_what_is_there_is_scored(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "field_cases.tsv").write_text(FIELD, encoding="utf-8")
    (tmp_path / "corpora").mkdir()
    [measure] = evaluate_names(tmp_path / "corpora")
    assert measure.name == "field"
    assert "| FA1 | 1 | 1 | 1.000 |" in report([measure])


@pytest.mark.model
def test_a_text_is_read_with_its_sentences_and_the_identifiers_of_its_names() -> None:
    read = read_texts(TEXT)["a"]
    named = {each.record.text: each for each in read.mentions}
    assert "MESH:D008727" in named["Methotrexate"].curies
    assert named["TNF"].name == "TNF"
    assert [TEXT["a"][start:end] for start, end in read.sentences] == TEXT["a"].split("\n\n")
    assert [relation.predicate for relation in read.relations][:1] == ["treats"]


@pytest.mark.model
def test_what_was_read_is_kept_by_version_and_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_texts(TEXT, tmp_path)
    [kept] = (tmp_path / extractor_version()).iterdir()
    assert kept.suffixes == [".pickle", ".gz"]
    monkeypatch.setattr("extractors.development.evaluation.reading.extract", None)
    assert read_texts(TEXT, tmp_path) == first


@pytest.mark.model
def test_a_text_that_cannot_be_extracted_is_there_without_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.extract.MAX_CHARACTERS", 10)
    read = read_texts(TEXT)["a"]
    assert read.mentions == ()
    assert "characters; at most 10" in read.failure
    assert read.sentences == ((0, len(TEXT["a"])),)
