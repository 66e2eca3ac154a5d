"""The compiled vocabulary at run time: every known name that stands in a text, with its candidates.

The names are in a MARISA trie (Yata, 2011), a static structure that is mapped into memory, not loaded: it opens in
milliseconds and worker processes share it. The concepts are lines of a table, parsed when asked for.
"""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import marisa_trie

from extractors.records import Concept
from extractors.vocabulary.keys import Word, join, separator, words

DATA = Path(__file__).parent.parent / "data" / "vocabulary"
NAMES_FILE = "names.marisa"
CONCEPTS_FILE = "concepts.tsv.gz"
VERSION_FILE = "VERSION"
RECORD_FORMAT = "<IB"
"""A name's record: the line of its concept, and the rank of the name (0 best)."""

UNGROUNDED_PREFIX = "TEXT:"
"""Begins the identifier of a curated name that has a type but no identifier in any source."""

CONCEPT_COLUMNS = ("concept_id", "entity_type", "subtype", "name", "vocabulary", "xrefs", "synonyms")
_MAX_WORDS = 14
_SHORTEST_OVER_BLANKS = 5
_PLURALS = ("s", "es")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that a name may mean; `rank` orders the candidates of one name, 0 is the best."""

    concept_no: int
    rank: int


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A known name found at `start`:`end`, with its candidates, best first."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


class Vocabulary:
    """Looks names up in a compiled vocabulary folder."""

    def __init__(self, folder: Path = DATA) -> None:
        missing = [name for name in (NAMES_FILE, CONCEPTS_FILE, VERSION_FILE) if not (folder / name).is_file()]
        if missing:
            raise FileNotFoundError(
                f"vocabulary folder {folder} lacks {', '.join(missing)}; compile it with `make vocab`"
            )
        self._folder = folder
        self._names = marisa_trie.RecordTrie(RECORD_FORMAT).mmap(str(folder / NAMES_FILE))

    @cached_property
    def version(self) -> str:
        """The hash of the compiled content."""
        return (self._folder / VERSION_FILE).read_text(encoding="utf-8").strip()

    @cached_property
    def _lines(self) -> list[bytes]:
        return gzip.decompress((self._folder / CONCEPTS_FILE).read_bytes()).split(b"\n")[1:]

    def concept(self, concept_no: int) -> Concept:
        """Return the concept in line `concept_no` of the table."""
        fields = self._lines[concept_no].decode("utf-8").split("\t")
        concept_id, entity_type, subtype, name, vocabulary, xrefs, synonyms = fields
        return Concept(
            concept_id=concept_id,
            entity_type=entity_type,
            subtype=subtype or None,
            name=name,
            vocabulary=vocabulary,
            xrefs=tuple(xrefs.split("|")) if xrefs else (),
            synonyms=tuple(synonyms.split("|")) if synonyms else (),
        )

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return what `name` as a whole may mean, best first; a plural is tried as its singular too."""
        cut = words(name)
        forms = [join([word.folded for word in cut]), "=" + join([word.cased for word in cut])]
        forms += [form[: -len(end)] for form in forms for end in _PLURALS if form.endswith(end)]
        for form in forms:
            if len(form) > 1 and (records := self._names.get(form)):
                return _ordered(records)
        return ()

    def find(self, text: str, cut: Sequence[Word]) -> list[NameMatch]:
        """Return every known name that begins and ends at a word boundary of `text`, overlapping ones too.

        `cut` are the words of (a part of) `text`. A name may be written over several words when only blanks,
        hyphens, apostrophes and the like stand between them.
        """
        joined = [_joins(text[left.end : right.start]) for left, right in itertools.pairwise(cut)]
        matches = []
        for first in range(len(cut)):
            last = first
            while last < len(joined) and joined[last] and last - first + 1 < _MAX_WORDS:
                last += 1
            window = cut[first : last + 1]
            matches += self._find_from(text, window, "", [word.folded for word in window])
            matches += self._find_from(text, window, "=", [word.cased for word in window])
        return matches

    def _find_from(self, text: str, window: Sequence[Word], prefix: str, parts: Sequence[str]) -> list[NameMatch]:
        squeezed = prefix + join(parts)
        found = self._names.prefixes(squeezed)
        if not found:
            return []
        ends: dict[int, Word] = {}
        length = len(prefix)
        for place, part in enumerate(parts):
            length += len(part) + (len(separator(parts[place - 1], part)) if place else 0)
            ends[length] = window[place]
        matches = []
        for name in found:
            word = ends.get(len(name))
            if word is None and len(name) > 3:
                for plural in _PLURALS:
                    if squeezed.startswith(plural, len(name)):
                        word = ends.get(len(name) + len(plural))
                        if word is not None:
                            break
            if word is None:
                continue
            is_short = len(name.lstrip("=")) < _SHORTEST_OVER_BLANKS  # "vitamin D is" does not name DIS
            if not (is_short and " " in text[window[0].start : word.end]):
                matches.append(NameMatch(window[0].start, word.end, _ordered(self._names[name])))
        return matches


def _ordered(records: Sequence[tuple[int, int]]) -> tuple[Candidate, ...]:
    ranked = sorted(records, key=lambda record: (record[1], record[0]))
    return tuple(Candidate(concept_no, rank) for concept_no, rank in ranked)


def _joins(gap: str) -> bool:
    """Whether a name can run on over `gap`, the characters between two words."""
    stripped = gap.strip()
    if not stripped:
        return len(gap) <= 1
    if all(char in "-‐‑–—−'’′/+" for char in stripped):
        return len(gap) <= 3 and (len(stripped) == 1 or stripped in ("+-",))
    return stripped == gap and len(gap) <= 3 and all(char in "-‐‑–'’′,.:()[]+" for char in gap)
