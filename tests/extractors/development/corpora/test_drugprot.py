from __future__ import annotations

from pathlib import Path

import pytest

from extractors.development.corpora.annotated import CorpusError
from extractors.development.corpora.drugprot import read_drugprot

ABSTRACTS = "5\tZinc.\tIt binds ACE.\n"
ENTITIES = "5\tT2\tGENE-Y\t15\t18\tACE\n5\tT1\tCHEMICAL\t0\t4\tZinc\n6\tT1\tCHEMICAL\t0\t4\tIron\n"


def write(folder: Path, abstracts: str, entities: str, name: str = "drugprot_training_abstracs.tsv") -> Path:
    (folder / name).write_text(abstracts, encoding="utf-8")
    (folder / "drugprot_training_entities.tsv").write_text(entities, encoding="utf-8")
    return folder


def test_mentions_of_the_abstracts_that_are_there(tmp_path: Path) -> None:
    [document] = read_drugprot(write(tmp_path, ABSTRACTS, ENTITIES))
    assert (document.document_id, document.text) == ("PMID:5", "Zinc. It binds ACE.")
    assert [(document.covered(s), s.label) for s in document.spans] == [("Zinc", "CHEMICAL"), ("ACE", "GENE-Y")]


def test_the_original_table_goes_before_a_part_of_it(tmp_path: Path) -> None:
    write(tmp_path, "5\tOther.\tText.\n", ENTITIES, "drugprot_training_abstracs.PARTIAL.tsv")
    [document] = read_drugprot(write(tmp_path, ABSTRACTS, ENTITIES))
    assert document.text.startswith("Zinc.")


@pytest.mark.parametrize(
    ("abstracts", "entities", "message"),
    [
        (ABSTRACTS, "5\tT1\tCHEMICAL\t1\t5\tZinc\n", r"entities.tsv:1: 'Zinc' does not stand at 1:5 of 5"),
        (ABSTRACTS, "5\tT1\tCHEMICAL\tx\t5\tZinc\n", r"entities.tsv:1: .*expected id, number, label, start, end and"),
        ("5\tZinc.\n", ENTITIES, r"abstracs.tsv:1: 2 fields; expected id, title and abstract"),
    ],
    ids=["misplaced", "no offset", "no abstract"],
)
def test_a_wrong_line_is_an_error(tmp_path: Path, abstracts: str, entities: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        list(read_drugprot(write(tmp_path, abstracts, entities)))


def test_no_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(
        CorpusError, match=r"no table of abstrac... in .*; expected DrugProt's abstracts and entities there"
    ):
        list(read_drugprot(tmp_path))
