"""Merges concepts that two sources have and no mapping joins: the less informative one is folded into the other.

These are symptoms and findings of SYMP and the NCI Thesaurus with the name of a concept of MONDO, the Disease Ontology
or MeSH; ions and salts of ChEBI with the name of a drug in use; and MeSH headings for salts that are the plural of a
substance in another source (nitrates). The identifier of a folded concept becomes a cross-reference.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from extractors.language.normalisation import bag, key
from extractors.linking.vocabulary.build.attach import Register, without_salt
from extractors.linking.vocabulary.entry import PREFERRED_PREFIXES, RANK, Entry, NameKind
from extractors.linking.vocabulary.index import singular_of

_WEAK_DISEASES = frozenset({"SYMP", "NCIT"})
_STRONG_DISEASES = frozenset({"MONDO", "DOID", "MESH"})
_CLINICAL = frozenset({"disease", "effect"})
_KINDS = frozenset({NameKind.PREFERRED, NameKind.EXACT, NameKind.ALIAS})
_HEADINGS = frozenset({"MESH", "CHEBI"})
_OF_ONE_OWNER = frozenset({"drug", "target"})
_SUBSTANCES = frozenset({"MESH", "CHEBI", "UNII"})
_SURE_KINDS = frozenset({NameKind.PREFERRED, NameKind.EXACT})
_PLURAL_HEADINGS = frozenset({"cell_type", "protein_family"})
_SIGNS = re.compile(r"\([+-]\)|(?<=\w)[+-](?=\W|$)|'+(?=\W|$)|\(\d?[+-]\)")
_SALTS = re.compile(r"^\w+(ates|ites|ides)$")


class _Use(NamedTuple):
    """A concept that has a name, and the rank of the name for it, 0 being the most trusted."""

    rank: int
    other_type: bool
    concept: Entry


def fold_duplicates(concepts: Sequence[Entry]) -> list[Entry]:
    """Return the concepts after folding: the names and children of a folded concept go to the one with its name."""
    kept_for = {**_kept_for_diseases(concepts), **_kept_for_chemicals(concepts), **_kept_for_salts(concepts)}
    return _folded(concepts, kept_for)


def fold_salts(concepts: Sequence[Entry]) -> list[Entry]:
    """Return the concepts after folding salts of drugs of DrugBank, and what ChEBI maps to such a drug, into it."""
    register = Register(concepts)
    of_chebi: dict[str, list[Entry]] = defaultdict(list)
    for concept in concepts:
        if concept.concept_id.startswith("DRUGBANK:"):
            for curie in concept.xrefs:
                of_chebi[curie].append(concept)
    kept_for: dict[str, Entry] = {}
    for concept in concepts:
        if concept.entity_type != "drug" or not _may_be_folded(concept, _SUBSTANCES):
            continue
        mapped = of_chebi.get(concept.concept_id, []) if concept.concept_id.startswith("CHEBI:") else []
        bare = without_salt(concept.name)
        parent = register.owner(bare) if bare else None
        if len(mapped) == 1:
            parent = mapped[0]
        if parent is not None and parent.concept_id.startswith("DRUGBANK:"):
            kept_for[concept.concept_id] = parent
    return _folded(concepts, kept_for)


def fold_namesakes(concepts: Sequence[Entry], *, rounds: int = 3) -> list[Entry]:
    """Return the concepts after folding those that other vocabularies have under a name of theirs.

    Two concepts of one type are one if no vocabulary has both, and the label of one is a sure name of the other and of
    no third concept; of cells, genes and drugs also if they have the same two synonyms to themselves.
    """
    found = list(concepts)
    for _ in range(rounds):
        kept_for = _kept_for_namesakes(found)
        if not kept_for:
            break
        found = _folded(found, kept_for)
    return found


def _kept_for_namesakes(concepts: Sequence[Entry]) -> dict[str, Entry]:
    labels: dict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
    synonyms: dict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
    above = {parent for concept in concepts for parent in concept.parents}
    for concept in concepts:
        for name, kind in {**concept.names, concept.name: NameKind.PREFERRED}.items():
            if kind in _SURE_KINDS:
                for form in _forms(name, concept):
                    synonyms[concept.entity_type, form][concept.concept_id] = concept
                    if kind is NameKind.PREFERRED:
                        labels[concept.entity_type, form][concept.concept_id] = concept
    kept_for: dict[str, Entry] = {}
    taken: set[str] = set()

    def keep(one: Entry, other: Entry, *, same_label: bool) -> None:
        is_free = one.concept_id not in kept_for and other.concept_id not in kept_for and other.concept_id not in taken
        if is_free and _are_one(one, other, above, same_label=same_label):
            kept_for[other.concept_id] = one
            taken.add(one.concept_id)

    for _, having in sorted(labels.items()):
        first, *others = sorted(having.values(), key=_preference)
        for other in others:
            keep(first, other, same_label=True)
    for named, having in sorted(synonyms.items()):
        pair = sorted({**having, **labels.get(named, {})}.values(), key=_preference)
        if len(pair) == 2 and (named in labels or pair[0].entity_type in ("target", "drug")):
            keep(*pair, same_label=False)
    return kept_for


def _are_one(one: Entry, other: Entry, above: Collection[str], *, same_label: bool) -> bool:
    """Whether two concepts that share a name are one; `above` are the concepts that have others below them."""
    if other.is_curated or (one.subtype == "drug_class") != (other.subtype == "drug_class"):
        return False
    prefixes = [concept.concept_id.partition(":")[0] for concept in (one, other)]
    is_of_one_owner = prefixes[0] == prefixes[1] if same_label else bool(_owners(one) & _owners(other))
    is_above = not {one.concept_id, other.concept_id}.isdisjoint(one.parents | other.parents)
    if is_of_one_owner or (is_above and not same_label):
        return False
    if prefixes[0] == "HGNC":  # a heading above others names a family, as FamPlex and HGNC's groups do
        return prefixes[1] == "MESH" and other.concept_id not in above
    return True


def _owners(concept: Entry) -> set[str]:
    """Return the vocabularies that have a concept; MeSH's headings and its supplementary records count apart."""
    return {
        curie[: len("MESH:D")] if curie.startswith("MESH:") else curie.partition(":")[0]
        for curie in (concept.concept_id, *concept.same)
    }


def _forms(name: str, concept: Entry) -> set[str]:
    """Return the keys of a name; of a cell or an illness also that of its singular."""
    singular = singular_of(name) if concept.entity_type == "disease" or concept.subtype in _PLURAL_HEADINGS else None
    return {sign_key(name)} | ({sign_key(singular)} if singular else set())


@cache
def sign_key(name: str) -> str:
    """Return the key of a name with the signs that tell isomers and markers apart, and its case where that matters.

    >>> sign_key("(+)-catechin") == sign_key("(-)-catechin"), sign_key("Th-1 cell") == sign_key("TH1 cell")
    (False, True)
    """
    signs = "".join(_SIGNS.findall(name))
    spelled = key(name)
    return (spelled if spelled.startswith("=") else spelled.lower()) + signs


def _preference(concept: Entry) -> tuple[int, int, str]:
    """Order of concepts of which one is kept: curated ones, then as their vocabularies; gene groups last."""
    prefix = concept.concept_id.partition(":")[0]
    place = PREFERRED_PREFIXES.index(prefix) if prefix != "hgnc.genegroup" else len(PREFERRED_PREFIXES)
    return (not concept.is_curated, place, concept.concept_id)


def give_names_one_meaning(concepts: Sequence[Entry]) -> None:
    """Let a name that is the label of one concept be only a related name of the others of its type."""
    labels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for concept in concepts:
        labels[concept.entity_type, sign_key(concept.name)].add(concept.concept_id)
    for concept in concepts:
        for name, kind in concept.names.items():
            others = labels.get((concept.entity_type, sign_key(name)), set()) - {concept.concept_id}
            if others and kind is NameKind.EXACT and name not in concept.curated_names:
                concept.names[name] = NameKind.RELATED


def give_references_one_owner(concepts: Sequence[Entry]) -> None:
    """Let a reference of a drug or target belong to one concept: that which is known by it, else the most preferred.

    The references of diseases are left: several narrow ones refer to the nearest code of a coarser vocabulary. So are
    those to proteins that several genes make alike.
    """
    owners: dict[tuple[str, str], str] = {}
    ordered = sorted((concept for concept in concepts if concept.entity_type in _OF_ONE_OWNER), key=_preference)
    for concept in ordered:
        for curie in (concept.concept_id, *concept.same):
            owners[concept.entity_type, curie] = concept.concept_id
    for concept in ordered:
        for curie in concept.xrefs:
            owners.setdefault((concept.entity_type, curie), concept.concept_id)
    for concept in ordered:
        concept.xrefs = {
            curie
            for curie in concept.xrefs
            if curie.startswith("UniProt:") or owners[concept.entity_type, curie] == concept.concept_id
        }


def _folded(concepts: Sequence[Entry], kept_for: Mapping[str, Entry]) -> list[Entry]:
    kept = [concept for concept in concepts if concept.concept_id not in kept_for]
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in kept:
        for name in concept.names:
            owners[_bare(name)].add(concept.concept_id)
    for concept in concepts:
        if (other := kept_for.get(concept.concept_id)) is not None:
            _fold(concept, other, owners)
    for concept in kept:
        above = (kept_for[parent].concept_id if parent in kept_for else parent for parent in concept.parents)
        concept.parents = set(above) - {concept.concept_id}
    return kept


def _fold(concept: Entry, other: Entry, owners: Mapping[str, set[str]]) -> None:
    """Move identifiers and names of a concept to the other, except names that only third concepts have."""
    for name, kind in concept.names.items():
        having = owners.get(_bare(name), set())
        if not having or other.concept_id in having:
            other.add(name, NameKind.EXACT if kind is NameKind.PREFERRED else kind)
    found = {key(name) for name in concept.names.keys() - concept.undetected}
    other.undetected = {name for name in other.undetected if key(name) not in found}
    other.same |= {concept.concept_id, *concept.same} - {other.concept_id}
    other.xrefs = (other.xrefs | concept.xrefs) - {other.concept_id, *other.same}


def _kept_for_diseases(concepts: Sequence[Entry]) -> dict[str, Entry]:
    """Return symptom or finding -> the only disease or effect of that name, with an identifier that others use too."""
    strong = [
        concept for concept in concepts if concept.entity_type in _CLINICAL and _sources(concept) & _STRONG_DISEASES
    ]
    weak = [concept for concept in concepts if _may_be_folded(concept, _WEAK_DISEASES)]
    return dict(_matched(weak, _uses(strong, _is_in_label)))


def _kept_for_chemicals(concepts: Sequence[Entry]) -> dict[str, Entry]:
    """Return substance only in ChEBI -> the drug in use (with a MeSH heading) of the same name."""
    in_use = [
        concept
        for concept in concepts
        if concept.concept_id.startswith("DRUGBANK:") and any(curie.startswith("MESH:D") for curie in concept.same)
    ]
    weak = [concept for concept in concepts if _may_be_folded(concept, frozenset({"CHEBI"}))]
    return dict(_matched(weak, _uses(in_use), by_words=False))


def _kept_for_salts(concepts: Sequence[Entry]) -> dict[str, Entry]:
    """Return heading only in MeSH -> the only substance without a heading that it is the plural of."""
    singular: dict[str, list[Entry]] = defaultdict(list)
    for concept in concepts:
        if concept.concept_id.startswith(("DRUGBANK:", "CHEBI:")) and "MESH" not in _sources(concept):
            singular[concept.name.lower()].append(concept)
    kept_for = {}
    for concept in concepts:
        if (
            concept.concept_id.startswith("MESH:")
            and _may_be_folded(concept, _HEADINGS)
            and _SALTS.search(concept.name)
        ):
            others = singular[concept.name.lower().removesuffix("s")]
            others = [other for other in others if other.concept_id.startswith("DRUGBANK:")] or others
            if len(others) == 1:
                kept_for[concept.concept_id] = others[0]
    return kept_for


def _may_be_folded(concept: Entry, sources: frozenset[str]) -> bool:
    return not concept.is_curated and concept.subtype != "drug_class" and _sources(concept) <= sources


def _sources(concept: Entry) -> set[str]:
    return {curie.partition(":")[0] for curie in (concept.concept_id, *concept.same)}


def _uses(concepts: Iterable[Entry], may_mean: Callable[[str, Entry], bool] = lambda *_: True) -> dict[str, list[_Use]]:
    """Return key of a name, or "~" and the key of its words -> concepts that have the name.

    `may_mean` says whether an alias is trusted.
    """
    uses: dict[str, list[_Use]] = defaultdict(list)
    for concept in concepts:
        for name, kind in concept.names.items():
            if kind in _KINDS and (kind is not NameKind.ALIAS or may_mean(name, concept)):
                rank = 0 if name in concept.curated_names else RANK[kind]
                for spelled in {_bare(name), f"~{bag(name)}"}:
                    uses[spelled].append(_Use(rank, False, concept))
    return uses


def _is_in_label(name: str, concept: Entry) -> bool:
    """Whether the label contains all words of a name ("spasticity": muscle spasticity)."""
    return set(bag(name).split("_")) <= set(bag(concept.name).split("_"))


def _matched(
    concepts: Iterable[Entry], uses: Mapping[str, Sequence[_Use]], *, by_words: bool = True
) -> Iterator[tuple[str, Entry]]:
    """Yield each concept whose label is a name of exactly one other, the best by rank and type, with that one.

    If no concept has the exact label, one of the same type with the same words counts.
    """
    for concept in concepts:
        found = [
            use._replace(other_type=use.concept.entity_type != concept.entity_type)
            for use in uses.get(_bare(concept.name), ())
        ]
        if not found and by_words:
            same_words = uses.get(f"~{bag(concept.name)}", ())
            found = [use for use in same_words if use.concept.entity_type == concept.entity_type]
        best = min((use[:2] for use in found), default=None)
        others = {use.concept.concept_id: use.concept for use in found if use[:2] == best}
        if len(others) == 1:
            yield concept.concept_id, next(iter(others.values()))


def _bare(name: str) -> str:
    return key(name).lstrip("=").lower()
