"""Builds mentions on head nouns: "T-cell activation", "susceptibility to infections", "ileal Crohn's disease".

Head nouns are those of `data/heads.tsv` and, where the tree of the sentence can be trusted, the effects that are known
by name ("intravascular haemolysis"). The phrase is read off the tree (`noun_phrases.py`), or guessed from the words
where there is none to trust (`word_phrases.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from extractors.annotations import HEAD_SCORE, FoundMention
from extractors.entities.boundaries import by_parse as noun_phrases
from extractors.entities.boundaries import by_pattern as word_phrases
from extractors.entities.boundaries.attachment import NamesBeside
from extractors.entities.head_lexicon import Head, heads
from extractors.language.inflection import verb_forms
from extractors.language.lexicon import AGENT_NOUNS, looks_like_modifier, word_list
from extractors.language.parse import is_well_parsed
from extractors.linking.grounder import SURE_FORMS, Grounder, with_concept

_CONTENTLESS_PHRASES = word_list("entities", "contentless_phrases")
_LOSS_WORDS = word_list("entities", "loss_words")
_GENERIC = word_list("language", "generic")

_BY_TREE = frozenset({"effect", "disease"})
"""Types whose phrases are read off the tree; what stands before a drug or a cell is less often part of its name."""

_ACTING = frozenset({"protein", "protein_family", "cell_type"})
"""Subtypes of targets that can act themselves."""


class HeadNouns:
    """Finds the phrases of a sentence that a head noun makes names of."""

    def __init__(self, grounder: Grounder) -> None:
        self._grounder = grounder

    def phrases(self, sentence: Span, kept: Sequence[FoundMention]) -> Iterator[FoundMention]:
        """Yield what head nouns make of a sentence in which the names `kept` are found, none overlapping another."""
        doc = sentence.doc
        nouns = [(token, head) for token in sentence if (head := heads().get(token.lower_)) is not None]
        effects = [name for name in kept if name.entity_type == "effect" and doc[name.end - 1].lower_ not in heads()]
        if not nouns and not effects:
            return
        names, is_parsed = NamesBeside(doc, kept), is_well_parsed(sentence, kept)
        if is_parsed:
            nouns += [
                (doc[name.end - 1], Head("effect", name.subtype, "known", frozenset(), name.valence))
                for name in effects
            ]
        for noun, head in nouns:
            if any(name.start < noun.i < name.end - 1 for name in kept):
                continue
            phrase = _phrase(noun, head, sentence, names, is_parsed=is_parsed)
            if phrase is not None and not _says_nothing(phrase):
                yield self._mention(phrase, head, names.by_end.get(noun.i + 1))

    def _mention(self, phrase: Span, head: Head, known: FoundMention | None) -> FoundMention:
        """Return the mention of a phrase; `known` is the name that ends in its head noun."""
        found = self._grounder.ground(phrase.text, (head.entity_type,), forms=SURE_FORMS)
        mention = FoundMention(
            phrase.start, phrase.end, head.entity_type, head.subtype, -1, found.method, 0.0, head.valence
        )
        if found.concept_no >= 0:
            return with_concept(mention, found, self._grounder.vocabulary)
        if known is not None and known.concept_no >= 0 and phrase.end == known.end and _says_more(known, head):
            return known._replace(start=phrase.start, method="head", score=HEAD_SCORE)  # "ileal Crohn's disease"
        return mention


def _phrase(noun: Token, head: Head, sentence: Span, names: NamesBeside, *, is_parsed: bool) -> Span | None:
    """Return the phrase of a head noun, None where that makes no name of its own."""
    known = names.by_end.get(noun.i + 1)
    if is_parsed and not noun_phrases.is_head_noun(noun):
        return None
    first = start = noun.i
    end = noun.i + 1
    if known is not None and (known.entity_type == head.entity_type or _is_sure(known)):
        if known.entity_type not in (head.entity_type, "disease"):
            return None
        first = start = known.start
    by_tree = is_parsed and head.entity_type in _BY_TREE
    if by_tree:
        start = noun_phrases.modifiers_start(noun, first, sentence, names, head)
        end = noun_phrases.complement_end(noun, end, sentence, names.by_start, head)
    else:
        end = word_phrases.complement_end(end, sentence, names.by_start, head)
    if noun.lower_ in _LOSS_WORDS and (lost := names.by_end.get(end)) is not None and lost.subtype in _ACTING:
        end = noun.i + 1  # "loss of Foxp3 increases ...": what is lost acts, with its sign turned
    if not by_tree or noun_phrases.is_cut_off(noun, start):
        start = word_phrases.modifiers_start(first, sentence, names, head)
    if known is not None and start == first < noun.i:
        return None
    before = names.by_end.get(first)
    is_modified = start < first or first < noun.i or end > noun.i + 1
    holds_drug = any(name.entity_type == "drug" and start <= name.start < end for name in names.by_start.values())
    follows_verb = start > sentence.start and sentence.doc[start - 1].lower_ in verb_forms()
    is_acted_on = noun_phrases.is_acted_on(noun) if is_parsed else follows_verb
    stands = {
        "alone": True,
        "modified": is_modified,
        "modified_or_drug": is_modified,
        "after_effect": start < first and before is not None and before.entity_type == "effect",
        "acted_on": start < first and before is not None and is_parsed and is_acted_on,
        "of_drug": holds_drug,
        "of_drug_acted_on": holds_drug and is_acted_on,
        "known": start < first,
    }
    return sentence.doc[start:end] if stands[head.stands] else None


def _says_nothing(phrase: Span) -> bool:
    """Whether a phrase names nothing of its own ("adverse events", "commonest side effects")."""
    words = [token.lower_ for token in phrase]
    while len(words) > 1 and (words[0] in _GENERIC or words[0].endswith("est")):
        words.pop(0)
    is_any_agent = words[-1].removesuffix("s") in AGENT_NOUNS and all(map(looks_like_modifier, words[:-1]))
    return is_any_agent or " ".join(words) in _CONTENTLESS_PHRASES or phrase.text.lower() in _CONTENTLESS_PHRASES


def _is_sure(known: FoundMention) -> bool:
    return known.concept_no >= 0 and known.end > known.start + 1


def _says_more(known: FoundMention, head: Head) -> bool:
    """Whether a name still means the same concept with modifiers before it: "proliferation" is too general for that."""
    is_specific = head.stands == "known" or known.is_adverse_effect or known.end > known.start + 1
    return known.entity_type in ("disease", "target") or (known.entity_type == "effect" and is_specific)
