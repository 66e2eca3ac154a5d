from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractors.development.corpora.annotated import AnnotatedText, CorpusError
from extractors.development.corpora.iob import read_iob
from extractors.development.corpora.pubtator import read_pubtator
from extractors.development.corpora.relations import read_pubtator_relations
from extractors.development.training.overlaps import (
    OverlapReport,
    ScoredTexts,
    sentence_keys,
    training_relations,
    training_texts,
)
from extractors.development.training.sources import Source

WRITTEN = "In 41 mice, zinc (0.05 mg/kg, i.e. little) lowered TNF-α in the colon. Iron did not."
IN_TOKENS = "In 41 mice , zinc ( 0 . 05 mg / kg , i . e . little ) lowered TNF - alpha in the colon ."
STOCK = "All of the authors have read and approved the final version of the manuscript."


@pytest.fixture
def scored() -> ScoredTexts:
    index = ScoredTexts()
    index.add("abstracts", AnnotatedText("PMID:1", WRITTEN, ()))
    index.add("sentences", AnnotatedText("", IN_TOKENS, ()))
    index.add("sentences", AnnotatedText("", "Zinc heals old mice .", ()))
    return index


def test_a_sentence_in_tokens_is_found_in_running_text_and_the_other_way(scored: ScoredTexts) -> None:
    assert scored.sources("", IN_TOKENS) == {"abstracts", "sentences"}
    assert scored.sources("PMID:2", f"A title. {WRITTEN}") == {"abstracts", "sentences"}


def test_the_same_document_is_found_by_its_id(scored: ScoredTexts) -> None:
    assert scored.sources("PMID:1", "Another version of the text") == {"abstracts"}


def test_other_texts_are_not_found(scored: ScoredTexts) -> None:
    assert scored.sources("PMID:2", "In 42 mice, zinc lowered TNF-α in the colon, and iron did so too.") == frozenset()
    assert scored.sources("", "") == frozenset()


def test_a_short_sentence_counts_only_as_a_whole_text(scored: ScoredTexts) -> None:
    assert scored.sources("", "Zinc heals old mice.") == {"sentences"}
    assert scored.sources("", "Zinc heals old mice. So does iron, which was given to other animals.") == frozenset()
    assert sentence_keys("Results") == frozenset()


def test_what_articles_say_by_custom_does_not_count(scored: ScoredTexts) -> None:
    scored.add(
        "articles", AnnotatedText("PMID:3", f"Copper was given to every second one of the animals.\n{STOCK}", ())
    )
    assert scored.sources("PMID:4", STOCK) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "Mice were given living E. coli of one strain every day for 3 weeks.",
        "Mice were given 2.5 mg of zinc and 7.5 mg of iron for 3 weeks each.",
    ],
)
def test_a_sentence_is_cut_at_its_end_alone(text: str) -> None:
    assert len(sentence_keys(text)) == 1


def test_the_label_of_a_section_is_cut_off() -> None:
    sentence = "Mice were given zinc or iron for three whole weeks."
    assert sentence_keys(sentence) < sentence_keys(f"METHODS: {sentence}")


ABSTRACTS = "1|t|Zinc in mice.\n1|a|Zinc lowered the number of mast cells in the colon of mice.\n"
SENTENCES = """{words}

Iron\tB-X
heals\tO
"""


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    (tmp_path / "abstracts").mkdir()
    (tmp_path / "abstracts" / "test.txt").write_text(ABSTRACTS, encoding="utf-8")
    (tmp_path / "abstracts" / "train.txt").write_text(ABSTRACTS.replace("1|", "2|") + "3|t|New.\n", encoding="utf-8")
    (tmp_path / "sentences").mkdir()
    words = "Zinc lowered the number of mast cells in the colon of mice .".split()
    in_tokens = SENTENCES.format(words="\n".join(f"{word}\tO" for word in words))
    for name in ("train.tsv", "devel.tsv"):
        (tmp_path / "sentences" / name).write_text(in_tokens, encoding="utf-8")
    return tmp_path


def sources(may_be_shipped: bool = True) -> tuple[Source, ...]:
    shared = {"licence": "CC0", "may_be_shipped": may_be_shipped}
    abstracts = {"train": "train.txt", "scored": "test.txt"}
    sentences = {"train": "train.tsv", "dev": "devel.tsv"}
    return (
        Source(name="a", folder="abstracts", guideline="a", splits=abstracts, read=read_pubtator, **shared),  # type: ignore[arg-type]
        Source(name="s", folder="sentences", guideline="s", splits=sentences, read=read_iob, **shared),  # type: ignore[arg-type]
    )


def test_training_texts_are_those_that_overlap_nothing_scored(corpora: Path) -> None:
    report = OverlapReport()
    texts = training_texts(corpora, report, sources())
    assert [(name, split, text.text) for name, split, text in texts] == [
        ("a", "train", "New."),
        ("s", "train", "Iron heals"),
        ("s", "dev", "Iron heals"),
    ]
    assert report.table().splitlines()[2:] == [
        "| a | train | 1 | 1 | a 1 |",
        "| s | dev | 1 | 1 | a 1 |",
        "| s | train | 1 | 1 | a 1 |",
    ]


def test_what_may_not_be_shipped_is_not_trained_on(corpora: Path) -> None:
    assert list(training_texts(corpora, sources=sources(may_be_shipped=False))) == []


def test_a_missing_scored_file_is_an_error(corpora: Path) -> None:
    (corpora / "abstracts" / "test.txt").unlink()
    with pytest.raises(CorpusError, match=r"no file .*abstracts/test.txt; expected .* in the folder .*/abstracts"):
        list(training_texts(corpora, sources=sources()))


def related_source(may_be_shipped: bool = True) -> Source:
    return replace(sources(may_be_shipped)[0], read_related=read_pubtator_relations)


def test_relations_to_train_on_are_of_texts_that_overlap_nothing_scored(corpora: Path) -> None:
    [(split, related)] = training_relations(corpora, "a", [related_source()])
    assert (split, related.text.text) == ("train", "New.")
    assert list(training_relations(corpora, "a", [related_source(may_be_shipped=False)])) == []


def test_relations_of_no_such_source_are_an_error(corpora: Path) -> None:
    with pytest.raises(CorpusError, match="no source 'b'; expected one of a, s"):
        list(training_relations(corpora, "b", sources()))
    with pytest.raises(CorpusError, match="'s' has no relations; expected one of bc5cdr, "):
        list(training_relations(corpora, "s", sources()))
