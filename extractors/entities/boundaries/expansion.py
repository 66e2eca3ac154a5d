"""Builds mentions on head nouns: "T-cell activation", "susceptibility to infections", "ileal Crohn's disease".

Head nouns are those of `heads.tsv` and, where the parse of the sentence can be trusted, the effects that are known by
name ("intravascular haemolysis"). The phrase is read off the parse (`by_parse.py`), or guessed from the words where
there is none to trust (`by_pattern.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from extractors.annotations import HEAD_SCORE, FoundMention
from extractors.entities.boundaries import by_parse, by_pattern
from extractors.entities.boundaries.attachment import AdjacentNames, can_join
from extractors.entities.head_lexicon import Head, heads
from extractors.language.inflection import verb_forms
from extractors.language.lexicon import AGENT_NOUNS, looks_like_modifier, word_list
from extractors.language.parse import is_well_parsed
from extractors.linking.grounder import SURE_FORMS, Grounder, with_concept
from extractors.records import PROTEINS

_CONTENTLESS_PHRASES = word_list("entities", "contentless_phrases")
_LOSS_WORDS = word_list("entities", "loss_words")
_GENERIC = word_list("language", "generic")
_MOLECULE_WORDS = word_list("entities", "molecule_words")

_TYPES_BY_PARSE = frozenset({"effect", "disease"})
"""Types whose phrases are read off the parse; what stands before a drug or a cell is less often part of its name."""

_ACTING_SUBTYPES = PROTEINS | {"cell_type"}
"""Subtypes of targets that act on something."""


_QUALITY = re.compile(r"^anti-?\w|^pro-?\w|(?:toxic|protective|suppressive|stimulatory|regulatory|genic|lytic|static)$")
"""Words that say what something does, at the beginning of a phrase or right before its head noun."""


class HeadNouns:
    """Finds the phrases of a sentence that are mentions because of their head noun."""

    def __init__(self, grounder: Grounder) -> None:
        self._grounder = grounder

    def phrases(self, sentence: Span, kept: Sequence[FoundMention]) -> Iterator[FoundMention]:
        """Yield the mentions on head nouns; `kept` are the names found in the sentence, none overlapping another."""
        doc = sentence.doc
        nouns = [(token, head) for token in sentence if (head := heads().get(token.lower_)) is not None]
        effects = [name for name in kept if name.entity_type == "effect" and doc[name.end - 1].lower_ not in heads()]
        if not nouns and not effects:
            return
        names, is_parsed = AdjacentNames(doc, kept), is_well_parsed(sentence, kept)
        if is_parsed:
            nouns += [
                (doc[name.end - 1], Head("effect", name.subtype, "known", frozenset(), name.valence))
                for name in effects
            ]
        for noun, head in nouns:
            if any(name.start < noun.i < name.end - 1 for name in kept):
                continue
            phrase = _phrase(noun, head, sentence, names, is_parsed=is_parsed)
            if phrase is not None and not _is_contentless(phrase):
                yield self._mention(phrase, head, names.by_end.get(noun.i + 1))

    def _mention(self, phrase: Span, head: Head, known: FoundMention | None) -> FoundMention:
        """Return the mention of a phrase; `known` is the name that ends in its head noun."""
        found = self._grounder.ground(phrase.text, (head.entity_type,), forms=SURE_FORMS)
        mention = FoundMention(
            phrase.start, phrase.end, head.entity_type, head.subtype, -1, found.method, 0.0, head.valence
        )
        if found.concept_no >= 0:
            return with_concept(mention, found, self._grounder.vocabulary)
        if known is not None and known.concept_no >= 0 and phrase.end == known.end and _keeps_concept(known, head):
            return known._replace(start=phrase.start, method="head", score=HEAD_SCORE)  # "ileal Crohn's disease"
        return mention


def _phrase(noun: Token, head: Head, sentence: Span, names: AdjacentNames, *, is_parsed: bool) -> Span | None:
    """Return the phrase of a head noun; None where it is no mention by the condition of the noun (`Head.stands`)."""
    if is_parsed and not by_parse.is_head_noun(noun):
        return None
    known, first = names.by_end.get(noun.i + 1), noun.i
    if known is not None and (known.entity_type == head.entity_type or _is_sure(known)):
        if known.entity_type not in (head.entity_type, "disease"):
            return None
        first = known.start
    start, end = _extent(noun, first, head, sentence, names, is_parsed=is_parsed)
    if known is not None and start == first < noun.i:
        return None
    before = names.by_end.get(first)
    is_modified = start < first or first < noun.i or end > noun.i + 1
    held = {name.entity_type for name in names.by_start.values() if start <= name.start < end}
    follows_verb = start > sentence.start and sentence.doc[start - 1].lower_ in verb_forms()
    is_acted_on = by_parse.is_acted_on(noun) if is_parsed else follows_verb
    stands = {
        "alone": True,
        "modified": is_modified,
        "named_quality": start < noun.i and bool(_QUALITY.search(sentence.doc[start : noun.i].text.lower())),
        "modified_or_drug": is_modified,
        "after_effect": start < first and before is not None and before.entity_type == "effect",
        "acted_on": start < first and before is not None and is_parsed and is_acted_on,
        "of_drug": "drug" in held,
        "of_target": "target" in held,
        "of_target_or_drug_acted_on": "target" in held or ("drug" in held and is_acted_on),
        "known": start < first,
    }
    return sentence.doc[start:end] if stands[head.stands] else None


def _extent(
    noun: Token, first: int, head: Head, sentence: Span, names: AdjacentNames, *, is_parsed: bool
) -> tuple[int, int]:
    """Return first token and end of a head noun with its modifiers and complement; `first` as in `modifiers_start`."""
    uses_parse = is_parsed and head.entity_type in _TYPES_BY_PARSE
    first = _with_molecule(first, sentence, names, head)
    if uses_parse:
        start = by_parse.modifiers_start(noun, first, sentence, names, head)
        end = by_parse.complement_end(noun, noun.i + 1, sentence, names.by_start, head)
    else:
        start, end = first, by_pattern.complement_end(noun.i + 1, sentence, names.by_start, head)
    lost = names.by_end.get(end) if noun.lower_ in _LOSS_WORDS else None
    if lost is not None and lost.subtype in _ACTING_SUBTYPES:
        end = noun.i + 1  # "loss of Foxp3 increases ...": what is lost acts, with its sign turned
    if not uses_parse or by_parse.is_cut_off(noun, start):
        start = by_pattern.modifiers_start(first, sentence, names, head)
    return start, end


def _with_molecule(first: int, sentence: Span, names: AdjacentNames, head: Head) -> int:
    """Return where the target right before a noun with an aspect begins ("TNF mRNA | expression"), else `first`.

    Such a name belongs to the noun whatever the parse says.
    """
    place = first
    while place > sentence.start and sentence.doc[place - 1].lower_ in _MOLECULE_WORDS:
        place -= 1
    name = names.by_end.get(place)
    if not head.aspect or name is None or name.entity_type != "target" or not can_join(name, head, sentence.doc):
        return first
    return name.start


def _is_contentless(phrase: Span) -> bool:
    """Whether a phrase names nothing of its own ("adverse events", "commonest side effects")."""
    words = [token.lower_ for token in phrase]
    while len(words) > 1 and (words[0] in _GENERIC or words[0].endswith("est")):
        words.pop(0)
    is_any_agent = words[-1].removesuffix("s") in AGENT_NOUNS and all(map(looks_like_modifier, words[:-1]))
    return is_any_agent or " ".join(words) in _CONTENTLESS_PHRASES or phrase.text.lower() in _CONTENTLESS_PHRASES


def _is_sure(known: FoundMention) -> bool:
    return known.concept_no >= 0 and known.end > known.start + 1


def _keeps_concept(known: FoundMention, head: Head) -> bool:
    """Whether a name with modifiers before it still means its concept; a process of one word is too general."""
    is_specific = head.stands == "known" or known.is_adverse_effect or known.end > known.start + 1
    return known.entity_type in ("disease", "target") or (known.entity_type == "effect" and is_specific)
