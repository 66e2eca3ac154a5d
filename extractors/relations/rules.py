"""The relation rules, read from `data/relations/relation_rules.jsonl` and checked.

A rule is one JSON object a line:

- `id`, and `frame`: where subject and object stand, seen from the trigger (FRAMES);
- `words`: verbs in their base form (frame "verb"; `verbs.tsv` has irregular forms), or phrases: words separated by
  blanks, "a|b" one of several, "word?" a word that may be missing, "..." up to four words of any kind;
- `predicates`: "subject type-object type" -> predicate; one for a subtype of the object takes precedence;
- `score`: how reliable the rule is compared with others, above 0, up to 1: of statements that say the same the one with
  the highest is kept (the score of a relation comes from `statement_reader/`);
- `is_negated`: true where the trigger itself denies ("avoids");
- what the trigger means, where a construction depends on it, each true or absent: `lessens_occurrence` (a disease
  becomes rarer where its events are counted: "reduced relapses"), `prevents_recurrence` ("prevents recurrence of A"
  prevents A), `is_association` (says no more than that two things go together), `compares_levels` ("had higher levels
  of"), `is_reduced_relative` (its participle may describe a noun: "patients treated with A"), `is_undirected_change`
  (a noun of change that says neither more nor less: "modulation of");
- `fires_on`, `silent_on`: a sentence on which the rule makes a relation, and one on which it makes none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.data import data_file
from extractors.records import ENTITY_SUBTYPES, PREDICATE_SIGNATURES

RULES_FILE = data_file("relations/relation_rules.jsonl")

FRAMES: dict[str, str] = {
    "verb": "active: subject, verb, object; passive: object, verb, by, subject",
    "phrase": "subject, phrase, object",
    "reverse": "object, phrase, subject",
    "nominal": "a noun of change: noun of object (by subject), or object noun (by subject)",
    "agent": "a noun that says what a drug does to the target before it, or after its preposition",
    "prefix": "anti-object, said of the subject",
    "suffix": "object-directed, said of the subject",
    "link": "subject-induced object",
    "possessed": "object of subject",
    "given": "patients who were given the subject, phrase, object",
    "own": "phrase and object, of a drug named before: its object; object is among its side effects",
    "lacking": "those in which the subject is missing, phrase, object",
    "none_seen": "phrase, object: not seen with the subject, which stands in this clause or the one before",
    "contrast": "object, phrase, in a clause without a subject: that of the clause before",
    "risk": "risk of object with subject",
    "happened": "object, phrase, in those who were given the subject",
    "between": "phrase, subject and object",
    "in_arm": "object, phrase, the arm or group of the subject",
    "without": "subject, phrase, object: a harm that did not occur",
    "linked": "phrase, subject, to object",
    "given_for": "subject for object, where the subject was given to someone",
    "unchanged": "object, phrase: the subject of the clause before did not change it; also: left object unchanged",
    "in_disease": "no trigger of its own: what benefits an effect in a disease treats the disease",
}
"""Frame -> where subject and object stand."""

_TYPE_OF = {subtype: kind for kind, subtypes in ENTITY_SUBTYPES.items() for subtype in subtypes}


class RuleError(ValueError):
    """A rule breaks the form of the file; the message names file, line and what is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRule:
    """One rule; the module's docstring says what each field means."""

    id: str
    frame: str
    words: tuple[str, ...]
    predicates: Mapping[tuple[str, str], str]
    score: float
    fires_on: str
    silent_on: str
    is_negated: bool = False
    lessens_occurrence: bool = False
    prevents_recurrence: bool = False
    is_association: bool = False
    compares_levels: bool = False
    is_reduced_relative: bool = False
    is_undirected_change: bool = False

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Types of subject and object that the rule relates."""
        return frozenset((subject, _TYPE_OF.get(target, target)) for subject, target in self.predicates)


def json_lines(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield "file:line" and the value of each line of a JSON-lines file. Raises RuleError where one is no JSON."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        place = f"{path.name}:{number}"
        try:
            if line.strip():
                yield place, json.loads(line)
        except json.JSONDecodeError as error:
            raise RuleError(f"{place}: not a JSON object: {error}") from error


def read_relation_rules(path: Path = RULES_FILE) -> list[RelationRule]:
    """Read and check the rules. Raises RuleError with file, line, what came and what is allowed."""
    rules: dict[str, RelationRule] = {}
    for place, raw in json_lines(path):
        rule = _checked(raw, place)
        if rule.id in rules:
            raise RuleError(f"{place}: rule {rule.id!r} stands twice; give each rule its own id")
        rules[rule.id] = rule
    return list(rules.values())


def _checked(raw: dict[str, Any], place: str) -> RelationRule:
    allowed = set(RelationRule.__slots__)
    if unknown := sorted(set(raw) - allowed):
        raise RuleError(f"{place}: unknown key {', '.join(unknown)}; expected {', '.join(sorted(allowed))}")
    required = {"id", "frame", "words", "predicates", "score", "fires_on", "silent_on"}
    if missing := sorted(required - set(raw)):
        raise RuleError(f"{place}: rule {raw.get('id')!r} lacks {', '.join(missing)}")
    if raw["frame"] not in FRAMES:
        raise RuleError(f"{place}: rule {raw['id']!r} has frame {raw['frame']!r}; expected one of {', '.join(FRAMES)}")
    if not 0 < raw["score"] <= 1:
        raise RuleError(f"{place}: rule {raw['id']!r} has score {raw['score']}; expected above 0, up to 1")
    predicates = {}
    for pair, predicate in raw["predicates"].items():
        subject, _, target = pair.partition("-")
        types = subject, _TYPE_OF.get(target, target)
        if types not in PREDICATE_SIGNATURES.get(predicate, ()):
            legal = sorted(name for name, pairs in PREDICATE_SIGNATURES.items() if types in pairs)
            raise RuleError(
                f"{place}: rule {raw['id']!r} has predicate {predicate!r} for {pair}; expected one of "
                f"{', '.join(legal) or 'none, these types are not related'}"
            )
        predicates[subject, target] = predicate
    return RelationRule(
        **{
            **raw,
            "words": tuple(raw["words"]),
            "predicates": predicates,
        }
    )
