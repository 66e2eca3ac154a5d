"""Finds what title and abstract of an article relate as a whole: which disease or adverse effect a drug causes.

Other than a relation, which one sentence states, this is a classifier's opinion on all that is said of the two, across
sentences. It follows the guideline of BC5CDR (Li et al., 2016), whose annotators read chemical-induced diseases off
whole abstracts.
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
    PairClassifiers,
    bundled_pairs,
    kind_of,
    without_blanks_behind,
)

GUIDELINE = "bc5cdr"


METHOD = f"{CLASSIFIER}{ARTICLES}"


PREDICATE = "causes"


class ArticleRelations:
    """Sets `doc._.article_relations`, sorted, one per drug and disease.

    Read are the sentences within `doc._.front`, stretches in characters; where that is None all of them.
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
        pairs = ArticlePairs(front_sentences(doc), names, meanings, self._classifiers.classifiers[GUIDELINE])
        denied = self._denied(doc, names)
        for pair in pairs.pairs():
            label, probability = self._classifiers.classifiers[ARTICLES].decide(pairs.features(pair))
            if label != NONE and pair not in denied:
                ends = [position[name.start, name.end] for name in pairs.nearest(pair)]
                yield FoundArticleRelation(ends[0], PREDICATE, ends[1], round(probability, 3))

    @staticmethod
    def _denied(doc: Doc, names: Sequence[NamedConcept]) -> set[Pair]:
        """Return the pairs of which sentences say that the drug treats, or does not cause, and none that it causes."""
        stated: set[Pair] = set()
        denied: set[Pair] = set()
        for relation in doc._.relations:
            pair = names[relation.subject].key, names[relation.object].key
            outcome = PREDICATES[relation.predicate].for_disease
            is_harm = outcome == "harm"
            if outcome is not None:
                (stated if is_harm and not relation.is_negated else denied).add(pair)
        return denied - stated


def named_concept(doc: Doc, mention: FoundMention) -> NamedConcept:
    """Return a mention as the classifier sees it."""
    kind = kind_of(mention)
    text: Hashable = doc[mention.start : mention.end].text.lower()
    return NamedConcept(
        Name(mention.start, mention.end, kind), (kind, mention.concept_no if mention.concept_no >= 0 else text)
    )


def meaning(vocabulary: Vocabulary, concept_no: int) -> Meaning:
    """Return what a line of the vocabulary means; -1 is not known."""
    if concept_no < 0:
        return Meaning("", frozenset())
    above = (each.concept_id for each in vocabulary.ancestors(concept_no) if each.distance > 0)
    return Meaning(vocabulary.concept(concept_no).concept_id, frozenset(above))


def front_sentences(doc: Doc) -> Sequence[Span]:
    """Return the sentences of title and abstract, without blanks behind them."""
    front = doc._.front
    sentences = (without_blanks_behind(sentence) for sentence in doc.sents)
    return [
        sentence
        for sentence in sentences
        if len(sentence) and (front is None or any(start <= sentence.start_char < end for start, end in front))
    ]


@Language.factory("article_relations", requires=["doc.sents"], assigns=["doc._.article_relations"])
def make_article_relations(nlp: Language, name: str) -> ArticleRelations:
    """Make the component over the bundled classifiers and the vocabulary of the mentions, a user's names among them."""
    return ArticleRelations(vocabulary_of(nlp), bundled_pairs())
