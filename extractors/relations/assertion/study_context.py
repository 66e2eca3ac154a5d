"""Where a statement was studied: in which species, and in vitro, in animals or in the clinic, as far as the text says.

A cue (`data/study_cues.tsv`) in the sentence itself decides. A sentence without any takes what the article's title, or
else its abstract, or else its methods and results say with one voice; but only where it reports the article's own work,
and that in the abstract, the methods or the results. Two species, or two settings, leave the column empty: which of
them a statement means is not told apart.
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
"""Section kinds that speak for the article, the plainest first."""

_WORD = re.compile(r"[^\W_]+")
_OWN_WORK = re.compile(r"\b(?:we|our|(?:these|this|the present) (?:results?|findings?|data|study))\b", re.IGNORECASE)
_EARLIER_WORK = re.compile(r"\b(?:previous(?:ly)?|recently|earlier|prior|others|et al|in the past)\b", re.IGNORECASE)
_PRESENT = frozenset({"VBZ", "VBP", "MD"})
_NOWHERE: frozenset[str] = frozenset()


class StudyContext(NamedTuple):
    """A species of `records.SPECIES` and a setting of `records.STUDY_SETTINGS`; None: not said, or not one alone."""

    species: str | None = None
    study_setting: str | None = None


class Evidence(NamedTuple):
    """Every species and every setting that the cues of a text name."""

    species: frozenset[str] = _NOWHERE
    settings: frozenset[str] = _NOWHERE

    def __or__(self, other: Evidence) -> Evidence:
        return Evidence(self.species | other.species, self.settings | other.settings)


class ReadSentence(NamedTuple):
    """A sentence: text, kind of its section, whether it reports the article's own work, where it names drugs."""

    text: str
    section_kind: str
    reports: bool
    drugs: Collection[tuple[int, int]] = ()


@cache
def study_cues() -> Mapping[tuple[str, ...], StudyContext]:
    """Return the words of each cue -> what it says; a cue that says nothing hides its words from shorter ones.

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


def evidence_in(text: str, drugs: Collection[tuple[int, int]] = ()) -> Evidence:
    """Return what the cues of a text say; of cues that begin at one word the longest counts.

    A cue that reaches into a name of `drugs` (start and end in `text`) says nothing: the rabbit of rabbit antithymocyte
    globulin was not studied.
    """
    said = {
        cue
        for cue, start, end in _cues_of(text)
        if not any(start < drug_end and drug_start < end for drug_start, drug_end in drugs)
    }
    return Evidence(
        frozenset(cue.species for cue in said if cue.species),
        frozenset(cue.study_setting for cue in said if cue.study_setting),
    )


def _cues_of(text: str) -> Iterator[tuple[StudyContext, int, int]]:
    """Yield what each cue of a text says, with its start and end, in reading order.

    No cue begins within another, but for those that hide words: in "goat anti-mouse" both "goat anti" and "anti mouse"
    do.
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


def article_evidence(sentences: Sequence[ReadSentence]) -> Evidence:
    """Return what an article says of its study: the title, or else what it reports in its abstract, and so on.

    Species and setting are looked for apart: a title may name one, the abstract the other.
    """
    levels = [_evidence_of(sentences, kinds) for kinds in _SOURCES]
    species = next((level.species for level in levels if level.species), _NOWHERE)
    settings = next((level.settings for level in levels if level.settings), _NOWHERE)
    return Evidence(species, settings)


def context_of(sentence: ReadSentence, article: Evidence) -> StudyContext:
    """Return where the statements of a sentence were studied, by its own cues or else by what the article says.

    Where the sentence names a setting alone ("the animals"), the species is that of the article's study of this kind.
    """
    own = evidence_in(sentence.text, sentence.drugs)
    if not sentence.reports or sentence.section_kind not in _OWN_KINDS:
        return _single(own)
    is_of_article = own == Evidence() or (not own.species and own.settings == article.settings)
    return _single(article if is_of_article else own)


def reports_own_work(sentence: Span) -> bool:
    """Whether a tagged sentence tells what was done or found here: in the past tense, or of "our results".

    General knowledge stands in the present tense, and earlier work is said to be earlier. A past participle counts
    where nothing stands in the present: "cyclosporine caused tremor" is tagged like "cyclosporine-caused tremor".
    """
    if _EARLIER_WORK.search(sentence.text):
        return False
    tags = {token.tag_ for token in sentence}
    in_past = "VBD" in tags or ("VBN" in tags and tags.isdisjoint(_PRESENT))
    return in_past or bool(_OWN_WORK.search(sentence.text))


def _evidence_of(sentences: Sequence[ReadSentence], kinds: frozenset[str]) -> Evidence:
    said = Evidence()
    for sentence in sentences:
        if sentence.section_kind in kinds and (sentence.reports or sentence.section_kind == "title"):
            said |= evidence_in(sentence.text, sentence.drugs)
    return said


def _single(said: Evidence) -> StudyContext:
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
    """Return the words in lower case; letters in capitals stay: CAT is an enzyme, MEN a neoplasia."""
    words = _WORD.findall(text)
    if text.isupper() and len(words) > 3:
        return [word.lower() for word in words]
    return [word if len(word) > 1 and word.isalpha() and word.isupper() else word.lower() for word in words]
