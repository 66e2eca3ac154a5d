import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from extractors.development.training.word_crf import LexicalTask, learn_lexical

TASK = LexicalTask("bc2gm", ("GENE",), ("mini",))


def record(gene: str, *, spans: list[list[object]]) -> dict[str, Any]:
    words = ["We", "saw", gene, "protein", "there", ".", "It", "rose", "."]
    return {
        "words": words,
        "sentences": [0, 6],
        "dictionary": [["", ""]] * len(words),
        "spans": {"bc2gm": spans},
    }


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    records = [record(f"GAK{at}", spans=[[2, 4, "GENE"]]) for at in range(30)]
    records += [record(f"MERL{at}", spans=[[2, 3, ""]]) for at in range(30)]  # left open by its corpus
    with gzip.open(tmp_path / "mini.train.jsonl.gz", "wt") as file:
        file.writelines(json.dumps(each) + "\n" for each in records)
    return tmp_path


def test_names_are_learned_from_the_words(documents: Path, tmp_path: Path) -> None:
    lexical = learn_lexical(documents, tmp_path, (TASK,))
    words = ["We", "saw", "GAK77", "protein", "there", "."]
    scores = lexical.scores(words, [("", "")] * len(words), [(0, len(words))])[:, lexical.heads["bc2gm"].columns]
    assert scores.argmax(axis=1).tolist() == [0, 0, 1, 3, 0, 0]


def test_sentences_in_which_something_is_left_open_are_not_learned_from(documents: Path, tmp_path: Path) -> None:
    lexical = learn_lexical(documents, tmp_path, (TASK,))
    known, unknown = (lexical.scores([word], [("", "")], [(0, 1)]) for word in ("GAK", "MERL"))
    assert abs(known).sum() > abs(unknown).sum()
