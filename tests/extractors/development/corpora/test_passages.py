from __future__ import annotations

from pathlib import Path

import pytest

from extractors.development.corpora.annotated import AnnotatedText, CorpusError
from extractors.development.corpora.passages import read_passages


def test_each_sentence_once(tmp_path: Path) -> None:
    path = tmp_path / "sentences.tsv"
    path.write_text('doc\tevidence_sentence\nP\tZinc "heals".\nP\tZinc "heals".\nP\tIron too.\n', encoding="utf-8")
    assert list(read_passages(path)) == [AnnotatedText("", 'Zinc "heals".', ()), AnnotatedText("", "Iron too.", ())]


def test_no_such_column_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "sentences.tsv"
    path.write_text("doc\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="has no column evidence_sentence"):
        list(read_passages(path))
