"""The shallow structure of a sentence that the relation rules work on: lists, clauses, asides.

No parse is needed: lists come from what stands between two mentions, clauses from conjunctions that are followed by
a new subject with its verb, asides (appositions, relative clauses, brackets) from punctuation.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span

from extractors.descriptions import DETERMINERS
from extractors.found import FoundMention
from extractors.phrases import looks_like_modifier, words_of

AUXILIARIES = frozenset(
    ("is are was were be been being has have had does do did can may might could will would should must cannot").split()
)
BE_FORMS = frozenset("is are was were be been being".split())
RELATIVES = frozenset({"which", "that", "who", "whose", "whereby"})
PRONOUNS = frozenset("it they this these those such both he she we".split())
_SUBORDINATORS = frozenset("while whereas although though because since unless".split())
_COORDINATORS = frozenset({"and", "but", "or", "yet", "so"})
_PREPOSITIONS = frozenset(
    (
        "in with by through via among for during after following unlike despite on under upon within from at "
        "as compared when if where once until beyond besides"
    ).split()
)
_HOW_OFTEN = frozenset({"thus", "thereby", "hence", "sometimes", "often", "even", "also", "possibly", "perhaps", "too"})
_LONGEST_GAP = 9
_KIN = frozenset(
    "its their metabolite metabolites successor derivative analogue analog prodrug biosimilar biosimilars".split()
)
"""What may stand between two drugs of a list ("A and its metabolite B")."""
_HOW_MUCH = frozenset("less more to a lesser greater extent degree".split())
_LIST_WORDS = frozenset({",", "and", "or", "/", "&", "nor", "plus"})
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
_EXAMPLE_LINKS = frozenset("those that involving using utilizing utilising".split())
"""What may follow such an adverb in "immunotherapies, notably those utilizing stem cells"."""

_COMPARATORS = [
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


_THOSE_ON = frozenset(
    "both placebo and or patients recipients subjects those on with treated receiving given taking under".split()
)
"""What may stand between "than" and a drug that is only compared with ("than those treated with")."""


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


class Clauses:
    """Groups, clause boundaries and asides of one sentence."""

    def __init__(self, sentence: Span, mentions: Sequence[FoundMention], finite: frozenset[str]) -> None:
        self.sentence = sentence
        self._doc: Doc = sentence.doc
        self._finite = finite | AUXILIARIES | words_of("intransitive")
        self.aliases = _aliases(self._doc, mentions)
        self.groups = _group(sentence, [m for m in mentions if m not in self.aliases], self._finite)
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
        return any(tuple(words[-len(cue) :]) == cue for cue in _COMPARATORS)

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
            or doc[place].lower_ in words_of("generic")
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


def _aliases(doc: Doc, mentions: Sequence[FoundMention]) -> set[FoundMention]:
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


def _group(sentence: Span, mentions: Sequence[FoundMention], finite: frozenset[str]) -> list[Group]:
    doc = sentence.doc
    groups: list[Group] = []
    for mention in mentions:
        if groups and _begins_clause(sentence, groups[-1], mention, finite):
            groups.append(Group((mention,)))
            continue
        if groups and _are_alike(doc, groups[-1].members[-1], mention):
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


def _are_alike(doc: Doc, left: FoundMention, right: FoundMention) -> bool:
    """Whether two mentions can stand in one list; adverse effects and diseases are listed together.

    So are processes and targets, in this order ("release of TNF and IL-6": the process takes the first into its name).
    """
    if {left.entity_type, right.entity_type} in ({"disease", "effect"}, {left.entity_type}):
        return True
    return left.entity_type == "effect" and right.entity_type == "target"


def _begins_clause(sentence: Span, group: Group, mention: FoundMention, finite: frozenset[str]) -> bool:
    """Whether a name behind ", and" is the subject of a verb of its own ("led to A, and B did not recur")."""
    doc = sentence.doc
    gap = [token.lower_ for token in doc[group.end : mention.start]]
    is_open = gap[:2] in ([",", "and"], [",", "but"], [",", "or"]) or (
        gap[:1] == ["and"] and mention.entity_type == "target" and group.types == {"effect"}
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
    if gaps and gaps[0] == "," and any(tuple(before[-len(cue) :]) == cue for cue in _COMPARATORS):
        return [Group(group.members[:1]), Group(group.members[1:])]
    return [group]


def _is_parallel(doc: Doc, end: int) -> bool:
    """Whether the mention that ends at `end` stands behind a change word too ("with impaired A and increased B")."""
    words = [token.lower_ for token in doc[max(0, end - 8) : end]]
    prepositions = {"with", "in", "of", "to", "by", "and", "through", "via", "shows", "showed"}
    return any(
        word in words_of("changes") and place > 0 and words[place - 1] in prepositions
        for place, word in enumerate(words)
    )


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
    while gap and (gap[-1] in DETERMINERS or gap[-1] in words_of("generic") or looks_like_modifier(gap[-1])):
        if gap[-1] in words_of("changes") and not _is_parallel(doc, start):
            return False, False
        if len(gap) == 1 and gap[0] not in words_of("generic"):
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
