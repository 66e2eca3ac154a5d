"""Finds the names within phrases: TNF in "TNF secretion", which is about the aspect secretion; JAK in "JAK inhibitor".

A phrase is a mention that reaches further than a name: it ends in a head noun or in a word for what a drug does, or has
one before its complement ("expression of A, B and C"). What the vocabulary knows as a whole ("IL-6 receptor", "breast
cancer") is a name, and no phrase, unless its head noun has an aspect: "T-cell activation" is known, and about T cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from extractors.annotations import FoundMention, InnerMention
from extractors.entities.head_lexicon import complement_prepositions, heads
from extractors.entities.overlaps import longest_first, without_overlaps
from extractors.language.lexicon import AGENT_NOUNS, word_list
from extractors.linking.grounder import SURE_FORMS, Grounder, with_concept
from extractors.records import ASPECTS, PROTEINS

_ANTIBODY_NOUNS = word_list("entities", "antibody_nouns")
_CHANGED_GENE_WORDS = word_list("entities", "changed_gene_words")
_MISSING_GENE_WORDS = word_list("entities", "missing_gene_words")
_WHOLE_NAMES = frozenset({"exact", "abbreviation", "word_order", "species", "salt"})
"""How a phrase is grounded when the vocabulary knows it as a whole."""

_ENDOGENOUS = frozenset(name for name, aspect in ASPECTS.items() if "target" in aspect.of)
"""Aspects of what the body makes itself: a name with such an aspect that drug and protein share is the protein's."""

_ACTING_ASPECTS = frozenset({"activity", "expression", "level", "secretion", "modification", "signalling", "binding"})
"""Aspects of which it can be said that they act, as the target does."""

_LIST_WORDS = frozenset({",", "and", "or", "/", "the"})
_INNER_TYPES = frozenset({"drug", "target", "disease"})


class InnerNames:
    """Finds the names within the mentions of a sentence."""

    def __init__(self, grounder: Grounder) -> None:
        self._grounder = grounder

    def __call__(
        self, sentence: Span, mentions: Sequence[FoundMention], names: Sequence[FoundMention]
    ) -> tuple[list[FoundMention], list[InnerMention]]:
        """Return the mentions with their aspects, and the names within them.

        `names` are all names that were found in the sentence, those too that the mentions overlap.
        """
        outer, inner = [], []
        for mention in mentions:
            aspect = aspect_of(mention, sentence)
            found = list(self._within(mention, aspect, sentence, names))
            said = mention._replace(aspect=aspect if found else _beside(mention, sentence))
            outer.append(said._replace(also_type=_second_type(said, found)))
            inner += found
        return _shared(outer, inner, sentence), inner

    def _within(
        self, phrase: FoundMention, aspect: str, sentence: Span, names: Sequence[FoundMention]
    ) -> Iterator[InnerMention]:
        """Yield the longest names within a phrase, each followed by those within it."""
        if phrase.end == phrase.start + 1 or not (aspect or _is_phrase(phrase, sentence.doc)):
            return
        inside = [
            name
            for name in names
            if phrase.start <= name.start
            and name.end <= phrase.end
            and name[:2] != phrase[:2]
            and _may_be_within(name, phrase)
        ]
        for name in sorted(without_overlaps(longest_first(inside))):
            own = aspect_of(name, sentence)
            within = list(self._within(name, own, sentence, names))
            said = self._as_protein(name, sentence) if aspect in _ENDOGENOUS else name
            yield InnerMention(phrase.start, phrase.end, said._replace(aspect=own if within else ""))
            yield from within

    def _as_protein(self, name: FoundMention, sentence: Span) -> FoundMention:
        """Return a drug that is also a protein as the protein ("insulin secretion")."""
        if name.entity_type != "drug":
            return name
        text = sentence.doc[name.start : name.end].text
        found = self._grounder.ground(text, ("target",), forms=SURE_FORMS)
        return with_concept(name, found, self._grounder.vocabulary) if found.concept_no >= 0 else name


def _second_type(phrase: FoundMention, within: Sequence[InnerMention]) -> str:
    """Return the other type of a phrase about a target: what it does can act like the target, and be acted on.

    "STAT3 activation increased apoptosis" says it of STAT3; "JAK-STAT signalling" is a pathway, and what that does.
    """
    if phrase.aspect not in _ACTING_ASPECTS or not any(each.name.entity_type == "target" for each in within):
        return phrase.also_type
    return {"effect": "target", "target": "effect"}.get(phrase.entity_type, phrase.also_type)


def _shared(mentions: Sequence[FoundMention], inner: Sequence[InnerMention], sentence: Span) -> list[FoundMention]:
    """Return the mentions of a sentence, where those that share the head noun of a phrase have its aspect too.

    In "expression of A, B and C" and in "A, B and C expression" every name is about expression, and may be an effect.
    """
    found = list(mentions)
    for at, phrase in enumerate(mentions):
        names = [each.name for each in inner if each[:2] == phrase[:2] and each.name.entity_type == "target"]
        if not names or not phrase.aspect or phrase.entity_type != "effect":
            continue
        step = 1 if names[-1].end == phrase.end else -1 if names[0].start == phrase.start else 0
        place = at + step
        while step and 0 <= place < len(found) and found[place].subtype == names[0].subtype:
            left, right = sorted((found[place - step], found[place]))
            if not _is_listed(sentence.doc[left.end : right.start]):
                break
            found[place] = found[place]._replace(aspect=phrase.aspect, also_type="effect")
            place += step
    return found


def _is_listed(between: Span) -> bool:
    """Whether the words between two names make them members of one list."""
    return 0 < len(between) <= 3 and all(token.lower_ in _LIST_WORDS for token in between)


def aspect_of(mention: FoundMention, sentence: Span) -> str:
    """Return what aspect a phrase is about by its head noun, "" if it has none or is no phrase.

    The head noun is the last one before the complement: "expression levels of TNF" is about a level.
    """
    place = _head_end(mention, sentence.doc) - 1
    head = heads().get(sentence.doc[place].lower_)
    if head is None or mention.end == mention.start + 1 or mention.entity_type != head.entity_type:
        return ""
    return head.aspect


def _head_end(mention: FoundMention, doc: Doc) -> int:
    """Return the end of the part of a phrase that ends in its head noun: before the preposition of its complement."""
    for place in range(mention.start + 1, mention.end - 1):
        if doc[place].lower_ in complement_prepositions() and doc[place - 1].lower_ in heads():
            return place
    return mention.end


def _is_phrase(mention: FoundMention, doc: Doc) -> bool:
    """Whether a mention is more than a name that the vocabulary knows as a whole."""
    if mention.concept_no < 0 or mention.method not in _WHOLE_NAMES:
        return True
    return mention.subtype == "cell_type" or (mention.entity_type == "drug" and names_its_target(mention, doc))


def names_its_target(mention: FoundMention, doc: Doc) -> bool:
    """Whether a drug or antibody is named by what it acts on ("TNF inhibitors", "anti-TNF antibody")."""
    last = doc[mention.end - 1].lower_
    return (
        doc[mention.start].lower_.startswith("anti") or last.removesuffix("s") in AGENT_NOUNS or last in _ANTIBODY_NOUNS
    )


def _may_be_within(name: FoundMention, phrase: FoundMention) -> bool:
    """Whether a name may be one within a phrase; an effect may only where a drug is named by it.

    Of cells that are known as a whole only the disease is one ("tumour | cells", but not "CD4+ | T cells").
    """
    if phrase.subtype == "cell_type" and phrase.concept_no >= 0 and phrase.method in _WHOLE_NAMES and not phrase.aspect:
        return name.entity_type == "disease"
    return name.entity_type in _INNER_TYPES or (phrase.entity_type == "drug" and name.concept_no >= 0)


def _beside(mention: FoundMention, sentence: Span) -> str:
    """Return the aspect that a word beside a gene gives it, which stays the argument ("STAT4 polymorphism")."""
    if mention.entity_type != "target" or mention.subtype not in PROTEINS:
        return ""
    doc, end = sentence.doc, mention.end
    behind = [token.lower_ for token in doc[end : min(end + 3, sentence.end)]]
    before = [token.lower_ for token in doc[max(mention.start - 3, sentence.start) : mention.start]]
    if behind and behind[0] in ("-", "gene", "(") and len(behind) > 1:
        behind = behind[1:]
    joined = before[-2] if len(before) > 1 and before[-1] in ("of", "in") else ""
    for words, aspect in ((_CHANGED_GENE_WORDS, "variant"), (_MISSING_GENE_WORDS, "absence")):
        if (behind and behind[0] in words) or joined in words or (before and before[-1] in words):
            return aspect
    return ""
