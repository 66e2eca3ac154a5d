"""Sentences marked up by hand, for what needs mentions and triggers but no model.

    <drug:tofacitinib> {verb/third:inhibits} <target:JAK1> .

Words are separated by blanks, punctuation and hyphens too. `<type:name>` is a mention, `<type/subtype:name>` one with a
subtype, a "!" behind the type gives it the valence "bad". `{frame/form:words}` is a trigger; without a form it is a
phrase. `{!frame/form:words}` is the one that is asked for, where it is not the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import spacy
from spacy.tokens import Doc

from extractors.annotations import FoundMention
from extractors.language.coordination import Group
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import Decision, Topic, Trigger, TriggeredSentence

PREDICATES = {
    ("drug", "target"): "inhibits",
    ("drug", "effect"): "decreases",
    ("drug", "disease"): "treats",
    ("target", "effect"): "decreases",
    ("target", "disease"): "associated_with",
}
CAUSES = {("drug", "disease"): "causes", ("drug", "effect"): "causes"}

_MARK = re.compile(
    r"<(?P<type>\w+)(?:/(?P<subtype>\w+))?(?P<bad>!?):(?P<name>[^>]+)>"
    r"|\{(?P<main>!?)(?P<frame>\w+)(?:/(?P<form>\w+))?:(?P<words>[^}]+)\}"
    r"|(?P<word>\S+)"
)
_VOCAB = spacy.blank("en").vocab


@dataclass
class _Marks:
    """What the marks of one sentence say, in tokens from `start`."""

    start: int
    words: list[str] = field(default_factory=list)
    mentions: list[FoundMention] = field(default_factory=list)
    triggers: list[tuple[str, str, int, int]] = field(default_factory=list)
    main: int = 0


@dataclass
class Marked:
    """A sentence, the trigger that is asked for, and what was decided so far."""

    sentence: TriggeredSentence
    decisions: list[Decision]
    main: int

    @property
    def trigger(self) -> Trigger:
        return self.sentence.triggers[self.main]

    @property
    def said(self) -> list[str]:
        """What was decided, in words."""
        return [decision.said for decision in self.decisions]

    def group(self, name: str) -> Group:
        """The list that a name stands in."""
        return next(group for group in self.sentence.clauses.groups if name in self.names(group))

    def names(self, group: Group | None) -> list[str]:
        """The names of a list; none of None."""
        members = group.members if group is not None else ()
        return [self.sentence.doc[member.start : member.end].text for member in members]

    def place(self, word: str) -> int:
        """The token of a word in the sentence."""
        return next(token.i for token in self.sentence.span if token.text == word)


def marked(
    text: str, *, before: str = "", after: str = "", predicates: dict[tuple[str, str], str] = PREDICATES, **rule: Any
) -> Marked:
    """Return a marked sentence.

    `before` is a marked sentence in front of it in the same Doc, whose mentions are its topic; `after` are words of one
    behind it. `predicates` and `rule` are those of every trigger's rule.
    """
    earlier = _read(before, 0)
    marks = _read(text, len(earlier.words))
    end = marks.start + len(marks.words)
    words = [*earlier.words, *marks.words, *after.split()]
    starts = [place in (0, marks.start, end) for place in range(len(words))]
    doc = Doc(_VOCAB, words=words, sent_starts=starts)
    doc._.mentions = [*earlier.mentions, *marks.mentions]
    topic = Topic()
    if earlier.words:
        topic = _topic(TriggeredSentence(doc[: marks.start], earlier.mentions, triggers=[], cues=[], topic=Topic()))
    triggers = [Trigger(_rule(frame, predicates, rule), start, end, form) for frame, form, start, end in marks.triggers]
    decisions: list[Decision] = []
    sentence = TriggeredSentence(
        doc[marks.start : end], marks.mentions, triggers=triggers, cues=[], topic=topic, decisions=decisions
    )
    return Marked(sentence, decisions, marks.main)


def _read(text: str, start: int) -> _Marks:
    marks = _Marks(start)
    for found in _MARK.finditer(text):
        place = start + len(marks.words)
        words = (found["name"] or found["words"] or found["word"]).split()
        marks.words += words
        if found["name"]:
            marks.mentions.append(
                FoundMention(
                    start=place,
                    end=place + len(words),
                    entity_type=found["type"],
                    subtype=found["subtype"] or "",
                    concept_no=-1,
                    method="no_candidate",
                    score=0.0,
                    valence="bad" if found["bad"] else "",
                )
            )
        elif found["frame"]:
            marks.main = len(marks.triggers) if found["main"] else marks.main
            marks.triggers.append((found["frame"], found["form"] or "phrase", place, place + len(words)))
    return marks


def _rule(frame: str, predicates: dict[tuple[str, str], str], fields: dict[str, Any]) -> RelationRule:
    return RelationRule(
        id=f"hand-made-{frame}",
        frame=frame,
        words=(),
        predicates=predicates,
        score=0.9,
        fires_on="",
        silent_on="",
        **fields,
    )


def _topic(sentence: TriggeredSentence) -> Topic:
    actors, drugs = sentence.groups({"drug", "target"}), sentence.groups({"drug"})
    named = [member for group in drugs for member in group.members]
    return Topic(
        subject=next(iter(actors), None),
        drugs=next(iter(drugs), None),
        pair=Group(tuple(named)) if len(named) == 2 else None,
        diseases=next(iter(sentence.groups({"disease"})), None),
    )
