"""Scores statements against read texts: precision, recall and F1 of what is sure, by predicate, direction and pair.

A statement is found when one with its predicate names the same subject and object in its sentence or one beside it;
names are compared as in passages. What a reader was not sure of costs nothing, missed or found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from extractors.development.evaluation.reading import ReadText, read_texts
from extractors.development.evaluation.relations import names_same
from extractors.development.readings.texts import Abstract, Argument, Statement, read_abstracts

CONFIDENT = 0.7
"""The score from which on a statement can be relied on."""

LEVELS = ("predicate", "direction", "pair")
DIRECTIONS: Mapping[str, str] = {
    "inhibits": "less", "decreases": "less", "depletes": "less",
    "activates": "more", "increases": "more", "causes": "more",
    "treats": "treats", "prevents": "treats",
}  # fmt: skip
"""Predicates of one direction; the others are alone."""


class Found(NamedTuple):
    """A statement that was found, with the names of its arguments and the number of its sentence."""

    sentence_no: int
    subject_names: tuple[str, ...]
    predicate: str
    object_names: tuple[str, ...]
    is_negated: bool
    is_hedged: bool
    score: float


@dataclass(slots=True)
class Tally:
    """What was found of the sure statements, by level, and of which kinds."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[tuple[Abstract, Found]] = field(default_factory=list)
    missed: list[tuple[Abstract, Statement]] = field(default_factory=list)

    def precision(self, level: str = "predicate") -> float:
        """Share of what was found that is stated, what is not sure left out."""
        right = self.counts[level, "right"]
        return right / max(1, right + self.counts[level, "wrong"])

    def recall(self, level: str = "predicate") -> float:
        """Share of what is surely stated that was found."""
        right = self.counts[level, "right"]
        return right / max(1, right + self.counts[level, "missed"])

    def f1(self, level: str = "predicate") -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision(level) + self.recall(level)
        return 2 * self.precision(level) * self.recall(level) / both if both else 0.0

    @property
    def flags_right(self) -> float:
        """Share of the statements found, by predicate, of which both flags are right."""
        return self.counts["predicate", "flags"] / max(1, self.counts["predicate", "right"])

    @property
    def denials_found(self) -> float:
        """Share of the sure denials that were found as denials."""
        return self.kinds["denials", "right"] / max(1, self.kinds["denials", "all"])


def tally(texts: Iterable[tuple[Abstract, Sequence[Found]]]) -> Tally:
    """Count over all texts; each found statement serves one that is stated, those that are sure first."""
    counted = Tally()
    for abstract, found in texts:
        for level in LEVELS:
            _count(counted, abstract, found, level)
    return counted


def _count(counted: Tally, abstract: Abstract, found: Sequence[Found], level: str) -> None:
    used: set[int] = set()
    for statement in sorted(abstract.statements, key=lambda each: not each.is_sure):
        hit = next((n for n, each in enumerate(found) if n not in used and _is_same(statement, each, level)), None)
        if hit is not None:
            used.add(hit)
        if not statement.is_sure:
            continue
        counted.counts[level, "missed" if hit is None else "right"] += 1
        if level == "predicate":
            _count_kinds(counted, abstract, statement, None if hit is None else found[hit])
    for number, each in enumerate(found):
        if number not in used and not any(_is_same(statement, each, level) for statement in abstract.statements):
            counted.counts[level, "wrong"] += 1
            if level == "predicate":
                counted.wrong.append((abstract, each))


def _count_kinds(counted: Tally, abstract: Abstract, statement: Statement, hit: Found | None) -> None:
    counted.kinds[statement.kind, "all"] += 1
    counted.kinds["denials", "all"] += statement.is_negated
    if hit is None:
        counted.missed.append((abstract, statement))
        return
    counted.kinds[statement.kind, "right"] += 1
    counted.kinds["denials", "right"] += statement.is_negated and hit.is_negated
    is_right = (hit.is_negated, hit.is_hedged) == (statement.is_negated, statement.is_hedged)
    counted.counts["predicate", "flags"] += is_right


def _is_same(statement: Statement, found: Found, level: str) -> bool:
    if abs(statement.sentence_no - found.sentence_no) > 1:
        return False
    if level == "predicate" and statement.predicate != found.predicate:
        return False
    if level == "direction" and _direction(statement.predicate) != _direction(found.predicate):
        return False
    return _names(statement.subject, found.subject_names) and _names(statement.object, found.object_names)


def _direction(predicate: str) -> str:
    return DIRECTIONS.get(predicate, predicate)


def _names(argument: Argument, names: Sequence[str]) -> bool:
    return any(names_same(text, names) for text in argument.texts)


def found_in(abstract: Abstract, text: ReadText) -> list[Found]:
    """Return the statements of a text that was read as an article of its own."""
    names = {each.record.mention_id: each.names for each in text.mentions}
    return [
        Found(
            abstract.sentence_no(max(each.subject.start_char, each.object.start_char)),
            names[each.subject.mention_id],
            each.predicate,
            names[each.object.mention_id],
            each.is_negated,
            each.is_hedged,
            each.score,
        )
        for each in text.relations
    ]


def evaluate_statements(corpora: Path, part: str, cache: Path | None = None) -> dict[str, Any]:
    """Return the figures of a part of the readings, end to end, of all statements and of those of high score.

    `cache`: see `reading.read_texts`. Raises CorpusError if a text is not in the corpora.
    """
    abstracts = list(read_abstracts(corpora, part))
    texts = read_texts({abstract.document_id: abstract.text for abstract in abstracts}, cache)
    found = [(abstract, found_in(abstract, texts[abstract.document_id])) for abstract in abstracts]
    confident = [(abstract, [each for each in made if each.score >= CONFIDENT]) for abstract, made in found]
    counted = tally(found)
    return {
        "part": part,
        "texts": len(abstracts),
        "failed": sum(bool(text.failure) for text in texts.values()),
        "all": _figures(counted),
        f"scored {CONFIDENT} and above": _figures(tally(confident)),
        "flags right": round(counted.flags_right, 3),
        "denials found": round(counted.denials_found, 3),
        "found of each kind": {
            kind: (counted.kinds[kind, "right"], counted.kinds[kind, "all"])
            for kind in sorted({kind for kind, _ in counted.kinds} - {"denials"})
        },
        "scores": _reliability(found),
    }


def _figures(counted: Tally) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1 by level."""
    return {
        level: (round(counted.precision(level), 3), round(counted.recall(level), 3), round(counted.f1(level), 3))
        for level in LEVELS
    }


def _reliability(found: Sequence[tuple[Abstract, Sequence[Found]]]) -> list[tuple[float, float, int]]:
    """Return for each tenth of the scores their mean, the share that is right by predicate, and how many they are.

    What a reader was not sure of counts neither way.
    """
    rows = []
    for tenth in range(10):
        inside = [
            (abstract, [each for each in made if min(int(each.score * 10), 9) == tenth]) for abstract, made in found
        ]
        scores = [each.score for _, made in inside for each in made]
        if scores:
            counted = tally(inside)
            right, wrong = counted.counts["predicate", "right"], counted.counts["predicate", "wrong"]
            rows.append((round(sum(scores) / len(scores), 3), round(right / max(1, right + wrong), 3), right + wrong))
    return rows


def report(figures: Mapping[str, Any]) -> str:
    """Return the figures as tables."""
    lines = [f"{figures['texts']} read texts ({figures['part']}), {figures['failed']} not read", ""]
    lines += ["| | precision | recall | F1 |", "| --- | ---: | ---: | ---: |"]
    for name in ("all", f"scored {CONFIDENT} and above"):
        for level, (precision, recall, f1) in figures[name].items():
            lines.append(f"| {name}, by {level} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")
    lines += ["", f"flags right {figures['flags right']:.3f}, denials found {figures['denials found']:.3f}", ""]
    lines += ["| kind | found | sure |", "| --- | ---: | ---: |"]
    lines += [f"| {kind} | {found} | {stated} |" for kind, (found, stated) in figures["found of each kind"].items()]
    lines += ["", "| mean score | right | statements |", "| ---: | ---: | ---: |"]
    lines += [f"| {mean:.3f} | {right:.3f} | {count} |" for mean, right, count in figures["scores"]]
    return "\n".join(lines)
