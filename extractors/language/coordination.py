"""Finds the lists of a sentence: mentions of which one thing is said, by what stands between them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span

from extractors.annotations import FoundMention
from extractors.language.lexicon import DETERMINERS, looks_like_modifier, word_list

_CHANGES = word_list("language", "changes")
_GENERIC = word_list("language", "generic")
_HOW_OFTEN = word_list("language", "how_often")
_LONGEST_GAP = 9
_KIN = word_list("language", "kin")
"""What may stand between two drugs of a list ("A and its metabolite B")."""
_HOW_MUCH = word_list("language", "how_much")
_LIST_WORDS = word_list("language", "list_words")
_MEMBER_WORDS = [
    ("such", "as"),
    ("including",),
    ("includes",),
    ("like",),
    ("especially",),
    ("notably",),
    ("particularly",),
    ("e.g.",),
    ("namely",),
    ("as", "well", "as"),
    ("in", "combination", "with"),
    ("combined", "with"),
    ("together", "with"),
    ("along", "with"),
    ("for", "example"),
]
_EXAMPLE_ADVERBS = frozenset("notably particularly especially".split())
_EXAMPLE_LINKS = word_list("language", "example_links")
"""What may follow such an adverb in "immunotherapies, notably those utilizing stem cells"."""
COMPARATORS = [
    ("compared", "with"),
    ("compared", "to"),
    ("superior", "to"),
    ("non-inferior", "to"),
    ("noninferior", "to"),
    ("inferior", "to"),
    ("equivalent", "to"),
    ("comparable", "to"),
    ("effective", "as"),
    ("efficacious", "as"),
    ("beneficial", "as"),
    ("versus",),
    ("vs",),
    ("vs.",),
    ("than",),
    ("unlike",),
    (",", "like"),
    ("contrast", "to"),
    ("contrast", "with"),
    ("instead", "of"),
    ("rather", "than"),
    ("relative", "to"),
    ("over",),
    ("placebo",),
    ("comparison", "with"),
]


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
    doc = sentence.doc
    groups: list[Group] = []
    for mention in mentions:
        if groups and _begins_clause(sentence, groups[-1], mention, finite):
            groups.append(Group((mention,)))
            continue
        if groups and _are_alike(groups[-1].members[-1], mention):
            joins, is_negated = _list_gap(doc, groups[-1].end, mention.start)
            joins = joins or _names_members(groups[-1].members[-1], mention)
            if joins:
                last = groups.pop()
                goes_on = len(last.members) - 1 in last.negated  # "but not A or B"
                negated = last.negated | ({len(last.members)} if is_negated or goes_on else set())
                groups.append(Group((*last.members, mention), frozenset(negated)))
                continue
        groups.append(Group((mention,)))
    return [part for group in groups for part in _without_open_lists(doc, group)]


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


def _without_open_lists(doc: Doc, group: Group) -> list[Group]:
    """Take apart what only commas join ("In contrast to natalizumab, vedolizumab ...")."""
    gaps = [doc[a.end : b.start].text.strip() for a, b in zip(group.members, group.members[1:], strict=False)]
    words = set(" ".join(gaps).lower().replace(",", " ").split())
    is_open = words.isdisjoint({"and", "or", "&", "plus", "/"})
    if is_open and "," in gaps and "(" not in gaps and not (group.start > 0 and doc[group.start - 1].text == "("):
        cuts = [0, *(place + 1 for place, gap in enumerate(gaps) if gap == ","), len(group.members)]
        return [Group(group.members[a:b]) for a, b in itertools.pairwise(cuts)]
    before = [token.lower_ for token in doc[max(0, group.start - 3) : group.start]]
    if gaps and gaps[0] == "," and any(tuple(before[-len(cue) :]) == cue for cue in COMPARATORS):
        return [Group(group.members[:1]), Group(group.members[1:])]
    return [group]


def _is_parallel(doc: Doc, end: int) -> bool:
    """Whether the mention that ends at `end` stands behind a change word too ("with impaired A and increased B")."""
    words = [token.lower_ for token in doc[max(0, end - 8) : end]]
    prepositions = {"with", "in", "of", "to", "by", "and", "through", "via", "shows", "showed"}
    return any(word in _CHANGES and place > 0 and words[place - 1] in prepositions for place, word in enumerate(words))


def _list_gap(doc: Doc, start: int, end: int) -> tuple[bool, bool]:
    """Say whether the tokens between two mentions only list them, and whether they deny the second."""
    gap = [token.lower_ for token in doc[start:end]]
    if gap and gap[0] == "(" and ")" in gap:
        gap = gap[gap.index(")") + 1 :]
    if len(gap) > _LONGEST_GAP:
        return False, False
    opened = bool(gap) and gap[0] == "("
    gap = [word for word in gap if word not in ("(", ")", "[", "]") and not (word.endswith("ly") or word in _HOW_OFTEN)]
    gap = [word for word in gap if word not in _KIN]
    if gap[:1] and gap[0] in ("after", "during") and gap[2:3] == [","]:  # "diabetes after transplantation, A and B"
        gap = gap[2:]
    if "," in gap:  # "and, less commonly," "and, to a lesser extent,"
        gap = [word for word in gap if word not in _HOW_MUCH]
    while gap[-2:] == [",", ","] or gap[-2:] in (["and", ","], ["or", ","]):
        gap.pop()
    while gap and (gap[-1] in DETERMINERS or gap[-1] in _GENERIC or looks_like_modifier(gap[-1])):
        if gap[-1] in _CHANGES and not _is_parallel(doc, start):
            return False, False
        if len(gap) == 1 and gap[0] not in _GENERIC:
            break
        gap.pop()
    if len(gap) > 1 and gap[0] in ("-", "‐", "‑", "–"):  # "cisplatin- and ifosfamide-induced"
        gap = gap[1:]
    if not gap:
        return opened, False
    bare = [word for word in gap if word != ","]
    if bare in (["but", "not"], ["and", "not"], ["not"], ["rather", "than"], ["instead", "of"]):
        return True, True
    is_example = not _EXAMPLE_ADVERBS.isdisjoint(token.lower_ for token in doc[start:end])
    if tuple(bare) in _MEMBER_WORDS or (is_example and _EXAMPLE_LINKS.issuperset(bare)):
        return True, False
    if "then" in bare or len(gap) > 3:
        return False, False
    if gap == [","] and not {"a", "an"}.isdisjoint(token.lower_ for token in doc[start:end]):
        return False, False
    return all(word in _LIST_WORDS for word in gap), False
