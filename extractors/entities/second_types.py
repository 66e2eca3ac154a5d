"""In which second type a mention may take part in a statement, where text and role leave two open.

A mention has the type of what it names. What a sentence says of it may need another one, and then no statement could be
made: "IL-6 was reduced" speaks of its level, "stimulated with IL-6" of something given. `also_type` says so for these
kinds, each with its own sign in the text, and for no other mention:

| kind | own type | also | sign |
| --- | --- | --- | --- |
| measured | target | effect | it is what changes or is counted: "increased Th17 cells", "expression of A, B and C" |
| measured | drug | effect | it is what a body makes: "the production of nitric oxide and proline" |
| given | target | drug | it is given to cells, animals or patients: "stimulated with IL-1 and TNF", "IL-2 therapy" |
| given | drug | target | it is a protein or a cell, which is a drug only because it is given |
| messenger | drug | target | the body makes it and it is not given here: "leptin", "angiotensin II" |
| finding | disease | effect | the name is that of a symptom, a sign or a lesion: "neutropenia", "lung metastases" |
| finding | effect | disease | likewise: "chronic pain", "kidney fibrosis" |
| pathway | target or effect | the other | "JNK signalling" is a process, and a pathway that is acted on |

A statement uses the second type only where the first makes none legal (`records.legal_pair`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from spacy.tokens import Doc, Span

from extractors.annotations import FoundMention
from extractors.language.lexicon import AGENT_NOUNS, DETERMINERS, is_hyphen, looks_like_modifier, word_list
from extractors.records import PROTEINS

_CHANGED_BEFORE = word_list("entities", "changed_before")
_CHANGED_BEHIND = word_list("entities", "changed_behind")
_CLASS_WORDS = word_list("entities", "class_words")
_COPULAS = word_list("entities", "copulas")
_FINDINGS = word_list("entities", "findings")
_GIVEN_BEHIND = word_list("entities", "given_behind")
_GIVING_WORDS = word_list("entities", "giving_words")
_MADE_BEFORE = word_list("entities", "made_before")
_MESSENGERS = word_list("entities", "messengers")
_QUANTITIES = word_list("entities", "quantities")
_FINDING = re.compile(
    r"(?:penia|philia|algia|uria|a?emia|o?edema|megaly|rrhagi?a?e?|rrho?ea|trophy|plasia|pno?ea|cardia|tension"
    r"|toxicity|suppression|necrosis|fibrosis|thrombosis|stenosis|acidosis|alkalosis|metastas[ei]s|plegia"
    r"|genesis)s?$"
)
_JOINING = frozenset({",", "and", "or", "/", "&", "nor", "but", "not", "as", "well", "(", ")"})
_MOST_JOINING = 4
_MADE_SUBTYPES = frozenset({"small_molecule", "nutrient", "biologic"})
_MEASURED_SUBTYPES = PROTEINS | {"cell_type"}
_PATHWAY_NOUNS = frozenset({"signalling", "signaling", "pathway", "pathways", "cascade", "cascades", "axis"})
_GIVEN_SUBTYPES = PROTEINS | {"microbiota"}
_MOST_MODIFIERS = 4


class _Place:
    """Where a mention stands: the words before and behind the list that it is a member of."""

    def __init__(self, mention: FoundMention, sentence: Span, by_start: Mapping[int, FoundMention]) -> None:
        self.mention, self.sentence, self.doc = mention, sentence, sentence.doc
        by_end = {name.end: name for name in by_start.values()}
        start, end = mention.start, mention.end
        while (before := _joined(by_end, start, -1, self.doc)) is not None:
            start = before.start
        while (behind := _joined(by_start, end, 1, self.doc)) is not None:
            end = behind.end
        self.start, self.end = self._without_modifiers(start), end

    def _without_modifiers(self, start: int) -> int:
        first = max(self.sentence.start, start - _MOST_MODIFIERS)
        while start > first and self._belongs(self.doc[start - 1].lower_):
            start -= 1
        return start

    @staticmethod
    def _belongs(word: str) -> bool:
        is_part = word in DETERMINERS or word in _CLASS_WORDS or looks_like_modifier(word)
        return is_part and word not in _CHANGED_BEFORE | _QUANTITIES

    def before(self, most: int) -> list[str]:
        """Return up to `most` words before the list and its modifiers."""
        return [token.lower_ for token in self.doc[max(self.start - most, self.sentence.start) : self.start]]

    def behind(self, most: int) -> list[str]:
        """Return up to `most` words behind the list, without hyphens."""
        words = self.doc[self.end : min(self.end + most + 2, self.sentence.end)]
        return [token.lower_ for token in words if not is_hyphen(token) and not token.lower_.endswith("ly")][:most]


def _joined(names: Mapping[int, FoundMention], at: int, step: int, doc: Doc) -> FoundMention | None:
    """Return the next member of a list in one direction ("A, B (C) and | D"); `names` by the token on that side."""
    place = at
    for _ in range(_MOST_JOINING):
        here = place - 1 if step < 0 else place
        if not 0 <= here < len(doc) or doc[here].lower_ not in _JOINING:
            break
        place += step
    return names.get(place) if place != at else None


def _measured(place: _Place) -> str:
    """Read "increased Th17 cells", "serum TNF", "the expression of A and B", "A was upregulated"."""
    before, behind = place.before(2), place.behind(4)
    is_quantity = before[-1:] in (["of"], ["in"], ["for"]) and len(before) > 1 and before[0] in _QUANTITIES
    if place.mention.entity_type == "drug":
        is_made = is_quantity and before[0] in _MADE_BEFORE and before[-1] == "of"
        return "effect" if is_made and place.mention.subtype in _MADE_SUBTYPES else ""
    if place.mention.subtype not in _MEASURED_SUBTYPES:
        return ""
    is_changed_before = before[-1:] != [] and before[-1] in _CHANGED_BEFORE
    is_counted = bool(behind) and behind[0] in _QUANTITIES
    is_changed_behind = len(behind) > 1 and behind[0] in _COPULAS and not _CHANGED_BEHIND.isdisjoint(behind[1:3])
    return "effect" if is_quantity or is_changed_before or is_counted or is_changed_behind else ""


def _given(place: _Place) -> str:
    """Read "stimulated with IL-1 and TNF", "IL-2 therapy", "addition of IL-6"."""
    if place.mention.method == "given_as_drug":
        return "target"
    if place.mention.subtype not in _GIVEN_SUBTYPES:
        return ""
    before, behind = place.before(3), place.behind(1)
    is_agent = bool(behind) and behind[0].removesuffix("s") in AGENT_NOUNS
    if is_agent or "anti" in before[-2:]:  # "two doses of this PD-1 inhibitor", "anti-PD-1 therapy"
        return ""
    prepositions = {"with", "of", "to", "by"}
    is_behind_giving = len(before) > 1 and before[-1] in prepositions and before[-2] in _GIVING_WORDS
    return "drug" if is_behind_giving or (bool(behind) and behind[0] in _GIVEN_BEHIND) else ""


def _messenger(place: _Place) -> str:
    """Read "leptin", "angiotensin II": what the body makes acts and is acted on like a protein."""
    name = place.doc[place.mention.start : place.mention.end].text.lower()
    return "target" if place.mention.entity_type == "drug" and name in _MESSENGERS else ""


def _finding(place: _Place) -> str:
    """Read "neutropenia", "lung metastases", "chronic pain": a finding and a disorder."""
    last = place.doc[place.mention.end - 1].lower_
    other = {"disease": "effect", "effect": "disease"}.get(place.mention.entity_type, "")
    return other if other and (last in _FINDINGS or _FINDING.search(last)) else ""


def _pathway(place: _Place) -> str:
    """Read "IL-22 signalling": a process that is acted on."""
    if place.mention.subtype == "pathway":
        return "effect"
    is_process = place.mention.entity_type == "effect" and place.mention.end > place.mention.start + 1
    return "target" if is_process and place.doc[place.mention.end - 1].lower_ in _PATHWAY_NOUNS else ""


_KINDS: tuple[Callable[[_Place], str], ...] = (_given, _measured, _messenger, _finding, _pathway)
"""The kinds, in this order; the first that applies decides."""


def with_second_types(mentions: Sequence[FoundMention], sentence: Span) -> list[FoundMention]:
    """Return the mentions of a sentence, none overlapping another, with the second type of those that have one."""
    by_start = {mention.start: mention for mention in mentions}
    return [_with_second_type(mention, sentence, by_start) for mention in mentions]


def _with_second_type(mention: FoundMention, sentence: Span, by_start: Mapping[int, FoundMention]) -> FoundMention:
    place = _Place(mention, sentence, by_start)
    found = next((other for kind in _KINDS if (other := kind(place))), "")
    return mention._replace(also_type=found) if found else mention
