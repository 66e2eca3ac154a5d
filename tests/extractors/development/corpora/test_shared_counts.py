"""The readers find in the corpora what was counted in them by other means (SOURCE.md of each)."""

from __future__ import annotations

import tarfile
from collections import Counter
from collections.abc import Iterator

import pytest
from read_corpora import CORPORA, SOURCES, read_iob_once

from extractors.development.corpora.annotated import AnnotatedText, CorpusError
from extractors.development.corpora.conllu import read_conllu
from extractors.development.corpora.iob import JNLPBA_LABELS, read_iob
from extractors.development.corpora.knowtator import annotations_of
from extractors.development.corpora.pubtator import read_pubtator
from extractors.development.training.sources import craft_trees, related_texts

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="needs ../shared/corpora beside the repository"),
]


def counts(texts: Iterator[AnnotatedText]) -> tuple[int, int]:
    """Return how many texts and spans there are; the spans must be in order, within the text, and not empty."""
    number = spans = 0
    for text in texts:
        number += 1
        spans += len(text.spans)
        assert all(0 <= span.start < span.end <= len(text.text) for span in text.spans)
        assert list(text.spans) == sorted(text.spans, key=lambda span: (span.start, -span.end))
        assert not text.words or text.text == " ".join(text.words)
    return number, spans


@pytest.mark.parametrize(
    ("name", "split", "texts", "spans"),
    [
        ("bc5cdr", "train", 500, 9385),
        ("bc5cdr", "dev", 500, 9591),
        ("bc5cdr", "scored", 500, 9809),
        ("ncbi_disease", "train", 592, 5145 - 11),  # the 11 mentions of the document that stands there twice
        ("ncbi_disease", "dev", 100, 787),
        ("ncbi_disease", "scored", 100, 960),
        ("biored", "train", 400, 13351),
        ("biored", "scored", 100, 3533),
        ("nlm_chem", "train", 3428 - 78, 12411 - 16),  # paragraphs that an article has twice, and what is in them
        ("drugprot", "train", 1691, 43519),
        ("drugprot", "scored", 750, 18858),
        ("bc2gm", "train", 12574, 15197),
        ("bc2gm", "dev", 2519, 3061),
        ("bc2gm", "scored", 5038, 6325),
        ("jnlpba", "train", 16807, 46750),
        ("jnlpba", "dev", 1739, 4551),
        ("jnlpba", "scored", 3856, 8662),
        ("anatem", "train", 606, 6946),
        ("anatem", "dev", 202, 2139),
        ("anatem", "scored", 404, 4616),
        ("bionlp13cg", "train", 300, 18404),
        ("bionlp13cg", "dev", 100, 6085),
        ("bionlp13cg", "scored", 200, 6955),
        ("bionlp13pc", "train", 260, 12458 - 2),  # two triggers stand there twice
        ("bionlp13pc", "dev", 90, 4351),
        ("bionlp13pc", "scored", 175, 5312),
    ],
)
def test_texts_and_spans(name: str, split: str, texts: int, spans: int) -> None:
    assert counts(SOURCES[name].texts(CORPORA, split)) == (texts, spans)


@pytest.mark.parametrize(
    ("name", "split", "documents", "left_out"),
    [
        ("nlm_gene", "train", 429, {"19430421"}),
        ("nlm_gene", "dev", 97, set()),
        ("gnormplus", "train", 427, {"10880510", "7520377", "7649249", "8248204"}),
        ("gnormplus", "dev", 262, {"11121057", "15280356", "9149941"}),
    ],
)
def test_documents_with_misplaced_mentions_are_left_out(
    name: str, split: str, documents: int, left_out: set[str]
) -> None:
    found = {text.document_id.removeprefix("PMID:") for text in SOURCES[name].texts(CORPORA, split)}
    assert len(found) == documents - len(left_out)
    assert not found & left_out
    if left_out:
        with pytest.raises(CorpusError, match="does not stand at"):
            list(read_pubtator(CORPORA / SOURCES[name].folder / SOURCES[name].splits[split]))


IOB: list[tuple[str, int, int]] = [
    ("anatem_iob/train.tsv.gz", 5861, 6946),
    ("bionlp13cg_iob/test.tsv", 1906, 6881),
    ("bionlp13pc_iob/test.tsv", 1695, 5306),
    ("craft_iob/devel.tsv", 3730, 9727),
]


@pytest.mark.parametrize(("file", "texts", "spans"), IOB)
def test_sentences_in_tokens(file: str, texts: int, spans: int) -> None:
    assert counts(read_iob_once(CORPORA / file)) == (texts, spans)


def test_both_copies_of_jnlpba_are_the_same() -> None:
    renamed = read_iob(CORPORA / "jnlpba_iob" / "renamed-tags" / "test.tsv", JNLPBA_LABELS)
    original = read_iob(CORPORA / "jnlpba_iob" / "original-tags" / "test.tsv")
    assert all(one == other for one, other in zip(renamed, original, strict=True))


CRAFT = {
    "CHEBI": 6748,
    "CL": 5792,
    "GO_BP": 12961,
    "PR": 23447,
    "NCBITaxon": 10463,
    "UBERON": 18820,
    "MONDO_without_genotype_annotations": 3080,
}


@pytest.mark.parametrize("name", CRAFT)
def test_annotations_of_craft(name: str) -> None:
    label = name.partition("_without")[0]
    with tarfile.open(CORPORA / "craft" / "concept-annotation" / f"{name}.tar.gz") as archive:
        files = [archive.extractfile(member) for member in archive]
        found = [a for file in files if file for a in annotations_of(file.read().decode(), label, name)]
    assert len(found) == CRAFT[name]
    texts, spans = (
        sum(column)
        for column in zip(
            *(counts(SOURCES[f"craft/{label}"].texts(CORPORA, split)) for split in ("train", "dev", "scored")),
            strict=True,
        )
    )
    in_one_piece = sum(len(annotation.fragments) == 1 for annotation in found)
    assert texts == 97
    assert in_one_piece <= spans <= len(found)


@pytest.mark.parametrize(
    ("split", "sentences", "documents", "roles"),
    [
        ("train", 2898, 1108, {"Drug", "Effect", "Disorder", "Trigger", "Treatment", "Subject"}),
        ("dev", 961, 371, {"Drug", "Effect", "Disorder", "Trigger", "Treatment", "Subject"}),
        ("scored", 968, 359, {"Drug", "Effect", "Disorder", "Trigger", "Treatment", "Subject"}),
    ],
)
def test_sentences_of_phee(split: str, sentences: int, documents: int, roles: set[str]) -> None:
    texts = list(SOURCES["phee"].texts(CORPORA, split))
    assert (len(texts), len({text.document_id for text in texts})) == (sentences, documents)
    assert roles <= {span.label for text in texts for span in text.spans}


@pytest.mark.parametrize(
    ("name", "split", "pairs", "label", "labelled"),
    [
        ("drugprot", "train", 8097, "INHIBITOR", 2567),
        ("drugprot", "scored", 3761, "INHIBITOR", 1150),
        ("bc5cdr", "train", 1038, "CID", 1038),
        ("bc5cdr", "dev", 1012, "CID", 1012),
        ("bc5cdr", "scored", 1066, "CID", 1066),
        ("biored", "train", 4178, "Positive_Correlation", 1089),
        ("biored", "scored", 1162, "Positive_Correlation", 352),
        ("phee", "train", 3213, "Potential_therapeutic_event", 99),
        ("phee", "dev", 1061, "Potential_therapeutic_event", 34),
        ("phee", "scored", 1058, "Potential_therapeutic_event", 27),
        ("bionlp13cg", "train", 1695, "Negative_regulation", 407),
        ("bionlp13pc", "train", 1854, "Negative_regulation", 337),
    ],
)
def test_relations(name: str, split: str, pairs: int, label: str, labelled: int) -> None:
    texts = list(related_texts(CORPORA, name, split))
    assert [related.text for related in texts] == list(SOURCES[name].texts(CORPORA, split))
    found = Counter(pair.label for related in texts for pair in related.mention_pairs)
    found.update(pair.label for related in texts for pair in related.concept_pairs)
    assert (found.total(), found[label]) == (pairs, labelled)
    for related in texts:
        identified = [span.identifiers for span in related.text.spans]
        assert {end for pair in related.mention_pairs for end in (pair.first, pair.second)} <= {*related.text.spans}
        for pair in related.concept_pairs:
            assert any(pair.first <= each for each in identified)
            assert any(pair.second <= each for each in identified)


def test_trees_of_craft() -> None:
    documents, found = set(), Counter[str]()
    for sentence in read_conllu(CORPORA / "craft" / "structural-annotation" / "dependency-conllu.tar.gz"):
        documents.add(sentence.document_id)
        found.update(
            sentences=1, words=len(sentence.words), roots=sum(i == head for i, head in enumerate(sentence.heads))
        )
    assert (len(documents), found) == (97, {"sentences": 30830, "words": 793651, "roots": 30830})
    assert len({sentence.document_id for sentence in craft_trees(CORPORA, "dev")}) == 7


@pytest.mark.parametrize(
    ("split", "sentences", "words", "labels", "tags"),
    [("dev", 1361, 36180, 36, 41), ("test", 1360, 35639, 36, 41), ("future_use", 1494, 40221, 38, 40)],
)
def test_trees_of_genia(split: str, sentences: int, words: int, labels: int, tags: int) -> None:
    folder = CORPORA / "genia_dependency"
    trees = list(read_conllu(folder / f"{split}.conllu.gz", folder / f"{split}_per_sentence.pmids"))
    assert (len(trees), sum(len(tree.words) for tree in trees)) == (sentences, words)
    assert len({label for tree in trees for label in tree.labels}) == labels
    assert len({tag for tree in trees for tag in tree.tags}) == tags
