"""What both sides get: documents with gold mentions, and a part of the vocabulary."""

from __future__ import annotations

import gzip
import random
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import marisa_trie

from extractors.development.corpora.pubtator import read_pubtator
from extractors.development.evaluation.grounding import KINDS, defined_abbreviations
from extractors.linking.vocabulary.index import CONCEPTS_FILE as CONCEPTS_TABLE
from extractors.linking.vocabulary.index import NAMES_FILE, RECORD_FORMAT
from extractors.linking.vocabulary.lookup import DATA, SOURCES_FILE, VERSION_FILE, Vocabulary
from extractors.records import Concept

Splits = Mapping[tuple[str, str], tuple[str, tuple[str, ...]]]


def documents(corpora: Path, splits: Splits) -> list[dict[str, Any]]:
    """Return text, defined abbreviations and gold mentions (start, end, types, identifiers), none overlapping."""
    found = []
    for file, kinds in splits.values():
        for document in read_pubtator(corpora / file):
            mentions, end = [], 0
            for mention in document.spans:
                for labels, types, namespace in (KINDS[kind] for kind in kinds):
                    if mention.label in labels and mention.start >= end:
                        gold = [i if ":" in i else f"{namespace}{i}" for i in mention.identifiers]
                        mentions.append((mention.start, mention.end, types, gold))
                        end = mention.end
            found.append({"text": document.text, "defined": defined_abbreviations(document.text), "mentions": mentions})
    return found


def chosen_concepts(vocabulary: Vocabulary, wanted: Counter[str], names: int) -> list[int]:
    """Return lines of the vocabulary that together have about `names` names, what is above each among them."""
    lines = gzip.decompress((DATA / CONCEPTS_TABLE).read_bytes()).decode("utf-8").splitlines()[1:]
    weight: Counter[int] = Counter()
    for number, line in enumerate(lines):
        concept_id, _, _, _, xrefs, _, _ = line.split("\t")
        weight[number] = sum(wanted[curie] for curie in {concept_id, *xrefs.split("|")})
    order = list(range(len(lines)))
    random.Random(0).shuffle(order)
    order.sort(key=lambda number: -weight[number])
    chosen: set[int] = set()
    size = 0
    for number in order:
        if size >= names:
            break
        size += add_with_ancestors(vocabulary, number, chosen)
    return sorted(chosen)


def add_with_ancestors(vocabulary: Vocabulary, number: int, chosen: set[int]) -> int:
    """Add a concept and all above it to `chosen`; return how many names that brings."""
    added = {vocabulary.number(above.concept_id) for above in vocabulary.ancestors(number)} - chosen
    chosen |= added
    return sum(len(names_of(vocabulary.concept(each))) for each in added)


def names_of(concept: Concept) -> dict[str, None]:
    return dict.fromkeys((concept.name, *(synonym.text for synonym in concept.synonyms)))


def write_vocabulary(folder: Path, numbers: Sequence[int]) -> None:
    """Write the lines `numbers` of the bundled vocabulary, and their names, as a compiled vocabulary."""
    header, *lines = gzip.decompress((DATA / CONCEPTS_TABLE).read_bytes()).split(b"\n")
    (folder / CONCEPTS_TABLE).write_bytes(gzip.compress(b"\n".join([header, *(lines[number] for number in numbers)])))
    place = {number: new for new, number in enumerate(numbers)}
    trie = marisa_trie.RecordTrie(RECORD_FORMAT).mmap(str(DATA / NAMES_FILE))
    items = ((key, (place[number], *rest)) for key, (number, *rest) in trie.iteritems() if number in place)
    marisa_trie.RecordTrie(RECORD_FORMAT, items).save(str(folder / NAMES_FILE))
    (folder / VERSION_FILE).write_text("benchmark\n", encoding="utf-8")
    shutil.copyfile(DATA / SOURCES_FILE, folder / SOURCES_FILE)


def concept_count() -> int:
    """Return how many concepts the bundled vocabulary has."""
    return gzip.decompress((DATA / CONCEPTS_TABLE).read_bytes()).count(b"\n")
