from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from extractors.development.corpora.annotated import CorpusError
from extractors.development.corpora.iob import JNLPBA_LABELS, read_iob

SENTENCES = """-DOCSTART-\tO

Mast\tB-CLTP
cells\tI-CLTP
make\tO
IL-4\tB-PRGE
IL-5\tB-PRGE
.\tO

None\tO
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "train.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sentence_is_its_words_with_one_blank_between_them(tmp_path: Path) -> None:
    first, second = read_iob(write(tmp_path, SENTENCES), JNLPBA_LABELS)
    assert first.document_id == ""
    assert first.text == "Mast cells make IL-4 IL-5 ."
    assert first.words == ("Mast", "cells", "make", "IL-4", "IL-5", ".")
    assert [(first.covered(span), span.label) for span in first.spans] == [
        ("Mast cells", "cell_type"),
        ("IL-4", "protein"),
        ("IL-5", "protein"),
    ]
    assert (second.text, second.spans) == ("None", ())


def test_labels_stay_as_they_are_where_none_is_renamed(tmp_path: Path) -> None:
    path = tmp_path / "train.tsv.gz"
    path.write_bytes(gzip.compress(SENTENCES.encode()))
    assert {span.label for text in read_iob(path) for span in text.spans} == {"CLTP", "PRGE"}


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        ("Mast\tO\ncells\tI-CLTP\n", 2),
        ("Mast\tB-PRGE\ncells\tI-CLTP\n", 2),
        ("Mast\tB-CLTP\n\ncells\tI-CLTP\n", 3),
        ("Mast\tX\n", 1),
        ("Mast\tB-\n", 1),
        ("Mast\n", 1),
    ],
    ids=["after O", "after another label", "after a blank line", "no tag", "no label", "no tab"],
)
def test_an_ill_formed_tag_is_an_error_with_file_and_line(tmp_path: Path, lines: str, number: int) -> None:
    with pytest.raises(CorpusError, match=rf"train.tsv:{number}: .*expected a word, a tab and O, B-X, or I-X"):
        list(read_iob(write(tmp_path, lines)))


def test_a_file_without_a_sentence_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="has no sentence"):
        list(read_iob(write(tmp_path, "\n")))
