"""A measure: rows of figures, and what was lost by kind, so that the commonest kind is seen first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

MOST_KINDS = 30
"""Kinds of loss that a report lists; JSON has all."""

Figures = Mapping[str, int | float]
"""Column -> count, or share from 0 to 1."""


class Lost(NamedTuple):
    """Something that was missed or is wrong: the kind of loss, and the line that shows it."""

    kind: str
    example: str


@dataclass(frozen=True, slots=True)
class Measure:
    """The figures of one measure; `lost` is in reading order."""

    name: str
    about: str
    rows: Mapping[str, Figures]
    lost: Sequence[Lost] = field(default=())

    def as_dict(self, misses: int = 0) -> dict[str, Any]:
        """The figures, for JSON, with at most `misses` examples of each kind of loss."""
        examples = self._examples(misses)
        return {
            "measure": self.name,
            "about": self.about,
            "rows": {label: {name: _rounded(value) for name, value in row.items()} for label, row in self.rows.items()},
            "lost": [
                {"kind": kind, "count": count, "examples": examples[kind]} for kind, count in self.kinds.most_common()
            ],
        }

    @property
    def kinds(self) -> Counter[str]:
        """How often each kind of loss occurs."""
        return Counter(each.kind for each in self.lost)

    def _examples(self, misses: int) -> dict[str, list[str]]:
        of: dict[str, list[str]] = defaultdict(list)
        for each in self.lost:
            if len(of[each.kind]) < misses:
                of[each.kind].append(each.example)
        return of

    def report(self, misses: int = 0) -> str:
        """Return the figures as a table, then the commonest kinds of loss, each with at most `misses` examples."""
        columns = list(dict.fromkeys(column for row in self.rows.values() for column in row))
        lines = [
            f"{self.name}: {self.about}",
            "",
            f"| | {' | '.join(columns)} |",
            f"| --- |{' ---: |' * len(columns)}",
            *(f"| {label} | {' | '.join(_cell(row.get(c)) for c in columns)} |" for label, row in self.rows.items()),
        ]
        if self.lost:
            lines.append("")
        examples = self._examples(misses)
        kinds = self.kinds.most_common()
        for kind, count in kinds[:MOST_KINDS]:
            lines.append(f"{count:>6}  {kind}")
            lines += [f"          {example}" for example in examples[kind]]
        if rarer := sum(count for _, count in kinds[MOST_KINDS:]):
            lines.append(f"{rarer:>6}  of {len(kinds) - MOST_KINDS} other kinds")
        return "\n".join(lines)


def share(part: int, whole: int) -> float:
    """Return the share, 0 of nothing."""
    return part / whole if whole else 0.0


def _rounded(value: int | float) -> int | float:
    return round(value, 4) if isinstance(value, float) else value


def _cell(value: int | float | None) -> str:
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
