"""Scores the identifiers that are found in raw text against those of a corpus, document by document.

As in BioCreative V (Wei et al., 2016) a document counts as a set of identifiers, however often it names each: a found
identifier that is not in the set is wrong, and one in the set that is not found is missed. A concept with several MeSH
identifiers counts once, and is right if any of them is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from extractors.annotations import FoundMention
from extractors.development.corpora.annotated import AnnotatedText
from extractors.development.corpora.pubtator import read_pubtator
from extractors.development.evaluation.counts import NameScore
from extractors.linking.vocabulary.lookup import Vocabulary, vocabulary_of
from extractors.options import DEFAULTS, ExtractorOptions
from extractors.pipeline import load_pipeline
from extractors.records import ADVERSE_EFFECT

FILE = "bc5cdr/CDR_{split}Set.PubTator.txt.gz"


class Kind(NamedTuple):
    """A label of the corpus, and the types and subtypes of our mentions that correspond to it."""

    label: str
    types: frozenset[tuple[str, str]]
    takes_nearest: bool
    """Whether a concept without a MeSH identifier gets that of the nearest concept above it that has one."""

    prefix: str = "-"
    """Prefix of the identifiers of concepts that count whatever their type."""


KINDS: Mapping[str, Kind] = {
    "chemical": Kind(
        "Chemical", frozenset(("drug", s) for s in ("small_molecule", "nutrient", "biologic")), False, "DRUGBANK:"
    ),
    "disease": Kind("Disease", frozenset({("disease", "disease"), ("effect", ADVERSE_EFFECT)}), True),
}
"""Chosen on the development split: fewer than half of the names of drug classes are chemicals of the corpus, whereas
mediators that we type as targets (serotonin, prostaglandin E2) are."""


def score_end_to_end(corpora: Path, split: str = "Test", options: ExtractorOptions = DEFAULTS) -> dict[str, NameScore]:
    """Read a split of BC5CDR ("Test" or "Development") from raw text and return the counts of each kind."""
    return score_documents(read_pubtator(corpora / FILE.format(split=split)), options)


def score_documents(documents: Iterable[AnnotatedText], options: ExtractorOptions = DEFAULTS) -> dict[str, NameScore]:
    """Read the documents from raw text and return the counts of each kind."""
    nlp = load_pipeline(options)
    vocabulary = vocabulary_of(nlp)
    scores = {name: NameScore() for name in KINDS}
    for document in documents:
        mentions = nlp(document.text)._.mentions
        for name, kind in KINDS.items():
            gold = {
                f"MESH:{identifier}"
                for span in document.spans
                if span.label == kind.label
                for identifier in span.identifiers
            }
            found = _concepts(mentions, kind, vocabulary)
            right = {curie for curies in found for curie in curies if curie in gold}
            scores[name] += NameScore(len(gold), len(found - {c for c in found if c & gold}) + len(right), len(right))
    return scores


@lru_cache(maxsize=1 << 14)
def mesh_identifiers(vocabulary: Vocabulary, number: int, takes_nearest: bool) -> tuple[str, ...]:
    """Return the MeSH identifiers of a concept or, with `takes_nearest`, those of the nearest concept above it."""
    own = vocabulary.identifiers(number, "MESH:")
    above = None if own or not takes_nearest else vocabulary.nearest_identifier(number, "MESH:")
    return tuple(own) if above is None else (above,)


def _concepts(mentions: Iterable[FoundMention], kind: Kind, vocabulary: Vocabulary) -> set[frozenset[str]]:
    """Return the MeSH identifiers of each mentioned concept that has any."""
    numbers = {
        mention.concept_no
        for mention in mentions
        if mention.concept_no >= 0
        and (
            (mention.entity_type, mention.subtype) in kind.types
            or vocabulary.concept(mention.concept_no).concept_id.startswith(kind.prefix)
        )
    }
    found = {frozenset(mesh_identifiers(vocabulary, number, kind.takes_nearest)) for number in numbers}
    return found - {frozenset()}
