"""Which pairs of mentions may be related: those of a sentence, or with a subject carried from the one before."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc

from extractors.annotations import FoundMention, makes_statements, named_in
from extractors.records import PREDICATE_SIGNATURES

_MOST_PAIRS = 400
"""A sentence with more pairs only enumerates names and is not read."""

_CARRIED = frozenset({"drug", "target"})
"""Types of a subject that a sentence may take from the one before ("Treatment also reduced ...")."""


class Named(NamedTuple):
    """A mention with its place: `number` in `named_in`, the number of its sentence, whether it is within another."""

    number: int
    mention: FoundMention
    sentence: int
    is_inner: bool


class Pair(NamedTuple):
    """Subject and object that at least one of `predicates` may join; `is_carried`: the subject is a sentence before."""

    sentence: int
    subject: Named
    object: Named
    predicates: tuple[str, ...]
    is_carried: bool


@cache
def joining(subject_types: tuple[str, str], object_types: tuple[str, str]) -> tuple[str, ...]:
    """Return the predicates that join a subject and an object by own or second types ("": none).

    >>> joining(("drug", ""), ("target", ""))
    ('inhibits', 'activates', 'binds', 'depletes', 'modulates')
    """
    types = set(itertools.product(filter(None, subject_types), filter(None, object_types)))
    return tuple(predicate for predicate, pairs in PREDICATE_SIGNATURES.items() if not types.isdisjoint(pairs))


def pairs_of(doc: Doc) -> Iterator[Pair]:
    """Yield the pairs of every sentence that makes statements, in reading order."""
    sentence_of = [number for number, sentence in enumerate(doc.sents) for _ in sentence]
    outer = len(doc._.mentions)
    by_sentence: dict[int, list[Named]] = defaultdict(list)
    for number, mention in enumerate(named_in(doc)):
        named = Named(number, mention, sentence_of[mention.start], number >= outer)
        by_sentence[named.sentence].append(named)
    before: list[Named] = []
    for number, sentence in enumerate(doc.sents):
        here = by_sentence.get(number, []) if makes_statements(sentence) else []
        found = [*_within(number, here), *_carried(number, before, here)]
        if len(found) <= _MOST_PAIRS:
            yield from found
        before = here


def _within(sentence: int, here: Sequence[Named]) -> Iterator[Pair]:
    for subject, target in itertools.permutations(here, 2):
        one, other = subject.mention, target.mention
        is_nested = (one.start <= other.start and other.end <= one.end) or (
            other.start <= one.start and one.end <= other.end
        )
        if is_nested or _is_one_concept(one, other):
            continue
        if predicates := _joining(one, other):
            yield Pair(sentence, subject, target, predicates, is_carried=False)


def _carried(sentence: int, before: Sequence[Named], here: Sequence[Named]) -> Iterator[Pair]:
    """Yield the objects of a sentence with the drugs and targets of the one before that it does not name itself."""
    known = {named.mention.concept_no for named in here}
    for subject in before:
        mention = subject.mention
        if subject.is_inner or not {mention.entity_type, mention.also_type} & _CARRIED:
            continue
        if mention.concept_no >= 0 and mention.concept_no in known:
            continue
        for target in here:
            if predicates := _joining(mention, target.mention):
                yield Pair(sentence, subject, target, predicates, is_carried=True)


def _is_one_concept(one: FoundMention, other: FoundMention) -> bool:
    return one.concept_no >= 0 and one.concept_no == other.concept_no


def _joining(subject: FoundMention, target: FoundMention) -> tuple[str, ...]:
    return joining((subject.entity_type, subject.also_type), (target.entity_type, target.also_type))
