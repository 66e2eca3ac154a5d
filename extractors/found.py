"""A mention as the pipeline has it, before it is a record."""

from __future__ import annotations

from typing import NamedTuple

VOCABULARY = "vocabulary"
"""The detector of mentions that known names, their heads and modifiers, and forms of names give."""

CLASSIFIER = "classifier:"
"""What begins the `rule_id` of a relation that no rule has found, but a classifier of pairs."""

HEAD_SCORE = 0.7
"""Grounding score of a name that has the identifier of its head ("ileal Crohn's disease": Crohn's disease)."""


class FoundMention(NamedTuple):
    """A mention in tokens `start`:`end` of a Doc; plain values only, so that a Doc can be serialised.

    `concept_no` is a line of the vocabulary, -1 where the mention is not grounded; `method` says how it was, or why
    not (see `grounding.Grounding`). `valence` is "good", "bad" or "". `detector` is VOCABULARY or the name of the
    language model that found it.
    """

    start: int
    end: int
    entity_type: str
    subtype: str
    concept_no: int
    method: str
    score: float
    valence: str
    detector: str = VOCABULARY
