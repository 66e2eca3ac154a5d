"""The compiled vocabulary at run time: every known name that stands in a text, with its candidates.

The names are in a MARISA trie (Yata, 2011), a static structure that is mapped into memory, not loaded: it opens in
milliseconds and worker processes share it. The concepts are lines of a table, parsed when asked for.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache, partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import marisa_trie

from extractors.data import data_file
from extractors.language.normalisation import Word, bag, join, separator, words
from extractors.linking.vocabulary.beside import BESIDE_FOLDERS, Beside, Trie, concept_rows
from extractors.linking.vocabulary.entry import Entry, NameKind
from extractors.linking.vocabulary.index import (
    BAG_PREFIX,
    CONCEPTS_FILE,
    NAMES_FILE,
    RECORD_FORMAT,
    UNDETECTED,
    Index,
    index_names,
    trie_of,
)
from extractors.options import OptionError
from extractors.records import Ancestor, Concept, Synonym

if TYPE_CHECKING:
    from spacy.language import Language

DATA = data_file("linking/vocabulary")
VERSION_FILE = "VERSION"
SOURCES_FILE = "sources.tsv"
CONCEPT_COLUMNS = ("concept_id", "entity_type", "subtype", "name", "xrefs", "parents", "synonyms")

Namespace = str | tuple[str, ...]
"""The prefix with colon of one vocabulary, or those of several."""

_MAX_WORDS = 14
_REMEMBERED = 1 << 11
_REMEMBERED_KEYS = 1 << 16
_SHORTEST_OVER_BLANKS = 5
_PLURALS = ("s", "es")
_LONGEST_PLURAL = 2
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that a name may mean.

    `rank` says how surely the name means it (see `entry.RANK`; 0 is surest), `is_detected` whether the name is searched
    for in a text.
    """

    concept_no: int
    rank: int
    kind: NameKind
    is_detected: bool


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A known name found at `start`:`end`, with its candidates, best first."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


class Vocabulary:
    """Looks names up in a compiled vocabulary folder."""

    def __init__(self, folder: Path = DATA, *, added: Sequence[Entry] = ()) -> None:
        """Open the vocabulary in `folder`; the names of `added` entries take precedence over its own."""
        missing = [
            name for name in (NAMES_FILE, CONCEPTS_FILE, VERSION_FILE, SOURCES_FILE) if not (folder / name).is_file()
        ]
        if missing:
            raise FileNotFoundError(
                f"vocabulary folder {folder} lacks {', '.join(missing)}; compile it with `peyer vocab build`"
            )
        self._folder = folder
        self._names = marisa_trie.RecordTrie(RECORD_FORMAT).mmap(str(folder / NAMES_FILE))
        beside = [folder / name for name in BESIDE_FOLDERS if (folder / name / NAMES_FILE).is_file()]
        self._beside = [Beside(each, self._global_numbers) for each in beside]
        self._added = list(added)
        own = (trie_of(self._added_index()),) if added else ()
        self._tries: tuple[Trie, ...] = (*own, self._names, *self._beside)
        remembered = lru_cache(maxsize=_REMEMBERED_KEYS)  # texts repeat their words: what was asked last is kept
        self._lookups: list[tuple[Trie, Callable[[str], bool], Callable[[str], list[str]]]] = [
            (trie, remembered(trie.has_keys_with_prefix), remembered(trie.prefixes)) for trie in self._tries
        ]
        self._added_to = {self._numbers[entry.concept_id]: entry for entry in self._added}
        self._require_fitting()
        self.names_in = lru_cache(maxsize=_REMEMBERED)(self._names_in)  # several components ask for a sentence's names

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle where the vocabulary lies and what was added, not its names: another process opens it itself."""
        is_bundled = self._folder == DATA and not self._added
        return (bundled_vocabulary, ()) if is_bundled else (partial(Vocabulary, self._folder, added=self._added), ())

    def _names_in(self, text: str) -> tuple[NameMatch, ...]:
        """Return every known name of `text`, overlapping ones too; see `find`."""
        return tuple(self.find(text, words(text)))

    def _require_fitting(self) -> None:
        """Raise OptionError where added entries contradict the bundled ones or have parents that do not exist."""
        faults = []
        for number, entry in self._added_to.items():
            said = f"{entry.place}: {entry.name}" if entry.place else entry.name
            if number < len(self._lines) and self.entity_type(number) != entry.entity_type:
                faults.append(f"{said}: {entry.concept_id} is a {self.entity_type(number)} in the vocabulary")
            unknown = sorted(parent for parent in entry.parents if parent not in self._numbers)
            if unknown:
                faults.append(f"{said}: no concept has the parent {', '.join(unknown)}")
            below = [
                parent for parent in sorted(entry.parents & self._numbers.keys()) if self._is_below(parent, number)
            ]
            if below:
                faults.append(f"{said}: the parent {', '.join(below)} stands below it; take it out")
        if faults:
            raise OptionError("\n".join(faults))

    def _is_below(self, curie: str, number: int) -> bool:
        return any(
            above.concept_id == self.concept(number).concept_id for above in self.ancestors(self._numbers[curie])
        )

    def _added_index(self) -> Index:
        """Return the names of the added entries, with the bundled concept's number where it is one of these."""
        at = {
            place: self._numbers.get(entry.concept_id, len(self._lines) + place)
            for place, entry in enumerate(self._added)
        }
        found = index_names(self._added, is_trusted=True)
        return {
            spelled: [(at[place], candidate, rank, kind) for place, candidate, rank, kind in records]
            for spelled, records in found.items()
        }

    @cached_property
    def version(self) -> str:
        """The hash of the compiled content, with those of what is read beside it."""
        folders = [self._folder, *(beside.folder for beside in self._beside)]
        return "+".join((folder / VERSION_FILE).read_text(encoding="utf-8").strip() for folder in folders)

    def entity_type(self, concept_no: int) -> str:
        """Return the entity type of a concept, without reading the rest of it."""
        if concept_no >= len(self._lines):
            return self._added[concept_no - len(self._lines)].entity_type
        return self._lines[concept_no].split(b"\t", 2)[1].decode()

    def concept_id(self, concept_no: int) -> str:
        """Return the CURIE of a concept, without reading the rest of it."""
        if concept_no >= len(self._lines):
            return self._added[concept_no - len(self._lines)].concept_id
        return self._lines[concept_no].split(b"\t", 1)[0].decode()

    def source_version(self, prefix: str) -> str | None:
        """Return the version of the source whose identifiers have a prefix; None for what a user added."""
        return self._source_versions.get(prefix)

    @cached_property
    def _source_versions(self) -> dict[str, str]:
        versions: dict[str, str] = {}
        for folder in (self._folder, *(beside.folder for beside in self._beside)):
            with (folder / SOURCES_FILE).open(encoding="utf-8", newline="") as lines:
                versions |= {row["prefix"]: row["version"] for row in csv.DictReader(lines, delimiter="\t")}
        return versions

    @cached_property
    def _lines(self) -> list[bytes]:
        """The rows of the concepts: those of the vocabulary, then those that only what is beside it has."""
        lines = concept_rows(self._folder)
        beside = [concept_rows(each.folder) for each in self._beside]
        wanted = {line.split(b"\t", 1)[0] for rows in beside for line in rows}
        numbers: dict[bytes, int] = {}
        for number, line in enumerate(lines):
            if (curie := line.split(b"\t", 1)[0]) in wanted:
                numbers[curie] = number
        for each, rows in zip(self._beside, beside, strict=True):
            each.place(rows, numbers, lines)
        return lines

    def _global_numbers(self, beside: Beside) -> list[int]:
        len(self._lines)  # places the rows of what is beside
        return beside.numbers

    def concept(self, concept_no: int) -> Concept:
        """Return the concept with the number `concept_no`: its line in the table, or behind it an added one."""
        if concept_no >= len(self._lines):
            return _concept_of(self._added[concept_no - len(self._lines)])
        concept = self._bundled(self._lines[concept_no])
        more = [self._bundled(beside.more[concept_no]) for beside in self._beside if concept_no in beside.more]
        more += [_concept_of(self._added_to[concept_no])] if concept_no in self._added_to else []
        return reduce(_with_more, more, concept)

    def _bundled(self, line: bytes) -> Concept:
        fields = line.decode("utf-8").split("\t")
        concept_id, entity_type, subtype, name, xrefs, parents, synonyms = fields
        vocabulary = concept_id.partition(":")[0]
        return Concept(
            concept_id=concept_id,
            entity_type=entity_type,
            subtype=subtype or None,
            name=name,
            vocabulary=vocabulary,
            vocabulary_version=self.source_version(vocabulary),
            xrefs=tuple(xrefs.split("|")) if xrefs else (),
            parents=tuple(parents.split("|")) if parents else (),
            synonyms=tuple(Synonym(text[1:], NameKind(int(text[0])).label) for text in synonyms.split("|") if text),
        )

    @cached_property
    def _numbers(self) -> dict[str, int]:
        numbers = {line.split(b"\t", 1)[0].decode(): number for number, line in enumerate(self._lines)}
        for place, entry in enumerate(self._added):
            numbers.setdefault(entry.concept_id, len(self._lines) + place)
        return numbers

    def number(self, curie: str) -> int:
        """Return the number of the concept known by `curie`. Raises KeyError where there is none."""
        return self._numbers[curie]

    def ancestors(self, concept_no: int) -> tuple[Ancestor, ...]:
        """Return the concept itself at distance 0 and every concept above it, at its shortest distance."""
        return tuple(Ancestor(above.concept_id, above.name, distance) for above, distance in self._upwards(concept_no))

    def _upwards(self, concept_no: int) -> Iterator[tuple[Concept, int]]:
        level, seen, distance = [concept_no], {concept_no}, 0
        while level:
            concepts = [self.concept(number) for number in level]
            yield from ((concept, distance) for concept in concepts)
            parents = (self._numbers.get(parent) for concept in concepts for parent in concept.parents)
            level = [number for number in dict.fromkeys(parents) if number is not None and number not in seen]
            seen.update(level)
            distance += 1

    def identifiers(self, concept_no: int, namespace: Namespace) -> list[str]:
        """Return the concept's CURIEs that begin with `namespace`, those of exact mappings first."""
        return _in_namespace(self.concept(concept_no), namespace)

    def nearest_identifier(self, concept_no: int, namespace: Namespace) -> str | None:
        """Return the concept's CURIE in `namespace` or, where it has none, that of the nearest concept above it."""
        found = (curie for above, _ in self._upwards(concept_no) for curie in _in_namespace(above, namespace))
        return next(found, None)

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return what `name` as a whole may mean, best first; a plural is tried as its singular too."""
        cut = words(name)
        written = ("=" + join([word.cased for word in cut]), join([word.folded for word in cut]))
        singulars = [form[: -len(end)] for form in written for end in _PLURALS if form.endswith(end)]
        for trie in self._tries:
            records = [record for form in written if len(form) > 1 for record in trie.get(form, ())]
            records = records or next(filter(None, (trie.get(form) for form in singulars)), [])
            if records:
                return _ordered(records)
        return ()

    def similar(self, name: str) -> tuple[Candidate, ...]:
        """Return what a name with one letter dropped, added, changed or swapped may mean, best first."""
        spelled = join([word.folded for word in words(name)])
        names = self._names
        for place in range(1, len(spelled) + 1):
            head, tail = spelled[:place], spelled[place:]
            if next(names.iterkeys(head), None) is None:
                break
            dropped = [head + tail[1:]] if tail else []
            moved = [head + tail[1] + tail[0] + tail[2:]] if len(tail) > 1 else []
            others = [head + letter + rest for letter in _LETTERS for rest in {tail, tail[1:]}]
            for form in (*dropped, *moved, *others):
                if form != spelled and form[-1:] == spelled[-1:] and (records := names.get(form)):
                    return _ordered(records)
        return ()

    def by_words(self, name: str) -> tuple[Candidate, ...]:
        """Return what a name with these words, in any order, number and form, may mean, best first."""
        words = bag(name)
        for trie in self._tries if words else ():
            if records := trie.get(BAG_PREFIX + words):
                return _ordered(records)
        return self.candidates(words) if words and "_" not in words else ()

    def find(self, text: str, cut: Sequence[Word]) -> list[NameMatch]:
        """Return every known name that begins and ends at a word boundary of `text`, overlapping ones too.

        `cut` are the words of (a part of) `text`. A name may be written over several words when only blanks,
        hyphens, apostrophes and the like stand between them.
        """
        joined = [
            _joins(gap := text[left.end : right.start]) or (gap == ". " and _opens_species(left, right))
            for left, right in itertools.pairwise(cut)
        ]
        behind = [len(cut)] * len(cut)  # for each word where a name that begins there must end
        for place in range(len(cut) - 2, -1, -1):
            behind[place] = behind[place + 1] if joined[place] else place + 1
        spellings = [_Spelling("", [word.folded for word in cut]), _Spelling("=", [word.cased for word in cut])]
        matches = []
        for first in range(len(cut)):
            last = min(behind[first], first + _MAX_WORDS)
            for trie, goes_on, names_before in self._lookups:
                for spelling in spellings:
                    end = first + 1
                    key = spelling.key(first, end)
                    shortest = len(key) - _LONGEST_PLURAL
                    while end < last and goes_on(key):
                        end += 1  # no name goes on behind a word that no name has here, but for a plural's ending
                        key = spelling.key(first, end)
                    found = names_before(key)
                    if found and len(found[-1]) >= shortest:
                        matches += _matches(trie, text, found, key, spelling.ends(cut, first, end))
        return matches


def _with_more(concept: Concept, more: Concept) -> Concept:
    """Return a concept with the parents, references and synonyms that another source has for it."""
    return replace(
        concept,
        xrefs=tuple(dict.fromkeys((*concept.xrefs, *more.xrefs))),
        parents=tuple(dict.fromkeys((*concept.parents, *more.parents))),
        synonyms=tuple({synonym.text: synonym for synonym in (*concept.synonyms, *more.synonyms)}.values()),
    )


@cache
def bundled_vocabulary() -> Vocabulary:
    """Return the vocabulary that the project ships, opened once in a process."""
    return Vocabulary()


def vocabulary_of(nlp: Language) -> Vocabulary:
    """Return the vocabulary whose numbers the mentions of a pipeline carry: that of the component which sets them.

    Raises ValueError where no component of the pipeline has a vocabulary.
    """
    found = (getattr(component, "vocabulary", None) for _, component in nlp.components)
    vocabulary = next((each for each in found if isinstance(each, Vocabulary)), None)
    if vocabulary is None:
        raise ValueError(f"no component has a vocabulary; the pipeline has {', '.join(nlp.component_names) or 'none'}")
    return vocabulary


class _Spelling:
    """The words of a text as keys spell them, written together, with what stands between two of them."""

    def __init__(self, prefix: str, words: Sequence[str]) -> None:
        self._prefix = prefix
        parts = [*words[:1], *(separator(left, right) + right for left, right in itertools.pairwise(words))]
        self._text = "".join(parts)
        self._ends = list(itertools.accumulate(map(len, parts), initial=0))
        self._starts = [end + part.startswith("_") for end, part in zip(self._ends, parts, strict=False)]

    def key(self, first: int, last: int) -> str:
        """Return the words from `first` to before `last` as a key, or several run together."""
        return self._prefix + self._text[self._starts[first] : self._ends[last]]

    def ends(self, cut: Sequence[Word], first: int, last: int) -> dict[int, Word]:
        """Return the length that the key has at the end of each word -> the word."""
        begin = self._starts[first] - len(self._prefix)
        return {self._ends[place + 1] - begin: cut[place] for place in range(first, last)}


def _matches(trie: Trie, text: str, found: Sequence[str], squeezed: str, ends: Mapping[int, Word]) -> list[NameMatch]:
    start = next(iter(ends.values())).start
    matches = []
    for name in found:
        word = ends.get(len(name))
        if word is None and len(name) > 3:
            for plural in _PLURALS:
                if squeezed.startswith(plural, len(name)):
                    word = ends.get(len(name) + len(plural))
                    if word is not None and word.end - word.start > len(plural) + 1:  # "IL-17 is" is no "IL-17i"
                        break
                    word = None
        if word is None:
            continue
        is_short = len(name.lstrip("=")) < _SHORTEST_OVER_BLANKS  # "vitamin D is" does not name DIS
        if not (is_short and " " in text[start : word.end]):
            known = _ordered(trie[name])
            candidates = tuple(each for each in known if each.is_detected)
            if candidates and candidates[0].rank <= known[0].rank:  # "ADA" means adalimumab first, so no gene either
                matches.append(NameMatch(start, word.end, candidates))
    return matches


def _ordered(records: Sequence[tuple[int, int, int, int]]) -> tuple[Candidate, ...]:
    best: dict[int, Candidate] = {}
    for concept_no, _, rank, kind in sorted(records, key=lambda record: (record[2], record[1])):
        best.setdefault(concept_no, Candidate(concept_no, rank, NameKind(kind & ~UNDETECTED), not kind & UNDETECTED))
    return tuple(best.values())


def _concept_of(entry: Entry) -> Concept:
    return Concept(
        concept_id=entry.concept_id,
        entity_type=entry.entity_type,
        subtype=entry.subtype or None,
        name=entry.name,
        vocabulary=entry.concept_id.partition(":")[0],
        parents=tuple(sorted(entry.parents)),
        synonyms=tuple(Synonym(name, kind.label) for name, kind in sorted(entry.names.items()) if name != entry.name),
    )


def _in_namespace(concept: Concept, namespace: Namespace) -> list[str]:
    return [curie for curie in (concept.concept_id, *concept.xrefs) if curie.startswith(namespace)]


def _opens_species(left: Word, right: Word) -> bool:
    """Whether two words can be the short form of a species ("C. difficile")."""
    return len(left.cased) == 1 and left.cased.isupper() and right.cased.islower() and len(right.cased) > 3


def _joins(gap: str) -> bool:
    """Whether a name can run on over `gap`, the characters between two words."""
    stripped = gap.strip()
    if not stripped:
        return len(gap) <= 1
    if all(char in "-‐‑–—−'’′/+" for char in stripped):
        return len(gap) <= 3 and (len(stripped) == 1 or stripped in ("+-",))
    return stripped == gap and len(gap) <= 3 and all(char in "-‐‑–'’′,.:()[]+" for char in gap)
