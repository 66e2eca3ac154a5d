"""Features of two names in a parsed sentence: the words around and between them, the path through the tree.

All names are masked by their kind, so that the classifier learns how a sentence relates two names and not which; only a
few features are of the two names' own words. The path is the shortest one in the dependency tree (Bunescu and Mooney,
2005), once as it is and once with each member of a list in the place of the list's first member, so that all members
have the same features.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Span, Token

_STEM = 6
_BEFORE, _AFTER = 8, 8
_NEAR = 5
_LONGEST_BETWEEN = 25
_LONGEST_LIST = 8
_FIRST, _SECOND = "@A", "@B"


class Name(NamedTuple):
    """A name in tokens `start`:`end` of a Doc and its kind ("drug", "target" ...)."""

    start: int
    end: int
    kind: str


class PairInSentence:
    """Two names of a sentence. `names` are all names of the sentence, `first` and `second` among them."""

    def __init__(self, sentence: Span, names: Sequence[Name], first: Name, second: Name) -> None:
        self._doc = sentence.doc
        self._sentence = sentence
        self._first, self._second = first, second
        self._masks: dict[int, tuple[str, int]] = {}
        for name in sorted(names, key=lambda name: name in (first, second)):
            mask = _FIRST if name == first else _SECOND if name == second else f"@{name.kind}"
            self._masks.update(dict.fromkeys(range(name.start, name.end), (mask, name.start)))
        self._order = "AB" if first.start < second.start else "BA"

    def features(self) -> list[str]:
        """Return the features, as strings."""
        return [*self._words(), *self._own_words(), *self._paths(), *self._neighbours()]

    def turn(self) -> int:
        """Return the token at which the shortest path between the names turns; without a path the second's head."""
        path = self._shortest_path(self._head(self._first), self._head(self._second))
        return next((place for place, direction in path if direction == "top"), self._head(self._second))

    def _word(self, place: int) -> str:
        mask = self._masks.get(place)
        return mask[0] if mask else "".join("0" if c.isdigit() else c for c in self._doc[place].lower_)

    def _stretch(self, start: int, end: int) -> list[str]:
        """Return the words of tokens `start`:`end` within the sentence, each name as one word."""
        return [
            self._word(place)
            for place in range(max(start, self._sentence.start), min(end, self._sentence.end))
            if place not in self._masks or place == max(self._masks[place][1], start)
        ]

    def _words(self) -> Iterator[str]:
        left, right = sorted((self._first, self._second))
        before = self._stretch(left.start - _BEFORE, left.start)
        between = self._stretch(left.end, right.start)
        after = self._stretch(right.end, right.end + _AFTER)
        order = self._order
        away = len(between)
        yield from (f"order|{order}", f"away|{order}|{min(away, 12) if away < 6 else away // 3 * 3}")
        yield f"names|{min(sum(word.startswith('@') for word in between), 5)}"
        for place, stretch in (("M", between), ("P", before[-_NEAR:]), ("N", after[:_NEAR])):
            stems = [_stem(word) for word in stretch]
            yield from (f"{place}|{word}" for word in stretch)
            yield from (f"{place}|s|{stem}" for stem in stems)
            yield from (f"{place}|{order}|s|{stem}" for stem in stems)
            if len(stretch) <= _LONGEST_BETWEEN:
                for pair in pairwise(stems):
                    yield from (f"{place}|2|{'|'.join(pair)}", f"{place}|2|{order}|{'|'.join(pair)}")
                for three in zip(stems, stems[1:], stems[2:], strict=False):
                    yield f"{place}|3|{order}|{'|'.join(three)}"
        if away <= 6:
            yield f"between|{order}|{' '.join(between)}"
        yield from (f"b|{order}|{'|'.join(before[-count:])}" for count in (1, 2) if before)
        yield from (f"a|{order}|{'|'.join(after[:count])}" for count in (1, 2) if after)
        stems = [_stem(token.lower_) for token in self._sentence if token.i not in self._masks]
        yield from (f"S|{stem}" for stem in sorted(set(stems)))

    def _own_words(self) -> Iterator[str]:
        for which, name in (("A", self._first), ("B", self._second)):
            words = [token.lower_ for token in self._doc[name.start : name.end]]
            yield from (f"e|{which}|{words[-1]}", f"eh|{which}|{_stem(words[-1])}", f"suf|{which}|{words[-1][-4:]}")
            yield from (f"ew|{which}|{_stem(word)}" for word in words)
        yield f"e|{self._doc[self._first.start : self._first.end].text.lower()}"

    def _paths(self) -> Iterator[str]:
        heads = self._head(self._first), self._head(self._second)
        yield from self._path_features(heads, "")
        lists = self._of_list(heads[0]), self._of_list(heads[1])
        yield from self._path_features(lists if lists[0] != lists[1] else heads, "c")

    def _path_features(self, ends: tuple[int, int], kind: str) -> Iterator[str]:
        """Yield the features of the shortest path between two tokens."""
        path = self._shortest_path(*ends)
        if not path:
            yield f"{kind}none"
            return
        steps = []
        for place, direction in path:
            word = _FIRST if place == ends[0] else _SECOND if place == ends[1] else _stem(self._word(place))
            steps.append((word, self._doc[place].dep_, direction))
        words = ">".join(word for word, _, _ in steps if not word.startswith("@"))
        yield f"{kind}way|{'>'.join(direction + label for _, label, direction in steps)}"
        yield f"{kind}words|{words}"
        yield f"{kind}all|{'>'.join(':'.join(step) for step in steps)}"
        yield f"{kind}length|{len(steps)}"
        for word, label, direction in steps:
            yield from (f"{kind}w|{word}|{direction}", f"{kind}wd|{word}|{label}|{direction}")
            yield f"{kind}wo|{self._order}|{word}"
        for (word, label, direction), (other, below, turn) in pairwise(steps):
            yield from (f"{kind}2|{word}|{other}", f"{kind}2w|{word}|{label}|{other}|{below}")
            yield f"{kind}2d|{label}|{direction}|{below}|{turn}"
        yield from self._turn_features(next(place for place, direction in path if direction == "top"), dict(path), kind)

    def _turn_features(self, top: int, path: dict[int, str], kind: str) -> Iterator[str]:
        """Yield the features of the token at which the path turns: its dependents that are not on the path."""
        stem = _stem(self._doc[top].lower_)
        yield f"{kind}top|{stem}|{self._doc[top].tag_}"
        for child in self._doc[top].children:
            if child.i not in path and not child.is_space:
                yield f"{kind}below|{stem}|{child.dep_}|{self._masked_stem(child)}"
            if child.dep_ in ("neg", "aux", "auxpass"):
                yield f"{kind}aux|{child.lower_}"

    def _neighbours(self) -> Iterator[str]:
        for which, name in (("A", self._first), ("B", self._second)):
            head = self._doc[self._head(name)]
            outer = self._doc[self._of_list(head.i)]
            yield f"h|{which}|{self._masked_stem(outer.head)}|{outer.dep_}"
            for child in head.children:
                is_own = any(own.start <= child.i < own.end for own in (self._first, self._second))
                if not (is_own or child.is_space):
                    yield f"c|{which}|{child.dep_}|{self._masked_stem(child)}"

    def _masked_stem(self, token: Token) -> str:
        return "@" if token.i in self._masks else _stem(token.lower_)

    def _head(self, name: Name) -> int:
        """Return the syntactic head of a name: the token whose own head lies outside the name."""
        for token in self._doc[name.start : name.end]:
            if token.head is token or not name.start <= token.head.i < name.end:
                return token.i
        return name.end - 1

    def _of_list(self, place: int) -> int:
        """Return the first member of the list, or of the apposition, that a token is part of."""
        for _ in range(_LONGEST_LIST):
            token = self._doc[place]
            if token.dep_ not in ("conj", "appos") or not self._sentence.start <= token.head.i < self._sentence.end:
                break
            place = token.head.i
        return place

    def _shortest_path(self, first: int, second: int) -> list[tuple[int, str]]:
        """Return the tokens of the shortest path with its direction at each ("up", "top", "down").

        Empty where the sentence has no path between the two.
        """
        upward, downward = self._upward(first), self._upward(second)
        below = {place: at for at, place in enumerate(downward)}
        for at, place in enumerate(upward):
            if place in below:
                down = reversed(downward[: below[place]])
                return [*((up, "up") for up in upward[:at]), (place, "top"), *((each, "down") for each in down)]
        return []

    def _upward(self, place: int) -> list[int]:
        places = [place]
        while True:
            above = self._doc[places[-1]].head.i
            if above in places or not self._sentence.start <= above < self._sentence.end:
                return places
            places.append(above)


def _stem(word: str) -> str:
    return word if word.startswith("@") else word[:_STEM]
