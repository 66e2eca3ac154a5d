"""Vocabularies of which only the concepts in the supplement are used: species, complexes, adverse events."""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Collection, Iterator
from pathlib import Path

from extractors.linking.vocabulary.build.sources.files import (
    SourceError,
    obo_terms,
    opened,
    owners_file,
    pairs,
    read,
    table,
)
from extractors.linking.vocabulary.entry import Entry, NameKind
from extractors.records import ADVERSE_EFFECT

_OAE_LABEL = re.compile(r'rdf:about="http://purl.obolibrary.org/obo/OAE_(\d+)">.*?<rdfs:label[^>]*>([^<]+)<', re.S)
_NAMES_OF_TAXON = {"scientific name": NameKind.PREFERRED, "synonym": NameKind.EXACT, "equivalent name": NameKind.EXACT}


def species(folder: Path, *, keep: Collection[str]) -> Iterator[Entry]:
    """Return the species of the NCBI Taxonomy in `keep`, from NCBI's dump or from lists made of it."""
    owners = owners_file(folder, "species/taxdump.tar*")
    entries = _dumped_species(owners, keep) if owners else _listed_species(folder, keep)
    yield from (entries[curie] for curie in sorted(entries))


def _dumped_species(path: Path, keep: Collection[str]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    if not any(curie.startswith("NCBITaxon:") for curie in keep):
        return entries
    try:
        with opened(path) as file, tarfile.open(fileobj=file, mode="r:") as archive:
            member = next((member for member in archive if member.name == "names.dmp"), None)
            names = archive.extractfile(member) if member else None
            for line in io.TextIOWrapper(names, encoding="utf-8") if names else ():
                number, name, _, name_class = line.removesuffix("\t|\n").split("\t|\t")
                curie, kind = f"NCBITaxon:{number}", _NAMES_OF_TAXON.get(name_class)
                if curie in keep and kind is not None:
                    entry = entries.setdefault(curie, Entry(curie, "target", "microbiota", name, {}))
                    entry.add(name, kind)
                    if kind is NameKind.PREFERRED:
                        entry.name = name
    except SourceError:
        raise
    except (tarfile.TarError, ValueError) as error:
        raise SourceError(path, f"is broken or cut short ({error})") from error
    if names is None:
        raise SourceError(path, "has no names.dmp")
    return entries


def _listed_species(folder: Path, keep: Collection[str]) -> dict[str, Entry]:
    entries = {
        term.concept_id: Entry(term.concept_id, "target", "microbiota", term.name, dict(term.names))
        for term in obo_terms(folder / "species/ncbitaxon_import_mondo.obo", "NCBITaxon:")
        if term.concept_id in keep
    }
    for name, number, *_ in pairs(folder / "species/Species_exhaustive_clulab.tsv.gz"):
        curie = f"NCBITaxon:{number}"
        if curie in keep:
            entry = entries.setdefault(curie, Entry(curie, "target", "microbiota", name, {}))
            entry.add(name, NameKind.EXACT)
    return entries


def complexes(folder: Path, *, keep: Collection[str]) -> Iterator[Entry]:
    """Return the protein complexes of the Complex Portal in `keep`, from its table of human ones or one made of it."""
    owners = owners_file(folder, "complex-portal/complextab_9606.tsv*")
    path = owners or folder / "complex-portal/complexportal.tsv.gz"
    identifier, name, synonyms = (
        ("#Complex ac", "Recommended name", "Aliases for complex") if owners else ("identifier", "name", "synonyms")
    )
    for row in table(path):
        curie = f"complexportal:{row[identifier]}"
        if curie in keep:
            entry = Entry(curie, "target", "protein_family", row[name], {row[name]: NameKind.PREFERRED})
            for synonym in row[synonyms].split("|"):
                if synonym not in ("", "-"):
                    entry.add(synonym, NameKind.EXACT)
            yield entry


def adverse_events(folder: Path, *, keep: Collection[str]) -> Iterator[Entry]:
    """Return the events of the Ontology of Adverse Events in `keep`, from its release or the terms since 2022."""
    path = owners_file(folder, "oae/oae.owl*") or folder / "oae/new_OAE_terms_2022.owl.gz"
    labels = _OAE_LABEL.findall(read(path).getvalue())
    if not labels:
        raise SourceError(path, "has no adverse event with a label")
    for number, label in labels:
        curie, name = f"OAE:{number}", label.removesuffix(" AE")
        if curie in keep:
            yield Entry(curie, "effect", ADVERSE_EFFECT, name, {name: NameKind.PREFERRED})
