"""Names that INDRA and FamPlex have grounded by hand: spellings in articles that differ from those in databases."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from extractors.language.normalisation import is_case_sensitive
from extractors.linking.vocabulary.build.sources.files import comma_separated
from extractors.linking.vocabulary.entry import Entry, NameKind

_PREFIXES = {"FPLX": "FPLX", "UP": "UniProt", "HGNC": "HGNC", "CHEBI": "CHEBI", "MESH": "MESH", "GO": "GO"}


def add_texts(entries: Collection[Entry], folder: Path) -> None:
    """Add to the entries the texts that the grounding maps give them."""
    by_curie: dict[str, Entry] = {}
    by_symbol: dict[str, Entry] = {}
    for entry in entries:
        by_curie.setdefault(entry.concept_id, entry)
        for curie in entry.xrefs:
            if curie.startswith("UniProt:"):
                by_curie.setdefault(curie, entry)
        if entry.concept_id.startswith("HGNC:"):
            by_symbol[entry.name] = entry
    for path in (folder / "famplex/grounding_map.csv", folder / "indra-gilda/indra_grounding_map.csv"):
        for text, namespace, identifier, *_ in comma_separated(path, fields=3):
            if namespace not in _PREFIXES or len(text) < 2:
                continue
            identifier = identifier.split(":")[-1]
            found = by_curie.get(f"{_PREFIXES[namespace]}:{identifier}") or (
                by_symbol.get(identifier) if namespace == "HGNC" else None
            )
            if found is not None:
                found.add(f"={text}" if is_case_sensitive(text) else text, NameKind.ALIAS)
