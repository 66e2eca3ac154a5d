"""Sparse features of a pair of mentions: the words around and between them, the path through the tree, the rules.

Names are masked by their type, and each counts as one word, so that what is learnt is how a sentence relates two names
and not which; only a few features are of the two names' own words. A feature is a tuple of numbers, the first of which
says what kind it is, and is known by the bucket that its hash falls into (feature hashing, Weinberger et al., 2009): no
string is built for the thousands of a text. All versions of CPython that are supported hash tuples of numbers alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from extractors.annotations import FoundMention
from extractors.records import ENTITY_SUBTYPES
from extractors.relations.statement_reader.inputs import Rules
from extractors.relations.statement_reader.pairs import Pair
from extractors.relations.statement_reader.stems import number_of, stem_number
from extractors.relations.statement_reader.trees import Tree

BUCKETS = 1 << 26
"""How many buckets the features fall into; nearly all that matter have one of their own."""

_AROUND = 5
_MOST_BETWEEN = 25
_WHOLE = 6
_SUBJECT, _OBJECT, _NOTHING = 1, 2, 3
_TYPES = {name: number for number, name in enumerate(ENTITY_SUBTYPES, start=1)}
_TYPE_WORD = {name: 10 + number for name, number in _TYPES.items()}
"""What stands for a name of each type."""
_FUNCTION_DEPS = frozenset({"neg", "aux", "auxpass", "advmod", "mark", "prep"})

Feature = tuple[Any, ...]


class PairFeatures:
    """The features of the pairs of a Doc."""

    def __init__(self, doc: Doc, stated: Rules, tree: Tree) -> None:
        self._doc = doc
        self._stated = stated
        self._tree = tree
        self._lower = [token.lower_ for token in doc]
        self._words = [stem_number(word) for word in self._lower]
        self._deps = [number_of(token.dep_) for token in doc]
        self._tags = [number_of(token.tag_) for token in doc]
        for mention in doc._.mentions:
            for place in range(mention.start, mention.end):
                self._words[place] = _TYPE_WORD[mention.entity_type]
        self._sentences = list(doc.sents)
        self._units: dict[int, tuple[list[int], dict[int, int]]] = {}
        self._children: dict[int, list[int]] = {}
        for place, head in enumerate(self._tree.heads):
            if head != place:
                self._children.setdefault(head, []).append(place)
        self._counts = Counter(self._name(mention) for mention in doc._.mentions)
        self._most = {
            kind: max((self._counts[self._name(m)] for m in doc._.mentions if m.entity_type == kind), default=0)
            for kind in ENTITY_SUBTYPES
        }
        self._by_subject: dict[FoundMention, set[str]] = {}
        self._by_object: dict[FoundMention, set[str]] = {}
        for (subject, target), candidates in stated.items():
            said = {candidate.statement.predicate for candidate in candidates}
            self._by_subject.setdefault(subject, set()).update(said)
            self._by_object.setdefault(target, set()).update(said)

    def buckets(self, pair: Pair) -> NDArray[np.int64]:
        """Return the buckets of a pair's features, from 0 to BUCKETS - 1, in no order."""
        hashes = np.fromiter(set(map(hash, self._features(pair))), np.int64)
        found: NDArray[np.int64] = (hashes ^ (hashes >> 31)) & (BUCKETS - 1)
        return found

    def _name(self, mention: FoundMention) -> Hashable:
        """Return what mentions of one concept, or else of one name, have in common."""
        return mention.concept_no if mention.concept_no >= 0 else tuple(self._lower[mention.start : mention.end])

    def _units_of(self, sentence: int) -> tuple[list[int], dict[int, int]]:
        """Return the words of a sentence, each name as one, and for each of its tokens the number of its word."""
        if sentence not in self._units:
            span = self._sentences[sentence]
            names = {m.start: m for m in self._doc._.mentions if span.start <= m.start < span.end}
            units: list[int] = []
            of: dict[int, int] = {}
            place = span.start
            while place < span.end:
                end = names[place].end if place in names else place + 1
                if not self._lower[place].isspace():
                    units.append(self._words[place])
                of.update(dict.fromkeys(range(place, end), max(len(units) - 1, 0)))
                place = end
            self._units[sentence] = units, of
        return self._units[sentence]

    def _features(self, pair: Pair) -> list[Feature]:
        subject, target = pair.subject.mention, pair.object.mention
        kind = _TYPES[subject.entity_type] * 8 + _TYPES[target.entity_type]
        order = 2 if pair.is_carried else int(subject.start > target.start)
        units, of = self._units_of(pair.sentence)
        words = units.copy()
        at_object = of[target.start]
        words[at_object] = _OBJECT
        at_subject = -1
        if not pair.is_carried:
            at_subject = of[subject.start]
            words[at_subject] = _SUBJECT
        found = self._types(pair, kind, order)
        found += _around(words, at_subject, at_object, kind, order)
        found += self._own_words(subject, target)
        found += self._heads(pair, words, of)
        if not pair.is_carried:
            span = self._sentences[pair.sentence]
            for family, over_lists in ((60, False), (80, True)):
                path = self._tree.path(subject, target, span.start, span.end, over_lists=over_lists)
                found += self._path(family, path, words, of, kind, order)
        return found + self._rules(subject, target, kind)

    def _types(self, pair: Pair, kind: int, order: int) -> list[Feature]:
        subject, target = pair.subject.mention, pair.object.mention
        also = number_of(subject.also_type), number_of(target.also_type)
        aspects = number_of(subject.aspect), number_of(target.aspect)
        subtypes = number_of(subject.subtype), number_of(target.subtype)
        is_first, is_last = pair.sentence == 0, pair.sentence == len(self._sentences) - 1
        often = [min(self._counts[self._name(mention)], 6) for mention in (subject, target)]
        is_most = self._counts[self._name(subject)] == self._most[subject.entity_type]
        return [
            (1, kind), (2, order), (3, kind, order), (4, also), (5, subtypes[0]), (6, subtypes[1]), (7, subtypes),
            (8, aspects), (9, aspects[0], kind), (10, aspects[1], kind), (11, number_of(target.valence)),
            (12, is_first), (13, is_last), (14, pair.subject.is_inner, pair.object.is_inner), (15, is_first, kind),
            (120, often[0], order), (121, often[1], order), (122, is_most, order), (123, is_most, kind, order),
        ]  # fmt: skip

    def _own_words(self, subject: FoundMention, target: FoundMention) -> list[Feature]:
        found: list[Feature] = []
        last = []
        for side, mention in ((16, subject), (22, target)):
            words = self._lower[mention.start : mention.end]
            stems = [stem_number(word) for word in words]
            last.append(stems[-1])
            found += [(side, number_of(words[-1])), (side + 1, stems[-1]), (side + 3, stems[0])]
            found.append((side + 2, number_of(words[-1][-4:])))
            found += [(side + 4, stem) for stem in stems]
        return [*found, (28, *last)]

    def _heads(self, pair: Pair, words: list[int], of: dict[int, int]) -> list[Feature]:
        span = self._sentences[pair.sentence]
        found: list[Feature] = []
        for side, mention in ((30, pair.subject.mention), (35, pair.object.mention)):
            head = self._tree.head(mention)
            if side == 30 and pair.is_carried:
                found.append((40, self._deps[head]))
                continue
            outer = self._tree.first_of_list(head, span.start, span.end)
            above = self._tree.heads[outer]
            governor = words[of[above]] if above in of else _NOTHING
            found += [(side, governor, self._deps[outer]), (side + 1, self._deps[head])]
            found += [
                (side + 2, self._deps[child], words[of[child]])
                for child in self._children.get(head, ())
                if child in of and not mention.start <= child < mention.end
            ]
        return found

    def _path(
        self, family: int, path: Sequence[tuple[int, int]], words: list[int], of: dict[int, int], kind: int, order: int
    ) -> list[Feature]:
        if not path:
            return [(family,)]
        steps = [(words[of[place]], self._deps[place], turn) for place, turn in path]
        found: list[Feature] = [
            (family + 1, *[(dep, turn) for _, dep, turn in steps]),
            (family + 2, *[word for word, _, _ in steps]),
            (family + 3, *steps),
            (family + 4, min(len(steps), 12)),
        ]
        for step in steps:
            word, _, turn = step
            found += [(family + 5, word, turn), (family + 6, step), (family + 7, word, order), (family + 8, word, kind)]
        for one, other in pairwise(steps):
            found += [
                (family + 9, one[0], other[0]),
                (family + 10, one[:2], other[:2]),
                (family + 11, one[1:], other[1:]),
            ]
        return found + self._top(family, path, words, of, (kind, order))

    def _top(
        self, family: int, path: Sequence[tuple[int, int]], words: list[int], of: dict[int, int], pair: Feature
    ) -> list[Feature]:
        """Return the features of the word at which the path turns."""
        places = [place for place, _ in path]
        at = next(number for number, (_, turn) in enumerate(path) if turn == 1)
        top = words[of[places[at]]]
        left = self._deps[places[at - 1]] if at else _NOTHING
        right = self._deps[places[at + 1]] if at + 1 < len(places) else _NOTHING
        found: list[Feature] = [
            (family + 12, top, self._tags[places[at]]), (family + 13, top, pair), (family + 14, top, left),
            (family + 15, top, right), (family + 16, top, left, right),
        ]  # fmt: skip
        for child in self._children.get(places[at], ()):
            if child in of and child not in places:
                word = words[of[child]]
                found.append((family + 17, top, self._deps[child], word))
                if self._doc[child].dep_ in _FUNCTION_DEPS:
                    found.append((family + 18, self._deps[child], word))
        return found

    def _rules(self, subject: FoundMention, target: FoundMention, kind: int) -> list[Feature]:
        found: list[Feature] = []
        for candidate in self._stated.get((subject, target), ()):
            said = candidate.statement
            predicate, rule = number_of(said.predicate), number_of(said.rule_id.partition("/")[0])
            how = candidate.by_words, candidate.by_tree, candidate.is_inherited
            found += [(100, predicate), (101, rule), (102, predicate, how), (103, how), (104, predicate, kind)]
            found.append((105, said.is_negated, said.is_hedged))
        for candidate in self._stated.get((target, subject), ()):
            found.append((106, number_of(candidate.statement.predicate)))
        found += [(107, number_of(name)) for name in self._by_subject.get(subject, ())]
        found += [(108, number_of(name)) for name in self._by_object.get(target, ())]
        return found


def _around(words: list[int], at_subject: int, at_object: int, kind: int, order: int) -> list[Feature]:
    """Return the features of the words before, between and behind the two names."""
    first, second = sorted((at_subject, at_object))
    between = words[first + 1 : second]
    before = words[max(first - _AROUND, 0) : first] if at_subject >= 0 else []
    behind = words[second + 1 : second + 1 + _AROUND]
    away = len(between)
    found: list[Feature] = [
        (41, order, away if away < 6 else 6 + min(6, (away - 6) // 3)),
        (42, min(5, sum(word < 20 for word in between))),
    ]
    for family, stretch in ((43, between), (48, before), (53, behind)):
        found += [(family, word) for word in stretch]
        found += [(family + 1, word, order) for word in stretch]
        found += [(family + 2, word, order, kind) for word in stretch]
        if len(stretch) <= _MOST_BETWEEN:
            found += [(family + 3, two, order) for two in pairwise(stretch)]
            found += [(family + 3, two) for two in pairwise(stretch)]
            found += [(family + 4, three, order) for three in zip(stretch, stretch[1:], stretch[2:], strict=False)]
    if away <= _WHOLE:
        found += [(58, *between, order), (59, *between, order, kind)]
    for count in (1, 2):
        if before:
            found.append((110, count, order, *before[-count:]))
        if behind:
            found.append((111, count, order, *behind[:count]))
    found += [(112, word) for word in set(words)]
    return [*found, (113, words[0]), (114, *words[:2])]
