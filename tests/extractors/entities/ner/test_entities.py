import spacy
from spacy.tokens import Doc, Span, SpanGroup

from extractors.entities.ner.entities import abbreviation_types, entities
from extractors.pipeline import base_pipeline


def with_spans(text: str, **heads: list[tuple[str, str]]) -> Doc:
    nlp = base_pipeline()
    with nlp.select_pipes(enable=["paragraph_sentencizer", "sentence_abbreviation_detector"]):
        doc = nlp(text)
    for head, found in heads.items():
        starts = [(text.index(name), name, label) for name, label in found]
        spans = [doc.char_span(start, start + len(name), label=label) for start, name, label in starts]
        doc.spans[head] = SpanGroup(doc, name=head, spans=[span for span in spans if span])
        assert len(doc.spans[head]) == len(found), "a name that does not fit the tokens"
    return doc


def test_an_abbreviation_takes_the_label_of_its_long_form() -> None:
    text = "Renal cell sarcoma (RCS) is rare. RCS grows slowly."
    doc = abbreviation_types(with_spans(text, main=[("Renal cell sarcoma", "DISEASE"), ("RCS", "CHEMICAL")]))
    assert [(span.text, span.label_) for span in doc.spans["main"]] == [
        ("Renal cell sarcoma", "DISEASE"),
        ("RCS", "DISEASE"),
        ("RCS", "DISEASE"),
    ]


def test_an_abbreviation_of_what_is_no_name_is_left() -> None:
    text = "The visual analogue scale (VAS) fell; VAS was used."
    doc = abbreviation_types(with_spans(text, main=[]))
    assert not doc.spans["main"]


def test_heads_become_entities_that_do_not_overlap() -> None:
    vocab = spacy.blank("en").vocab
    doc = Doc(vocab, words=["TNF", "drives", "T", "cell", "activation"])
    doc.spans["main"] = SpanGroup(doc, spans=[Span(doc, 0, 1, "GENE")])
    doc.spans["jnlpba"] = SpanGroup(doc, spans=[Span(doc, 0, 1, "PROTEIN"), Span(doc, 2, 4, "CELL_TYPE")])
    doc.spans["craft_go_bp"] = SpanGroup(doc, spans=[Span(doc, 2, 5, "GO_BP")])
    found = [(span.text, span.label_) for span in entities(doc).ents]
    assert found == [("TNF", "GENE"), ("T cell", "CELL_TYPE")]
