"""Adds what substances are called to the drugs that they are: brands, codes, salts, supplementary records.

A substance is a known drug if the sources map them to each other, if they share a sure name, or if it is a salt of the
drug; otherwise it becomes a concept of its own. A name that another concept has already keeps its one meaning: that of
a target or disease is not taken for a drug, nor that of one drug for another.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path

from extractors.data import data_file
from extractors.language.lexicon import word_list
from extractors.language.normalisation import key
from extractors.linking.vocabulary.entry import RANK, Entry, NameKind
from extractors.linking.vocabulary.index import stop_words
from extractors.linking.vocabulary.supplement import own_curie

WITHHELD_SUBSTANCES = data_file("linking/build/withheld_substances.tsv")
_SURE = RANK[NameKind.EXACT]
_OWN_NAMES = frozenset({NameKind.PREFERRED, NameKind.EXACT})
_SALTS = frozenset(word_list("linking", "salt_words")) | frozenset(word_list("linking", "salt_forms"))
_NO_PARENTS = frozenset(word_list("linking", "inorganic_parents"))
_KINDS = {"drug": ("drug",), "disease": ("disease", "effect"), "target": ("target", "drug"), "effect": ("effect",)}
"""Type of what is added -> types of the concepts that it may be."""


def without_salt(name: str) -> str | None:
    """Return a drug's name without the words for its salt; None if it has none, or is nothing without.

    >>> without_salt("Filgotinib hydrochloride"), without_salt("Zinc sulfate"), without_salt("adenosine phosphate")
    ('Filgotinib', None, None)
    """
    words = re.sub(r" \(\d:\d\)", "", name).split()
    kept = list(words)
    while kept and kept[-1].lower().strip(",") in _SALTS:
        kept.pop()
    bare = " ".join(kept).rstrip(",")
    if not bare or len(kept) == len(words) or bare.lower() in _NO_PARENTS or len(bare) < 5:
        return None
    return bare


@cache
def spelled(name: str) -> str:
    """Return the key of a name without regard to its case."""
    return key(name).lstrip("=").lower()


def spelled_brand(name: str) -> str:
    """Return a brand as it is printed, to be matched only with capitals.

    >>> spelled_brand("HUMIRA PEN"), spelled_brand("XELJANZ XR"), spelled_brand("adalimumab-aacf")
    ('=Humira Pen', '=Xeljanz Xr', '=Adalimumab-aacf')
    """
    return "=" + " ".join(word[:1].upper() + word[1:].lower() for word in name.split())


class Register:
    """The concepts by name and by identifier, to which entries are added one after the other."""

    def __init__(self, concepts: Sequence[Entry], *, withheld: Path = WITHHELD_SUBSTANCES) -> None:
        self.concepts = list(concepts)
        self.numbered: dict[str, Entry] = {}
        self.added: dict[str, dict[str, NameKind]] = defaultdict(dict)
        """Names that `attach` added, by concept."""
        self._having: dict[str, dict[str, tuple[int, Entry]]] = defaultdict(dict)
        with withheld.open(encoding="utf-8", newline="") as lines:
            self._withheld = {spelled(row["name"]) for row in csv.DictReader(lines, delimiter="\t")}
        self._withheld |= {spelled(word) for word in stop_words()}
        for concept in concepts:
            self._enter(concept)

    def _enter(self, concept: Entry) -> None:
        for curie in (concept.concept_id, *sorted(concept.same), *sorted(concept.xrefs)):
            self.numbered.setdefault(curie, concept)
        for name, kind in concept.names.items():
            self._know(name, 0 if name in concept.curated_names else RANK[kind], concept)

    def _know(self, name: str, rank: int, concept: Entry) -> None:
        having = self._having[spelled(name)]
        known = having.get(concept.concept_id)
        having[concept.concept_id] = (rank if known is None else min(rank, known[0]), concept)

    def owner(self, name: str, kind: str = "drug", *, worst: int = _SURE) -> Entry | None:
        """Return the only concept of a kind that has a name as a sure one; one of DrugBank is preferred to others."""
        found = [
            (rank, not concept.concept_id.startswith("DRUGBANK:"), concept.concept_id, concept)
            for rank, concept in self._having.get(spelled(name), {}).values()
            if rank <= worst and concept.entity_type in _KINDS[kind] and concept.subtype != "drug_class"
        ]
        best = min((each[:2] for each in found), default=None)
        owners = [each[3] for each in found if each[:2] == best]
        return owners[0] if len(owners) == 1 else None

    def parent_of_salt(self, name: str) -> Entry | None:
        """Return the drug of which `name` is a salt."""
        bare = without_salt(name)
        return self.owner(bare) if bare else None

    def known(self, entry: Entry) -> Entry | None:
        """Return the concept that an entry is.

        By its identifier or an exact mapping, by its label, as a salt, by another sure name, by a reference: the first
        that is known.
        """
        for curie in (entry.concept_id, *sorted(entry.same)):
            if found := self._referred(curie, entry):
                return found
        if found := self.owner(entry.name, entry.entity_type):
            return found
        if entry.entity_type == "drug" and (found := self.parent_of_salt(entry.name)):
            return found
        sure = [name for name, kind in entry.names.items() if kind in _OWN_NAMES and name not in entry.undetected]
        named = next(filter(None, (self.owner(name, entry.entity_type) for name in sure)), None)
        return named or next(filter(None, (self._referred(curie, entry) for curie in sorted(entry.xrefs))), None)

    def _referred(self, curie: str, entry: Entry) -> Entry | None:
        found = self.numbered.get(curie)
        return found if found is not None and found.entity_type in _KINDS[entry.entity_type] else None

    def attach(self, entry: Entry, owner: Entry) -> None:
        """Add identifiers and names of an entry to the concept that it is."""
        refers = {entry.concept_id, *entry.same, *entry.xrefs} - {owner.concept_id, *owner.same}
        refers = {curie for curie in refers if self.numbered.get(curie, owner) is owner}
        owner.xrefs |= refers
        for curie in refers:
            self.numbered.setdefault(curie, owner)
        for name, kind in entry.names.items():
            self.add_name(owner, name, kind, is_detected=name not in entry.undetected)

    def add_name(self, owner: Entry, name: str, kind: NameKind, *, is_detected: bool = True) -> bool:
        """Add a name to a concept unless it is withheld or known; return whether it was added.

        A name that the concept has, but that is not searched for, is from now on if `is_detected`.
        """
        form = spelled(name)
        if not form or form in self._withheld:
            return False
        if self._having.get(form):
            if is_detected and owner.undetected and owner.concept_id in self._having[form]:
                owner.undetected -= {known for known in owner.undetected if spelled(known) == form}
            return False
        kind = NameKind.EXACT if kind is NameKind.PREFERRED else kind
        owner.add(name, kind)
        self.added[owner.concept_id][name] = kind
        if not is_detected:
            owner.undetected.add(name)
        self._know(name, RANK[kind], owner)
        return True

    def found(self, entry: Entry) -> bool:
        """Make an entry a concept of its own with the names that no other has; return whether any is left."""
        free = {name: kind for name, kind in entry.names.items() if self._is_free(name)}
        if not free:
            return False
        if entry.name not in free:
            entry.name = min(free, key=lambda name: (RANK[free[name]], len(name), name)).removeprefix("=")
        entry.names = free
        above = (self.numbered.get(parent) for parent in entry.parents)
        entry.parents = {concept.concept_id for concept in above if concept is not None} - {entry.concept_id}
        self.concepts.append(entry)
        self._enter(entry)
        self.added[entry.concept_id] = dict(free)
        return True

    def _is_free(self, name: str) -> bool:
        form = spelled(name)
        return bool(form) and form not in self._withheld and not self._having.get(form)


def attach_all(register: Register, entries: Iterable[Entry], *, refused: Collection[frozenset[str]] = ()) -> None:
    """Add entries to the concepts that they are; the others become concepts."""
    for entry in entries:
        owner = register.known(entry)
        if owner is not None and frozenset((entry.concept_id, owner.concept_id)) in refused:
            owner = None
        if owner is None:
            register.found(entry)
        else:
            register.attach(entry, owner)


def salts_last(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries in an order in which a drug comes before its salts."""
    return sorted(entries, key=lambda entry: (without_salt(entry.name) is not None, entry.concept_id))


_STRENGTH = frozenset(word_list("linking", "product_words"))
_SHORT_SALTS = {"hcl": "hydrochloride", "sod": "sodium", "succ": "succinate", "phos": "phosphate", "pot": "potassium"}


def add_brands(register: Register, brands: Iterable[tuple[str, list[str]]]) -> None:
    """Add brands to the drugs that they contain; of several ingredients, to the combination of them."""
    for brand, generics in brands:
        words = brand.split()
        while len(words) > 1 and words[-1].lower() in _STRENGTH:
            words.pop()
        bare = " ".join(words)
        held = {frozenset(parts) for generic in generics if (parts := _ingredients(register, generic))}
        if len(held) != 1:
            continue
        ingredients = sorted(next(iter(held)))
        is_single = len(ingredients) == 1
        owner = register.numbered[ingredients[0]] if is_single else _combination(register, ingredients)
        register.add_name(owner, spelled_brand(bare), NameKind.BRAND)


def _ingredients(register: Register, generic: str) -> list[str] | None:
    """Return the identifiers of the ingredients of a product; None if one of them is unknown."""
    parts = [part.strip() for part in re.split(r"/|, | and | with ", generic) if part.strip()]
    found = []
    for part in parts:
        full = " ".join(_SHORT_SALTS.get(word.lower().rstrip("."), word) for word in part.split())
        owner = register.owner(full) or register.parent_of_salt(full) or register.owner(part)
        if owner is None:
            return None
        found.append(owner.concept_id)
    return found


def _combination(register: Register, ingredients: Sequence[str]) -> Entry:
    labels = sorted(register.numbered[curie].name.lower() for curie in ingredients)
    name = f"{', '.join(labels)} drug combination"
    owner = register.owner(name)
    if owner is None:
        owner = Entry(own_curie(name), "drug", "small_molecule", name, {name: NameKind.PREFERRED})
        owner.add("/".join(labels), NameKind.EXACT)
        owner.parents = set(ingredients)
        register.found(owner)
    return owner
