"""What speaks for a candidate, and against it."""

from __future__ import annotations

from extractors.relations.judging.candidates import Candidate, Pairs
from extractors.relations.judging.confidence import Evidence
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import TriggeredSentence

_SURE_BY_WORDS = frozenset({"phrase", "link"})
"""Frames that need no tree to bear them out: their words say enough."""


def evidence_of(sentence: TriggeredSentence, candidate: Candidate, pairs: Pairs, rule: RelationRule | None) -> Evidence:
    """Return the evidence on a candidate that `rule` has proposed; None as rule: the classifier of pairs has."""
    statement = candidate.statement
    first, second = sorted((statement.subject, statement.object), key=lambda mention: mention.start)
    pair = pairs.get((statement.subject, statement.object))
    probability = pair.predicates.get(statement.predicate, (0.0, ""))[0] if pair else None
    return Evidence(
        by_words=candidate.by_words,
        by_tree=candidate.by_tree,
        could_agree=sentence.is_well_parsed and rule is not None and rule.frame not in _SURE_BY_WORDS,
        is_borrowed=candidate.is_inherited,
        words_between=second.start - first.end,
        probability=probability if rule is not None else statement.score,  # which is the classifier's own
        is_negated=statement.is_negated,
        is_hedged=statement.is_hedged,
    )
