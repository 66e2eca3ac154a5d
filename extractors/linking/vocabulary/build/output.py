"""Writes a compiled vocabulary: the table of concepts, the trie of names, the versions of the sources."""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Sequence
from pathlib import Path

from extractors.language.normalisation import key
from extractors.linking.vocabulary.build.releases import read_records
from extractors.linking.vocabulary.entry import RANK, Entry
from extractors.linking.vocabulary.index import CONCEPTS_FILE, NAMES_FILE, Index, trie_of
from extractors.linking.vocabulary.lookup import CONCEPT_COLUMNS, SOURCES_FILE, VERSION_FILE

MAX_SYNONYMS = 40


def write_vocabulary(out: Path, concepts: Sequence[Entry], index: Index, versions: str) -> str:
    """Write concepts and names into `out`, and return the version, a hash of them.

    The files are replaced once all are written, so a failure leaves the old ones in place.
    """
    out.mkdir(parents=True, exist_ok=True)
    text = "\n".join(["\t".join(CONCEPT_COLUMNS), *map(_row, concepts)]).encode()
    beside = {name: out / f"{name}.part" for name in (CONCEPTS_FILE, NAMES_FILE, SOURCES_FILE, VERSION_FILE)}
    beside[CONCEPTS_FILE].write_bytes(gzip.compress(text, compresslevel=9, mtime=0))
    trie_of(index).save(str(beside[NAMES_FILE]))
    digest = hashlib.sha256(text)
    for spelled in sorted(index):
        digest.update(repr((spelled, index[spelled])).encode())
    version = digest.hexdigest()[:12]
    beside[SOURCES_FILE].write_text(versions, encoding="utf-8")
    beside[VERSION_FILE].write_text(version + "\n", encoding="utf-8")
    for name, path in beside.items():
        path.replace(out / name)
    return version


def source_versions(folder: Path, sources: Path) -> str:
    """Return the table of `sources`, where the version of a fetched source is the day of fetching."""
    days = {record.path.partition("/")[0]: record.fetched_at[:10] for record in read_records(folder)}
    with sources.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    for row in rows:
        if row["folder"] in days:
            row["version"] = f"as of {days[row['folder']]}"
    return "\n".join(["\t".join(rows[0]), *("\t".join(row.values()) for row in rows)]) + "\n"


def _row(concept: Entry) -> str:
    def order(name: str) -> tuple[int, str, str]:
        return RANK[concept.names[name]], name.lower(), name

    seen: dict[str, str] = {}
    for name in sorted(concept.names, key=order):
        seen.setdefault(key(name), name)
    synonyms = [
        f"{concept.names[name].value}{name.removeprefix('=').replace('|', '/')}"
        for name in seen.values()
        if name.removeprefix("=") != concept.name
    ]
    fields = (
        concept.concept_id,
        concept.entity_type,
        concept.subtype,
        concept.name,
        "|".join((*sorted(concept.same), *sorted(concept.xrefs))),
        "|".join(sorted(concept.parents)),
        "|".join(synonyms[:MAX_SYNONYMS]),
    )
    return "\t".join(field.replace("\t", " ").replace("\n", " ") for field in fields)
