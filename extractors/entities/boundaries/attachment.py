"""Which names beside a head noun become part of its mention, and which stay mentions of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from extractors.annotations import FoundMention
from extractors.entities.head_lexicon import Head
from extractors.language.lexicon import is_hyphen, word_list
from extractors.records import PROTEINS

_CAUSATION_PARTICIPLES = word_list("entities", "causation_participles")
_COMPOUND_SECOND_PARTS = word_list("language", "compound_second_parts")
_DRUGS_IN_GENERAL = word_list("entities", "drugs_in_general")
_HORMONES = word_list("entities", "hormones")
_LONGEST_BRACKET = 6
_TUMOUR = re.compile(r"(oma|leuk(a)?emia|cancer|tumou?r)$")
_EXOGENOUS_SUBTYPES = frozenset({"biologic", "cell_therapy", "procedure"})
"""Subtypes of drugs that the body does not make, except hormones: "infliximab responses" leaves infliximab apart."""


class AdjacentNames:
    """The names of a sentence by their first token, and by the token after their last."""

    def __init__(self, doc: Doc, names: Iterable[FoundMention]) -> None:
        self._doc = doc
        self.by_start = {name.start: name for name in names}
        self.by_end = {name.end: name for name in self.by_start.values()}

    def joined_start(self, start: int, first: int, head: Head) -> int | None:
        """Return the first token of a name right before `start`, or of a compound that begins with one.

        `first` is where the head noun, or the known name that ends in it, begins; `start` is behind the first token of
        the sentence. Returns `start` itself where the name stays a mention of its own, None where there is no name.
        """
        doc, by_end = self._doc, self.by_end
        previous = doc[start - 1]
        if start in by_end:
            return by_end[start].start if can_join(by_end[start], head, doc) else start
        sentence_start = previous.sent.start
        if previous.lower_ in _COMPOUND_SECOND_PARTS and start - 2 > sentence_start and is_hyphen(doc[start - 2]):
            before = start - 2
            if before in by_end:
                name = by_end[before]
                stays = is_cause(name, previous, head) or (head.stands == "known" and not can_join(name, head, doc))
                return start if stays else name.start
            word = doc[before - 1]
            is_drug = previous.lower_ in _CAUSATION_PARTICIPLES and word.lower_ in _DRUGS_IN_GENERAL
            return start if is_drug or not word.text[0].isalnum() else before - 1
        if previous.text == "/" and start - 1 in by_end:
            return by_end[start - 1].start
        if previous.text == ")" and start == first and (opened := _bracket_start(doc, start)) in by_end:
            return by_end[opened].start
        return None


def can_join(name: FoundMention, head: Head, doc: Doc) -> bool:
    """Whether a name may become part of a head noun's mention ("butyrate production", not "infliximab responses")."""
    if head.stands == "known":
        return name.entity_type == "effect"
    if head.stands.startswith("of_target"):
        return name.entity_type == "target" or (name.entity_type == "drug" and "drug" in head.stands)
    if head.stands == "of_drug" or (head.stands == "modified_or_drug" and name.entity_type == "drug"):
        return name.entity_type == "drug"
    if name.entity_type == "drug":
        is_hormone = doc[name.start : name.end].text.lower() in _HORMONES
        is_made = is_hormone or name.subtype not in _EXOGENOUS_SUBTYPES
        return head.entity_type in ("effect", "disease", "drug") and is_made
    is_tumour = bool(_TUMOUR.search(doc[name.start : name.end].text.lower()))
    return is_tumour or not (name.entity_type == "disease" and head.entity_type == "target")


def is_cause(name: FoundMention, affix: Token, head: Head | None = None) -> bool:
    """Whether a name with the word after its hyphen is the cause of something ("lithium-induced"), no part of it.

    A protein is that only for an effect: "collagen-induced arthritis" is the name of a disease.
    """
    is_protein = name.subtype in PROTEINS and head is not None and head.entity_type == "effect"
    return (name.entity_type == "drug" or is_protein) and affix.lower_ in _CAUSATION_PARTICIPLES


def _bracket_start(doc: Doc, end: int) -> int:
    """Return the token that opens the short bracket which closes right before `end`, or `end`."""
    first = max(end - _LONGEST_BRACKET, doc[end - 1].sent.start)
    return next((index for index in range(end - 2, first, -1) if doc[index].text == "("), end)
