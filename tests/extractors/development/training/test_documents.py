import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example

from extractors.development.corpora.annotated import AnnotatedSpan, AnnotatedText, CorpusError
from extractors.development.training.documents import LABELS, annotate, by_annotation, documents_reader, heads, make_doc
from extractors.development.training.sources import SOURCES
from extractors.entities.ner.recogniser import ANNOTATED
from extractors.pipeline import base_pipeline

TEXT = "Velutinib treats gravosis. BCNU-linked gravosis improved in 3 of 4 mice."


def spans_of(doc: Doc, head: str) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.spans[head]]


def annotated(*names: tuple[str, str]) -> AnnotatedText:
    return AnnotatedText(
        "PMID:1",
        TEXT,
        tuple(
            AnnotatedSpan(TEXT.index(name), TEXT.index(name) + len(name), label)
            for name, label in sorted(names, key=lambda n: TEXT.index(n[0]))
        ),
    )


def test_names_become_spans_of_the_tokens() -> None:
    text = annotated(("Velutinib", "Chemical"), ("gravosis", "Disease"), ("mice", "Species"))
    doc = make_doc(base_pipeline(), text)
    annotate(doc, text, LABELS["bc5cdr"])
    assert spans_of(doc, "main") == [("Velutinib", "CHEMICAL"), ("gravosis", "DISEASE")]
    assert doc.spans["main"].attrs[ANNOTATED] == ["CHEMICAL", "DISEASE"]
    assert len(list(doc.sents)) == 2


def test_of_tokens_that_a_name_does_not_fit_nothing_is_learned() -> None:
    text = annotated(("CN", "Chemical"))
    doc = make_doc(base_pipeline(), text)
    annotate(doc, text, LABELS["bc5cdr"])
    assert spans_of(doc, "main") == [("BCNU", "")]


def test_of_names_that_overlap_the_longer_is_kept() -> None:
    text = annotated(("gravosis", "Disease"), ("Velutinib treats gravosis", "Disease"))
    doc = make_doc(base_pipeline(), text)
    annotate(doc, text, LABELS["bc5cdr"])
    assert spans_of(doc, "main") == [("Velutinib treats gravosis", "DISEASE")]


def test_the_tokens_of_a_corpus_are_kept() -> None:
    text = AnnotatedText("", "IL - 2 acts .", (AnnotatedSpan(0, 6, "GENE"),), words=("IL", "-", "2", "acts", "."))
    doc = make_doc(base_pipeline(), text)
    annotate(doc, text, LABELS["bc2gm"])
    assert [token.text for token in doc] == list(text.words)
    assert spans_of(doc, "bc2gm") == [("IL - 2", "GENE")]


def test_every_head_is_taught_by_a_corpus_that_may_be_shipped() -> None:
    may_be_shipped = {source.name for source in SOURCES if source.may_be_shipped}
    assert set(LABELS) <= may_be_shipped
    assert all(labels for labels in heads().values())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    record = {
        "words": ["A", "b", ".", "C", "d", "e", "."],
        "spaces": [True, False, True, True, True, False, False],
        "sentences": [0, 3],
        "dictionary": [["B-drug:", "drug"], *([["", ""]] * 6)],
        "labels": {"main": ["DISEASE"]},
        "spans": {"main": [[0, 1, "DISEASE"], [4, 6, "DISEASE"]]},
        "tree": [],
    }
    for name in ("one", "two"):
        with gzip.open(tmp_path / f"{name}.train.jsonl.gz", "wt") as file:
            file.write(json.dumps(record) + "\n")
    return tmp_path


def read(*arguments: Any, **options: Any) -> list[Example]:
    return list(documents_reader(*arguments, **options)(spacy.blank("en")))


def test_documents_are_read_as_often_as_said(folder: Path) -> None:
    assert len(read(folder, "train", repeats={"one": 3, "two": 0})) == 3


def test_long_documents_are_cut_between_sentences(folder: Path) -> None:
    pieces = [example.reference for example in read(folder, "train", repeats={"two": 0}, longest=4)]
    assert [piece.text for piece in pieces] == ["A b. ", "C d e."]
    assert [spans_of(piece, "main") for piece in pieces] == [[("A", "DISEASE")], [("d e", "DISEASE")]]


def test_what_is_to_be_found_is_not_given_away(folder: Path) -> None:
    example = read(folder, "train")[0]
    assert "main" not in example.predicted.spans
    assert example.predicted._.dictionary[0] == ("B-drug:", "drug")


def test_a_source_without_documents_is_named(folder: Path) -> None:
    with pytest.raises(CorpusError, match="three"):
        documents_reader(folder, "train", repeats={"three": 1})
    with pytest.raises(CorpusError, match="make train"):
        documents_reader(folder, "held")


@pytest.fixture
def trees(folder: Path) -> Path:
    record = {
        "words": ["A", "binds", ".", "B", "acts", "."],
        "spaces": [True, False, True, True, False, False],
        "sentences": [0, 3],
        "dictionary": [["", ""]] * 6,
        "labels": {},
        "spans": {},
        "tree": [
            ["NN", 1, "nsubj"],
            ["VBZ", 1, "ROOT"],
            [".", 1, "punct"],
            ["NN", 4, "nsubj"],
            ["VBZ", 4, "ROOT"],
            [".", 4, "punct"],
        ],
    }
    with gzip.open(folder / "trees.train.jsonl.gz", "wt") as file:
        file.write(json.dumps(record) + "\n")
    return folder


def test_a_tree_is_cut_between_sentences_with_its_heads(trees: Path) -> None:
    pieces = read(trees, "train", repeats={"one": 0, "two": 0}, longest=4)
    assert [[token.head.text for token in piece.reference] for piece in pieces] == [
        ["binds", "binds", "binds"],
        ["acts", "acts", "acts"],
    ]
    assert [token.tag_ for token in pieces[0].reference] == ["NN", "VBZ", "."]


def test_the_parser_is_not_told_where_sentences_begin(trees: Path) -> None:
    (example,) = read(trees, "train", repeats={"one": 0, "two": 0})
    assert not example.predicted.has_annotation("SENT_START")
    assert len(list(example.reference.sents)) == 2


def test_names_and_trees_come_in_batches_of_their_own(trees: Path) -> None:
    def alone(examples: Iterable[Example]) -> list[list[Example]]:
        return [[example] for example in examples]

    def together(examples: Iterable[Example]) -> list[list[Example]]:
        return [list(examples)]

    batches = list(by_annotation(alone, together)(read(trees, "train", repeats={"trees": 3})))
    assert sorted(len(batch) for batch in batches) == [1, 1, 3]
    assert {len({example.reference.has_annotation("DEP") for example in batch}) for batch in batches} == {1}
