"""The head nouns of entity phrases, read from `heads.tsv`: their type, and the complements that belong to them."""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

from extractors.data import data_file
from extractors.language.lexicon import word_list
from extractors.records import ADVERSE_EFFECT, ASPECTS, ENTITY_SUBTYPES


class Head(NamedTuple):
    """A noun that with its modifiers and its complement is a mention.

    `stands`: on which condition it is one, a key of STANDS. `takes`: the prepositions of its complements. `valence`:
    whether more of it is "good" or "bad" for the patient, or "". `aspect`: what of the names within the phrase it is
    about, one of `records.ASPECTS`, or "": also where it means that there is less of that ("dysfunction", "remission").
    """

    entity_type: str
    subtype: str
    stands: str
    takes: frozenset[str]
    valence: str
    aspect: str = ""


DISEASE_ASPECTS = frozenset(
    name for name, aspect in ASPECTS.items() if "disease" in aspect.of and "target" not in aspect.of
)
"""Aspects of diseases alone: behind their nouns the name is part of the phrase ("progression of arthritis")."""

STANDS = {
    "alone": "always",
    "modified": "with a modifier or a phrase that it takes",
    "after_effect": "right behind the name of an effect (sleep quality)",
    "named_quality": "behind a word for what something does (anti-inflammatory effects, cytotoxic activity)",
    "modified_or_drug": "the same, where also any drug may stand (clearance of adalimumab)",
    "of_drug": "behind or before the name of a drug (tacrolimus exposure, bioavailability of cyclosporine)",
    "of_target": "behind or before the name of a target (the number of Treg cells)",
    "of_target_or_drug_acted_on": "the same, or of a drug, where a verb acts on it (raised tacrolimus levels)",
    "acted_on": "right behind a name, where a verb acts on it (reduces steroid use)",
}
"""When a head noun is a mention: value of column `stands` of `heads.tsv` -> what it means."""


@cache
def heads() -> dict[str, Head]:
    """Return word -> Head. Raises ValueError, with file and line, for an unknown type, condition or aspect."""
    found = {}
    with data_file("entities/heads.tsv").open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), start=2):
            if row["subtype"] not in ENTITY_SUBTYPES.get(row["entity_type"], ()):
                raise ValueError(f"heads.tsv:{number}: no type {row['entity_type']}/{row['subtype']}")
            if row["stands"] not in STANDS:
                raise ValueError(f"heads.tsv:{number}: stands {row['stands']!r}; expected one of {', '.join(STANDS)}")
            if row["aspect"] and row["aspect"] not in ASPECTS:
                raise ValueError(f"heads.tsv:{number}: aspect {row['aspect']!r}; aspects.tsv has {', '.join(ASPECTS)}")
            found[row["word"]] = Head(
                row["entity_type"],
                row["subtype"],
                row["stands"],
                frozenset(row["takes"].split()),
                row["valence"] or "",
                row["aspect"] or "",
            )
    return found


@cache
def complement_prepositions() -> frozenset[str]:
    """Return every preposition that opens a complement of some head noun."""
    return frozenset().union(*(head.takes for head in heads().values()))


_OUTCOME_VALENCE = {
    **dict.fromkeys(word_list("entities", "beneficial_outcomes"), "good"),
    **dict.fromkeys(word_list("entities", "harmful_outcomes"), "bad"),
}


def valence_of(subtype: str, name: str) -> str:
    """Return "good", "bad" or "" for the patient, by the subtype and the words of a name, the last word first.

    >>> valence_of("outcome", "annualised relapse rate"), valence_of("process", "T-cell activation")
    ('bad', '')
    """
    for word in reversed(name.lower().split()):
        if subtype == "outcome" and word in _OUTCOME_VALENCE:
            return _OUTCOME_VALENCE[word]
        head = heads().get(word)
        if head is not None and head.valence:
            return head.valence
        if word.endswith("toxicity"):
            return "bad"
    return "bad" if subtype == ADVERSE_EFFECT else ""
