from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from extractors.development.corpora.annotated import AnnotatedSpan, AnnotatedText, CorpusError
from extractors.development.corpora.conllu import ParsedSentence
from extractors.development.evaluation.ner import (
    ModelScore,
    SyntaxScore,
    Task,
    TaskScore,
    evaluate_ner,
    report,
    score_task,
    score_trees,
    sentence_f1,
)

TASK = Task("A corpus", "bc5cdr", "main", ("CHEMICAL", "DISEASE"), "raw text", "80.00")


@Language.component("finds_capitals")
def finds_capitals(doc: Doc) -> Doc:
    """Every word in capitals is a chemical, every word that ends in -osis a disease, GEN1 a gene."""
    spans = []
    for token in doc:
        label = "CHEMICAL" if token.text.isupper() else "DISEASE" if token.text.endswith("osis") else ""
        label = "GENE" if token.text == "GEN1" else label
        if label:
            spans.append(Span(doc, token.i, token.i + 1, label))
    doc.spans["main"] = SpanGroup(doc, spans=spans)
    return doc


@pytest.fixture
def model() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("finds_capitals")
    return nlp


def text(written: str, *names: tuple[str, str]) -> AnnotatedText:
    spans = [
        AnnotatedSpan(written.index(name), written.index(name) + len(name), label)
        for name, label in sorted(names, key=lambda each: written.index(each[0]))
    ]
    return AnnotatedText("PMID:1", written, tuple(spans))


def test_a_name_counts_when_its_characters_and_its_type_are_right(model: Language) -> None:
    texts = [
        text("ABC heals rare gravosis", ("ABC", "Chemical"), ("rare gravosis", "Disease")),
        text("XYZ and morbosis", ("XYZ", "Disease"), ("morbosis", "Disease")),
    ]
    score = score_task(model, TASK, texts)
    chemical, disease = score.by_label["CHEMICAL"], score.by_label["DISEASE"]
    assert (chemical.gold, chemical.found, chemical.right) == (1, 2, 1)
    assert (disease.gold, disease.found, disease.right) == (3, 2, 1)
    assert score.total.f1 == pytest.approx(2 * 2 / (4 + 4))


def test_labels_that_a_task_does_not_score_do_not_count(model: Language) -> None:
    score = score_task(model, TASK, [text("GEN1 and ABC", ("ABC", "Chemical"))])
    assert (score.total.gold, score.total.found, score.total.right) == (1, 1, 1)


def test_trees_are_scored_without_punctuation() -> None:
    nlp = spacy.blank("en")
    sentence = ParsedSentence(
        "PMID:1", ("It", "ran", "."), (True, False, False), ("PRP", "VBD", "."), (1, 1, 1), ("nsubj", "root", "punct")
    )

    def parse(doc: Doc) -> Doc:
        for token in doc:
            token.head, token.dep_, token.tag_ = doc[1], ("dobj", "ROOT", "punct")[token.i], "VBD"
        return doc

    Language.component("parses_by_rule", func=parse)
    nlp.add_pipe("parses_by_rule", name="parser")
    count, tags, uas, las = score_trees(nlp, [sentence])
    assert (count, uas, las) == (1, 1.0, 0.5)
    assert tags == pytest.approx(1 / 3)


def test_sentences_are_scored_by_start_and_end() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("paragraph_sentencizer")
    article = AnnotatedText("PMID:1", "Zinc helped them. Iron did not help.\n\nNothing else did.", ())
    gold = [
        ParsedSentence("PMID:1", words, spaces, (), (), ())
        for words, spaces in [
            (("Zinc", "helped", "them", "."), (True, True, False, False)),
            (("Iron", "did", "not", "help", "."), (True, True, True, False, False)),
            (("Nothing", "else"), (True, False)),
        ]
    ]
    assert sentence_f1(nlp, [article], gold) == pytest.approx(2 / 3)


def test_the_report_shows_the_published_figure_beside() -> None:
    score = TaskScore(TASK)
    lines = report(ModelScore("en_x 1", [score], SyntaxScore(3, 0.9, 0.8, 0.7, 0.6))).splitlines()
    assert lines[2] == "| A corpus | raw text | 0 | 0.00 | 0.00 | 0.00 | 80.00 |"
    assert "| en_x 1 | 3 | 90.00 | 80.00 | 70.00 | 60.00 |" in lines


@pytest.mark.model
def test_a_folder_without_corpora_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="bc5cdr"):
        evaluate_ner(tmp_path)
