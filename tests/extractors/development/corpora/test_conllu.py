from __future__ import annotations

from pathlib import Path

import pytest
from archives import pack

from extractors.development.corpora.annotated import CorpusError
from extractors.development.corpora.conllu import ParsedSentence, read_conllu


def row(number: str, word: str, tag: str, head: str, label: str, blanks: str = "_") -> str:
    return "\t".join((number, word, word.lower(), "X", tag, "_", head, label, "_", blanks))


ZINC = "\n".join(
    [
        "# newdoc id = 11",
        "# text = Zinc heals.",
        row("1", "Zinc", "NN", "2", "nsubj"),
        row("2", "heals", "VBZ", "0", "root", "SpaceAfter=No"),
        row("3", ".", ".", "2", "punct"),
        "",
        "",
    ]
)
CANNOT = "\n".join(
    [
        row("1", "It", "PRP", "3", "nsubj"),
        row("2-3", "cannot", "_", "_", "_"),
        row("2", "can", "MD", "3", "aux"),
        row("3", "not", "RB", "0", "root"),
        row("3.1", "heal", "VB", "_", "_"),
        row("4", "!", ".", "3", "punct"),
    ]
)


def write(folder: Path, text: str) -> Path:
    path = folder / "dev.conllu"
    path.write_text(text, encoding="utf-8")
    return path


def test_words_blanks_tags_heads_and_labels(tmp_path: Path) -> None:
    [sentence] = read_conllu(write(tmp_path, ZINC))
    assert sentence == ParsedSentence(
        "PMID:11",
        ("Zinc", "heals", "."),
        (True, False, True),
        ("NN", "VBZ", "."),
        (1, 1, 1),
        ("nsubj", "root", "punct"),
    )
    assert sentence.text == "Zinc heals."


def test_words_written_together_and_empty_nodes(tmp_path: Path) -> None:
    [sentence] = read_conllu(write(tmp_path, CANNOT))
    assert sentence.text == "It cannot !"
    assert sentence.heads == (2, 2, 2, 2)


def test_an_archive_and_documents_named_in_it(tmp_path: Path) -> None:
    path = pack(tmp_path / "trees.tar.gz", {"t/11.conllu": ZINC, "t/12.conllu": CANNOT, "t/README": "none"})
    assert [sentence.document_id for sentence in read_conllu(path)] == ["PMID:11", ""]


def test_documents_named_in_another_file(tmp_path: Path) -> None:
    ids = tmp_path / "ids"
    ids.write_text("8\n9\n", encoding="utf-8")
    path = write(tmp_path, f"{ZINC}{CANNOT}\n")
    assert [sentence.document_id for sentence in read_conllu(path, ids)] == ["PMID:8", "PMID:9"]
    ids.write_text("8\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"ids has 1 lines, dev.conllu 2 sentences"):
        list(read_conllu(path, ids))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1\tZinc\n", r"dev.conllu:1: 2 fields; expected the 10 of CoNLL-U"),
        (row("1", "Zinc", "NN", "7", "dep"), r"dev.conllu:2: .* no tree: a head is outside the sentence"),
        (row("1", "Zinc", "NN", "_", "dep"), r"dev.conllu:2: .* no tree"),
    ],
    ids=["fields", "head", "no head"],
)
def test_what_is_no_tree_is_an_error_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        list(read_conllu(write(tmp_path, text)))
