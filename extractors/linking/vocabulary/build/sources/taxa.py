"""Bacteria and archaea: the NCBI Taxonomy of 2024, with the names that they had before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from extractors.linking.vocabulary.build.sources.drugs import MICROBE
from extractors.linking.vocabulary.build.sources.files import table
from extractors.linking.vocabulary.entry import Entry, NameKind

PROKARYOTES = "ncbi-taxonomy-prokaryotes/ncbi_prokaryotes_2024-09.tsv.gz"
RENAMED = "ncbi-taxonomy-prokaryotes/renamed_since_2020.tsv"
_LONGEST = 60
_SHORTEST_EPITHET = 5


def prokaryotes(folder: Path) -> Iterator[Entry]:
    """Yield genera, species and what stands above them; a name of one word counts only with a capital.

    The short form of a species ("B. fragilis") is a name if no other species has it.
    """
    if not (folder / PROKARYOTES).is_file():
        return
    earlier: dict[str, list[str]] = defaultdict(list)
    for row in table(folder / RENAMED):
        earlier[row["taxid"]].append(row["old_name"])
    rows = [
        row
        for row in table(folder / PROKARYOTES)
        if len(row["scientific_name"]) <= _LONGEST and row["scientific_name"][0] != "["
    ]
    shared = Counter(short for row in rows if (short := _short(row["scientific_name"])))
    for row in rows:
        name = row["scientific_name"]
        kind = ("drug", "microbe") if MICROBE.match(name) else ("target", "microbiota")
        entry = Entry(f"NCBITaxon:{row['taxid']}", *kind, name, {_cased(name): NameKind.PREFERRED})
        for old in earlier[row["taxid"]]:
            entry.add(_cased(old), NameKind.EXACT)
        if (short := _short(name)) and shared[short] == 1:
            entry.add(f"={short}", NameKind.ABBREVIATION)
        entry.parents = {f"NCBITaxon:{row['parent_taxid']}"}
        yield entry


def _cased(name: str) -> str:
    return name if " " in name else f"={name}"


def _short(name: str) -> str | None:
    genus, _, epithet = name.partition(" ")
    return (
        f"{genus[0]}. {epithet}"
        if genus.isalpha() and epithet.isalpha() and len(epithet) >= _SHORTEST_EPITHET
        else None
    )
