from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.training import Example
from thinc.api import Adam, fix_random_seed

from extractors.entities.ner import crf
from extractors.entities.ner.recogniser import ANNOTATED, allowed_tags, names_of, sentences_of
from extractors.entities.ner.word_crf import LexicalScores, joined

HEADS = {"main": ["DRUG", "GENE"], "strict": ["GENE"]}
CONFIG = {
    "heads": HEADS,
    "model": {
        "@architectures": "peyer.GuidelineHeads.v1",
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "peyer.TokenEmbed.v2",
                "width": 32,
                "table_width": 32,
                "rows": [200, 100, 100, 100, 50, 20, 20],
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": 32,
                "depth": 1,
                "window_size": 1,
                "maxout_pieces": 2,
            },
        },
    },
}
DRUGS = ("abrocept", "belmotinib", "cadrimab")
GENES = ("GAK1", "MERL", "TRX9")


def group(doc: Doc, head: str, annotated: list[str], spans: list[tuple[int, int, str]]) -> SpanGroup:
    made = [Span(doc, start, end, label=label) for start, end, label in spans]
    return SpanGroup(doc, name=head, spans=made, attrs={ANNOTATED: annotated})


@pytest.fixture
def nlp() -> Language:
    fix_random_seed(0)
    nlp = spacy.blank("en")
    nlp.add_pipe("peyer_recogniser", config=CONFIG)
    return nlp


@pytest.fixture
def examples(nlp: Language) -> list[Example]:
    """One corpus that annotates drugs only, one that annotates genes only; both texts name both."""
    made = []
    for drug, gene in zip(DRUGS, GENES, strict=True):
        for annotated, spans in ((["DRUG"], [(0, 1, "DRUG")]), (["GENE"], [(2, 4, "GENE")])):
            doc = Doc(nlp.vocab, words=[drug, "inhibits", gene, "kinase", "well"])
            doc.spans["main"] = group(doc, "main", annotated, spans)
            if annotated == ["GENE"]:
                doc.spans["strict"] = group(doc, "strict", ["GENE"], [(2, 3, "GENE")])
            made.append(Example(Doc(nlp.vocab, words=[token.text for token in doc]), doc))
    return made


def trained(nlp: Language, examples: list[Example]) -> Language:
    nlp.initialize(lambda: examples)
    optimizer = Adam(0.02)
    for _ in range(60):
        losses = nlp.update(examples, sgd=optimizer)
    assert losses["peyer_recogniser"] < 0.1
    return nlp


def names(doc: Doc, head: str) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.spans[head]]


def test_corpora_of_different_types_teach_one_head_both(nlp: Language, examples: list[Example]) -> None:
    doc = trained(nlp, examples)(Doc(nlp.vocab, words=["abrocept", "inhibits", "MERL", "kinase", "well"]))
    assert names(doc, "main") == [("abrocept", "DRUG"), ("MERL kinase", "GENE")]


def test_each_guideline_keeps_its_own_spans(nlp: Language, examples: list[Example]) -> None:
    doc = trained(nlp, examples)(Doc(nlp.vocab, words=["cadrimab", "inhibits", "GAK1", "kinase", "well"]))
    assert names(doc, "strict") == [("GAK1", "GENE")]
    assert doc.spans["strict"].attrs[ANNOTATED] == ["GENE"]


def test_what_was_learned_is_the_same_after_loading(nlp: Language, examples: list[Example], tmp_path: Path) -> None:
    trained(nlp, examples).to_disk(tmp_path)
    text = "belmotinib inhibits TRX9 kinase well"
    found = [names(spacy.load(tmp_path)(text), head) for head in HEADS]
    assert found == [names(nlp(text), head) for head in HEADS]
    assert found[0]


def test_the_score_counts_only_annotated_labels(nlp: Language, examples: list[Example]) -> None:
    scores = trained(nlp, examples).evaluate(examples)
    assert scores["main_f"] == 1.0
    assert scores["strict_f"] == 1.0
    wrong = examples[0].reference
    wrong.spans["main"] = group(wrong, "main", ["DRUG"], [(1, 2, "DRUG")])
    assert nlp.evaluate(examples)["main_f"] < 1.0


def test_empty_texts_pass(nlp: Language, examples: list[Example]) -> None:
    nlp = trained(nlp, examples)
    assert [len(doc.spans["main"]) for doc in nlp.pipe(["", "abrocept", ""])] == [0, 1, 0]


def test_a_label_that_is_not_annotated_is_left_open() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["a", "b", "c"])
    allowed = allowed_tags(group(doc, "main", ["DRUG"], [(0, 2, "DRUG")]), 3, HEADS["main"])
    assert np.flatnonzero(allowed[0]).tolist() == [crf.tag(0, crf.BEGIN)]
    assert np.flatnonzero(allowed[1]).tolist() == [crf.tag(0, crf.LAST)]
    assert np.flatnonzero(allowed[2]).tolist() == [0, *(crf.tag(1, part) for part in range(crf.TAGS_PER_LABEL))]


def test_of_a_span_without_label_nothing_is_known() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["a", "b"])
    allowed = allowed_tags(group(doc, "main", ["DRUG", "GENE"], [(1, 2, "")]), 2, HEADS["main"])
    assert allowed[1].all()
    assert np.flatnonzero(allowed[0]).tolist() == [0]


def test_names_never_cross_sentences(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=["a", "b", "c"], sent_starts=[True, False, True])
    assert list(sentences_of(doc)) == [(0, 2), (2, 3)]


def test_tags_become_names() -> None:
    begin, inside, last, unit = (crf.tag(1, part) for part in range(crf.TAGS_PER_LABEL))
    found = names_of(np.array([[begin, inside, last, 0, unit], [0, 0, 0, 0, 0]]))
    assert list(found) == [(0, 0, 3, 1), (0, 4, 5, 1)]


@pytest.fixture
def lexical() -> LexicalScores:
    """What makes every first word of a sentence a gene of its own in the head "strict", and says nothing of others."""
    weights = {"-1\x1f#": np.asarray([0, 0, 0, 0, 50], dtype=np.float32)}
    learned = {"strict": (weights, np.zeros((5, 5), dtype=np.float32), ("GENE",))}
    return joined(learned, HEADS, 1.0, 0.0)


def strict(nlp: Language, text: str) -> list[str]:
    doc = nlp(text)
    return [span.text for span in doc.spans["strict"]]


def test_what_words_say_is_added_to_the_scores(nlp: Language, lexical: LexicalScores) -> None:
    nlp.initialize()
    recogniser: Any = nlp.get_pipe("peyer_recogniser")
    recogniser.lexical = lexical
    assert strict(nlp, "abrocept binds MERL") == ["abrocept"]
    recogniser.read_heads = ["main"]
    assert strict(nlp, "abrocept binds MERL") == []


def test_what_words_say_is_stored_with_the_component(nlp: Language, lexical: LexicalScores, tmp_path: Path) -> None:
    nlp.initialize()
    recogniser: Any = nlp.get_pipe("peyer_recogniser")
    recogniser.lexical = lexical
    nlp.to_disk(tmp_path)
    assert strict(spacy.load(tmp_path), "abrocept binds MERL") == ["abrocept"]
    copy = spacy.blank("en")
    copy.add_pipe("peyer_recogniser", config=CONFIG)
    copy.from_bytes(nlp.to_bytes())
    recogniser.lexical = None
    nlp.to_disk(tmp_path)
    again: Any = spacy.load(tmp_path).get_pipe("peyer_recogniser")
    assert again.lexical is None
    assert strict(copy, "abrocept binds MERL") == ["abrocept"]
