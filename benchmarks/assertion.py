"""Negation and hedging beside ConText (Harkema et al., 2009) as medspaCy has it, on the same events.

The events are regulations of BioNLP's shared task of 2013 (cancer genetics, pathway curation), training and development
split: annotators marked which of them the text denies (Negation) or only supposes (Speculation). No cue of ours was
chosen by them. ConText reads the event's trigger as its target, with its own rules; ours as the verb of a rule.

    python benchmarks/assertion.py [CORPORA]   (CORPORA: the folder that holds the corpora)

medspaCy is no dependency of this project: `pip install medspacy` first, else this is skipped.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc, Span

from extractors.annotations import FoundMention
from extractors.development.evaluation.counts import NameScore
from extractors.development.training.sources import related_texts, source
from extractors.language.coordination import Group
from extractors.language.parse import is_well_parsed
from extractors.pipeline import load_pipeline
from extractors.relations.assertion.cues import AssertionCues
from extractors.relations.assertion.negation_and_hedging import is_hedged, is_negated
from extractors.relations.rules import read_relation_rules
from extractors.relations.sentence import Topic, Trigger, TriggeredSentence
from extractors.relations.triggers import TriggerFinder

ROOT = Path(__file__).parent.parent
SOURCES = ("bionlp13cg", "bionlp13pc")
SPLITS = ("train", "dev")


class Event(NamedTuple):
    """A trigger and what it acts on, in tokens, with the annotators' flags."""

    trigger: Span
    target: Span
    is_negated: bool
    is_hedged: bool


def events(doc: Doc, pairs: object) -> Iterator[Event]:
    """Yield the annotated events of a text, each trigger with its target once."""
    seen = set()
    for pair in pairs:  # type: ignore[attr-defined]
        ends = [
            doc.char_span(span.start, span.end, alignment_mode="expand") if span else None
            for span in (pair.trigger, pair.second)
        ]
        if ends[0] is None or ends[1] is None or ends[0].sent != ends[1].sent or pair.label == "Binding":
            continue
        if (ends[0].start, ends[1].start) not in seen:
            seen.add((ends[0].start, ends[1].start))
            yield Event(ends[0], ends[1], pair.is_negated, pair.is_hedged)


class Ours:
    """The flags that peyer's rules give an event."""

    def __init__(self, nlp: object) -> None:
        rules = read_relation_rules()
        vocab = nlp.vocab  # type: ignore[attr-defined]
        self._triggers, self._cues = TriggerFinder(vocab, rules), AssertionCues(vocab)
        self._rule = next(rule for rule in rules if rule.frame == "verb")

    def flags(self, event: Event) -> tuple[bool, bool]:
        """Return whether an event is negated, and whether it is hedged."""
        span = event.trigger.sent
        mentions = [each for each in span.doc._.mentions if span.start <= each.start and each.end <= span.end]
        parsed = is_well_parsed(span, mentions)
        sentence = TriggeredSentence(
            span,
            mentions,
            triggers=self._triggers.find(span, mentions, is_well_parsed=parsed),
            cues=self._cues.find(span),
            topic=Topic(),
            is_well_parsed=parsed,
        )
        root = event.trigger.root
        form = "third" if root.tag_ == "VBZ" else "past" if root.tag_ in ("VBD", "VBN") else "base"
        trigger = Trigger(self._rule, event.trigger.start, event.trigger.end, form)
        target = FoundMention(event.target.start, event.target.end, "effect", "process", -1, "", 0.0, "")
        return is_negated(sentence, trigger, Group((target,))), is_hedged(sentence, trigger)


class Context:
    """The flags that medspaCy's ConText gives an event, with the rules that it comes with."""

    def __init__(self, nlp: object) -> None:
        from medspacy.context import ConText

        self._context = ConText(nlp, rules="default", input_span_type="group", span_group_name="events")

    def flags(self, event: Event) -> tuple[bool, bool]:
        """Return whether an event is negated, and whether it is hedged (uncertain or hypothetical)."""
        doc = event.trigger.doc
        doc.spans["events"] = [event.trigger]
        self._context(doc)
        found = doc.spans["events"][0]._
        return bool(found.is_negated), bool(found.is_uncertain or found.is_hypothetical)


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; return the exit status."""
    parser = argparse.ArgumentParser(prog="python benchmarks/assertion.py", description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpora", nargs="?", type=Path, default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--json", action="store_true", help="print JSON")
    chosen = parser.parse_args(arguments)
    if missing := [name for name in SOURCES if not (chosen.corpora / source(name).folder).is_dir()]:
        print(f"skipped: {chosen.corpora} holds no {' and '.join(missing)}; name the folder that does")
        return 0
    nlp = load_pipeline()
    try:
        finders: dict[str, Ours | Context] = {"peyer": Ours(nlp), "ConText (medspaCy)": Context(nlp)}
    except ImportError as error:
        print(f"skipped: medspaCy is not there ({error}); pip install medspacy")
        return 0
    scores = {(name, flag): NameScore() for name in finders for flag in ("negated", "hedged")}
    count = 0
    for name_of_source in SOURCES:
        for split in SPLITS:
            texts = list(related_texts(chosen.corpora, name_of_source, split))
            for related, doc in zip(texts, nlp.pipe(text.text.text for text in texts), strict=True):
                for event in events(doc, related.mention_pairs):
                    count += 1
                    for name, finder in finders.items():
                        gold = event.is_negated, event.is_hedged
                        for flag, wanted, given in zip(("negated", "hedged"), gold, finder.flags(event), strict=True):
                            scores[name, flag] += NameScore(int(wanted), int(given), int(wanted and given))
    rows = [
        {
            "finder": name,
            "flag": flag,
            "events": count,
            "gold": score.gold,
            "found": score.found,
            "precision": round(score.precision, 3),
            "recall": round(score.recall, 3),
            "f1": round(score.f1, 3),
        }
        for (name, flag), score in scores.items()
    ]
    if chosen.json:
        print(json.dumps(rows, indent=1))
        return 0
    print("| finder | flag | events | flagged by annotators | found | precision | recall | F1 |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for row in rows:
        print("| " + " | ".join(str(value) for value in row.values()) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
