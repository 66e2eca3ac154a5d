from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from extractors.development.corpora.annotated import AnnotatedSpan, CorpusError
from extractors.development.corpora.pubtator import identifiers_of, read_pubtator

COLITIS = """1|t|Colitis today.
1|a|Mesalazine soothes  it.
1\t0\t7\tcolitis\tDisease\tMESH:D003092
1\t15\t25\tMesalazine\tChemical
1\tCID\tD019804\tD003092
"""
MISPLACED = "2|t|Ileitis.\n2|a|\n2\t1\t8\tIleitis\tDisease\tD007079\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "corpus.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_title_one_blank_and_abstract_are_the_text(tmp_path: Path) -> None:
    [document] = read_pubtator(write(tmp_path, COLITIS))
    assert document.document_id == "PMID:1"
    assert document.text == "Colitis today. Mesalazine soothes  it."
    assert document.spans == (
        AnnotatedSpan(0, 7, "Disease", frozenset({"D003092"})),
        AnnotatedSpan(15, 25, "Chemical"),
    )


def test_a_packed_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "corpus.txt.gz"
    path.write_bytes(gzip.compress(COLITIS.encode()))
    assert len(list(read_pubtator(path))) == 1


def test_a_document_that_stands_there_twice_is_read_once(tmp_path: Path) -> None:
    assert len(list(read_pubtator(write(tmp_path, f"{COLITIS}\n{COLITIS}")))) == 1


def test_blocks_of_one_article_are_texts_of_their_own(tmp_path: Path) -> None:
    blocks = "3|t|Aims\n3|a|\n\n3|t|Zinc heals.\n3|a|\n3\t0\t4\tZinc\tChemical\tMESH:D015032\n"
    assert [(d.document_id, d.text, len(d.spans)) for d in read_pubtator(write(tmp_path, blocks))] == [
        ("PMID:3", "Aims", 0),
        ("PMID:3", "Zinc heals.", 1),
    ]


def test_a_mention_that_does_not_stand_where_it_should_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"corpus.txt:3: 'Ileitis' does not stand at 1:8 of document 2"):
        list(read_pubtator(write(tmp_path, MISPLACED)))


def test_a_document_with_a_misplaced_mention_can_be_left_out(tmp_path: Path) -> None:
    documents = read_pubtator(write(tmp_path, f"{MISPLACED}\n{COLITIS}"), skip_misplaced=True)
    assert [document.document_id for document in documents] == ["PMID:1"]


def test_no_file_and_no_document_say_what_was_expected(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no file .*/ncbi/a.txt; expected a corpus in PubTator's form there"):
        list(read_pubtator(tmp_path / "ncbi" / "a.txt"))
    with pytest.raises(CorpusError, match=r"no document; expected lines such as 8701013\|t\|Title"):
        list(read_pubtator(write(tmp_path, "nothing\n")))


def test_a_broken_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "corpus.txt.gz"
    path.write_bytes(gzip.compress(COLITIS.encode())[:-12])
    with pytest.raises(CorpusError, match=r"corpus.txt.gz cannot be read: .*get the file again"):
        list(read_pubtator(path))


def test_identifiers_are_separated_in_many_ways() -> None:
    assert identifiers_of("D1|MESH:D2,OMIM:3+D4") == {"D1", "D2", "OMIM:3", "D4"}
    assert identifiers_of("-") == frozenset()
