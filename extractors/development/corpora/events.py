"""Reads the events of BioNLP's shared tasks, in brat's standoff format, as pairs of mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from extractors.development.corpora.annotated import Annotation, CorpusError
from extractors.development.corpora.brat import StandoffText, read_standoff
from extractors.development.corpora.related import MentionPair, RelatedText, pairs_of

REGULATIONS = frozenset({"Positive_regulation", "Negative_regulation", "Regulation"})
_EVENT = re.compile(r"(E\d+)\t([^\s:]+):(T\d+)((?: [^\s:]+:[TE]\d+)*) *")
_MODIFICATION = re.compile(r"M\d+\t(\S+) (E\d+)")


@dataclass(frozen=True, slots=True)
class _Event:
    label: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]

    def fill(self, role: str) -> list[str]:
        """Return the numbers of the arguments with this role, or with a numbered one (Theme2)."""
        return [number for name, number in self.arguments if name.rstrip("0123456789") == role]


def read_brat_events(path: Path) -> Iterator[RelatedText]:
    """Yield the texts of an archive that have events (.a2), as `read_brat` yields them, with the pairs of the events.

    A regulation with an entity as Cause becomes a pair of the Cause and its Theme, which is an entity or the trigger of
    a process ("growth"). If the Theme is itself a regulation, the pair is with the Theme of that one, and the
    directions are multiplied: inhibiting an inhibition is a Positive_regulation. A Binding becomes a pair of any two
    entities that are its themes, in the order of the file. Negation and Speculation of an event are kept on its pairs.
    Raises CorpusError, with the line, for a malformed event, a missing argument and circular regulations.
    """
    for found in read_standoff(path):
        if found.events is not None:
            yield RelatedText(found.text, tuple(dict.fromkeys(_pairs(found, *_events(found, found.events)))))


def _events(found: StandoffText, lines: str) -> tuple[dict[str, _Event], dict[str, set[str]]]:
    """Return the events by number, and the modifications of each."""
    events: dict[str, _Event] = {}
    modifications: dict[str, set[str]] = {}
    for number, line in enumerate(lines.split("\n"), start=1):
        if line.startswith("E"):
            if (match := _EVENT.fullmatch(line)) is None:
                raise CorpusError(f"{found.file}.a2:{number}: {line!r}; expected E1, a tab, Type:T1 and Role:T2 ...")
            arguments = tuple((role, end) for role, _, end in (part.partition(":") for part in match[4].split()))
            events[match[1]] = _Event(match[2], match[3], arguments)
        elif line.startswith("M"):
            if (match := _MODIFICATION.fullmatch(line)) is None:
                raise CorpusError(f"{found.file}.a2:{number}: {line!r}; expected M1, a tab, Negation E1")
            modifications.setdefault(match[2], set()).add(match[1])
    for name, event in events.items():
        for end in (event.trigger, *(end for _, end in event.arguments)):
            if end not in (events if end.startswith("E") else found.annotations):
                raise CorpusError(
                    f"{found.file}.a2: {name} has {end}, which is not there; expected a number in the files"
                )
    return events, modifications


def _pairs(
    found: StandoffText, events: Mapping[str, _Event], modifications: Mapping[str, set[str]]
) -> Iterator[MentionPair]:
    for number, event in events.items():
        for label, first, second in _ends(found, number, event, events):
            modified = modifications.get(number, set())
            yield from pairs_of(
                found.text,
                label,
                [first],
                [second],
                is_negated="Negation" in modified,
                is_hedged="Speculation" in modified,
                trigger=found.annotations[event.trigger].reach,
            )


def _ends(
    found: StandoffText, number: str, event: _Event, events: Mapping[str, _Event]
) -> Iterator[tuple[str, Annotation, Annotation]]:
    annotations = found.annotations
    if event.label == "Binding":
        themes = [annotations[theme] for theme in event.fill("Theme") if theme in annotations]
        yield from ((event.label, *ends) for ends in combinations(themes, 2))
    elif event.label in REGULATIONS:
        for cause in event.fill("Cause"):
            if cause in annotations:
                for label, theme in _regulated(found, number, events, ()):
                    yield label, annotations[cause], annotations[theme]


def _regulated(
    found: StandoffText, number: str, events: Mapping[str, _Event], outer: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Yield the direction in which a regulation acts on each final theme, and the number of that entity or trigger."""
    if number in outer:
        raise CorpusError(f"{found.file}.a2: {number} regulates itself; expected an end of every chain of themes")
    regulation = events[number]
    for theme in regulation.fill("Theme"):
        process = events.get(theme)
        if process is None or process.label not in REGULATIONS:
            yield regulation.label, process.trigger if process else theme
        else:
            for label, last in _regulated(found, theme, events, (*outer, number)):
                yield _together(regulation.label, label), last


def _together(outer: str, inner: str) -> str:
    """Return the direction of a regulation of a regulation, the product of both."""
    if "Regulation" in (outer, inner):
        return "Regulation"
    return "Positive_regulation" if outer == inner else "Negative_regulation"
