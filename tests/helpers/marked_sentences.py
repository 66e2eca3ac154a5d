"""Sentences made by hand for the relation rules, with mentions and a trigger marked: no model is needed.

In "{tofacitinib:drug} does not <inhibit> {JAK 1:target/protein} ." tokens stand between blanks, a mention in braces
with its type, and its subtype, valence and aspect where they matter ("{renal function:effect/function:good}",
"{TNF levels:effect@level}"), the trigger in angle brackets. "~" before a token: no blank stands before it. "||": a
sentence ends. The trigger's sentence is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.annotations import FoundMention
from extractors.language.coordination import Group
from extractors.relations.assertion.cues import AssertionCues
from extractors.relations.corrections import ArgumentPair
from extractors.relations.predicates import statements_of
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import Arguments, Decision, Statement, Topic, Trigger, TriggeredSentence

_PART = re.compile(r"(~?)(?:\{([^:}]+):(\w+)(?:/(\w+))?(?::(\w+))?(?:@(\w+))?\}|(\S+))")


def make_rule(
    predicates: Mapping[str, str], *, frame: str = "verb", words: str = "", score: float = 0.8, **fields: bool
) -> RelationRule:
    """A rule; `predicates` are "subject-object" -> predicate, `fields` what the trigger means."""
    typed = {(subject, target): name for key, name in predicates.items() for subject, target in [key.split("-")]}
    return RelationRule(
        id="made",
        frame=frame,
        words=tuple(words.split()),
        predicates=typed,
        score=score,
        fires_on="",
        silent_on="",
        **fields,
    )


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A sentence that was read, its mentions in order, and its trigger."""

    sentence: TriggeredSentence
    mentions: Sequence[FoundMention]
    trigger: Trigger
    decisions: list[Decision]

    def group(self, number: int) -> Group:
        """The list that holds a mention, by the mention's number in the text."""
        return next(g for g in self.sentence.clauses.groups if self.mentions[number] in g.members)

    def pair(self, subject: int = 0, target: int = 1, *, is_loss_of_function: bool = False) -> ArgumentPair:
        mentions = self.mentions
        return ArgumentPair(self.sentence, self.trigger, mentions[subject], mentions[target], is_loss_of_function)

    def statements(self, subject: int = 0, target: int = 1) -> list[Statement]:
        """What the trigger states of two lists, each by the number of one of its mentions."""
        return list(statements_of(self.sentence, self.trigger, Arguments(self.group(subject), self.group(target))))

    def text(self, mention: FoundMention) -> str:
        return self.sentence.doc[mention.start : mention.end].text

    def said(self, stage: str) -> list[str]:
        """What was decided at a stage, in words."""
        return [decision.said for decision in self.decisions if decision.stage == stage]


def marked(
    text: str,
    rule: RelationRule | None = None,
    *,
    form: str = "third",
    tags: Mapping[str, str] | None = None,
    others: Mapping[str, RelationRule] | None = None,
) -> Marked:
    """Read a marked sentence.

    `form` is that of the trigger; `tags` gives words their tags, all others have none; `others` gives words that are
    triggers too their rules.
    """
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool | int | None] = []
    mentions: list[FoundMention] = []
    trigger = [-1, -1]
    begins = True
    for match in _PART.finditer(text):
        hangs, name, kind, subtype, valence, aspect, word = match.groups()
        if word == "||":
            begins = True
            continue
        tokens = name.split() if name else [word]
        if hangs:
            spaces[-1] = False
        if name:
            end = len(words) + len(tokens)
            found_there = FoundMention(len(words), end, kind, subtype or "", -1, "", 0.0, valence or "")
            mentions.append(found_there._replace(aspect=aspect or ""))
        for token in tokens:
            if token.startswith("<"):
                trigger[0] = len(words)
            if token.endswith(">"):
                trigger[1] = len(words) + 1
            words.append(token.strip("<>"))
            spaces.append(True)
            starts.append(begins)
            begins = False
    tagged = [(tags or {}).get(word, "") for word in words]
    doc = Doc(_vocab(), words=words, spaces=spaces, sent_starts=starts, tags=tagged)
    place = max(trigger[0], 0)
    span = next(sent for sent in doc.sents if sent.start <= place < sent.end)
    found = Trigger(rule or make_rule({}), trigger[0], trigger[1], form)
    also = [Trigger(others[t.lower_], t.i, t.i + 1, "third") for t in span if others and t.lower_ in others]
    decisions: list[Decision] = []
    sentence = TriggeredSentence(
        span,
        [mention for mention in mentions if span.start <= mention.start < span.end],
        triggers=sorted([*also, *([found] if trigger[0] >= 0 else [])], key=lambda each: each.start),
        cues=_cues().find(span),
        topic=Topic(),
        decisions=decisions,
    )
    return Marked(sentence=sentence, mentions=mentions, trigger=found, decisions=decisions)


@cache
def _vocab() -> Vocab:
    return spacy.blank("en").vocab


@cache
def _cues() -> AssertionCues:
    return AssertionCues(_vocab())
