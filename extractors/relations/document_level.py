"""Document-level relations: which disease or adverse effect a drug causes, by title and abstract as a whole.

A relation is what one sentence states; this is a classifier's decision over all sentences that name the two. It follows
the annotation guideline of BC5CDR (Li et al., 2016): chemical-induced diseases, annotated for whole abstracts.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors.annotations import CLASSIFIER, FoundArticleRelation, FoundMention
from extractors.linking.vocabulary.lookup import Vocabulary, vocabulary_of
from extractors.records import PREDICATES
from extractors.relations.classifier.document_pairs import ArticlePairs, Meaning, NamedConcept, Pair
from extractors.relations.classifier.features import Name
from extractors.relations.classifier.linear import NONE
from extractors.relations.classifier.pairs import (
    ARTICLES,
    SENTENCES,
    PairClassifiers,
    bundled_pairs,
    corpus_type_of,
    without_trailing_space,
)

METHOD = f"{CLASSIFIER}{ARTICLES}"
PREDICATE = "causes"


class ArticleRelations:
    """Sets `doc._.article_relations`, sorted, one per drug and disease.

    Only the sentences within `doc._.front` (title and abstract, in characters) are read; all where that is None.
    """

    def __init__(self, vocabulary: Vocabulary, classifiers: PairClassifiers) -> None:
        self._vocabulary = vocabulary
        self._classifiers = classifiers

    def __call__(self, doc: Doc) -> Doc:
        doc._.article_relations = sorted(self._found(doc)) if doc.has_annotation("DEP") else []
        return doc

    def _found(self, doc: Doc) -> Iterator[FoundArticleRelation]:
        mentions: list[FoundMention] = doc._.mentions
        names = [named_concept(doc, mention) for mention in mentions]
        position = {(each.name.start, each.name.end): place for place, each in enumerate(names)}
        meanings = {
            each.key: meaning(self._vocabulary, mention.concept_no)
            for each, mention in zip(names, mentions, strict=True)
        }
        pairs = ArticlePairs(front_sentences(doc), names, meanings, self._classifiers.classifiers[SENTENCES])
        denied = self._denied(doc, names)
        for pair in pairs.pairs():
            label, probability = self._classifiers.classifiers[ARTICLES].decide(pairs.features(pair))
            if label != NONE and pair not in denied:
                ends = [position[name.start, name.end] for name in pairs.nearest(pair)]
                yield FoundArticleRelation(ends[0], PREDICATE, ends[1], round(probability, 3))

    @staticmethod
    def _denied(doc: Doc, names: Sequence[NamedConcept]) -> set[Pair]:
        """Return the pairs that sentences deny: the drug is a benefit, or not a harm, and no sentence says it harms."""
        harmful: set[Pair] = set()
        denied: set[Pair] = set()
        for relation in doc._.relations:
            outcome = PREDICATES[relation.predicate].for_disease
            if outcome is not None and max(relation.subject, relation.object) < len(names):
                is_harm = outcome == "harm" and not relation.is_negated
                pairs = harmful if is_harm else denied
                pairs.add((names[relation.subject].key, names[relation.object].key))
        return denied - harmful


def named_concept(doc: Doc, mention: FoundMention) -> NamedConcept:
    """Return a mention as the classifier sees it: mentions of one concept, or else of one name, share their key."""
    kind = corpus_type_of(mention)
    text: Hashable = doc[mention.start : mention.end].text.lower()
    return NamedConcept(
        Name(mention.start, mention.end, kind), (kind, mention.concept_no if mention.concept_no >= 0 else text)
    )


def meaning(vocabulary: Vocabulary, concept_no: int) -> Meaning:
    """Return the CURIE and the broader concepts of a line of the vocabulary; of -1, which is no line, neither."""
    if concept_no < 0:
        return Meaning("", frozenset())
    above = (each.concept_id for each in vocabulary.ancestors(concept_no) if each.distance > 0)
    return Meaning(vocabulary.concept(concept_no).concept_id, frozenset(above))


def front_sentences(doc: Doc) -> Sequence[Span]:
    """Return the sentences of title and abstract, without trailing white space."""
    front = doc._.front
    sentences = (without_trailing_space(sentence) for sentence in doc.sents)
    return [
        sentence
        for sentence in sentences
        if len(sentence) and (front is None or any(start <= sentence.start_char < end for start, end in front))
    ]


@Language.factory(
    "article_relations",
    requires=["doc._.mentions", "doc._.relations", "doc.sents", "token.tag", "token.dep", "token.head"],
    assigns=["doc._.article_relations"],
)
def make_article_relations(nlp: Language, name: str) -> ArticleRelations:
    """Make the component over the bundled classifiers and the vocabulary of the mentions, a user's names among them."""
    return ArticleRelations(vocabulary_of(nlp), bundled_pairs())
