"""Finds the lists of a sentence: mentions of which one thing is said, by what stands between them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import NamedTuple

from spacy.tokens import Doc, Span

from extractors.annotations import FoundMention
from extractors.language.lexicon import DETERMINERS, HYPHENS, looks_like_modifier, word_list

_CHANGE_WORDS = word_list("language", "change_words")
_BEFORE_PARALLEL_CHANGE = word_list("language", "before_parallel_change")
_GENERIC = word_list("language", "generic")
_LIST_ADVERBS = word_list("language", "list_adverbs")
_DEGREE_WORDS = word_list("language", "degree_words")
_DERIVED_DRUG_WORDS = word_list("language", "derived_drug_words")
_LIST_SEPARATORS = word_list("language", "list_separators")
_LIST_CLOSERS = word_list("language", "list_closers")
_EXAMPLE_ADVERBS = word_list("language", "example_adverbs")
_EXAMPLE_CONNECTIVES = word_list("language", "example_connectives")
_EXAMPLE_PHRASES = frozenset(tuple(phrase.split()) for phrase in word_list("language", "example_phrases"))
_COMPARATORS = frozenset(tuple(phrase.split()) for phrase in word_list("language", "comparators"))
_DENIALS = (["but", "not"], ["and", "not"], ["not"], ["rather", "than"], ["instead", "of"])
_BRACKETS = ("(", ")", "[", "]")
_LONGEST_GAP = 9
_LONGEST_SEPARATOR = 3
_PARALLEL_WINDOW = 8
_COMPARATOR_WINDOW = 3


class _Gap(Enum):
    """What the tokens between two mentions make of the second."""

    APART = auto()
    LISTED = auto()
    DENIED = auto()


class Group(NamedTuple):
    """Mentions that stand in one list: what is said of the group is said of each.

    `negated` are the positions in `members` that stand behind "but not".
    """

    members: tuple[FoundMention, ...]
    negated: frozenset[int] = frozenset()

    @property
    def start(self) -> int:
        """First token."""
        return self.members[0].start

    @property
    def end(self) -> int:
        """Token after the last."""
        return self.members[-1].end

    @property
    def types(self) -> frozenset[str]:
        """Types of the members."""
        return frozenset(member.entity_type for member in self.members)


def aliases_of(doc: Doc, mentions: Sequence[FoundMention]) -> set[FoundMention]:
    """Return the short forms that stand in brackets right behind their long form."""
    found = set()
    for mention, following in itertools.pairwise(mentions):
        if (
            following.start == mention.end + 1
            and doc[mention.end].text == "("
            and following.end < len(doc)
            and doc[following.end].text in (")", ",", ";")
            and following.entity_type == mention.entity_type
            and (following.method == "abbreviation" or following.concept_no == mention.concept_no != -1)
        ):
            found.add(following)
    return found


def groups_of(sentence: Span, mentions: Sequence[FoundMention], finite: frozenset[str]) -> list[Group]:
    """Return the lists of a sentence in order, each mention in one; `finite` are the forms of verbs."""
    groups: list[Group] = []
    for mention in mentions:
        if groups and _begins_clause(sentence, groups[-1], mention, finite):
            groups.append(Group((mention,)))
            continue
        if groups and _are_alike(groups[-1].members[-1], mention):
            gap = _read_gap(sentence, groups[-1].end, mention.start)
            if gap is not _Gap.APART or _names_members(groups[-1].members[-1], mention):
                last = groups.pop()
                goes_on = len(last.members) - 1 in last.negated  # "but not A or B"
                negated = last.negated | ({len(last.members)} if gap is _Gap.DENIED or goes_on else set())
                groups.append(Group((*last.members, mention), frozenset(negated)))
                continue
        groups.append(Group((mention,)))
    return [part for group in groups for part in _without_open_lists(sentence, group)]


def _are_alike(left: FoundMention, right: FoundMention) -> bool:
    """Whether two mentions can stand in one list: drugs stand apart, what they act on is listed together.

    "Release of TNF and IL-6" (the process takes the first into its name), "CRP, fever and pain".
    """
    return left.entity_type == right.entity_type or "drug" not in (left.entity_type, right.entity_type)


def _begins_clause(sentence: Span, group: Group, mention: FoundMention, finite: frozenset[str]) -> bool:
    """Whether a name behind ", and" is the subject of a verb of its own ("led to A, and B did not recur")."""
    doc = sentence.doc
    gap = [token.lower_ for token in doc[group.end : mention.start]]
    is_open = gap[:2] in ([",", "and"], [",", "but"], [",", "or"]) or (
        gap[:1] == ["and"] and mention.entity_type == "target" and "target" not in group.types
    )
    if not is_open or mention.end >= sentence.end:
        return False
    place = mention.end
    while place + 1 < sentence.end and doc[place].lower_.endswith("ly"):
        place += 1
    is_subject = doc[place].lower_ in finite
    return is_subject and any(token.lower_ in finite for token in doc[sentence.start : group.start])


def _names_members(kind: FoundMention, mention: FoundMention) -> bool:
    """Whether a name stands right behind the class that it belongs to ("the JAK inhibitors A and B")."""
    return kind.end == mention.start and kind.subtype == "drug_class" and mention.entity_type == "drug"


def ends_in_comparator(words: Sequence[str]) -> bool:
    """Whether lower-case words end in a phrase behind which something is only compared with ("superior to").

    >>> ends_in_comparator(["was", "superior", "to"]), ends_in_comparator(["was", "given", "to"])
    (True, False)
    """
    return any(tuple(words[-len(phrase) :]) == phrase for phrase in _COMPARATORS)


def _without_open_lists(sentence: Span, group: Group) -> list[Group]:
    """Take apart what only commas join ("In contrast to natalizumab, vedolizumab ...")."""
    doc = sentence.doc
    gaps = [doc[left.end : right.start].text.strip() for left, right in itertools.pairwise(group.members)]
    words = set(" ".join(gaps).lower().replace(",", " ").split())
    in_bracket = group.start > sentence.start and doc[group.start - 1].text == "("
    if words.isdisjoint(_LIST_CLOSERS) and "," in gaps and "(" not in gaps and not in_bracket:
        cuts = [0, *(number for number, gap in enumerate(gaps, start=1) if gap == ","), len(group.members)]
        return [Group(group.members[first:end]) for first, end in itertools.pairwise(cuts)]
    before = doc[max(sentence.start, group.start - _COMPARATOR_WINDOW) : group.start]
    if gaps and gaps[0] == "," and ends_in_comparator([token.lower_ for token in before]):
        return [Group(group.members[:1]), Group(group.members[1:])]
    return [group]


def _read_gap(sentence: Span, start: int, end: int) -> _Gap:
    """Say what the tokens `start`:`end` between two mentions make of the second; the first test that knows decides."""
    written = [token.lower_ for token in sentence.doc[start:end]]
    words = _behind_first_bracket(written)
    if len(words) > _LONGEST_GAP:
        return _Gap.APART
    between = _without_modifiers(_without_insertions(words), is_parallel=_is_parallel(sentence, start))
    if between is None:
        return _Gap.APART
    if len(between) > 1 and between[0] in HYPHENS:  # "cisplatin- and ifosfamide-induced"
        between = between[1:]
    if not between:
        return _Gap.LISTED if words[:1] == ["("] else _Gap.APART
    for test in _GAP_TESTS:
        if (answer := test(between, written)) is not None:
            return answer
    return _Gap.LISTED if all(word in _LIST_SEPARATORS for word in between) else _Gap.APART


def _behind_first_bracket(words: list[str]) -> list[str]:
    return words[words.index(")") + 1 :] if words[:1] == ["("] and ")" in words else words


def _without_insertions(words: Sequence[str]) -> list[str]:
    """Return the words of a gap without what may be put into a list: brackets, adverbs, phrases of time and degree."""
    left = [word for word in words if word not in _BRACKETS and not word.endswith("ly") and word not in _LIST_ADVERBS]
    left = [word for word in left if word not in _DERIVED_DRUG_WORDS]
    if left and left[0] in ("after", "during") and left[2:3] == [","]:  # "diabetes after transplantation, A and B"
        left = left[2:]
    if "," in left:  # "and, less commonly," "and, to a lesser extent,"
        left = [word for word in left if word not in _DEGREE_WORDS]
    while left[-2:] in ([",", ","], ["and", ","], ["or", ","]):
        left.pop()
    return left


def _without_modifiers(words: list[str], *, is_parallel: bool) -> list[str] | None:
    """Return the words of a gap without the modifiers of the second mention; None where these say that it changes."""
    left = list(words)
    while left and (left[-1] in DETERMINERS or left[-1] in _GENERIC or looks_like_modifier(left[-1])):
        if left[-1] in _CHANGE_WORDS and not is_parallel:
            return None
        if len(left) == 1 and left[0] not in _GENERIC:
            break
        left.pop()
    return left


def _is_parallel(sentence: Span, end: int) -> bool:
    """Whether the mention that ends at `end` stands behind a change word too ("with impaired A and increased B")."""
    words = [token.lower_ for token in sentence.doc[max(sentence.start, end - _PARALLEL_WINDOW) : end]]
    return any(
        word in _CHANGE_WORDS and before in _BEFORE_PARALLEL_CHANGE for before, word in itertools.pairwise(words)
    )


def _by_denial(between: Sequence[str], written: Sequence[str]) -> _Gap | None:
    """Read "A but not B"."""
    return _Gap.DENIED if _without_commas(between) in _DENIALS else None


def _by_example(between: Sequence[str], written: Sequence[str]) -> _Gap | None:
    """Read "cytokines such as A" and "immunotherapies, notably those utilizing A"."""
    words = _without_commas(between)
    is_example = not _EXAMPLE_ADVERBS.isdisjoint(written) and _EXAMPLE_CONNECTIVES.issuperset(words)
    return _Gap.LISTED if is_example or tuple(words) in _EXAMPLE_PHRASES else None


def _by_sequence(between: Sequence[str], written: Sequence[str]) -> _Gap | None:
    """Read "A, then B", and what is too long to be a separator."""
    return _Gap.APART if "then" in between or len(between) > _LONGEST_SEPARATOR else None


def _by_apposition(between: Sequence[str], written: Sequence[str]) -> _Gap | None:
    """Read "A, a B": an apposition."""
    return _Gap.APART if between == [","] and not {"a", "an"}.isdisjoint(written) else None


_GAP_TESTS: tuple[Callable[[Sequence[str], Sequence[str]], _Gap | None], ...] = (
    _by_denial,
    _by_example,
    _by_sequence,
    _by_apposition,
)
"""What a gap may be, in this order: each takes its words without insertions and modifiers, and as they are written."""


def _without_commas(words: Sequence[str]) -> list[str]:
    return [word for word in words if word != ","]
