"""Whose genes an article names: those of plants, fungi, flies, worms and bacteria have no human identifier.

Symbols are shared between species (NPR1 is a receptor of salicylic acid in plants, and of natriuretic peptides in
people). Which species is meant follows from the words of the sentence, or of the last sentence that names one:

- a plant, a fungus, a fly or a worm, and neither people, other mammals nor their cells: its genes;
- a bacterium: its genes where they are spelled as those of bacteria are ("RecA"), for most bacteria have a host.

Genes of mice and rats keep the identifier of their human counterpart; the statement says in which species it was found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Span, Token

from extractors.annotations import FoundMention
from extractors.language.inflection import verb_forms
from extractors.language.lexicon import word_list
from extractors.language.sentences import token_after, token_before
from extractors.records import PROTEINS

OTHER_SPECIES = "other_species"
"""The grounding method of a gene of another species."""

_BACTERIA = word_list("entities", "bacteria")
_HOSTS = word_list("entities", "hosts")
_NO_SETTING = word_list("entities", "after_no_setting")
_OTHER_ORGANISMS = word_list("entities", "other_organisms")
_BACTERIAL_GENE = re.compile(r"[A-Z]?[a-z]{2}[A-Z]{1,2}\d{0,2}")
_SHORTEST_GENE = 2
_LONGEST_GENE = 10


class Species(NamedTuple):
    """First tokens of the sentences whose genes are those of another organism, and whether bacteria are met at all."""

    sentences: frozenset[int]
    has_bacteria: bool


def species_of(sentences: Sequence[Span]) -> Species:
    """Return whose genes the sentences of an article name."""
    others, is_other, has_bacteria = set(), False, False
    for sentence in sentences:
        said = {token.lower_ for token in sentence}
        names_other = any(_names_organism(token) for token in sentence if token.lower_ in _OTHER_ORGANISMS)
        has_bacteria = has_bacteria or not said.isdisjoint(_BACTERIA)
        if not said.isdisjoint(_HOSTS):
            is_other = False
        elif names_other:
            is_other = True
        if is_other:
            others.add(sentence.start)
    return Species(frozenset(others), has_bacteria)


def _names_organism(token: Token) -> bool:
    """Whether a word is an organism that is studied, not a tool ("a yeast two-hybrid screen", "expressed in yeast")."""
    after, before = token_after(token), token_before(token)
    if after is not None and after.lower_ in _NO_SETTING:
        return False
    verb = token_before(before) if before is not None and before.lower_ == "in" else None
    return verb is None or verb.lower_ not in ("expressed", "expression", "produced", "displayed")


def of_its_species(name: FoundMention, sentence: Span, species: Species | None) -> FoundMention:
    """Return a name, without identifier if it is the gene of a plant, a fungus, a fly, a worm or a bacterium."""
    if species is None or name.subtype not in PROTEINS or name.concept_no < 0:
        return name
    is_bacterial = species.has_bacteria and bool(_BACTERIAL_GENE.fullmatch(sentence.doc[name.start : name.end].text))
    if not is_bacterial and sentence.start not in species.sentences:
        return name
    return name._replace(concept_no=-1, method=OTHER_SPECIES, score=0.0)


def unknown_genes(sentence: Span, names: Sequence[FoundMention], species: Species | None) -> list[FoundMention]:
    """Return the genes of other organisms that nothing knows, where they act or are acted on ("Toll activates Dif").

    They are written like proper names within a sentence. Only a word right behind a verb, or before one, counts.
    """
    if species is None or sentence.start not in species.sentences:
        return []
    taken = {place for name in names for place in range(name.start, name.end)}
    return [
        FoundMention(token.i, token.i + 1, "target", "protein", -1, OTHER_SPECIES, 0.0, "")
        for token in sentence
        if token.i not in taken and _looks_like_gene(token) and _is_beside_verb(token)
    ]


def _looks_like_gene(token: Token) -> bool:
    is_word = token.text[0].isupper() and token.text.replace("-", "").isalnum() and token.i > token.sent.start
    is_known = token.lower_ in STOP_WORDS | _OTHER_ORGANISMS | _BACTERIA
    return is_word and not is_known and _SHORTEST_GENE <= len(token) <= _LONGEST_GENE and token.tag_ in ("NN", "NNP")


def _is_beside_verb(token: Token) -> bool:
    before, after = token_before(token), token_after(token)
    return any(each is not None and each.lower_ in verb_forms() for each in (before, after))
