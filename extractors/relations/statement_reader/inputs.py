"""A Doc and its pairs as arrays, the input of the network (`network.py`).

Tokens have the vectors of the bundled encoder and of its word table, and numbers for tag, dependency and the mention
that they are part of. A pair has a vector of what is known of it, and for each token of the sentence a number that says
where it stands to subject and object, and whether it stands between them or on the shortest path between their heads in
the dependency tree (Bunescu and Mooney, 2005).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from extractors.annotations import FoundMention
from extractors.records import ASPECTS, ENTITY_SUBTYPES, PREDICATE_SIGNATURES
from extractors.relations.sentence import Candidate
from extractors.relations.statement_reader.pairs import Pair
from extractors.relations.statement_reader.stems import stem_number
from extractors.relations.statement_reader.trees import Tree

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

STEMS = 1 << 13
"""How many buckets the stems of words fall into."""

PREDICATES = ("", *PREDICATE_SIGNATURES)
"""What the network gives a probability to: none, and each predicate."""

_TYPES = tuple(ENTITY_SUBTYPES)
_TYPE_NO = {name: number for number, name in enumerate(_TYPES)}
_ASPECT_NO = {name: number for number, name in enumerate(ASPECTS)}
_PREDICATE_NO = {name: number for number, name in enumerate(PREDICATES)}
_VALENCES = ("good", "bad")
_FAR = 8
"""Tokens farther away are not told apart."""

POSITIONS = 3 * _FAR + 5
"""How many numbers say where a token stands to a pair, for each order of subject and object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenInput:
    """The tokens of a Doc: `vectors` (tokens, width), and numbers for each."""

    vectors: Floats
    tags: Numbers
    deps: Numbers
    mentions: Numbers
    """0 outside of mentions, else its type: odd numbers for the first token."""
    second_types: Numbers
    stems: Numbers
    """The bucket of the first letters of a word; of a name, of its type."""
    sentences: Sequence[tuple[int, int]]
    """First token and end of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairInput:
    """The pairs of one sentence: arrays with a row for each, over the `count` tokens from `start` on."""

    start: int
    count: int
    subjects: Numbers
    """First token and end (pairs, 2)."""
    objects: Numbers
    known: Floats
    """What is known of the pair (pairs, features)."""
    legal: Flags
    """(pairs, predicates): which of PREDICATES may join it."""
    positions: Numbers
    between: Flags
    on_path: Flags


def tokens_of(doc: Doc, tags: Mapping[str, int], deps: Mapping[str, int]) -> TokenInput:
    """Return the tokens of a parsed Doc; `tags` and `deps` number what is known, 0 is the rest."""
    mentions, second = np.zeros(len(doc), np.int64), np.zeros(len(doc), np.int64)
    for found in doc._.mentions:
        number = 2 * _TYPE_NO[found.entity_type] + 2
        mentions[found.start : found.end] = number
        mentions[found.start] = number - 1
        if found.also_type:
            second[found.start : found.end] = _TYPE_NO[found.also_type] + 1
    stems = np.asarray([stem_number(token.lower_) % STEMS for token in doc], np.int64)
    stems[mentions > 0] = mentions[mentions > 0]
    words = doc.vocab.vectors.get_batch([token.lower for token in doc]).reshape(len(doc), -1)
    return TokenInput(
        vectors=np.concatenate([doc.tensor, words], axis=1),
        tags=np.asarray([tags.get(token.tag_, 0) for token in doc], np.int64),
        deps=np.asarray([deps.get(token.dep_, 0) for token in doc], np.int64),
        mentions=mentions,
        second_types=second,
        stems=stems,
        sentences=[(sentence.start, sentence.end) for sentence in doc.sents],
    )


Rules = Mapping[tuple[FoundMention, FoundMention], Sequence[Candidate]]
"""Subject and object -> what the rules state of the two."""


def by_pair(candidates: Iterable[Candidate]) -> Rules:
    """Return what the rules state by subject and object."""
    stated: dict[tuple[FoundMention, FoundMention], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        stated[candidate.statement.subject, candidate.statement.object].append(candidate)
    return stated


def pair_inputs(doc: Doc, pairs: Sequence[Pair], stated: Rules, tree: Tree) -> list[PairInput]:
    """Return the input of each sentence that has pairs; `pairs` are in order of sentences."""
    starts = [sentence.start for sentence in doc.sents]
    ends = [*starts[1:], len(doc)]
    by_sentence: dict[int, list[FoundMention]] = defaultdict(list)
    for pair in pairs:
        by_sentence.setdefault(pair.sentence, [])
    for mention in doc._.mentions:
        at = int(np.searchsorted(starts, mention.start, side="right")) - 1
        if at in by_sentence:
            by_sentence[at].append(mention)
    return [
        _sentence_input(starts[number], ends[number], list(group), stated, tree, by_sentence[number], number == 0)
        for number, group in groupby(pairs, key=attrgetter("sentence"))
    ]


def _sentence_input(
    start: int, end: int, pairs: list[Pair], stated: Rules, tree: Tree, named: Sequence[FoundMention], is_first: bool
) -> PairInput:
    count = end - start
    subjects = np.asarray([(p.subject.mention.start, p.subject.mention.end) for p in pairs], np.int64)
    objects = np.asarray([(p.object.mention.start, p.object.mention.end) for p in pairs], np.int64)
    carried = np.asarray([p.is_carried for p in pairs])
    first = np.where((subjects[:, :1] < objects[:, :1]) & ~carried[:, None], subjects, objects) - start
    second = np.where((subjects[:, :1] < objects[:, :1]) | carried[:, None], objects, subjects) - start
    first[carried] = 0  # of a carried subject everything before the object is between
    place = np.arange(count)[None, :]
    positions = (
        _positions(place, first, second) + np.where(carried, 2, objects[:, 0] < subjects[:, 0])[:, None] * POSITIONS
    )
    between = (place >= first[:, 1:]) & (place < second[:, :1])
    between[np.arange(len(pairs)), np.minimum(second[:, 0], count - 1)] |= ~between.any(axis=1)
    on_path = np.zeros((len(pairs), count), np.bool_)
    known = np.zeros((len(pairs), WIDTH), np.float32)
    legal = np.zeros((len(pairs), len(PREDICATES)), np.bool_)
    legal[:, 0] = True
    starts = np.asarray(sorted(mention.start for mention in named))
    for row, pair in enumerate(pairs):
        path = [] if pair.is_carried else tree.path(pair.subject.mention, pair.object.mention, start, end)
        on_path[row, [place - start for place, _ in path] or [objects[row, 1] - 1 - start]] = True
        legal[row, [_PREDICATE_NO[name] for name in pair.predicates]] = True
        low, high = start + first[row, 1], start + second[row, 0]
        names = int(np.searchsorted(starts, high) - np.searchsorted(starts, low)) if len(starts) else 0
        gap = max(int(high - low), 0)
        _describe(known[row], pair, stated, (gap, names, len(named), len(path)), is_first)
    return PairInput(
        start=start,
        count=count,
        subjects=subjects,
        objects=objects,
        known=known,
        legal=legal,
        positions=positions,
        between=between,
        on_path=on_path,
    )


def _positions(place: Numbers, first: Numbers, second: Numbers) -> Numbers:
    """Return a number for each token that says where it stands to the two names, the first of which is `first`."""
    before, behind = first[:, :1] - place, place - second[:, 1:] + 1
    inner = np.minimum((place - first[:, 1:]) // 2, _FAR)
    return np.select(
        [place < first[:, :1], place < first[:, 1:], place < second[:, :1], place < second[:, 1:]],
        [
            np.minimum(before, _FAR),
            np.full_like(before + inner, _FAR + 1),
            _FAR + 2 + inner,
            np.full_like(before + inner, 2 * _FAR + 3),
        ],
        2 * _FAR + 4 + np.minimum(behind, _FAR),
    )


_SIZES = (
    len(_TYPES) ** 2,  # types of subject and object
    2 * len(_TYPES),  # second types
    2 * (len(_ASPECT_NO) + 1),  # aspects
    2 * len(_VALENCES),
    6,  # within another mention (2), carried, title, order, no path
    5,  # how far apart
    len(PREDICATES),  # what the rules state of the two
    6,  # how they found it: by words, by the tree, both, carried; negated, hedged
    len(PREDICATES),  # what they state the other way round
)
WIDTH = sum(_SIZES)
"""Features of what is known of a pair."""

_OFFSETS = [sum(_SIZES[:place]) for place in range(len(_SIZES))]
IS_CARRIED = _OFFSETS[4] + 2
"""Where in what is known of a pair stands whether its subject is carried from the sentence before."""

FOUND_BY_RULES = slice(_OFFSETS[7], _OFFSETS[7] + 4)
"""Where in what is known of a pair stands how a rule finds its statement; all 0: no rule does."""

RULE_FLAGS = slice(_OFFSETS[7] + 4, _OFFSETS[7] + 6)
"""Where in what is known of a pair stands whether a rule finds its statement negated and hedged."""


def _describe(row: Floats, pair: Pair, stated: Rules, measures: tuple[int, int, int, int], is_title: bool) -> None:
    """Fill the row of a pair; `measures`: tokens and names between, names in the sentence, tokens on the path."""
    types, second, aspects, valences, signs, sizes, rules, found, turned = _OFFSETS
    subject, target = pair.subject.mention, pair.object.mention
    row[types + _TYPE_NO[subject.entity_type] * len(_TYPES) + _TYPE_NO[target.entity_type]] = 1
    for side, mention in enumerate((subject, target)):
        if mention.also_type:
            row[second + side * len(_TYPES) + _TYPE_NO[mention.also_type]] = 1
        row[aspects + side * (len(_ASPECT_NO) + 1) + _ASPECT_NO.get(mention.aspect, -1) + 1] = 1
        if mention.valence:
            row[valences + side * len(_VALENCES) + _VALENCES.index(mention.valence)] = 1
    gap, names, all_names, path = measures
    row[signs : signs + 6] = (
        pair.subject.is_inner,
        pair.object.is_inner,
        pair.is_carried,
        is_title,
        subject.start < target.start,
        path == 0,
    )
    row[sizes : sizes + 5] = (math.log1p(gap), names / 3, all_names / 8, path / 8, gap == 0)
    for candidate in stated.get((subject, target), ()):
        said = candidate.statement
        row[[rules, rules + _PREDICATE_NO[said.predicate]]] = 1
        is_by_both = candidate.by_words and candidate.by_tree
        signs_of = (candidate.by_words, candidate.by_tree, is_by_both, candidate.is_inherited)
        row[found : found + 6] = (*signs_of, said.is_negated, said.is_hedged)
    for candidate in stated.get((target, subject), ()):
        row[[turned, turned + _PREDICATE_NO[candidate.statement.predicate]]] = 1
