from pathlib import Path

import pytest

from extractors.development.corpora.annotated import AnnotatedSpan, AnnotatedText
from extractors.development.training import mesh_records
from extractors.development.training.mesh_records import record_names


def text(*names: tuple[str, str, str]) -> AnnotatedText:
    spans, written = [], ""
    for name, identifier, label in names:
        spans.append(AnnotatedSpan(len(written), len(written) + len(name), label, frozenset({identifier})))
        written += f"{name} "
    return AnnotatedText("PMID:1", written, tuple(spans))


def test_records_have_the_names_that_mentions_of_them_have() -> None:
    texts = [
        text(("Velutinib", "C123456", "Chemical"), ("velutinib", "MESH:C123456", "ChemicalEntity")),
        text(("velutinib mesylate", "C123456", "Chemical"), ("zinc", "D015032", "Chemical")),
    ]
    assert record_names(texts) == {
        ("MESH:C123456", "drug"): ["velutinib", "velutinib mesylate"],
        ("MESH:D015032", "drug"): ["zinc"],
    }


def test_what_names_a_thing_in_one_text_only_is_left_out() -> None:
    texts = [
        text(
            ("VLT", "C123456", "Chemical"),
            ("velutinib and gravolol", "C123456", "Chemical"),
            ("broken (velutinib", "C123456", "Chemical"),
            ("gravosis", "OMIM:1", "Disease"),
        )
    ]
    assert record_names(texts) == {}


def test_a_name_belongs_to_the_record_that_it_means_most_often() -> None:
    once, twice = ("velutinib", "C000001", "Chemical"), ("velutinib", "C000002", "Chemical")
    assert record_names([text(once, twice, twice)]) == {("MESH:C000002", "drug"): ["velutinib"]}


def test_a_missing_corpus_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mesh_records.main([str(tmp_path), "--to", str(tmp_path / "table.tsv")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "table.tsv").exists()
