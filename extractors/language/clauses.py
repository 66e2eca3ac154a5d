"""The shallow structure of a sentence that the relation rules work on: lists, clauses, parentheticals.

No parse is needed: lists come from what stands between two mentions, clauses from conjunctions that are followed by
a new subject with its verb, asides (appositions, relative clauses, brackets, remarks) from punctuation.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from extractors.annotations import FoundMention
from extractors.language.coordination import Group, aliases_of, ends_in_comparator, groups_of
from extractors.language.lexicon import DETERMINERS, looks_like_modifier, word_list

AUXILIARIES = word_list("language", "auxiliaries")
BE_FORMS = word_list("language", "be_forms")
PRONOUNS = word_list("language", "pronouns")
RELATIVES = word_list("language", "relative_pronouns")
_APPOSITION_OPENERS = word_list("language", "apposition_openers")
_BEFORE_CLAUSE_SUBJECT = DETERMINERS | word_list("language", "before_clause_subject")
_CLAUSE_SUBJECTS = PRONOUNS | word_list("language", "clause_subjects")
_BEFORE_COMPARED = DETERMINERS | word_list("language", "comparison_fillers")
_CONCESSION_CONJUNCTIONS = word_list("language", "concession_conjunctions")
_COORDINATORS = word_list("language", "clause_coordinators")
_GENERIC = word_list("language", "generic")
_INTRANSITIVE_VERBS = word_list("language", "intransitive_verbs")
_OPENING_PREPOSITIONS = word_list("language", "opening_prepositions")
_SUBORDINATORS = word_list("language", "subordinators")
_FARTHEST_VERB = 9
_COMPARISON_WINDOW = 6


class Clauses:
    """Groups, clause boundaries and asides of one sentence; positions are tokens of its Doc, ends exclusive.

    `finite` are the forms of verbs that the caller knows; auxiliaries and intransitive verbs are added.
    """

    def __init__(self, sentence: Span, mentions: Sequence[FoundMention], finite: frozenset[str]) -> None:
        self.sentence = sentence
        self._doc: Doc = sentence.doc
        self._finite = finite | AUXILIARIES | _INTRANSITIVE_VERBS
        self.aliases = aliases_of(self._doc, mentions)
        self.groups = groups_of(sentence, [m for m in mentions if m not in self.aliases], self._finite)
        self._inside = {index for group in self.groups for index in range(group.start, group.end)}
        self.asides = [aside for token in sentence if (aside := self._aside_opened_by(token)) is not None]
        self.starts = self._clause_starts()

    def bounds(self, index: int) -> tuple[int, int]:
        """Return the first token of the clause that the token `index` lies in, and the token after its last."""
        start = max(s for s in self.starts if s <= index)
        end = min((s for s in self.starts if s > index), default=self.sentence.end)
        return start, end

    def aside_of(self, index: int) -> tuple[int, int] | None:
        """Return the innermost aside that the token `index` lies in."""
        around = [aside for aside in self.asides if aside[0] <= index < aside[1]]
        return min(around, key=lambda aside: aside[1] - aside[0]) if around else None

    def leading_phrase_end(self, clause_start: int) -> int:
        """Return the comma that closes a prepositional phrase the clause opens with, or `clause_start`."""
        doc, (_, end) = self._doc, self.bounds(clause_start)
        opening = clause_start
        while opening < end and doc[opening].lower_ in _COORDINATORS | {","}:
            opening += 1
        is_participle = opening < end and doc[opening].lower_.endswith("ing") and opening not in self._inside
        if opening >= end or not (doc[opening].lower_ in _OPENING_PREPOSITIONS or is_participle):
            return clause_start
        commas = (token.i for token in doc[opening:end] if token.text == "," and token.i not in self._inside)
        return next((comma for comma in commas if self.aside_of(comma) is None), clause_start)

    def is_compared(self, group: Group) -> bool:
        """Whether a group is only what something else is compared with ("lower than those treated with A")."""
        first = max(self.sentence.start, group.start - _COMPARISON_WINDOW)
        words = [token.lower_ for token in self._doc[first : group.start]]
        while words and (words[-1] in _BEFORE_COMPARED or looks_like_modifier(words[-1])):
            words.pop()
        return ends_in_comparator(words)

    def _before(self, index: int) -> str:
        """Return the lower-case word before a token, "" before the first of the sentence."""
        return self._doc[index - 1].lower_ if index > self.sentence.start else ""

    def _clause_starts(self) -> list[int]:
        starts = [self.sentence.start]
        for token in self.sentence[1:]:
            if token.i in self._inside:
                continue
            word = token.lower_
            if (
                word in (";", ":")
                or (word in _SUBORDINATORS and not self._is_concession(token.i))
                or (word in _COORDINATORS and self._opens_clause(token.i + 1))
                or (word == "," and self._follows_statement(token.i, starts[-1]))
                or (word == "with" and self._before(token.i) == "," and token.i > self.sentence.start + 1)
            ):
                starts.append(token.i)
        return starts

    def _follows_statement(self, comma: int, start: int) -> bool:
        """Whether a comma alone parts two statements ("A damages the kidney, B causes cystitis, and ...")."""
        subject = self._group_at(comma + 1)
        if subject is None or subject.end >= self.sentence.end:
            return False
        if self._doc[subject.end].lower_ not in self._finite - AUXILIARIES:
            return False
        return any(token.lower_ in self._finite for token in self._doc[start:comma])

    def _group_at(self, index: int) -> Group | None:
        return next((group for group in self.groups if group.start == index), None)

    def _is_concession(self, index: int) -> bool:
        """Whether ", while effective in managing inflammation," only puts in a remark without a subject."""
        doc = self._doc
        if self._before(index) != "," or doc[index].lower_ not in _CONCESSION_CONJUNCTIONS:
            return False
        after = doc[index + 1].lower_ if index + 1 < self.sentence.end else ""
        is_subject = index + 1 in self._inside or after in PRONOUNS | DETERMINERS
        return not is_subject and any(token.text == "," for token in doc[index + 1 : self.sentence.end])

    def _opens_clause(self, index: int) -> bool:
        """Whether a subject with a finite verb stands at the token `index`."""
        behind_subject = self._subject_end(self._behind_modifiers(index))
        return behind_subject is not None and self._has_verb_at(behind_subject)

    def _behind_modifiers(self, index: int) -> int:
        """Return the first token from `index` on that may begin the head of a subject, or a mention."""
        while index < self.sentence.end and index not in self._inside and _may_precede_subject(self._doc[index]):
            index += 1
        return index

    def _subject_end(self, index: int) -> int | None:
        """Return the token after the subject at `index`: a group, a pronoun, or a noun with "of" and a group."""
        doc, end = self._doc, self.sentence.end
        if (subject := self._group_at(index)) is not None:
            goes_on = self._before(index) in ("and", "or") and self._follows_aside_of_alike(subject)
            return None if goes_on else subject.end
        if index < end and doc[index].lower_ in _CLAUSE_SUBJECTS:
            return index + 1
        if index + 2 < end and doc[index + 1].lower_ == "of":
            return next((group.end for group in self.groups if index + 2 <= group.start <= index + 3), None)
        return None

    def _has_verb_at(self, index: int) -> bool:
        """Whether a finite verb follows, from the token behind a subject on, before the clause can have ended."""
        doc, end = self._doc, self.sentence.end
        for ahead in range(index, min(index + _FARTHEST_VERB, end)):
            word = doc[ahead].lower_
            if word in self._finite:
                return doc[ahead - 1].lower_ not in ("to", *DETERMINERS)
            if word == "," and ahead == index and doc[ahead + 1 : ahead + 2].text in RELATIVES:
                return self._acts_behind_aside(ahead + 1)
            if word in (";", ":", ",") or (word in _COORDINATORS and ahead not in self._inside):
                return False
        return False

    def _acts_behind_aside(self, start: int) -> bool:
        """Whether a finite verb follows the comma that closes an aside ("and A, which blocks B, improved C")."""
        comma = self._comma_from(start)
        return comma is not None and comma + 1 < self.sentence.end and self._doc[comma + 1].lower_ in self._finite

    def _follows_aside_of_alike(self, group: Group) -> bool:
        """Whether a group goes on a list that an aside interrupts ("A, a T inhibitor, and B are ...")."""
        return any(
            0 <= group.start - 1 - end <= 1
            and any(g.end in (start, start - 1) and not g.types.isdisjoint(group.types) for g in self.groups)
            for start, end in self.asides
        )

    def _comma_from(self, start: int) -> int | None:
        """Return the first comma from `start` on that stands in no list."""
        rest = self._doc[start : self.sentence.end]
        return next((token.i for token in rest if token.text == "," and token.i not in self._inside), None)

    def _aside_opened_by(self, token: Token) -> tuple[int, int] | None:
        """Return the aside that a token opens: its brackets with them, anything else up to its closing comma."""
        if token.text == "(":
            rest = self._doc[token.i : self.sentence.end]
            return next(((token.i, other.i + 1) for other in rest if other.text == ")"), None)
        begin = self._aside_start(token)
        close = None if begin is None else self._comma_from(begin)
        return None if begin is None or close is None else (begin, close)

    def _aside_start(self, token: Token) -> int | None:
        """Return where the aside begins that a token opens between commas: relative clause, apposition or remark."""
        if token.lower_ in RELATIVES:
            begin = self._relative_clause_start(token.i)
            return begin if self._before(begin) == "," else None
        if token.text == "," and self._opens_apposition(token.i):
            return token.i + 1
        return token.i if token.lower_ in _SUBORDINATORS and self._is_concession(token.i) else None

    def _relative_clause_start(self, pronoun: int) -> int:
        """Return where a relative clause begins: at its pronoun, or with the words before "of which"."""
        if self._before(pronoun) != "of":
            return pronoun
        before = reversed(self._doc[self.sentence.start : pronoun])
        return next((token.i + 1 for token in before if token.text == ","), pronoun)

    def _opens_apposition(self, comma: int) -> bool:
        """Whether a comma behind a group, or behind its short form in brackets, opens an apposition."""
        return (
            comma not in self._inside
            and comma + 1 < self.sentence.end
            and self._doc[comma + 1].lower_ in _APPOSITION_OPENERS
            and any(group.end in (comma, comma - 3) for group in self.groups)
        )


def _may_precede_subject(token: Token) -> bool:
    """Whether a word may stand between a conjunction and the head of a subject."""
    word = token.lower_
    is_listed = word in _BEFORE_CLAUSE_SUBJECT or word in _GENERIC
    return is_listed or token.like_num or word.endswith("ly") or looks_like_modifier(word)
