"""Pairs of mentions in the read texts, with what their reader says of them: what the statement reader learns from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from extractors.annotations import FoundMention
from extractors.development.evaluation.relations import names_same
from extractors.development.readings.texts import Abstract, Argument, Statement
from extractors.linking.vocabulary.lookup import vocabulary_of
from extractors.relations.extractor import RelationExtractor
from extractors.relations.rules import read_relation_rules
from extractors.relations.statement_reader.features import PairFeatures
from extractors.relations.statement_reader.inputs import (
    PREDICATES,
    Flags,
    Numbers,
    PairInput,
    TokenInput,
    by_pair,
    pair_inputs,
    tokens_of,
)
from extractors.relations.statement_reader.pairs import Pair, pairs_of
from extractors.relations.statement_reader.trees import Tree

IGNORED = -1
"""The label of a pair of which something is said that is not sure, or that is said of another mention of the name."""


class Candidate(NamedTuple):
    """A pair as it is scored: the texts and concept names of its mentions, and the sentence that would state it."""

    sentence_no: int
    subject_names: tuple[str, ...]
    object_names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A read text as the network sees it, with a label and two flags for each pair, sentence by sentence."""

    abstract: Abstract
    tokens: TokenInput
    pairs: Sequence[PairInput]
    buckets: Sequence[Numbers]
    """The buckets of the features of each pair, in order of the pairs."""
    candidates: Sequence[Sequence[Candidate]]
    labels: Sequence[Numbers]
    """Numbers in PREDICATES, or IGNORED."""
    flags: Sequence[Flags]
    """(pairs, 2): negated, hedged."""


def examples(
    nlp: Language,
    abstracts: Iterable[Abstract],
    tags: dict[str, int],
    deps: dict[str, int],
    not_asked: Collection[tuple[str, str]] = (),
) -> Iterator[Example]:
    """Yield the example of each text in which `nlp`, which finds mentions, finds pairs.

    Pairs of the types `not_asked` are ignored where nothing is said of them.
    """
    vocabulary = vocabulary_of(nlp)
    rules = RelationExtractor(nlp.vocab, read_relation_rules(), reader=None)
    for abstract in abstracts:
        doc = nlp(abstract.text)
        pairs = list(pairs_of(doc))
        mentions = [Seen.of(doc, mention, vocabulary) for mention in doc._.names]
        stated = by_pair(rules.by_rules(doc))
        tree = Tree(doc)
        inputs = pair_inputs(doc, pairs, stated, tree)
        features = PairFeatures(doc, stated, tree)
        grouped = _by_sentence(pairs)
        if not grouped:
            continue
        labels, flags = labelled(abstract, pairs, mentions)
        for number, pair in enumerate(pairs):
            types = pair.subject.mention.entity_type, pair.object.mention.entity_type
            if labels[number] == 0 and types in not_asked:
                labels[number] = IGNORED
        ends = np.cumsum([len(group) for group in grouped])[:-1]
        yield Example(
            abstract=abstract,
            tokens=tokens_of(doc, tags, deps),
            pairs=inputs,
            buckets=[features.buckets(pair) for pair in pairs],
            candidates=[[_candidate(abstract, pair, mentions) for pair in group] for group in grouped],
            labels=np.split(labels, ends),
            flags=np.split(flags, ends),
        )


class Seen(NamedTuple):
    """A mention with its place in the text, and its names."""

    mention: FoundMention
    start: int
    end: int
    names: tuple[str, ...]

    @classmethod
    def of(cls, doc: Doc, mention: FoundMention, vocabulary: object) -> Seen:
        span = doc[mention.start : mention.end]
        known = (vocabulary.concept(mention.concept_no).name,) if mention.concept_no >= 0 else ()  # type: ignore[attr-defined]
        return cls(mention, span.start_char, span.end_char, (span.text, *known))


def _by_sentence(pairs: Sequence[Pair]) -> list[list[Pair]]:
    grouped: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        grouped[pair.sentence].append(pair)
    return list(grouped.values())


def _candidate(abstract: Abstract, pair: Pair, mentions: Sequence[Seen]) -> Candidate:
    subject, target = mentions[pair.subject.number], mentions[pair.object.number]
    return Candidate(abstract.sentence_no(max(subject.start, target.start)), subject.names, target.names)


def labelled(abstract: Abstract, pairs: Sequence[Pair], mentions: Sequence[Seen]) -> tuple[Numbers, Flags]:
    """Return the label and the flags of each pair; of the pairs that name what is stated the nearest to it is labelled.

    The other pairs that name it are ignored: they are no statement of their own, and no counterexample.
    """
    labels, flags = np.zeros(len(pairs), np.int64), np.zeros((len(pairs), 2), np.bool_)
    best = np.full(len(pairs), -np.inf)
    places: dict[int, list[int]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        places[_candidate(abstract, pair, mentions).sentence_no].append(number)
    for statement in sorted(abstract.statements, key=lambda each: not each.is_sure):
        near = {
            number: quality
            for number in places.get(statement.sentence_no, ())
            if (quality := _fit(statement, pairs[number], mentions)) is not None
        }
        for number, quality in near.items():
            is_it = statement.is_sure and statement.predicate in pairs[number].predicates
            if is_it and quality == max(near.values()):
                if labels[number] <= 0 or quality > best[number]:
                    labels[number] = PREDICATES.index(statement.predicate)
                    flags[number] = statement.is_negated, statement.is_hedged
                    best[number] = quality
            elif labels[number] == 0:
                labels[number] = IGNORED
    return labels, flags


def _fit(statement: Statement, pair: Pair, mentions: Sequence[Seen]) -> float | None:
    """Return how well a pair fits a statement, None where it names something else."""
    fits = [
        _fits(argument, mentions[named.number])
        for argument, named in ((statement.subject, pair.subject), (statement.object, pair.object))
    ]
    if None in fits:
        return None
    return sum(filter(None, fits)) + 2 * (statement.predicate in pair.predicates) - pair.is_carried


def _fits(argument: Argument, seen: Seen) -> float | None:
    if not any(names_same(text, seen.names) for text in argument.texts):
        return None
    types = (seen.mention.entity_type, seen.mention.also_type)
    overlap = min(argument.end, seen.end) - max(argument.start, seen.start)
    reach = max(argument.end, seen.end) - min(argument.start, seen.start)
    by_type = 1.5 if types[0] == argument.entity_type else 0.75 if types[1] == argument.entity_type else 0.0
    return by_type + (3 * overlap / reach if overlap > 0 else 0.0) + (seen.names[0] == argument.texts[0])
