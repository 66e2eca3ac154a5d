import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractors.development.corpora.annotated import AnnotatedSpan, AnnotatedText
from extractors.development.corpora.related import ConceptPair, MentionPair, RelatedText
from extractors.development.evaluation.related import RelatedTask, score_related
from extractors.relations.classifier.linear import NONE, Example, LinearClassifier, learn

WORDS = {"blocks": "INHIBITOR", "and": NONE}


@pytest.fixture(scope="module")
def blocking() -> LinearClassifier:
    """A classifier for which what stands between decides."""
    return learn(
        [Example([f"M|{word}", f"x{n % 5}"], label, str(n)) for n in range(40) for word, label in WORDS.items()]
    )[0]


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


def test_a_relation_between_mentions_is_right_by_its_place_and_label(nlp: Language, blocking: LinearClassifier) -> None:
    read = text("Velutinib blocks GAK1", ("Velutinib", "CHEMICAL"), ("GAK1", "GENE"))
    task = RelatedTask("row", "drugprot", "-")
    for label, right in (("INHIBITOR", 1), ("ACTIVATOR", 0)):
        related = RelatedText(read, mention_pairs=(MentionPair(label, read.spans[0], read.spans[1]),))
        score = score_related(nlp, {"drugprot": blocking}, task, [related])
        assert (score.gold, score.found, score.right) == (1, 1, right)


def test_labels_may_count_as_our_predicates(nlp: Language, blocking: LinearClassifier) -> None:
    read = text("Velutinib blocks GAK1", ("Velutinib", "CHEMICAL"), ("GAK1", "GENE"))
    related = RelatedText(read, mention_pairs=(MentionPair("ANTAGONIST", read.spans[0], read.spans[1]),))
    task = RelatedTask("row", "drugprot", "-", as_predicates=True)
    score = score_related(nlp, {"drugprot": blocking}, task, [related])
    assert (score.gold, score.found, score.right) == (1, 1, 1)


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
    task = RelatedTask("row", "bc5cdr", "-")
    score = score_related(nlp, {"bc5cdr": causing}, task, [RelatedText(read, concept_pairs=pairs[:1]), missed])
    assert (score.gold, score.right) == (2, 1)
