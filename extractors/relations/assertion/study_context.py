"""Study context: in which species a statement was studied, and whether in vitro, in animals or in the clinic.

A cue (`data/relations/study_cues.tsv`) in the sentence itself decides. A sentence without one inherits the context of
the article: what the title names, or else the abstract, or else methods and results together. It does so only where it
stands in the abstract, the methods or the results and reports the article's own work. Where two species, or two
settings, are named, the column stays empty, since nothing tells which of them a statement is about.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Span

from extractors.data import data_file
from extractors.records import SPECIES, STUDY_SETTINGS

CUES_FILE = data_file("relations/study_cues.tsv")

_OWN_KINDS = frozenset({"abstract", "methods", "results"})
_SOURCES = (frozenset({"title"}), frozenset({"abstract"}), frozenset({"methods", "results"}))
"""The kinds of sections that the context of an article is taken from, the most reliable first."""

_WORD = re.compile(r"[^\W_]+")
_OWN_WORK = re.compile(r"\b(?:we|our|(?:these|this|the present) (?:results?|findings?|data|study))\b", re.IGNORECASE)
_EARLIER_WORK = re.compile(r"\b(?:previous(?:ly)?|recently|earlier|prior|others|et al|in the past)\b", re.IGNORECASE)
_PRESENT = frozenset({"VBZ", "VBP", "MD"})
_NOWHERE: frozenset[str] = frozenset()


class StudyContext(NamedTuple):
    """A species of `records.SPECIES` and a setting of `records.STUDY_SETTINGS`; None: none named, or several."""

    species: str | None = None
    study_setting: str | None = None


class StudyEvidence(NamedTuple):
    """Every species and every setting that the cues of a text name."""

    species: frozenset[str] = _NOWHERE
    settings: frozenset[str] = _NOWHERE

    def __or__(self, other: StudyEvidence) -> StudyEvidence:
        return StudyEvidence(self.species | other.species, self.settings | other.settings)


class ReadSentence(NamedTuple):
    """A sentence: text, kind of its section, whether it reports the article's own work, and its drug mentions.

    `drugs` are start and end in characters of `text`.
    """

    text: str
    section_kind: str
    reports: bool
    drugs: Collection[tuple[int, int]] = ()


@cache
def study_cues() -> Mapping[tuple[str, ...], StudyContext]:
    """Return the words of each cue -> the context it names; one that names none hides its words from shorter cues.

    Raises ValueError with file and line for a species or a setting that does not exist and for a cue that stands twice.
    """
    return parse_cues(CUES_FILE.read_text(encoding="utf-8").splitlines(), CUES_FILE.name)


def parse_cues(lines: Iterable[str], name: str) -> dict[tuple[str, ...], StudyContext]:
    """Read and check the lines of a file of cues; see `study_cues`."""
    found: dict[tuple[str, ...], StudyContext] = {}
    for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), start=2):
        cue, species, setting = tuple(_words(row["cue"])), row["species"] or None, row["study_setting"] or None
        if species not in (None, *SPECIES):
            raise ValueError(f"{name}:{number}: species is {species!r}; expected one of {', '.join(SPECIES)}")
        if setting not in (None, *STUDY_SETTINGS):
            raise ValueError(f"{name}:{number}: setting is {setting!r}; expected one of {', '.join(STUDY_SETTINGS)}")
        if not cue or cue in found:
            raise ValueError(f"{name}:{number}: cue {row['cue']!r} is empty or stands twice; keep one line of it")
        found[cue] = StudyContext(species, setting)
    return found


def evidence_in(text: str, drugs: Collection[tuple[int, int]] = ()) -> StudyEvidence:
    """Return the species and settings that the cues of a text name; of cues that begin at one word the longest counts.

    A cue that overlaps with one of `drugs` (start and end in characters of `text`) is left out: the rabbit in rabbit
    antithymocyte globulin was not studied.
    """
    said = {
        cue
        for cue, start, end in _cues_of(text)
        if not any(start < drug_end and drug_start < end for drug_start, drug_end in drugs)
    }
    return StudyEvidence(
        frozenset(cue.species for cue in said if cue.species),
        frozenset(cue.study_setting for cue in said if cue.study_setting),
    )


def _cues_of(text: str) -> Iterator[tuple[StudyContext, int, int]]:
    """Yield the context that each cue of a text names, with its start and end in characters, in reading order.

    Cues do not overlap, except those that only hide words: in "goat anti-mouse" both "goat anti" and "anti mouse" do.
    """
    cues, longest = study_cues(), _longest_cue()
    words, places = _words(text), [match.span() for match in _WORD.finditer(text)]
    taken = 0
    for first in range(len(words)):
        lengths = range(min(longest, len(words) - first), 0, -1)
        length = next((length for length in lengths if tuple(words[first : first + length]) in cues), 0)
        cue = cues[tuple(words[first : first + length])] if length else None
        if cue is not None and (first >= taken or cue == StudyContext()):
            yield cue, places[first][0], places[first + length - 1][1]
            taken = max(taken, first + length)


def article_evidence(sentences: Sequence[ReadSentence]) -> StudyEvidence:
    """Return what an article says of its study: its title, or else what its abstract reports, and so on.

    Species and setting are looked up separately: the title may name one, the abstract the other.
    """
    levels = [_evidence_of(sentences, kinds) for kinds in _SOURCES]
    species = next((level.species for level in levels if level.species), _NOWHERE)
    settings = next((level.settings for level in levels if level.settings), _NOWHERE)
    return StudyEvidence(species, settings)


def context_of(sentence: ReadSentence, article: StudyEvidence) -> StudyContext:
    """Return where the statements of a sentence were studied: by its own cues, or else by those of the article.

    Where the sentence names only a setting ("the animals") and the article names the same one, the species is the
    article's.
    """
    own = evidence_in(sentence.text, sentence.drugs)
    if not sentence.reports or sentence.section_kind not in _OWN_KINDS:
        return _single(own)
    is_of_article = own == StudyEvidence() or (not own.species and own.settings == article.settings)
    return _single(article if is_of_article else own)


def reports_own_work(sentence: Span) -> bool:
    """Whether a tagged sentence reports what was done or found in this study: in the past tense, or as "our results".

    General knowledge is stated in the present tense, and earlier work is marked as such ("previously"). A past
    participle counts as past tense where no verb is in the present, since taggers confuse the two ("cyclosporine caused
    tremor").
    """
    if _EARLIER_WORK.search(sentence.text):
        return False
    tags = {token.tag_ for token in sentence}
    in_past = "VBD" in tags or ("VBN" in tags and tags.isdisjoint(_PRESENT))
    return in_past or bool(_OWN_WORK.search(sentence.text))


def _evidence_of(sentences: Sequence[ReadSentence], kinds: frozenset[str]) -> StudyEvidence:
    said = StudyEvidence()
    for sentence in sentences:
        if sentence.section_kind in kinds and (sentence.reports or sentence.section_kind == "title"):
            said |= evidence_in(sentence.text, sentence.drugs)
    return said


def _single(said: StudyEvidence) -> StudyContext:
    """Return the one species and the one setting; neither where they exclude each other."""
    species = next(iter(said.species)) if len(said.species) == 1 else None
    setting = next(iter(said.settings)) if len(said.settings) == 1 else None
    if (setting == "clinical" and species not in (None, "human")) or (setting == "animal" and species == "human"):
        return StudyContext()
    return StudyContext(species, setting)


@cache
def _longest_cue() -> int:
    return max(map(len, study_cues()))


def _words(text: str) -> list[str]:
    """Return the words in lower case, but those in capitals as they are: CAT is an enzyme, MEN a neoplasia."""
    words = _WORD.findall(text)
    if text.isupper() and len(words) > 3:
        return [word.lower() for word in words]
    return [word if len(word) > 1 and word.isalpha() and word.isupper() else word.lower() for word in words]
