"""Compile open vocabularies into the bundled one.

Entries of all sources are merged into one concept each, by exact mappings, and for drugs also by the same preferred
name; a looser cross-reference joins two entries only if they share a name. The canonical identifier is the first of
`PREFERRED_PREFIXES` that the concept has. A mapping that would give a concept two identifiers of one vocabulary is not
followed. Concepts that no mapping joins but that have the same name are merged afterwards (see `duplicates.py`). Every
name is stored with its candidates, best first. The result depends on the input alone.
"""

from __future__ import annotations

import csv
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from extractors.data import data_file
from extractors.language.lexicon import word_list
from extractors.language.normalisation import bag, key
from extractors.linking.vocabulary.build.attach import Register, add_brands, attach_all, salts_last
from extractors.linking.vocabulary.build.duplicates import (
    fold_duplicates,
    fold_namesakes,
    fold_salts,
    give_names_one_meaning,
    give_references_one_owner,
)
from extractors.linking.vocabulary.build.mesh_supplementary import add_records
from extractors.linking.vocabulary.build.output import source_versions, write_vocabulary
from extractors.linking.vocabulary.build.sources import (
    curated_only,
    diseases,
    drugs,
    mappings,
    mesh,
    outcomes,
    processes,
    sharealike,
    substances,
    targets,
    taxa,
    texts,
)
from extractors.linking.vocabulary.build.sources.drugs import add_roles
from extractors.linking.vocabulary.build.sources.files import owners_file
from extractors.linking.vocabulary.entry import PREFERRED_PREFIXES, RANK, Entry, NameKind
from extractors.linking.vocabulary.index import index_names
from extractors.linking.vocabulary.lookup import DATA
from extractors.linking.vocabulary.supplement import CURATED_PREFIX, SUPPLEMENT, SupplementError, read_supplement

logger = logging.getLogger(__name__)

SOURCES = data_file("linking/build/sources.tsv")
WITHHELD = data_file("linking/build/withheld_names.tsv")
WITHHELD_PARENTS = data_file("linking/build/withheld_parents.tsv")
BESIDE: dict[str, tuple[Callable[[Path], Iterable[Entry]], ...]] = {
    "share_alike": (sharealike.drugcentral, sharealike.chembl),
    "open_database": (sharealike.guide_to_pharmacology,),
}
"""Folder beside the compiled files -> the readers of the sources whose licence it is under."""

BESIDE_VERSIONS = {
    "share_alike": "prefix\tfolder\tsource\tversion\tlicence\n"
    "drugcentral\tdrugcentral\tDrugCentral\t2023\tCC BY-SA 4.0\n"
    "CHEMBL.COMPOUND\tchembl-names\tChEMBL\t36\tCC BY-SA 3.0\n",
    "open_database": "prefix\tfolder\tsource\tversion\tlicence\n"
    "iuphar.ligand\tguide-to-pharmacology\tGuide to PHARMACOLOGY\t2020.5\tODbL 1.0, CC BY-SA 4.0\n",
}
_NUMBERED = re.compile(r"[ -]\d+[A-Za-z]?$")
"""The end of the label of a member of a series ("dystonia 1")."""


def read_sources(folder: Path, *, keep: Collection[str]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield the name of each source with its entries; `keep` are the identifiers that the supplement names."""
    readers: dict[str, Callable[[], Iterable[Entry]]] = {
        "HGNC and NCBI Gene": lambda: targets.hgnc(folder),
        "FamPlex": lambda: targets.famplex(folder),
        "HGNC gene groups": lambda: targets.gene_groups(folder),
        "Complex Portal": lambda: curated_only.complexes(folder, keep=keep),
        "Cell Ontology": lambda: targets.cell_ontology(folder),
        "MONDO, DOID, NCIT, SYMP": lambda: diseases.diseases(folder),
        "DrugBank vocabulary": lambda: drugs.drugbank(folder),
        "ChEBI": lambda: drugs.chebi(folder),
        "Gene Ontology": lambda: processes.gene_ontology(folder),
        "MeSH": lambda: mesh.mesh(folder, keep=keep),
        "NCBI Taxonomy": lambda: curated_only.species(folder, keep=keep),
        "Ontology of Adverse Events": lambda: curated_only.adverse_events(folder, keep=keep),
    }
    for name, reader in readers.items():
        entries = list(reader())
        logger.info("%s: %d concepts, %d names", name, len(entries), sum(len(entry.names) for entry in entries))
        yield name, entries


def withhold(entries: Iterable[Entry], path: Path = WITHHELD) -> None:
    """Remove the names in `path` from the concepts to which sources give them wrongly."""
    wrong: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            wrong[row["concept_id"]].add(_bare_key(row["name"]))
    for entry in entries:
        if (names := wrong.get(entry.concept_id)) and not entry.is_curated:
            entry.names = {name: kind for name, kind in entry.names.items() if _bare_key(name) not in names}


def withhold_parents(entries: Iterable[Entry], path: Path = WITHHELD_PARENTS) -> None:
    """Remove the parents in `path` from the concepts that sources put below them wrongly."""
    with path.open(encoding="utf-8", newline="") as lines:
        wrong = {(row["concept_id"], row["parent"]) for row in csv.DictReader(lines, delimiter="\t")}
    for entry in entries:
        if not entry.is_curated:
            entry.parents = {parent for parent in entry.parents if (entry.concept_id, parent) not in wrong}


def distrust_series(concepts: Iterable[Entry]) -> None:
    """Let a name without a number mean the plain disease before a numbered member of a series ("dystonia 1").

    A member keeps such a name as a related one if the plain disease has it as a sure one, and loses it if the plain
    disease has it as a related one.
    """
    diseases = [concept for concept in concepts if concept.entity_type == "disease"]
    plain: dict[str, int] = {}
    for disease in diseases:
        for name, kind in disease.names.items() if not _NUMBERED.search(disease.name) else ():
            plain[_bare_key(name)] = min(RANK[kind], plain.get(_bare_key(name), RANK[kind]))
    for member in diseases:
        if not _NUMBERED.search(member.name) or member.is_curated:
            continue
        for name, kind in list(member.names.items()):
            rank = plain.get(_bare_key(name))
            if rank is None or kind is NameKind.PREFERRED or any(map(str.isdigit, name)):
                continue
            if rank < RANK[NameKind.RELATED]:
                member.names[name] = NameKind.RELATED
            else:
                del member.names[name]


def _bare_key(name: str) -> str:
    return key(name).lstrip("=").lower()


class _Groups:
    """Disjoint sets of identifiers of the same concept, none with two identifiers of one vocabulary."""

    def __init__(self, entries: Iterable[Entry], refused: Collection[frozenset[str]] = ()) -> None:
        self._refused = refused
        self._above: dict[str, str] = {}
        self._members: dict[str, dict[str, str]] = {}
        self._cores: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            self._members[entry.concept_id] = {_prefix(entry.concept_id): entry.concept_id}
            if entry.entity_type == "disease":
                self._cores[entry.concept_id] |= {_core(name) for name in entry.names}

    def root(self, curie: str) -> str:
        while self._above.setdefault(curie, curie) != curie:
            self._above[curie] = self._above[self._above[curie]]
            curie = self._above[curie]
        return curie

    def join(self, one: str, other: str) -> None:
        if frozenset((one, other)) in self._refused:
            return
        one, other = self.root(one), self.root(other)
        ours, theirs = self._members.setdefault(one, {}), self._members.setdefault(other, {})
        if one != other and not any(ours.get(prefix, curie) != curie for prefix, curie in theirs.items()):
            self._above[other] = one
            ours |= theirs
            self._cores[one] |= self._cores[other]

    def may_be_same(self, one: str, other: str) -> bool:
        """Whether two diseases that an owner maps to each other share a word other than "disease" and the like.

        Some exact mappings join what is not the same ("visual epilepsy" to seizures).
        """
        ours, theirs = self._cores[self.root(one)], self._cores[self.root(other)]
        return not ours or not theirs or not ours.isdisjoint(theirs)


def merge(entries: Iterable[Entry], *, refused: Collection[frozenset[str]] = ()) -> list[Entry]:
    """Merge entries that name the same concept, and give each its canonical identifier; sorted by identifier.

    `refused` are pairs that are known to be different.

    Raises SupplementError if a curated identifier is in none of the other entries.
    """
    entries = sorted(entries, key=_order)
    _require_known(entries)
    groups = _Groups(entries, refused)
    _join_drugs_of_one_name(groups, entries)
    _join_mapped(groups, entries)
    members: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        members[groups.root(entry.concept_id)].append(entry)
    canonical = {root: min(group, key=_order).concept_id for root, group in members.items()}
    merged = [_merged(group) for group in members.values()]
    for entry in merged:
        above = (canonical.get(groups.root(parent)) for parent in entry.parents)
        entry.parents = {parent for parent in above if parent is not None} - {entry.concept_id}
    return sorted(merged, key=lambda entry: entry.concept_id)


def _join_drugs_of_one_name(groups: _Groups, entries: Sequence[Entry]) -> None:
    labels: dict[str, str] = {}
    for entry in entries:
        if entry.entity_type == "drug" and entry.subtype != "drug_class" and not entry.is_curated:
            groups.join(labels.setdefault(entry.name.lower(), entry.concept_id), entry.concept_id)


def _join_mapped(groups: _Groups, entries: Sequence[Entry]) -> None:
    """Join entries by their exact mappings, and by references where they also have a name in common."""
    curated = {entry.concept_id for entry in entries if entry.is_curated}
    by_curie = {entry.concept_id: entry for entry in entries if not entry.is_curated}

    @cache
    def keys_of(curie: str) -> set[str]:
        return _keys(by_curie[curie]) if curie in by_curie else set()

    def shares_name(entry: Entry, other: str) -> bool:
        return other in by_curie and not keys_of(entry.concept_id).isdisjoint(keys_of(other))

    def may_be_same(entry: Entry, other: str) -> bool:
        return groups.may_be_same(entry.concept_id, other)

    for may_join in (shares_name, may_be_same):
        for entry in entries:  # of several mappings to one vocabulary, the one to the same name takes precedence
            for other in sorted(entry.same):
                is_ranked = _prefix(other) in PREFERRED_PREFIXES
                if is_ranked and not {other, entry.concept_id} <= curated and may_join(entry, other):
                    groups.join(entry.concept_id, other)
    for entry in entries:
        for other in sorted(entry.xrefs & by_curie.keys()):
            if shares_name(entry, other):
                groups.join(entry.concept_id, other)


_UNSPECIFIC_DISEASE_WORDS = word_list("linking", "unspecific_disease_words")


def _core(name: str) -> str:
    """Return the specific words of the name of a disease."""
    words = bag(name).split("_")
    return "_".join(word for word in words if word not in _UNSPECIFIC_DISEASE_WORDS) or name.lower()


def _keys(entry: Entry) -> set[str]:
    """Return the keys of the sure names of an entry."""
    return {key(name) for name, kind in entry.names.items() if kind in (NameKind.PREFERRED, NameKind.EXACT)}


def _require_known(entries: list[Entry]) -> None:
    known = {curie for entry in entries if not entry.is_curated for curie in (entry.concept_id, *entry.same)}
    known |= {entry.concept_id for entry in entries if _prefix(entry.concept_id) == CURATED_PREFIX}
    curated = [entry for entry in entries if entry.is_curated]
    unknown = [f"{entry.concept_id} ({entry.name})" for entry in curated if entry.concept_id not in known]
    unknown += [f"{parent} (above {entry.name})" for entry in curated for parent in entry.parents - known]
    if unknown:
        raise SupplementError(f"in none of the sources: {'; '.join(unknown)}; check these identifiers")


def _merged(group: list[Entry]) -> Entry:
    group.sort(key=_order)
    main = group[0]
    described = next((entry for entry in group if entry.is_curated), main)
    merged = Entry(main.concept_id, described.entity_type, described.subtype, described.name, {})
    merged.is_curated = described.is_curated
    for entry in group:
        for name, kind in entry.names.items():
            merged.add(name, kind)
        merged.support.update({name.lower() for name in entry.names})
        merged.xrefs |= {entry.concept_id, *entry.same, *entry.xrefs}
        if entry.is_curated:
            merged.curated_names |= entry.curated_names
    for entry in group:
        if entry.is_curated:
            merged.names |= entry.names  # the reviewed kind of a name takes precedence
    merged.parents = _parents(group, merged.entity_type)
    if any(entry.undetected for entry in group):
        detected = {key(name) for entry in group for name in entry.names.keys() - entry.undetected}
        merged.undetected = {name for entry in group for name in entry.undetected if key(name) not in detected}
    merged.same = {entry.concept_id for entry in group} - {main.concept_id}
    merged.xrefs -= merged.same | {main.concept_id}
    return merged


def _parents(group: Sequence[Entry], entity_type: str) -> set[str]:
    """Return the parents of a concept; of a disease or effect from one hierarchy: several contradict each other."""
    curated = {parent for entry in group if entry.is_curated for parent in entry.parents}
    others = [entry for entry in group if not entry.is_curated and entry.parents]
    if entity_type in ("disease", "effect") and others:
        first = min((_prefix(entry.concept_id) for entry in others), key=PREFERRED_PREFIXES.index)
        others = [entry for entry in others if _prefix(entry.concept_id) == first]
    by_rule = {_class_of(group[0].name)} if any(entry.subtype == "biologic" for entry in group) else set()
    return curated.union(by_rule, *(entry.parents for entry in others))


def _class_of(biologic: str) -> str:
    """Return the class of a biologic by its name: a monoclonal antibody if it ends in -mab (WHO), else a biologic."""
    return "MESH:D000911" if biologic.lower().endswith("mab") else "MESH:D001688"


def _prefix(curie: str) -> str:
    return curie.partition(":")[0]


def _order(entry: Entry) -> tuple[int, str, bool]:
    return PREFERRED_PREFIXES.index(_prefix(entry.concept_id)), entry.concept_id, entry.is_curated


def compile_vocabulary(
    folder: Path, out: Path = DATA, *, report: Callable[[str, int, int], None] = lambda *_: None
) -> str:
    """Compile the sources in `folder` and the curated supplement into `out`; return the version.

    `report` is called with the name of each source and its numbers of concepts and names, finally with those of
    "merged". The files in `out` are replaced once all are written, so a failure leaves the old ones in place. What
    comes from a source with a share-alike licence is in a folder of its own in `out`, under its own licence.
    """
    entries = read_supplement(SUPPLEMENT)
    keep = {entry.concept_id for entry in entries} | {parent for entry in entries for parent in entry.parents}
    for name, read in read_sources(folder, keep=keep):
        report(name, len(read), sum(len(entry.names) for entry in read))
        entries += read
    texts.add_texts([entry for entry in entries if not entry.is_curated], folder)
    concepts = one_identity_each(folder, entries, report)
    index = index_names(concepts)
    report("merged", len(concepts), len(index))
    beside, known = {}, concepts
    for name, readers in BESIDE.items():
        beside[name], known = _beside(folder, known, readers, report)
    version = write_vocabulary(out, concepts, index, source_versions(folder, SOURCES))
    for name, additions in beside.items():
        if additions:
            write_vocabulary(out / name, additions, index_names(additions), BESIDE_VERSIONS[name])
    return version


def one_identity_each(
    folder: Path, entries: list[Entry], report: Callable[[str, int, int], None] = lambda *_: None
) -> list[Entry]:
    """Merge the entries of the sources, and add what substances, microbes and outcomes are called to them."""
    withhold(entries)
    withhold_parents(entries)
    refused = mappings.refused(folder)
    mappings.add_mappings([entry for entry in entries if not entry.is_curated], folder)
    concepts = fold_duplicates(merge(entries, refused=refused))
    if owners_file(folder, "mesh/supp20*") is None:
        concepts = add_records(concepts)
    concepts = fold_salts(fold_namesakes(concepts))
    register = Register(concepts)
    of_mesh = mappings.substances_of_mesh(folder)
    for name, added in {
        "MeSH proteins": substances.human_proteins(folder),
        "MeSH supplementary": _mapped(substances.supplementary(folder), of_mesh),
        "UNII": _of_drugbank(substances.unii(folder), register),
        "NCBI prokaryotes": taxa.prokaryotes(folder),
        "Outcome measures": outcomes.outcomes(folder),
    }.items():
        found = salts_last(added)
        report(name, len(found), sum(len(entry.names) for entry in found))
        attach_all(register, found, refused=refused)
    add_brands(register, substances.us_brands(folder))
    concepts = sorted(register.concepts, key=lambda concept: concept.concept_id)
    add_roles(concepts, folder)
    distrust_series(concepts)
    give_names_one_meaning(concepts)
    give_references_one_owner(concepts)
    return concepts


def _mapped(entries: Iterable[Entry], of_mesh: Mapping[str, str]) -> Iterator[Entry]:
    for entry in entries:
        if entry.concept_id in of_mesh:
            entry.same.add(of_mesh[entry.concept_id])
        yield entry


def _of_drugbank(entries: Iterable[Entry], register: Register) -> Iterator[Entry]:
    """Leave out what is neither a known drug, nor the salt of one, nor named as a drug is."""
    for entry in entries:
        if entry.concept_id in register.numbered or register.known(entry) or substances.is_in_use(entry):
            yield entry


def _beside(
    folder: Path,
    concepts: Sequence[Entry],
    readers: Iterable[Callable[[Path], Iterable[Entry]]],
    report: Callable[[str, int, int], None],
) -> tuple[list[Entry], list[Entry]]:
    """Return what sources add to the concepts, with the concepts that only they have, and all concepts with that."""
    register = Register([entry.copied() for entry in concepts])
    references = {concept.concept_id: concept.xrefs for concept in concepts}
    for reader in readers:
        found = salts_last(reader(folder))
        report(reader.__name__, len(found), sum(len(entry.names) for entry in found))
        attach_all(register, found)
    additions = []
    for entry in register.concepts:
        names = register.added.get(entry.concept_id, {})
        xrefs = entry.xrefs - references.get(entry.concept_id, set())
        if names or xrefs:
            addition = Entry(entry.concept_id, entry.entity_type, entry.subtype, entry.name, names, xrefs=xrefs)
            addition.undetected = entry.undetected & names.keys()
            addition.parents = set() if entry.concept_id in references else entry.parents
            additions.append(addition)
    return sorted(additions, key=lambda entry: entry.concept_id), register.concepts
