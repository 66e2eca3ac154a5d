"""Counts, and precision, recall and F1 from them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class NameScore:
    """Counts of names or identifiers: in the corpus (`gold`), found, and found and right."""

    gold: int = 0
    found: int = 0
    right: int = 0

    def __iadd__(self, other: NameScore) -> NameScore:
        self.gold, self.found, self.right = self.gold + other.gold, self.found + other.found, self.right + other.right
        return self

    @property
    def precision(self) -> float:
        """Share of the found ones that are right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of those in the corpus that were found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 0.0
