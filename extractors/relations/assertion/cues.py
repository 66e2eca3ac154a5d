"""The cues of negation, hedging and non-assertion, read from `data/relations/assertion_cues.toml` and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from spacy.matcher import Matcher
from spacy.tokens import Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from extractors.data import data_file
from extractors.language.patterns import phrase_pattern
from extractors.relations.sentence import Cue

CUES_FILE = data_file("relations/assertion_cues.toml")

KINDS = ("negation", "not_negation", "hedge", "hedge_after", "unasserted")
"""The kinds of cues, each a table of the file; "not_negation" only hides cues of negation."""


class CueError(ValueError):
    """The file of cues breaks its form; the message names file and kind, and what is expected."""


def read_cues(path: Path = CUES_FILE) -> Mapping[str, Sequence[str]]:
    """Return kind -> its phrases, in the order of the file. Raises CueError where the file breaks its form."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    if set(tables) != set(KINDS):
        raise CueError(f"{path.name} has {', '.join(sorted(tables))}; expected {', '.join(sorted(KINDS))}")
    return {kind: _checked(table, f"{path.name}: {kind}") for kind, table in tables.items()}


def _checked(table: Mapping[str, object], place: str) -> Sequence[str]:
    reason, phrases = table.get("reason"), table.get("phrases")
    if set(table) != {"reason", "phrases"} or not isinstance(reason, str) or not reason.strip():
        raise CueError(f"{place} has {', '.join(sorted(table))}; expected a reason and phrases")
    if not isinstance(phrases, list) or not phrases or not all(isinstance(phrase, str) for phrase in phrases):
        raise CueError(f"{place}: phrases is {phrases!r}; expected an array of strings")
    if twice := sorted({phrase for phrase in phrases if phrases.count(phrase) > 1}):
        raise CueError(f"{place} has {', '.join(twice)} twice")
    if raised := [phrase for phrase in phrases if phrase != phrase.lower() or not phrase.strip()]:
        raise CueError(f"{place} has {', '.join(map(repr, raised))}; expected words in lower case")
    return phrases


@cache
def _bundled_cues() -> Mapping[str, Sequence[str]]:
    return read_cues()


class AssertionCues:
    """Finds the cues of a sentence."""

    def __init__(self, vocab: Vocab) -> None:
        self._matchers = {}
        for kind, phrases in _bundled_cues().items():
            self._matchers[kind] = Matcher(vocab)
            self._matchers[kind].add(kind, [phrase_pattern(phrase) for phrase in phrases])

    def find(self, sentence: Span) -> list[Cue]:
        """Return the cues in reading order; of overlapping ones of a kind the longest.

        A negation that begins within a cue of "not_negation" ("not only") is left out, and so is "NO" where it is
        nitric oxide: in a sentence that is not in capitals throughout.
        """
        cues = []
        for kind, matcher in self._matchers.items():
            for span in filter_spans(matcher(sentence, as_spans=True)):
                if span.text == "NO" and not sentence.text.isupper():
                    continue
                cues.append(Cue(kind, span.start, span.end))
        exempt = {place for cue in cues if cue.kind == "not_negation" for place in range(cue.start, cue.end)}
        kept = [
            cue for cue in cues if cue.kind != "not_negation" and not (cue.kind == "negation" and cue.start in exempt)
        ]
        return sorted(kept, key=lambda cue: (cue.start, cue.end))
