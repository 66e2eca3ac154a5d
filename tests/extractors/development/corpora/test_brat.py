from __future__ import annotations

from pathlib import Path

import pytest
from archives import pack

from extractors.development.corpora.annotated import CorpusError
from extractors.development.corpora.brat import read_brat

TEXT = "Zinc slows growth of B and T cells.\n"
ENTITIES = "T1\tSimple_chemical 0 4\tZinc\nT2\tCell 27 34\tT cells\nT3\tCell 21 22;29 34\tB cells\n"
EVENTS = "T4\tGrowth 11 17\tgrowth\nE1\tGrowth:T4 Theme:T2\n* Equiv T1 T2\n"


def test_entities_and_triggers_are_spans(tmp_path: Path) -> None:
    path = pack(
        tmp_path / "train.tar.gz",
        {"train/PMID-7.txt": TEXT, "train/PMID-7.a1": ENTITIES, "train/PMID-7.a2": EVENTS, "train/README": "T1 no"},
    )
    [document] = read_brat(path)
    assert (document.document_id, document.text) == ("PMID:7", TEXT)
    assert [(document.covered(span), span.label) for span in document.spans] == [
        ("Zinc", "Simple_chemical"),
        ("growth", "Growth"),
        ("T cells", "Cell"),
    ]


def test_extracts_of_an_article_share_its_id(tmp_path: Path) -> None:
    names = ("PMC-9-caption-01", "PMC-9-sec-02", "other")
    path = pack(tmp_path / "t.tar.gz", {f"t/{name}.{end}": "" for name in names for end in ("txt", "ann")})
    assert [document.document_id for document in read_brat(path)] == ["PMC:9", "PMC:9", ""]


@pytest.mark.parametrize("line", ["T1\tCell 1 5\tZinc\n", "T1 Cell 0 4 Zinc\n"], ids=["misplaced", "ill-formed"])
def test_a_wrong_annotation_is_an_error_with_its_line(tmp_path: Path, line: str) -> None:
    path = pack(tmp_path / "t.tar.gz", {"t/PMID-7.txt": TEXT, "t/PMID-7.a1": f"\n{line}"})
    with pytest.raises(CorpusError, match=r"t.tar.gz:PMID-7.a1:2: "):
        list(read_brat(path))


def test_what_is_no_such_archive_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"has no \.txt file"):
        list(read_brat(pack(tmp_path / "t.tar.gz", {"t/PMID-7.a1": ENTITIES})))
    (tmp_path / "broken.tar.gz").write_bytes(b"no archive")
    with pytest.raises(CorpusError, match=r"broken.tar.gz cannot be read"):
        list(read_brat(tmp_path / "broken.tar.gz"))
    with pytest.raises(CorpusError, match=r"no file .*absent.tar.gz; expected an archive of .txt files"):
        list(read_brat(tmp_path / "absent.tar.gz"))
