"""A concept as one source has it, with its names and their kinds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum


class NameKind(IntEnum):
    """The kind of a name. The values are stored in the compiled vocabulary; never renumber them."""

    PREFERRED = 0
    """The label of the owner."""
    EXACT = 1
    """A full synonym."""
    BRAND = 2
    """A trade name."""
    ABBREVIATION = 3
    """A short form of a name."""
    ALIAS = 4
    """Another symbol, or an earlier name."""
    RELATED = 5
    """A name of nearly the same meaning, according to the source."""
    DESCRIPTION = 6
    """A description of a protein, as databases write them."""
    PLURAL = 7
    """The singular or plural of another name, made by rule."""

    @property
    def label(self) -> str:
        """The name of the kind in the warehouse."""
        return self.name.lower()


RANK = {
    NameKind.PREFERRED: 1,
    NameKind.EXACT: 2,
    NameKind.BRAND: 2,
    NameKind.ABBREVIATION: 3,
    NameKind.ALIAS: 3,
    NameKind.RELATED: 4,
    NameKind.DESCRIPTION: 5,
}
"""Kind -> rank, 1 being the most trusted. Reviewed names have rank 0; a form made by rule, one more than its name."""


@dataclass(slots=True)
class Entry:
    """A concept as one source has it.

    A name that begins with "=" is stored without it, and its case must match (gene symbols, abbreviations). `same`
    are CURIEs of the same concept by an exact mapping, `xrefs` those that the source only refers to, `parents` those
    of the concepts directly above it. `undetected` names are looked up but not searched for in a text, `curated_names`
    were reviewed; `support` is the number of merged entries that have a name (in lower case). `place` is the file and
    line of an entry of the user's ("own.tsv:3").
    """

    concept_id: str
    entity_type: str
    subtype: str
    name: str
    names: dict[str, NameKind]
    same: set[str] = field(default_factory=set)
    xrefs: set[str] = field(default_factory=set)
    parents: set[str] = field(default_factory=set)
    undetected: set[str] = field(default_factory=set)
    is_curated: bool = False
    curated_names: set[str] = field(default_factory=set)
    support: Counter[str] = field(default_factory=Counter)
    place: str = ""

    def add(self, name: str, kind: NameKind) -> None:
        """Add a name, unless the entry has it with a more trusted kind."""
        known = self.names.get(name)
        if name and (known is None or RANK[kind] < RANK[known]):
            self.names[name] = kind
