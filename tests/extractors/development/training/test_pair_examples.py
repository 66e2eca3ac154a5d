import pytest
import spacy
from spacy.tokens import Doc

from extractors.development.corpora.annotated import AnnotatedSpan, AnnotatedText
from extractors.development.corpora.related import ConceptPair, MentionPair, RelatedText
from extractors.development.training.pair_examples import GUIDELINES, labelled
from extractors.records import PREDICATE_SIGNATURES
from extractors.relations.classifier.label_mapping import corpus_predicates
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


def test_names_of_one_sentence_are_paired(doc: Doc) -> None:
    velutinib, first = span("Velutinib", "CHEMICAL"), span("GAK1", "GENE")
    gravolol, second = span("Gravolol", "CHEMICAL"), span("GAK1", "GENE", last=True)
    text = AnnotatedText("PMID:1", TEXT, (velutinib, first, gravolol, second))
    related = RelatedText(text, mention_pairs=(MentionPair("INHIBITOR", velutinib, first),))
    found = [(pair.first, pair.second, pair.label) for pair in labelled(doc, related, GUIDELINES["drugprot"])]
    assert found == [(velutinib, first, "INHIBITOR"), (gravolol, second, NONE)]


def test_concepts_that_are_related_label_every_pair_of_their_mentions(doc: Doc) -> None:
    spans = (span("Velutinib", "Chemical", "D1"), span("GAK1", "Disease", "D2"), span("Gravolol", "Chemical", "D3"))
    text = AnnotatedText("PMID:1", TEXT, (*spans, span("GAK1", "Disease", "D2", last=True)))
    pairs = (ConceptPair("CID", frozenset({"D3"}), frozenset({"D2"})),)
    found = [pair.label for pair in labelled(doc, RelatedText(text, concept_pairs=pairs), GUIDELINES["bc5cdr"])]
    assert found == [NONE, "CID"]


def test_every_mapped_label_is_one_of_its_guideline_and_means_a_predicate_that_its_kinds_may_have() -> None:
    for (guideline, label, first, second), predicate in corpus_predicates().items():
        assert label in GUIDELINES[guideline].labels
        assert (first, second) in GUIDELINES[guideline].pairs
        assert (first, second) in PREDICATE_SIGNATURES[predicate]


def test_what_regulates_a_process_is_paired_with_its_trigger(doc: Doc) -> None:
    velutinib, growth = span("Velutinib", "Simple_chemical"), span("GAK1", "Growth")
    related = RelatedText(
        AnnotatedText("PMID:1", TEXT, (velutinib, growth)),
        mention_pairs=(MentionPair("Negative_regulation", velutinib, growth),),
    )
    [pair] = labelled(doc, related, GUIDELINES["bionlp13"])
    assert (pair.first, pair.second, pair.label) == (velutinib, growth, "Negative_regulation")


def test_no_guideline_is_trained_on_what_is_scored() -> None:
    assert {guideline.scored for guideline in GUIDELINES.values()} == {"scored", "dev"}
    assert GUIDELINES["bionlp13"].scored == "dev"
