import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractors.development.corpora.annotated import AnnotatedSpan, AnnotatedText
from extractors.development.corpora.related import ConceptPair, RelatedText
from extractors.development.evaluation.related import score_related
from extractors.relations.classifier.linear import NONE, Example, learn


@pytest.fixture
def nlp() -> Language:
    nlp = spacy.blank("en")

    def parse(doc: Doc) -> Doc:
        """Make one sentence of it."""
        for token in doc:
            token.head, token.dep_ = doc[0], "dep" if token.i else "ROOT"
        return doc

    Language.component("all_below_the_first", func=parse)
    nlp.add_pipe("all_below_the_first")
    return nlp


def text(written: str, *names: tuple[str, ...]) -> AnnotatedText:
    spans = tuple(
        AnnotatedSpan(written.index(name), written.index(name) + len(name), label, frozenset(identifiers))
        for name, label, *identifiers in names
    )
    return AnnotatedText("PMID:1", written, spans)


def test_a_relation_of_a_document_that_no_sentence_states_is_missed(nlp: Language) -> None:
    causing = learn(
        [
            Example([f"M|{word}", f"x{n % 5}"], label, str(n))
            for n in range(40)
            for word, label in (("caused", "CID"), ("and", NONE))
        ]
    )[0]
    read = text("Zinc caused rash", ("Zinc", "Chemical", "D1"), ("rash", "Disease", "D2"))
    pairs = (
        ConceptPair("CID", frozenset({"D1"}), frozenset({"D2"})),
        ConceptPair("CID", frozenset({"D1"}), frozenset({"D9"})),
    )
    names = (*read.spans, AnnotatedSpan(5, 11, "Disease", frozenset({"D9"})))
    missed = RelatedText(AnnotatedText("PMID:1", read.text, (read.spans[0], names[2])), concept_pairs=pairs[1:])
    score = score_related(nlp, causing, [RelatedText(read, concept_pairs=pairs[:1]), missed])
    assert (score.gold, score.right) == (2, 1)
