"""Lists names that corpora link to MeSH: `python -m extractors.development.training.mesh_records CORPORA`.

MeSH's file of supplementary records, and some of its entry terms, are not among the bundled sources, but corpora whose
mentions are linked to MeSH give numbers with names. Only training and development splits are read, without texts that
overlap anything scored.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from extractors.development.corpora.annotated import AnnotatedText, CorpusError
from extractors.development.training.overlaps import training_texts
from extractors.linking.vocabulary.build.mesh_supplementary import RECORDS

_KINDS = {
    **dict.fromkeys(("Chemical", "ChemicalEntity"), "drug"),
    **dict.fromkeys(("Disease", "DiseaseOrPhenotypicFeature", "SpecificDisease", "DiseaseClass"), "disease"),
}
_NUMBER = re.compile(r"(?:MESH:)?([CD]\d{6,})")
_NAME = re.compile(r"(?=.*[a-z]{3})(?!.*(?:- |\band\b))[\w(].{3,59}")
"""Matches usable names: an abbreviation in capitals may mean something else in another text."""

_MAX_NAMES = 8


def record_names(texts: Iterable[AnnotatedText]) -> dict[tuple[str, str], list[str]]:
    """Return CURIE and kind ("drug", "disease") with the names, the most frequent first.

    A name is assigned to the number that it is linked to most often.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for text in texts:
        for span in text.spans:
            if span.label in _KINDS and len(span.identifiers) == 1:
                name = " ".join(text.text[span.start : span.end].split())
                counts[_lower_first(name), _KINDS[span.label]][next(iter(span.identifiers))] += 1
    names: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for (name, kind), by_identifier in counts.items():
        identifier, count = max(by_identifier.items(), key=lambda pair: (pair[1], pair[0]))
        number = _NUMBER.fullmatch(identifier)
        if number and _NAME.fullmatch(name) and name.count("(") == name.count(")"):
            names[f"MESH:{number[1]}", kind].append((-count, name))
    return {key: [name for _, name in sorted(names[key])[:_MAX_NAMES]] for key in sorted(names)}


def _lower_first(name: str) -> str:
    """Return a name as it is written within a sentence."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table from which the vocabulary is compiled; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m extractors.development.training.mesh_records", description=__doc__)
    parser.add_argument("corpora", type=Path, help="the folder with a folder for each corpus")
    parser.add_argument("--to", type=Path, default=RECORDS, help="the table [default: %(default)s]")
    chosen = parser.parse_args(arguments)
    try:
        names = record_names(text for _, _, text in training_texts(chosen.corpora))
    except CorpusError as error:
        print(f"python -m extractors.development.training.mesh_records: {error}", file=sys.stderr)
        return 2
    lines = ["concept_id\tkind\tnames"]
    lines += [f"{curie}\t{kind}\t{'|'.join(known)}" for (curie, kind), known in names.items()]
    chosen.to.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
