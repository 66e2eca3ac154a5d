"""Targets: genes, protein families and complexes, cell types."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from extractors.linking.vocabulary.build.sources.files import (
    comma_separated,
    obo_terms,
    owners_file,
    pairs,
    read,
    table,
)
from extractors.linking.vocabulary.build.sources.mesh import genes_of_mesh
from extractors.linking.vocabulary.entry import Entry, NameKind

_PROTEIN_LOCI = (
    "gene with protein product",
    "immunoglobulin gene",
    "T cell receptor gene",
    "complex locus constituent",
)
ILLNESS = re.compile(
    r"(syndrome|disease|deficiency|cancer|emia|ataxia|dystrophy|epilepsy|deafness|susceptib\w+)\b", re.I
)
_WEIGHT = re.compile(r"[pP](?!53$)\d{2,3}")
"""Matches an alias that is only a molecular weight (p19, p40), which many proteins share."""


def _symbol_forms(symbol: str) -> set[str]:
    """Return a gene symbol as it is and, if it contains a digit, in the spelling of rodent genes (IL10, Il10)."""
    has_digit = any(char.isdigit() for char in symbol) and len(symbol) > 2
    return {symbol, symbol.capitalize()} if has_digit and symbol.isupper() else {symbol}


def hgnc(folder: Path) -> Iterator[Entry]:
    """Return the human protein-coding genes of HGNC, with the names and symbols that NCBI Gene adds."""
    of_ncbi = {row["GeneID"]: row for row in table(folder / "ncbi-gene-human/Homo_sapiens.gene_info.gz")}
    above: dict[str, set[str]] = defaultdict(set)
    for lower, relation, upper in _famplex_relations(folder):
        if relation in ("isa", "partof"):
            above[lower].add(upper)
    of_mesh: dict[str, list[str]] = defaultdict(list)
    for number, gene in genes_of_mesh(folder).items():
        of_mesh[gene].append(number)
    markers = _cd_names(folder)
    for row in table(folder / "hgnc/hgnc_complete_set.txt.gz"):
        if row["locus_type"] not in _PROTEIN_LOCI or row["status"] != "Approved":
            continue
        entry = Entry(row["hgnc_id"], "target", "protein", row["symbol"], {})
        for form in _symbol_forms(row["symbol"]):
            entry.add(f"={form}", NameKind.PREFERRED)
        entry.add(row["name"], NameKind.PREFERRED)
        _add_other_symbols(entry, row, of_ncbi.get(row["entrez_id"]))
        _add_other_names(entry, row, of_ncbi.get(row["entrez_id"]))
        if row["entrez_id"]:
            entry.xrefs.add(f"NCBIGene:{row['entrez_id']}")
        if row["ensembl_gene_id"]:
            entry.xrefs.add(f"ENSEMBL:{row['ensembl_gene_id']}")
        entry.xrefs |= {f"MESH:{number}" for number in of_mesh[row["hgnc_id"]]}
        for name in markers[row["hgnc_id"]]:
            entry.add(f"={name}", NameKind.EXACT)
        entry.xrefs |= {f"UniProt:{accession}" for accession in row["uniprot_ids"].split("|") if accession}
        entry.parents |= {f"hgnc.genegroup:{group}" for group in row["gene_group_id"].split("|") if group}
        entry.parents |= above[f"HGNC:{row['symbol']}"]
        yield entry


def _cd_names(folder: Path) -> dict[str, list[str]]:
    """Return gene -> its names among the CD molecules, but not those of several genes or a complex (CD1, CD3)."""
    path = folder / "cd-markers/cd_molecules_hgnc.tsv"
    if not path.is_file():
        return defaultdict(list)
    complexes = {
        name for term in obo_terms(folder / "famplex/famplex.obo", "FPLX:") for name in (term.name, *term.names)
    }
    genes: dict[str, set[str]] = defaultdict(set)
    for row in table(path):
        if row["cd_name"] not in complexes:
            genes[row["cd_name"]].add(row["hgnc_id"])
    names: dict[str, list[str]] = defaultdict(list)
    for name, having in genes.items():
        if len(having) == 1 and name:
            names[next(iter(having))].append(name)
    return names


def _add_other_symbols(entry: Entry, row: Mapping[str, str], of_ncbi: Mapping[str, str] | None) -> None:
    symbols = dict.fromkeys(of_ncbi["Synonyms"].split("|") if of_ncbi else (), NameKind.RELATED)
    symbols |= dict.fromkeys((*row["alias_symbol"].split("|"), *row["prev_symbol"].split("|")), NameKind.ALIAS)
    for symbol, kind in symbols.items():
        if symbol not in ("", "-") and not _WEIGHT.fullmatch(symbol):
            for form in _symbol_forms(symbol):
                entry.add(f"={form}", kind)


def _add_other_names(entry: Entry, row: Mapping[str, str], of_ncbi: Mapping[str, str] | None) -> None:
    for column, kind in (("alias_name", NameKind.EXACT), ("prev_name", NameKind.ALIAS)):
        for name in filter(None, row[column].split("|")):
            entry.add(name if " " in name or name.islower() else f"={name}", kind)
    for name in of_ncbi["Other_designations"].split("|") if of_ncbi else ():
        if len(name) > 6 and " " in name and not ILLNESS.search(name):
            entry.add(name, NameKind.DESCRIPTION)


def _famplex_relations(folder: Path) -> Iterator[tuple[str, str, str]]:
    rows = comma_separated(folder / "famplex/relations.csv", fields=5)
    for lower_space, lower, relation, upper_space, upper, *_ in rows:
        yield f"{lower_space}:{lower}", relation, f"{upper_space}:{upper}"


def gene_groups(folder: Path) -> Iterator[Entry]:
    """Return the gene groups of HGNC, which are the parents of genes."""
    for row in table(folder / "hgnc-gene-groups/hgnc.genegroup.tsv"):
        curie = f"hgnc.genegroup:{row['identifier']}"
        parents = {parent for parent in row["parents"].split("|") if parent.startswith("hgnc.genegroup:")}
        yield Entry(curie, "target", "protein_family", row["name"], {row["name"]: NameKind.PREFERRED}, parents=parents)


def famplex(folder: Path) -> Iterator[Entry]:
    """Return the protein families and complexes of FamPlex (CC0)."""
    above: dict[str, set[str]] = defaultdict(set)
    for lower, relation, upper in _famplex_relations(folder):
        if relation in ("isa", "partof"):
            above[lower].add(upper)
    for term in obo_terms(folder / "famplex/famplex.obo", "FPLX:"):
        entry = Entry(term.concept_id, "target", "protein_family", term.name, {}, parents=above[term.concept_id])
        entry.same = {xref for xref in term.xrefs if xref.startswith("MESH:")}
        for name in (*term.names, term.concept_id.removeprefix("FPLX:").replace("_", " ")):
            entry.add(name, NameKind.PREFERRED if name == term.name else NameKind.EXACT)
        yield entry


_CELL = re.compile(r"cell|cyt|blast|clast|phag|phil|neuron|platelet|glia|T[hcr]\d|Treg|Tfh|ILC|leuk|lymph|megak", re.I)
_CL_AXIOM = re.compile(r'(label|has(?:Exact|Related)Synonym) obo:CL_(\d{7}) "([^"]+)"')
_CL_PARENT = re.compile(
    r"(?:SubClassOf\((?:Annotation\([^)]*\) )?obo:CL_(\d{7}) obo:CL_(\d{7})\)"
    r"|EquivalentClasses\(obo:CL_(\d{7}) ObjectIntersectionOf\(obo:CL_(\d{7}) )"
)
_CL_KINDS = {
    "label": NameKind.PREFERRED,
    "hasExactSynonym": NameKind.EXACT,
    "hasRelatedSynonym": NameKind.RELATED,
}


def cell_ontology(folder: Path) -> Iterator[Entry]:
    """Return the cell types of the Cell Ontology, from its release (cl.obo) or from its editors' file."""
    owners = owners_file(folder, "cell-ontology/cl.obo*", "cell-ontology/cl-basic.obo*")
    entries = _released_cells(owners) if owners else _edited_cells(folder)
    for curie in sorted(entries):
        entry = entries[curie]
        entry.names = {name: kind for name, kind in entry.names.items() if _CELL.search(name)}
        if entry.name and not entry.name.startswith("obsolete") and entry.names:
            yield entry


def _released_cells(path: Path) -> dict[str, Entry]:
    return {
        term.concept_id: Entry(
            term.concept_id,
            "target",
            "cell_type",
            term.name,
            term.names,
            same={curie for curie in term.same if curie.startswith("CL:")},
            parents={parent for parent in term.parents if parent.startswith("CL:")},
        )
        for term in obo_terms(path, "CL:")
    }


def _edited_cells(folder: Path) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}

    def of(number: str) -> Entry:
        return entries.setdefault(f"CL:{number}", Entry(f"CL:{number}", "target", "cell_type", "", {}))

    for line in read(folder / "cell-ontology/cl-edit.owl.gz"):
        if line.startswith("AnnotationAssertion(") and (found := _CL_AXIOM.search(line)):
            kind, number, name = found.groups()
            if kind == "label":
                of(number).name = name
            of(number).add(name, _CL_KINDS[kind])
        elif found := _CL_PARENT.match(line):
            of(found[1] or found[3]).parents.add(f"CL:{found[2] or found[4]}")
    for name, curie, *_ in pairs(folder / "cell-ontology/CellOntology_names_clulab.tsv.gz"):
        if curie in entries:
            entries[curie].add(name, NameKind.EXACT)
    return entries
