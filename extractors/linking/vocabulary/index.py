"""The index of a vocabulary: every name under its key, with the concepts that it may mean, best first."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import marisa_trie

from extractors.data import data_file
from extractors.language.normalisation import bag, key
from extractors.linking.vocabulary.entry import RANK, Entry, NameKind

STOP_NAMES = data_file("linking/stop_names.tsv")
RECORD_FORMAT = "<IBBB"
"""A name's record: number of its concept, place among the name's candidates (0 best), rank, kind (see `entry`)."""

UNDETECTED = 0x80
"""Flag in the kind of a name that can be looked up, but is not searched for in a text ("ALL", "stress")."""

NAMES_FILE = "names.marisa"
CONCEPTS_FILE = "concepts.tsv.gz"
BAG_PREFIX = "~"
"""Prefix of the keys of names whose words are compared without order and number."""

MAX_CANDIDATES = 6
Index = dict[str, list[tuple[int, int, int, int]]]
_ANTI_TARGET = re.compile(r"[Aa]nti-[A-Z][A-Z0-9]")
_TYPE_ORDER = ("target", "disease", "drug", "effect")


def singular_of(name: str) -> str | None:
    """Return the singular of a name whose last word is a plural."""
    head, _, last = name.rpartition(" ")
    if len(last) < 5 or (not last.islower() and not last.istitle()):
        return None
    for plural, singular in (("ies", "y"), ("sses", "ss"), ("s", "")):
        if last.endswith(plural) and not last.endswith(("ss", "us", "is")):
            return f"{head} {last[: -len(plural)]}{singular}".strip()
    return None


def _is_too_short(bare: str, entity_type: str) -> bool:
    """Whether a name is too ambiguous where the article does not define it (ES, ALL, 12)."""
    return (
        len(bare) < 3
        or bare.isdigit()
        or (len(bare) == 3 and bare.isalpha() and bare.isupper() and entity_type != "target")
    )


def _is_detected(concept: Entry, name: str, kind: NameKind, bare: str) -> bool:
    """Whether the name in a text means the concept without any further evidence."""
    if concept.concept_id.startswith("hgnc.genegroup:") or _ANTI_TARGET.match(name):
        return False
    if bare.lower() in _stop_names() or _is_too_short(bare, concept.entity_type):
        return False
    if concept.subtype == "protein" and name.startswith("="):
        is_short = len(bare) <= 3 and bare.isalpha()
        return not (kind is NameKind.RELATED or (kind is NameKind.ALIAS and is_short))
    return True


def index_names(concepts: Sequence[Entry], *, is_trusted: bool = False) -> Index:
    """Return key -> (concept number, place among the candidates, rank, kind), the best candidates first.

    With `is_trusted` every name is searched for in a text. Otherwise the kind of a name that needs further evidence has
    the flag `UNDETECTED`.
    """
    # rank, whether derived from a curated name, minus the sources that have it, minus the words of the label, kind
    found: dict[str, dict[int, tuple[int, bool, int, int, int]]] = defaultdict(dict)
    labels = [set(bag(concept.name).split("_")) for concept in concepts]

    def put(spelled: str, number: int, rank: int, kind: int) -> None:
        is_made = rank == 0 and kind & ~UNDETECTED == NameKind.PLURAL
        trust = rank, is_made, -concepts[number].support[name.lower()], -len(labels[number] & words), kind
        found[spelled][number] = min(trust, found[spelled].get(number, trust))

    for number, concept in enumerate(concepts):
        for name, kind in concept.names.items():
            as_bag = bag(name)
            words = set(as_bag.split("_"))
            rank = 0 if name in concept.curated_names else RANK[kind]
            singular = singular_of(name)
            for form in (name, singular) if singular else (name,):
                spelled = key(form)
                is_plural = form is not name
                is_guess = is_plural and rank > 0  # "Alcohols" are not alcohol
                of_form = rank + (is_guess and 1 + (concept.entity_type == "drug"))
                is_sure = not of_form and kind is not NameKind.ABBREVIATION  # "MS" is reviewed, but means much else
                is_detected = name.lstrip("=") not in concept.undetected and (
                    is_trusted or is_sure or _is_detected(concept, form, kind, spelled.lstrip("="))
                )
                put(
                    spelled,
                    number,
                    of_form,
                    (NameKind.PLURAL if is_plural else kind) | (0 if is_detected else UNDETECTED),
                )
            if name.startswith("=") and concept.entity_type == "target":
                put(key(name.lower()), number, rank + 1, kind | UNDETECTED)
            if name.startswith("=") and kind is NameKind.BRAND:  # printed in capitals, seldom in lower case
                put(key(name.upper()), number, rank, kind | (0 if is_detected else UNDETECTED))
                put(key(name[1:].lower()), number, rank + 1, kind | UNDETECTED)
            if as_bag and (" " in name or "_" in as_bag):
                put(BAG_PREFIX + as_bag, number, rank, kind | UNDETECTED)
    index = {}
    for spelled, kinds in found.items():
        order = sorted(
            kinds,
            key=lambda number: (
                *kinds[number][:4],
                -len(concepts[number].same) - len(concepts[number].xrefs),
                _TYPE_ORDER.index(concepts[number].entity_type),
                number,
            ),
        )
        index[spelled] = [
            (number, place, kinds[number][0], kinds[number][4]) for place, number in enumerate(order[:MAX_CANDIDATES])
        ]
    return index


def trie_of(index: Index) -> marisa_trie.RecordTrie:
    """Return the index as a static trie."""
    return marisa_trie.RecordTrie(
        RECORD_FORMAT, [(spelled, record) for spelled in sorted(index) for record in index[spelled]]
    )


@cache
def _stop_names() -> frozenset[str]:
    """Return the keys of names that usually mean something else."""
    with STOP_NAMES.open(encoding="utf-8", newline="") as file:
        names = {key(row["name"]).lstrip("=").lower() for row in csv.DictReader(file, delimiter="\t")}
    return frozenset(names | {key(word) for word in stop_words()})


def stop_words() -> frozenset[str]:
    """Return the stop words ("the", "of")."""
    from spacy.lang.en.stop_words import STOP_WORDS  # spaCy takes seconds to import; a lookup does not need it

    return frozenset(STOP_WORDS)
