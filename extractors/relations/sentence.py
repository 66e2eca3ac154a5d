"""A sentence as the relation rules see it: its mentions, triggers, cues and clauses, and what came before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from spacy.tokens import Span

from extractors.annotations import FoundMention
from extractors.language.clauses import Clauses
from extractors.language.coordination import Group
from extractors.language.inflection import verb_forms
from extractors.language.lexicon import is_hyphen, word_list
from extractors.relations.rules import RelationRule

_INDUCING_PARTICIPLES = word_list("relations", "inducing_participles")


class Cue(NamedTuple):
    """A cue in tokens `start`:`end` of a Doc."""

    kind: str
    start: int
    end: int


class Trigger(NamedTuple):
    """The words in tokens `start`:`end` that make a rule look for a statement. `form` is base, third, past or ing."""

    rule: RelationRule
    start: int
    end: int
    form: str


class Topic(NamedTuple):
    """What the sentences before spoke of, where they named any: `subject` is their first drugs or targets.

    `pair` are the two drugs of the sentence before, if it named two, wherever they stood.
    """

    subject: Group | None = None
    drugs: Group | None = None
    pair: Group | None = None
    diseases: Group | None = None

    def of(self, types: set[str], *, takes_all: bool = False) -> Group | None:
        """Return what "it" or "they" means as the subject of a statement that wants one of `types`.

        `takes_all`: what "both" means.
        """
        if takes_all and self.pair is not None and "drug" in types:
            return self.pair
        for group in (self.subject, self.drugs):
            if group is not None and not group.types.isdisjoint(types):
                return group
        return None


Types = set[str]
"""Types of mentions."""


class Arguments(NamedTuple):
    """The lists that a trigger relates; `is_borrowed`: the subject stands in the sentence before."""

    subjects: Group
    objects: Group
    is_borrowed: bool = False
    trigger: Trigger | None = None
    """What they are stated by, where it is not the trigger that was looked from ("reversed the increase in")."""


class Decision(NamedTuple):
    """What was decided of a trigger and why, as `peyer explain` shows it.

    `stage` is one of "trigger", "argument", "predicate", "assertion", "suppressed", "kept"; `said` names the strategy
    that decided, in words.
    """

    trigger: Trigger | None
    stage: str
    said: str


class Statement(NamedTuple):
    """What a trigger states of two mentions; `sentence_start` is a token."""

    sentence_start: int
    subject: FoundMention
    predicate: str
    object: FoundMention
    is_negated: bool
    is_hedged: bool
    score: float
    rule_id: str


class Candidate(NamedTuple):
    """A statement that a sentence may make, and how it was found."""

    statement: Statement

    by_words: bool = False
    """A rule found it by the order of words."""

    by_tree: bool = False
    """A rule found it over the dependency tree."""

    is_inherited: bool = False
    """Its subject stands in the sentence before."""

    def merged(self, other: Candidate) -> Candidate:
        """Return this with the support of another that says the same; the surer of the two is stated."""
        return Candidate(
            max(self.statement, other.statement, key=lambda statement: statement.score),
            self.by_words or other.by_words,
            self.by_tree or other.by_tree,
            self.is_inherited and other.is_inherited,
        )


class TriggeredSentence:
    """One sentence with all that the rules look at.

    `decisions`: where a list is given, every decision is added to it; see `note`. `links`: what the parse relates, by
    whether the sentence names a harm; filled once, and shared with another reading of the same sentence.
    """

    def __init__(
        self,
        span: Span,
        mentions: Sequence[FoundMention],
        *,
        triggers: Sequence[Trigger],
        cues: Sequence[Cue],
        topic: Topic,
        is_well_parsed: bool = False,
        decisions: list[Decision] | None = None,
        links: dict[bool, Any] | None = None,
    ) -> None:
        self.decisions = decisions
        self.links = {} if links is None else links
        self.span = span
        self.doc = span.doc
        self.mentions = mentions
        self.triggers = triggers
        self.cues = cues
        self.topic = topic
        self.is_well_parsed = is_well_parsed
        self._lower_words = [token.lower_ for token in span]
        self.clauses = Clauses(span, mentions, verb_forms())
        self.verbs = sorted(
            {trigger.start for trigger in triggers if trigger.rule.frame == "verb" and not self.is_inducing(trigger)}
        )

    def is_inducing(self, trigger: Trigger) -> bool:
        """Whether a verb is half of "A induced B", what another verb acts on ("attenuated A induced B")."""
        if trigger.form != "past" or self.doc[trigger.start].lower_ not in _INDUCING_PARTICIPLES:
            return False
        cause = next((mention for mention in self.mentions if mention.end == trigger.start), None)
        return cause is not None and any(
            other.rule.frame == "verb" and other.end <= cause.start <= other.end + 2 for other in self.triggers
        )

    def note(self, trigger: Trigger | None, stage: str, said: str) -> None:
        """Record a decision for `peyer explain`; of None as trigger it is of the sentence as a whole.

        Does nothing where no one asks for an explanation.
        """
        if self.decisions is not None:
            self.decisions.append(Decision(trigger, stage, said))

    def note_statement(self, said: Statement, stage: str, why: str) -> None:
        """Record a decision on a statement; see `note`."""
        if self.decisions is not None:
            subject, target = (self.doc[m.start : m.end].text for m in (said.subject, said.object))
            self.decisions.append(Decision(None, stage, f"{subject} {said.predicate} {target}: {why}"))

    def word(self, place: int) -> str:
        """Return the word at a token of the Doc, in lower case; "" where that token lies outside the sentence.

        `self.doc[place]` would give a word of the neighbouring sentence there, and for -1 the last of the Doc.
        """
        inside = place - self.span.start
        return self._lower_words[inside] if 0 <= inside < len(self._lower_words) else ""

    def word_before(self, place: int) -> str:
        """Return the word before a token, in lower case; "" at the sentence's first token."""
        return self.word(place - 1)

    def words(self, start: int, end: int) -> list[str]:
        """Return the words of tokens `start`:`end` in lower case, those that lie in the sentence."""
        first = self.span.start
        return self._lower_words[max(start - first, 0) : max(end - first, 0)]

    def has_hyphen_at(self, place: int) -> bool:
        """Whether a token of the sentence is a hyphen, or a dash that is used as one."""
        return self.span.start <= place < self.span.end and is_hyphen(self.doc[place])

    def groups(self, types: set[str]) -> list[Group]:
        """Return the lists that hold a mention of one of `types`."""
        return [group for group in self.clauses.groups if not group.types.isdisjoint(types)]

    def verb_between(self, start: int, end: int) -> bool:
        """Whether a rule's verb stands at `start` or later, before `end`."""
        return any(start <= verb < end for verb in self.verbs)
