import pytest
import spacy
from spacy.tokens import Doc

from extractors.development.corpora.annotated import AnnotatedSpan, AnnotatedText
from extractors.development.corpora.related import ConceptPair, RelatedText
from extractors.development.training.pair_examples import labelled
from extractors.relations.classifier.linear import NONE

TEXT = "Velutinib blocks GAK1. Gravolol and GAK1 were there."


@pytest.fixture
def doc() -> Doc:
    words = ["Velutinib", "blocks", "GAK1", ".", "Gravolol", "and", "GAK1", "were", "there", "."]
    spaces = [True, True, False, True, True, True, True, True, False, False]
    heads = [1, 1, 1, 1, 7, 4, 4, 7, 7, 7]
    labels = ["nsubj", "ROOT", "dobj", "punct", "nsubj", "cc", "conj", "ROOT", "advmod", "punct"]
    return Doc(spacy.blank("en").vocab, words=words, spaces=spaces, heads=heads, deps=labels)


def span(name: str, label: str, identifier: str | None = None, *, last: bool = False) -> AnnotatedSpan:
    start = TEXT.rindex(name) if last else TEXT.index(name)
    return AnnotatedSpan(start, start + len(name), label, frozenset({identifier} if identifier else ()))


def test_concepts_that_are_related_label_every_pair_of_their_mentions(doc: Doc) -> None:
    spans = (span("Velutinib", "Chemical", "D1"), span("GAK1", "Disease", "D2"), span("Gravolol", "Chemical", "D3"))
    text = AnnotatedText("PMID:1", TEXT, (*spans, span("GAK1", "Disease", "D2", last=True)))
    pairs = (ConceptPair("CID", frozenset({"D3"}), frozenset({"D2"})),)
    found = [pair.label for pair in labelled(doc, RelatedText(text, concept_pairs=pairs))]
    assert found == [NONE, "CID"]
