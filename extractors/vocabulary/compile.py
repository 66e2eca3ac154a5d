"""Compile the bundled vocabulary: `python -m extractors.vocabulary.compile SOURCES_FOLDER`.

Entries of all sources are merged into one concept each, by exact mappings, and for drugs also by the same preferred
name; the canonical identifier is the first of `PREFERRED_PREFIXES` that the concept has. Every name is stored with
its candidates, best first. The result depends on the input alone.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import logging
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import marisa_trie
from spacy.lang.en.stop_words import STOP_WORDS

from extractors.records import ENTITY_SUBTYPES
from extractors.vocabulary import sources
from extractors.vocabulary.keys import key
from extractors.vocabulary.lookup import (
    CONCEPT_COLUMNS,
    CONCEPTS_FILE,
    DATA,
    NAMES_FILE,
    RECORD_FORMAT,
    UNGROUNDED_PREFIX,
    VERSION_FILE,
)
from extractors.vocabulary.sources import Entry

logger = logging.getLogger(__name__)

PREFERRED_PREFIXES = (
    "HGNC",
    "FPLX",
    "CL",
    "MONDO",
    "DOID",
    "DRUGBANK",
    "GO",
    "MESH",
    "CHEBI",
    "NCIT",
    "SYMP",
)
"""Which identifier a merged concept is known by, best first."""

SUPPLEMENT = DATA.parent / "supplement.tsv"
STOP_NAMES = DATA.parent / "stop_names.tsv"
_ANTI_TARGET = re.compile(r"[Aa]nti-[A-Z][A-Z0-9]")
MAX_SYNONYMS = 40
MAX_CANDIDATES = 3
_TYPE_ORDER = ("target", "disease", "drug", "effect")


class SupplementError(ValueError):
    """A line of the supplement breaks its form."""


def read_supplement(path: Path) -> list[Entry]:
    """Read the curated names: concept_id (may be empty), entity_type, subtype, name, synonyms separated by "|".

    A row without concept_id types its names and leaves them ungrounded. Raises SupplementError with file and line.
    """
    entries = []
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), start=2):
            entity_type, subtype = row["entity_type"], row["subtype"]
            if subtype not in ENTITY_SUBTYPES.get(entity_type, ()):
                raise SupplementError(
                    f"{path.name}:{number}: {entity_type!r} with subtype {subtype!r}; expected one of "
                    + "; ".join(f"{kind}: {', '.join(subs)}" for kind, subs in ENTITY_SUBTYPES.items())
                )
            names = dict.fromkeys((row["name"], *filter(None, (row["synonyms"] or "").split("|"))), 0)
            concept_id = row["concept_id"] or f"{UNGROUNDED_PREFIX}{row['name'].lower()}"
            entries.append(Entry(concept_id, entity_type, subtype, row["name"], names))
    return entries


def merge(entries: Iterable[Entry]) -> list[Entry]:
    """Merge entries that name the same concept, and give each its canonical identifier; sorted by identifier."""
    groups: dict[str, str] = {}

    def root(curie: str) -> str:
        while groups.setdefault(curie, curie) != curie:
            groups[curie] = groups[groups[curie]]
            curie = groups[curie]
        return curie

    entries = list(entries)
    known = {curie for entry in entries if 0 not in entry.names.values() for curie in (entry.concept_id, *entry.xrefs)}
    unknown = [
        f"{entry.concept_id} ({entry.name})"
        for entry in entries
        if entry.concept_id not in known and not entry.concept_id.startswith(UNGROUNDED_PREFIX)
    ]
    if unknown:
        raise SupplementError(f"in none of the sources: {'; '.join(unknown)}; check these identifiers")
    labels: dict[tuple[str, str], str] = {}
    for entry in entries:
        for other in entry.xrefs:
            if other.partition(":")[0] in PREFERRED_PREFIXES:
                groups[root(other)] = root(entry.concept_id)
        if entry.entity_type == "drug" and entry.subtype != "drug_class":
            label = (entry.entity_type, entry.name.lower())
            groups[root(labels.setdefault(label, entry.concept_id))] = root(entry.concept_id)
    members: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        members[root(entry.concept_id)].append(entry)
    return sorted((_merged(group) for group in members.values()), key=lambda entry: entry.concept_id)


def _merged(group: list[Entry]) -> Entry:
    group.sort(key=lambda entry: (_prefix_rank(entry.concept_id), entry.concept_id))
    main = group[0]
    curated = next((entry for entry in group if 0 in entry.names.values()), main)
    names: dict[str, int] = {}
    for entry in group:
        for name, rank in entry.names.items():
            names[name] = min(rank, names.get(name, rank))
    xrefs = {curie for entry in group for curie in (entry.concept_id, *entry.xrefs)} - {main.concept_id}
    return Entry(main.concept_id, curated.entity_type, curated.subtype, curated.name, names, xrefs)


def _prefix_rank(curie: str) -> int:
    prefix = curie.partition(":")[0]
    return PREFERRED_PREFIXES.index(prefix) if prefix in PREFERRED_PREFIXES else len(PREFERRED_PREFIXES)


def _singular(name: str) -> str | None:
    head, _, last = name.rpartition(" ")
    if len(last) < 5 or (not last.islower() and not last.istitle()):
        return None
    for plural, singular in (("ies", "y"), ("sses", "ss"), ("s", "")):
        if last.endswith(plural) and not last.endswith(("ss", "us", "is")):
            return f"{head} {last[: -len(plural)]}{singular}".strip()
    return None


def _is_too_short(bare: str, entity_type: str) -> bool:
    """Whether a name means too many things to be trusted where an article does not define it (ES, ALL, 12)."""
    return (
        len(bare) < 3
        or bare.isdigit()
        or (len(bare) == 3 and bare.isalpha() and bare.isupper() and entity_type != "target")
    )


def index_names(concepts: list[Entry], stop_names: set[str]) -> dict[str, list[tuple[int, int]]]:
    """Return key -> (concept number, rank), the best candidates first."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for number, concept in enumerate(concepts):
        for name, rank in concept.names.items():
            forms = [name] if not (singular := _singular(name)) else [name, singular]
            for form, of_form in zip(forms, (rank, rank + 1), strict=False):  # a singular we make ranks below
                spelled = key(form)
                bare = spelled.lstrip("=")
                if of_form and (
                    bare.lower() in stop_names or _is_too_short(bare, concept.entity_type) or _ANTI_TARGET.match(form)
                ):
                    continue
                found[spelled][number] = min(of_form, found[spelled].get(number, of_form))
    index = {}
    for spelled, ranks in found.items():
        order = sorted(
            ranks, key=lambda number: (ranks[number], _TYPE_ORDER.index(concepts[number].entity_type), number)
        )
        index[spelled] = [(number, place) for place, number in enumerate(order[:MAX_CANDIDATES])]
    return index


def compile_vocabulary(folder: Path, out: Path = DATA) -> str:
    """Compile the sources in `folder` and the curated supplement into `out`; return the version."""
    with STOP_NAMES.open(encoding="utf-8", newline="") as file:
        stop_names = {key(row["name"]).lstrip("=").lower() for row in csv.DictReader(file, delimiter="\t")}
    stop_names |= {key(word) for word in STOP_WORDS}
    entries = read_supplement(SUPPLEMENT)
    curated = {entry.concept_id for entry in entries}
    readers: dict[str, Iterable[Entry]] = {
        "HGNC and NCBI Gene": sources.hgnc(folder),
        "FamPlex": sources.famplex(folder),
        "Cell Ontology": sources.cell_ontology(folder),
        "MONDO, DOID, NCIT, SYMP": sources.diseases(folder),
        "DrugBank vocabulary": sources.drugbank(folder),
        "ChEBI": sources.chebi(folder),
        "Gene Ontology": sources.gene_ontology(folder),
        "MeSH": sources.mesh(folder, keep=curated),
    }
    for name, rows in readers.items():
        read = list(rows)
        logger.info("%s: %d concepts, %d names", name, len(read), sum(len(entry.names) for entry in read))
        entries += read
    concepts = merge(entries)
    index = index_names(concepts, stop_names)
    logger.info("merged: %d concepts, %d names", len(concepts), len(index))
    out.mkdir(parents=True, exist_ok=True)
    lines = ["\t".join(CONCEPT_COLUMNS), *map(_row, concepts)]
    table = "\n".join(lines).encode()
    (out / CONCEPTS_FILE).write_bytes(gzip.compress(table, compresslevel=9, mtime=0))
    pairs = [(spelled, record) for spelled in sorted(index) for record in index[spelled]]
    marisa_trie.RecordTrie(RECORD_FORMAT, pairs).save(str(out / NAMES_FILE))
    digest = hashlib.sha256(table)
    digest.update(repr(pairs).encode())
    version = digest.hexdigest()[:12]
    (out / VERSION_FILE).write_text(version + "\n", encoding="utf-8")
    return version


def _row(concept: Entry) -> str:
    vocabulary = concept.concept_id.partition(":")[0]
    ranked = sorted(concept.names, key=lambda name: (concept.names[name], name.lower(), name))
    seen: dict[str, str] = {}
    for name in ranked:
        seen.setdefault(key(name), name.removeprefix("="))
    synonyms = [name.replace("|", "/") for name in seen.values() if name != concept.name][:MAX_SYNONYMS]
    fields = (
        concept.concept_id,
        concept.entity_type,
        concept.subtype,
        concept.name,
        vocabulary,
        "|".join(sorted(concept.xrefs)),
        "|".join(synonyms),
    )
    return "\t".join(field.replace("\t", " ").replace("\n", " ") for field in fields)


def main() -> int:
    """Compile from the folder given on the command line."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.stderr.write(
            f"got {' '.join(sys.argv[1:]) or 'no argument'!r}; expected one folder with the open vocabularies, "
            "for example: make vocab VOCAB=../shared/vocab\n"
        )
        return 2
    sys.stdout.write(f"vocabulary {compile_vocabulary(Path(sys.argv[1]))}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
