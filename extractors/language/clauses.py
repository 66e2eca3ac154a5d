"""The shallow structure of a sentence that the relation rules work on: lists, clauses, asides.

No parse is needed: lists come from what stands between two mentions, clauses from conjunctions that are followed by
a new subject with its verb, asides (appositions, relative clauses, brackets) from punctuation.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span

from extractors.annotations import FoundMention
from extractors.language.coordination import COMPARATORS, Group, aliases_of, groups_of
from extractors.language.lexicon import DETERMINERS, looks_like_modifier, word_list

_GENERIC = word_list("language", "generic")
_INTRANSITIVE = word_list("language", "intransitive")
AUXILIARIES = word_list("language", "auxiliaries")
BE_FORMS = word_list("language", "be_forms")
RELATIVES = word_list("language", "relatives")
PRONOUNS = word_list("language", "pronouns")
_SUBORDINATORS = word_list("language", "subordinators")
_COORDINATORS = word_list("language", "coordinators")
_PREPOSITIONS = word_list("language", "prepositions")


_THOSE_ON = word_list("language", "those_on")
"""What may stand between "than" and a drug that is only compared with ("than those treated with")."""


class Clauses:
    """Groups, clause boundaries and asides of one sentence."""

    def __init__(self, sentence: Span, mentions: Sequence[FoundMention], finite: frozenset[str]) -> None:
        self.sentence = sentence
        self._doc: Doc = sentence.doc
        self._finite = finite | AUXILIARIES | _INTRANSITIVE
        self.aliases = aliases_of(self._doc, mentions)
        self.groups = groups_of(sentence, [m for m in mentions if m not in self.aliases], self._finite)
        self._inside = {place for group in self.groups for place in range(group.start, group.end)}
        self.asides = self._asides()
        self.starts = self._clause_starts()

    def bounds(self, place: int) -> tuple[int, int]:
        """Return the first token of the clause that `place` lies in, and the token after its last."""
        start = max(s for s in self.starts if s <= place)
        end = min((s for s in self.starts if s > place), default=self.sentence.end)
        return start, end

    def aside_of(self, place: int) -> tuple[int, int] | None:
        """Return the innermost aside that `place` lies in."""
        around = [aside for aside in self.asides if aside[0] <= place < aside[1]]
        return min(around, key=lambda aside: aside[1] - aside[0]) if around else None

    def leading_phrase_end(self, clause_start: int) -> int:
        """Return the comma that closes a prepositional phrase the clause opens with, or `clause_start`."""
        doc, (_, end) = self._doc, self.bounds(clause_start)
        opening = clause_start
        while opening < end and doc[opening].lower_ in _COORDINATORS | {","}:
            opening += 1
        is_participle = opening < end and doc[opening].lower_.endswith("ing") and opening not in self._inside
        if opening >= end or not (doc[opening].lower_ in _PREPOSITIONS or is_participle):
            return clause_start
        for place in range(opening, end):
            if doc[place].text == "," and place not in self._inside and self.aside_of(place) is None:
                return place
        return clause_start

    def is_compared(self, group: Group) -> bool:
        """Whether a group is only what something else is compared with."""
        words = [token.lower_ for token in self._doc[max(self.sentence.start, group.start - 6) : group.start]]
        while words and (words[-1] in DETERMINERS or looks_like_modifier(words[-1]) or words[-1] in _THOSE_ON):
            words.pop()
        return any(tuple(words[-len(cue) :]) == cue for cue in COMPARATORS)

    def _clause_starts(self) -> list[int]:
        doc, starts = self._doc, [self.sentence.start]
        for token in self.sentence:
            if token.i in self._inside or token.i == self.sentence.start:
                continue
            word = token.lower_
            if (
                word in (";", ":")
                or (word in _SUBORDINATORS and not self._is_concession(token.i))
                or (word in _COORDINATORS and self._opens_clause(token.i + 1))
                or (word == "," and self._follows_statement(token.i, starts[-1]))
                or (word == "with" and doc[token.i - 1].text == "," and token.i > self.sentence.start + 1)
            ):
                starts.append(token.i)
        return starts

    def _follows_statement(self, comma: int, start: int) -> bool:
        """Whether a comma alone parts two statements ("A damages the kidney, B causes cystitis, and ...")."""
        subject = next((group for group in self.groups if group.start == comma + 1), None)
        if subject is None or subject.end >= self.sentence.end:
            return False
        if self._doc[subject.end].lower_ not in self._finite - AUXILIARIES:
            return False
        return any(token.lower_ in self._finite for token in self._doc[start:comma])

    def _is_concession(self, place: int) -> bool:
        """Whether ", while effective in managing inflammation," only puts in a remark without a subject."""
        doc = self._doc
        if doc[place - 1].text != "," or doc[place].lower_ not in ("while", "although", "though"):
            return False
        after = doc[place + 1].lower_ if place + 1 < self.sentence.end else ""
        is_subject = place + 1 in self._inside or after in PRONOUNS | DETERMINERS
        return not is_subject and any(t.text == "," for t in doc[place + 1 : self.sentence.end])

    def _opens_clause(self, place: int) -> bool:
        """Whether a subject with a finite verb stands at `place`."""
        doc, end = self._doc, self.sentence.end
        while place < end and (
            doc[place].lower_ in DETERMINERS | {",", "both", "even", "only", "of", "mg", "per", "day", "daily"}
            or doc[place].like_num
            or doc[place].lower_.endswith("ly")
            or looks_like_modifier(doc[place].lower_)
            or doc[place].lower_ in _GENERIC
        ):
            if place in self._inside:
                break
            place += 1
        subject = next((group for group in self.groups if group.start == place), None)
        if subject is not None and doc[place - 1].lower_ in ("and", "or") and self._follows_aside_of_alike(subject):
            return False
        if subject is not None:
            place = subject.end
        elif place < end and doc[place].lower_ in PRONOUNS | {"there", "its", "their", "former", "latter"}:
            place += 1
        elif place + 2 < end and doc[place + 1].lower_ == "of":
            governed = next((g for g in self.groups if place + 2 <= g.start <= place + 3), None)
            if governed is None:
                return False
            place = governed.end
        else:
            return False
        for ahead in range(place, min(place + 9, end)):
            word = doc[ahead].lower_
            if word in self._finite:
                return doc[ahead - 1].lower_ not in ("to", *DETERMINERS)
            if word == "," and doc[ahead + 1 : ahead + 2].text in RELATIVES and ahead == place:
                return self._acts_behind_aside(ahead + 1)
            if word in (";", ":") or (word in _COORDINATORS and ahead not in self._inside) or word == ",":
                return False
        return False

    def _acts_behind_aside(self, start: int) -> bool:
        """Whether a finite verb follows the comma that closes an aside ("and A, which blocks B, improved C")."""
        doc, end = self._doc, self.sentence.end
        comma = next((t.i for t in doc[start:end] if t.text == "," and t.i not in self._inside), end)
        return comma + 1 < end and doc[comma + 1].lower_ in self._finite

    def _follows_aside_of_alike(self, group: Group) -> bool:
        """Whether a group goes on a list that an aside interrupts ("A, a T inhibitor, and B are ...")."""
        return any(
            0 <= group.start - 1 - end <= 1
            and any(g.end in (start, start - 1) and not g.types.isdisjoint(group.types) for g in self.groups)
            for start, end in self.asides
        )

    def _asides(self) -> list[tuple[int, int]]:
        doc, sentence = self._doc, self.sentence
        asides = []
        for token in sentence:
            place = token.i
            if token.text == "(":
                close = next((t.i for t in doc[place : sentence.end] if t.text == ")"), None)
                if close is not None:
                    asides.append((place, close + 1))
            opens_relative = token.lower_ in RELATIVES
            opens_apposition = (
                token.text == ","
                and place not in self._inside
                and place + 1 < sentence.end
                and doc[place + 1].lower_ in ("a", "an", "the", "one", "originally", "especially", "particularly")
                and any(group.end in (place, place - 3) for group in self.groups)
            )
            if opens_relative and doc[place - 1].lower_ == "of":  # "both of which"
                place = next((t.i + 1 for t in reversed(doc[sentence.start : place]) if t.text == ","), place)
            if opens_relative and doc[place - 1].text != ",":
                continue
            opens_concession = token.lower_ in _SUBORDINATORS and self._is_concession(place)
            if opens_relative or opens_apposition or opens_concession:
                begin = place + 1 if opens_apposition else place
                close = next(
                    (t.i for t in doc[begin : sentence.end] if t.text == "," and t.i not in self._inside),
                    None,
                )
                if close is not None:
                    asides.append((begin, close))
        return asides
