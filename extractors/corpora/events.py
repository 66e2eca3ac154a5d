"""Reads the events of BioNLP's shared tasks in brat's standoff form as pairs of mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from extractors.corpora.annotated import Annotation, CorpusError
from extractors.corpora.brat import StandoffText, read_standoff
from extractors.corpora.related import MentionPair, RelatedText, pairs_of

REGULATIONS = frozenset({"Positive_regulation", "Negative_regulation", "Regulation"})
_EVENT = re.compile(r"(E\d+)\t([^\s:]+):(T\d+)((?: [^\s:]+:[TE]\d+)*) *")
_MODIFICATION = re.compile(r"M\d+\t(\S+) (E\d+)")


@dataclass(frozen=True, slots=True)
class _Event:
    label: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]

    def fill(self, role: str) -> list[str]:
        """Return the numbers of what plays `role`, or one of several such (Theme2)."""
        return [number for name, number in self.arguments if name.rstrip("0123456789") == role]


def read_brat_events(path: Path) -> Iterator[RelatedText]:
    """Yield the texts of an archive that have events (.a2), as `read_brat` yields them, with the pairs of these.

    A regulation whose Cause is an entity is a pair of this with its Theme: an entity, or the trigger of a process
    ("growth"; no regulation is one). A Binding is a pair of any two entities that are its themes, in the order of the
    file. What Negation or Speculation modifies is marked so. Raises CorpusError, with the line, for an event that
    breaks the form, and for an argument that is not there.
    """
    for found in read_standoff(path):
        if found.events is not None:
            yield RelatedText(found.text, tuple(dict.fromkeys(_pairs(found, *_events(found, found.events)))))


def _events(found: StandoffText, lines: str) -> tuple[dict[str, _Event], dict[str, set[str]]]:
    """Return the events by number, and what modifies each."""
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
        for first, second in _ends(event, events, found.annotations):
            modified = modifications.get(number, set())
            yield from pairs_of(
                found.text,
                event.label,
                [first],
                [second],
                is_negated="Negation" in modified,
                is_hedged="Speculation" in modified,
            )


def _ends(
    event: _Event, events: Mapping[str, _Event], annotations: Mapping[str, Annotation]
) -> Iterator[tuple[Annotation, Annotation]]:
    themes = event.fill("Theme")
    if event.label == "Binding":
        yield from combinations([annotations[theme] for theme in themes if theme in annotations], 2)
    elif event.label in REGULATIONS:
        for cause in event.fill("Cause"):
            for theme in themes:
                process = events.get(theme)
                if cause in annotations and (process is None or process.label not in REGULATIONS):
                    yield annotations[cause], annotations[process.trigger if process else theme]
