"""Substances that have a name in use: FDA's UNII list, MeSH's supplementary records, brands of the United States.

Each is yielded as an entry of its own. Which known drug it is, `build.attach` decides, because a salt, a brand and a
code have identifiers of their own in these sources.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from extractors.language.lexicon import word_list
from extractors.language.name_forms import inn_subtype
from extractors.linking.vocabulary.build.attach import spelled_brand, without_salt
from extractors.linking.vocabulary.build.sources.drugs import drug_subtype
from extractors.linking.vocabulary.build.sources.files import pairs, table
from extractors.linking.vocabulary.build.sources.mesh import HEADINGS_2025, genes_of_mesh, mesh_type, uninvert
from extractors.linking.vocabulary.build.sources.targets import ILLNESS
from extractors.linking.vocabulary.entry import Entry, NameKind

UNII = "unii/unii_brand_code_official.tsv.gz"
UNII_COMMON = "unii/unii_common_names.tsv.gz"
SUPPLEMENTARY = "mesh-2025/mesh_supp_id_label_mappings_2024.tsv.gz"
CMS = "us-brand-names/cms_brand_generic_2013-2017.tsv"
PURPLE_BOOK = "us-brand-names/fda_purple_book_2025.tsv"

_LONGEST = 45
_LONGEST_SYSTEMATIC = 30
_LOCANTS = re.compile(r"\d,\d|\d'|\d[A-Za-z]?\)|\[")
_CODE = re.compile(r"([A-Z]{1,8})[ -]?(\d[\dA-Z,./ -]*)")
_LISTS = re.compile(
    r"(FEMA|INS|CFR|EPA|HSDB|CCRIS|UN|AI3|IDS|C\.I\.|ENT|B|J)\b[ -.]*(NO\b|\d)|[BJ]\d|E[ -]?\d{3}\b|CI \d{5}", re.I
)
"""Numbers of other lists: flavours, food additives, dyes, pesticides, allergens."""

_NO_DRUG = frozenset(word_list("linking", "no_drug_substances"))
_REMARK = re.compile(r"[\[(]|\bCOMPONENT\b|\bIMPURITY\b|\bMETABOLITE\b|, | AS | WITH | IN ")
_DEVICE = frozenset(word_list("linking", "no_drug_products"))
_DOSED = re.compile(r"^\d|\d+ ?(mg|mcg|%)", re.I)


def is_code(name: str) -> bool:
    """Whether a name is a development code that means nothing else: two letters, three digits; or one letter, four.

    >>> [is_code(code) for code in ("BMS-986165", "MT-201", "U-46619", "RO 23-4194", "H-7", "A 33", "CD28")]
    [True, True, True, True, False, False, False]
    """
    found = _CODE.fullmatch(name)
    if found is None:
        return False
    digits: int = sum(char.isdigit() for char in found[2])
    return digits >= (4 if len(found[1]) == 1 else 3)


def natural(name: str) -> str:
    """Return a heading in natural order, but for combinations, which list their members.

    >>> natural("insulin, neutral"), natural("carbidopa, levodopa drug combination")
    ('neutral insulin', 'carbidopa, levodopa drug combination')
    """
    return name if name.endswith(" combination") else uninvert(name)


def is_systematic(name: str) -> bool:
    """Whether a name spells out a structure at length, so that no article has it in these letters."""
    return len(name) > _LONGEST or (len(name) > _LONGEST_SYSTEMATIC and _LOCANTS.search(name) is not None)


def unii(folder: Path) -> Iterator[Entry]:
    """Yield the substances of FDA's list by their official, brand, code and common names.

    A brand must be written with capitals, a code keeps its letters. Brands of what has no official name as a drug,
    mostly pesticides and plastics, are looked up, but not searched for. What is a plant, a food or an ingredient of
    cosmetics by its name is left out, as are the numbers of other lists and names with a remark.
    """
    if not (folder / UNII).is_file():
        return
    entries: dict[str, Entry] = {}
    official: set[str] = set()
    for path, is_common in ((UNII, False), (UNII_COMMON, True)):
        for row in table(folder / path):
            entry = entries.get(row["unii"])
            if entry is None:
                label = plain(row["display_name"])
                entry = entries[row["unii"]] = Entry(f"UNII:{row['unii']}", "drug", "", label, {})
            if row["type"] == "of":
                official.add(entry.concept_id)
            if not is_common or not _REMARK.search(row["name"]):
                _add_substance_name(entry, row["type"], row["name"])
    for number in sorted(entries):
        entry = entries[number]
        words = set(re.findall(r"[a-z]+", entry.name.lower()))
        if entry.concept_id not in official:
            entry.undetected |= {name for name, kind in entry.names.items() if kind is NameKind.BRAND}
        if words.isdisjoint(_NO_DRUG) and entry.names:
            entry.subtype = drug_subtype(entry.name)
            if not is_systematic(entry.name):
                entry.add(entry.name, NameKind.PREFERRED)
            yield entry


def is_in_use(entry: Entry) -> bool:
    """Whether a substance that no other source has is named as a drug is: by a brand, a code or the stem of its name.

    Numbers of the screening collection of the National Cancer Institute (NSC) are no sign of that.
    """
    label = entry.name
    if is_systematic(label):
        return any(is_code(name) and not name.startswith("NSC") for name in entry.names)
    if not (label.isalpha() or without_salt(label) is not None or is_code(label)):
        return False
    return bool(inn_subtype(label.lower())) or any(
        kind is NameKind.BRAND or (is_code(name) and not name.startswith("NSC")) for name, kind in entry.names.items()
    )


def plain(name: str) -> str:
    """Return a name of the list, which is all in capitals, as it is printed."""
    return name if any(map(str.isdigit, name)) else name.capitalize()


def _add_substance_name(entry: Entry, kind: str, name: str) -> None:
    name = name.strip()
    if _LISTS.match(name) or is_systematic(name) or len(name) < 3:
        return
    if _CODE.fullmatch(name):
        entry.add(name, NameKind.ALIAS)
        if not is_code(name):
            entry.undetected.add(name)
    elif kind == "bn":
        entry.add(spelled_brand(name), NameKind.BRAND)
    elif kind == "of":
        entry.add(plain(name), NameKind.EXACT)
    elif kind == "cn" and (" " in name or len(name) > 6):
        entry.add(plain(name), NameKind.ALIAS)
    else:
        entry.add(name, NameKind.ALIAS)
        entry.undetected.add(name)


def supplementary(folder: Path) -> Iterator[Entry]:
    """Yield MeSH's supplementary records of chemicals, protocols and diseases, below their headings.

    Records of proteins are left out: those of human ones are references of their genes, the others are of other
    species. A record is a drug if one of its headings is one and none is a protein, or if its name says so.
    """
    if not (folder / SUPPLEMENTARY).is_file():
        return
    headings = {
        identifier: (name, mesh_type(name, trees.split("|")))
        for identifier, name, _, trees, *_ in pairs(folder / HEADINGS_2025, fields=4)
    }
    for identifier, name, *rest in pairs(folder / SUPPLEMENTARY, fields=3):
        above = [heading for heading in rest[-1].split(",") if heading in headings]
        kind = _supplementary_kind(name, [headings[heading][1] for heading in above])
        if kind is None or (kind[0] == "disease" and _OF_SERIES.search(name)):
            continue
        entry = Entry(f"MESH:{identifier}", *kind, natural(name), {})
        terms = [term for field in rest[:-1] for term in field.split("|")]
        for term in (natural(name), *terms):
            if term and not is_systematic(term):
                entry.add(natural(term), NameKind.PREFERRED if natural(term) == entry.name else NameKind.EXACT)
        entry.undetected = {term for term in entry.names if _needs_evidence(term)}
        entry.parents = {f"MESH:{heading}" for heading in above if headings[heading][1] is not None}
        if entry.names:
            yield entry


_OF_HUMANS = re.compile(r", human$")
_WORDY = re.compile(r"[a-z]{5}")
_QUALITY = re.compile(r"(ing|ed|al|ic|ory|like|tion|gland|antigen|domain|family|type|\d|\bof \w+)$")
"""Matches what is a name only with "protein" behind it ("docking protein", "upstream of Ras protein")."""

_PROTEIN = re.compile(r" protein, |, (human|mouse|rat|yeast|[A-Z]\w* \w+)$")
_OF_SERIES = re.compile(r"\d+[A-Z]?$|, |\btype [IVXivx\d]+", re.I)
"""Matches the name of a member of a series of illnesses: MONDO has these, under clearer names."""

_PROTOCOL = re.compile(r" (protocol|regimen|combination)$")


def _supplementary_kind(name: str, above: list[tuple[str, str] | None]) -> tuple[str, str] | None:
    kinds = [kind for kind in above if kind is not None]
    if _PROTEIN.search(name) or not kinds:
        return None
    types = {kind[0] for kind in kinds}
    if types <= {"disease", "effect"}:
        return "disease", "disease"
    if "drug" not in types and "target" not in types:
        return None
    subtype = drug_subtype(name)
    if _PROTOCOL.search(name):
        return "drug", "procedure"
    if subtype in ("biologic", "drug_class"):
        return "drug", subtype
    if "target" in types:
        return None
    return "drug", subtype


def _needs_evidence(name: str) -> bool:
    """Whether a name is so short that it means something else as often: up to four signs, or five capitals."""
    bare = re.sub(r"\W", "", name)
    if len(bare) < 5 or (bare.isupper() and bare.isalpha() and len(bare) < 7):
        return True
    return bool(_CODE.fullmatch(name)) and not is_code(name)


def human_proteins(folder: Path) -> Iterator[Entry]:
    """Yield what MeSH's supplementary records call the products of human genes, to be added to the genes.

    Only names that are words: symbols are for HGNC and NCBI Gene to give.
    """
    genes = genes_of_mesh(folder)
    if not genes or not (folder / SUPPLEMENTARY).is_file():
        return
    for identifier, name, *rest in pairs(folder / SUPPLEMENTARY, fields=3):
        if identifier not in genes:
            continue
        entry = Entry(f"MESH:{identifier}", "target", "protein", name, {}, same={genes[identifier]})
        for term in [name, *(term for field in rest[:-1] for term in field.split("|"))]:
            bare = _OF_HUMANS.sub("", term)
            kept = bare.removesuffix(" protein")
            if "," in bare or is_systematic(bare) or not _WORDY.search(kept) or ILLNESS.search(bare):
                continue
            entry.add(bare, NameKind.ALIAS)
            if not _QUALITY.search(kept):
                entry.add(kept, NameKind.ALIAS)
        if entry.names:
            yield entry


def us_brands(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield brands of the United States with the names of their ingredients; no devices, no generics."""
    found: dict[str, list[str]] = defaultdict(list)
    if (folder / CMS).is_file():
        for row in table(folder / CMS):
            found[row["brand"]].append(row["generic"])
    if (folder / PURPLE_BOOK).is_file():
        for row in table(folder / PURPLE_BOOK):
            found[row["brand"]].append(re.sub(r"-[a-z]{4}$", "", row["proper_name"]))
    for brand, generics in found.items():
        words = {word.lower() for word in re.findall(r"\w+", f"{brand} {generics[0]}")}
        if words.isdisjoint(_DEVICE) and not _DOSED.search(brand) and len(brand) > 2:
            yield brand, generics
