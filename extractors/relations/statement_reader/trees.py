"""Shortest paths between mentions in the dependency trees of a text (Bunescu and Mooney, 2005)."""

from __future__ import annotations

from spacy.tokens import Doc

from extractors.annotations import FoundMention

_LISTS = frozenset({"conj", "appos"})
_LONGEST_LIST = 8


class Tree:
    """The dependency trees of a Doc; `heads` has the head of each token."""

    def __init__(self, doc: Doc) -> None:
        self.heads = [token.head.i for token in doc]
        self._deps = [token.dep_ for token in doc]
        self._above: dict[tuple[int, int, int], list[int]] = {}
        self._found: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def path(
        self, one: FoundMention, other: FoundMention, start: int, end: int, *, over_lists: bool = True
    ) -> list[tuple[int, int]]:
        """Return the tokens between the heads of two mentions, both with them; empty where nothing joins them.

        Each comes with its direction: 0 upward, 1 where the path turns, 2 downward. With `over_lists` a member of a
        list stands in the place of its first member, unless both are members of one list.
        """
        heads = self.head(one), self.head(other)
        if not over_lists:
            return self._between(*heads, start, end)
        lists = self.first_of_list(heads[0], start, end), self.first_of_list(heads[1], start, end)
        return self._between(*(lists if lists[0] != lists[1] else heads), start, end)

    def _between(self, one: int, other: int, start: int, end: int) -> list[tuple[int, int]]:
        if (one, other) not in self._found:
            up, down = self._upward(one, start, end), self._upward(other, start, end)
            below = {place: at for at, place in enumerate(down)}
            at = next((at for at, place in enumerate(up) if place in below), None)
            self._found[one, other] = []
            if at is not None:
                behind = [(place, 2) for place in reversed(down[: below[up[at]]])]
                self._found[one, other] = [*((place, 0) for place in up[:at]), (up[at], 1), *behind]
        return self._found[one, other]

    def head(self, mention: FoundMention) -> int:
        """Return the token of a mention whose own head lies outside of it."""
        for place in range(mention.start, mention.end):
            if self.heads[place] == place or not mention.start <= self.heads[place] < mention.end:
                return place
        return mention.end - 1

    def first_of_list(self, place: int, start: int, end: int) -> int:
        for _ in range(_LONGEST_LIST):
            if self._deps[place] not in _LISTS or not start <= self.heads[place] < end:
                break
            place = self.heads[place]
        return place

    def _upward(self, place: int, start: int, end: int) -> list[int]:
        key = place, start, end
        if key not in self._above:
            places = [place]
            while (above := self.heads[places[-1]]) not in places and start <= above < end:
                places.append(above)
            self._above[key] = places
        return self._above[key]
