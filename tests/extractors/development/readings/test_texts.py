from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest
from read_corpora import CORPORA

from extractors.development.corpora.annotated import CorpusError
from extractors.development.readings import texts
from extractors.development.readings.passages import NOT_ASKED, read_as_texts
from extractors.development.readings.texts import PARTS, Abstract, read_abstracts, some_abstracts
from extractors.development.training.overlaps import sentence_keys
from extractors.records import PREDICATE_SIGNATURES

TITLE, ABSTRACT = "Anakinra and gout.", "Anakinra lowers  IL-6 release. Gout may ease."
DOCUMENT = "bc5cdr:1\tbc5cdr\ttrain\ttrain\tone\t0-18 19-49 50-64"
STATEMENT = "bc5cdr:1\t1\t19-27\tdrug\t-\tdecreases\t36-48\teffect\t36-40\t0\t1\tsure"


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    folder = tmp_path / "corpora" / "bc5cdr"
    folder.mkdir(parents=True)
    written = f"1|t|{TITLE}\n1|a|{ABSTRACT}\n\n"
    (folder / "CDR_TrainingSet.PubTator.txt.gz").write_bytes(gzip.compress(written.encode()))
    return tmp_path / "corpora"


def tables(folder: Path, document: str = DOCUMENT, statement: str = STATEMENT) -> Path:
    heads = {
        "documents.tsv": ("document source split part readers sentences", document),
        "statements.tsv": (
            "document sentence_no subject subject_type subject_core predicate object object_type object_core "
            "is_negated is_hedged certainty",
            statement,
        ),
    }
    for name, (columns, row) in heads.items():
        (folder / name).write_text("\t".join(columns.split()) + f"\n{row}\n", encoding="utf-8")
    return folder


def test_places_become_texts_and_offsets_in_the_text_as_it_is_read(corpora: Path, tmp_path: Path) -> None:
    [abstract] = read_abstracts(corpora, "train", tables(tmp_path))
    assert abstract.sentences == (TITLE, "Anakinra lowers IL-6 release.", "Gout may ease.")
    [statement] = abstract.statements
    assert statement.kind == "drug-effect"
    assert (statement.is_negated, statement.is_hedged, statement.is_sure) == (False, True, True)
    assert statement.object.texts == ("IL-6 release", "IL-6")
    for argument in (statement.subject, statement.object):
        assert abstract.text[argument.start : argument.end] == argument.texts[0]
    assert [abstract.sentence_no(abstract.text.index(sentence)) for sentence in abstract.sentences] == [0, 1, 2]


def test_only_the_part_that_is_asked_for_is_read(corpora: Path, tmp_path: Path) -> None:
    assert list(read_abstracts(corpora, "sealed", tables(tmp_path))) == []


@pytest.mark.parametrize(
    ("document", "statement", "message"),
    [
        (DOCUMENT.replace("bc5cdr:1", "bc5cdr:2"), STATEMENT, r"bc5cdr:2 is not in bc5cdr, split train"),
        (DOCUMENT, STATEMENT.replace("36-48", "48-52"), r"48-52 lies in no sentence"),
        (DOCUMENT, STATEMENT.replace("36-48", "48-36"), r"'48-36' is no place"),
    ],
)
def test_what_does_not_fit_is_an_error(
    corpora: Path, tmp_path: Path, document: str, statement: str, message: str
) -> None:
    with pytest.raises(CorpusError, match=message):
        list(read_abstracts(corpora, "train", tables(tmp_path, document, statement)))


def test_a_sample_of_few_texts_is_all_of_them(corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "FOLDER", tables(tmp_path))
    assert len(some_abstracts(corpora, sample=True)) == 1
    assert some_abstracts(corpora, sample=False) == []


def test_passages_that_are_not_held_out_are_texts() -> None:
    read = list(read_as_texts())
    assert len(read) > 800
    assert not any("heldout" in each.document_id for each in read)
    for each in read:
        for statement in each.statements:
            assert (statement.subject.entity_type, statement.object.entity_type) not in NOT_ASKED
            assert each.text[statement.subject.start : statement.subject.end] == statement.subject.texts[0] or (
                statement.subject.start == 0
            )


@pytest.fixture(scope="module")
def parts() -> dict[str, list[Abstract]]:
    if not CORPORA.is_dir():
        pytest.skip(f"no corpora in {CORPORA}")
    return {part: list(read_abstracts(CORPORA, part)) for part in PARTS}


@pytest.mark.shared
def test_every_statement_lies_where_it_says_and_is_legal(parts: dict[str, list[Abstract]]) -> None:
    assert {part: len(read) for part, read in parts.items()} == {"train": 1215, "dev": 120, "sealed": 148}
    for read in parts.values():
        for abstract in read:
            for statement in abstract.statements:
                ends = statement.subject.entity_type, statement.object.entity_type
                assert ends in PREDICATE_SIGNATURES[statement.predicate]
                for argument in (statement.subject, statement.object):
                    assert abstract.text[argument.start : argument.end] == argument.texts[0]


@pytest.mark.shared
def test_no_part_has_a_text_or_a_sentence_of_another(parts: dict[str, list[Abstract]]) -> None:
    held = Counter(
        key
        for read in parts.values()
        for key in {key for abstract in read for key in (abstract.document_id.partition(":")[2], *_keys(abstract))}
    )
    assert [key for key, count in held.items() if count > 1] == []


def _keys(abstract: Abstract) -> set[str]:
    return {key for key in sentence_keys(abstract.text) if len(key) >= 60}
