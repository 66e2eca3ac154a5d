"""A concept as a source has it, with its names and the kind of each name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import IntEnum


class NameKind(IntEnum):
    """What a name is to its concept. The values are stored; never renumber them."""

    PREFERRED = 0
    """The owner's label."""
    EXACT = 1
    """A full synonym."""
    BRAND = 2
    """A trade name."""
    ABBREVIATION = 3
    """A short form of a name."""
    ALIAS = 4
    """Another symbol, or an earlier name."""
    RELATED = 5
    """Means nearly the same, as its source says."""
    DESCRIPTION = 6
    """A description of a protein, as databases write them."""
    PLURAL = 7
    """The singular or plural of another name, made by rule."""

    @property
    def label(self) -> str:
        """The kind as the warehouse calls it."""
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
"""Rank of each kind of name, 1 is surest; curated names have 0, a form derived by rule one more than its name."""


PREFERRED_PREFIXES = (
    "HGNC",
    "FPLX",
    "hgnc.genegroup",
    "complexportal",
    "CL",
    "MONDO",
    "DOID",
    "DRUGBANK",
    "GO",
    "MESH",
    "CHEBI",
    "NCIT",
    "SYMP",
    "OAE",
    "NCBITaxon",
    "UNII",
    "PEYER",
    "drugcentral",
    "CHEMBL.COMPOUND",
    "iuphar.ligand",
)
"""Prefixes of canonical identifiers, the most preferred first."""


@dataclass(slots=True)
class Entry:
    """A concept as one source has it.

    A name that begins with "=" is stored without it, and its case must match (gene symbols, abbreviations). `same`
    are CURIEs of the same concept by an exact mapping, `xrefs` those that the source only refers to, `parents` those
    of the concepts right above it. `undetected` names are looked up but not looked for in a text, `curated_names`
    were reviewed; `support` says how many merged entries have a name (lower case). `place` is the file and line that an
    entry of a user's comes from ("own.tsv:3").
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

    def copied(self) -> Entry:
        """Return a copy to which names and references can be added."""
        names, xrefs, undetected = dict(self.names), set(self.xrefs), set(self.undetected)
        return replace(self, names=names, xrefs=xrefs, undetected=undetected)

    def add(self, name: str, kind: NameKind) -> None:
        """Add a name, unless it is there with a more trusted kind."""
        known = self.names.get(name)
        if name and (known is None or RANK[kind] < RANK[known]):
            self.names[name] = kind
