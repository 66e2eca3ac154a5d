from __future__ import annotations

from pathlib import Path

import pytest

from extractors.development.corpora.annotated import CorpusError
from extractors.development.corpora.pubtator import read_pubtator
from extractors.development.evaluation.grounding import evaluate_grounding, report, score_kind
from extractors.linking.grounder import Grounder
from extractors.linking.vocabulary.lookup import Vocabulary

TEXT = """1|t|Colitis and methotrexate.
1|a|Irritable bowel syndrome (IBS) is no colitis. IBS and xyzzyosis differ; a secret disease too.
1\t0\t7\tColitis\tDisease\tD003092
1\t12\t24\tmethotrexate\tChemical\tD008727
1\t26\t50\tIrritable bowel syndrome\tDisease\tD043183
1\t52\t55\tIBS\tDisease\tD043183
1\t72\t75\tIBS\tDisease\tMESH:D043183
1\t80\t89\txyzzyosis\tDisease\tC999999
1\t100\t114\tsecret disease\tDisease\t-1
1\tCID\tD008727\tD003092
"""
NCBI = "ncbi_disease/NCBItestset_corpus.txt"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / NCBI
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_every_mention_with_an_identifier_counts_and_misses_count(corpus: Path) -> None:
    [score] = evaluate_grounding(corpus)
    assert (score.corpus, score.split, score.kind) == ("NCBI disease", "test", "disease")
    assert (score.mentions, score.right, score.ungrounded, score.without_identifier) == (5, 4, 1, 1)
    assert (score.supplementary, score.supplementary_right) == (1, 0)
    assert (score.accuracy, score.accuracy_of_headings) == (0.8, 1.0)
    assert [text for text, _, _ in score.wrong] == ["xyzzyosis"]
    assert "| NCBI disease | test | disease | 5 | 0.800 |" in report([score])
    assert "wrong  NCBI disease test disease  xyzzyosis | MESH:C999999 | - - [not_in_vocabulary]" in report([score])


def test_a_wrong_identifier_is_a_miss(corpus: Path) -> None:
    (corpus / NCBI).write_text(TEXT.replace("D003092", "D999999"), encoding="utf-8")
    score = score_kind(Grounder(Vocabulary()), read_pubtator(corpus / NCBI), "NCBI disease", "test", "disease")
    assert (score.mentions, score.right) == (5, 3)


def test_no_corpus_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="holds none of bc5cdr"):
        evaluate_grounding(tmp_path)
