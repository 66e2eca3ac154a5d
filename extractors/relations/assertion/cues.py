"""The cues of negation, of hedging and of what asserts nothing, read from `data/assertion_cues.json`."""

from __future__ import annotations

import json
from functools import cache

from spacy.matcher import Matcher
from spacy.tokens import Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from extractors.data import data_file
from extractors.language.patterns import phrase_pattern
from extractors.relations.sentence import Cue

CUES_FILE = data_file("relations/assertion_cues.json")


KINDS = ("negation", "not_negation", "hedge", "hedge_after", "unasserted")


@cache
def _phrases() -> dict[str, list[str]]:
    phrases: dict[str, list[str]] = json.loads(CUES_FILE.read_text(encoding="utf-8"))
    if set(phrases) != set(KINDS):
        raise ValueError(f"{CUES_FILE.name} has {', '.join(sorted(phrases))}; expected {', '.join(sorted(KINDS))}")
    return phrases


class AssertionCues:
    """Finds the cues of a sentence."""

    def __init__(self, vocab: Vocab) -> None:
        self._matchers = {}
        for kind, phrases in _phrases().items():
            self._matchers[kind] = Matcher(vocab)
            self._matchers[kind].add(kind, [phrase_pattern(phrase) for phrase in phrases])

    def find(self, sentence: Span) -> list[Cue]:
        """Return the cues in reading order; of overlapping ones of a kind the longest."""
        cues = []
        for kind, matcher in self._matchers.items():
            for span in filter_spans(matcher(sentence, as_spans=True)):
                if span.text == "NO" and not sentence.text.isupper():  # nitric oxide
                    continue
                cues.append(Cue(kind, span.start, span.end))
        exempt = {place for cue in cues if cue.kind == "not_negation" for place in range(cue.start, cue.end)}
        kept = [
            cue for cue in cues if cue.kind != "not_negation" and not (cue.kind == "negation" and cue.start in exempt)
        ]
        return sorted(kept, key=lambda cue: (cue.start, cue.end))
