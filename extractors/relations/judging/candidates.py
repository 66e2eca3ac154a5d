"""What a sentence may state: candidates, each with how it was found.

Rules propose over the words (`arguments/token_frames.py`) and, where the sentence is well parsed, over its dependencies
(`arguments/dependency_paths.py`), which add statements and overrule those of the words that they contradict. A clause
such as "whereas B did not" denies of B what the clause before states.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from spacy.vocab import Vocab

from extractors.annotations import FoundMention
from extractors.language.clauses import AUXILIARIES
from extractors.relations.arguments.dependency_paths import Reading, SentenceReader, reader_of
from extractors.relations.arguments.dependency_patterns import DependencyFrames, read_frames
from extractors.relations.arguments.token_frames import arguments
from extractors.relations.assertion.negation_and_hedging import asserts_nothing
from extractors.relations.described_diseases import implied_disease_statements
from extractors.relations.polarity import is_prevented, prevented
from extractors.relations.predicates import statements_of
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import Arguments, Candidate, Statement, Trigger, TriggeredSentence


class RuleProposer:
    """Proposes by the relation rules, over words and dependencies."""

    def __init__(self, vocab: Vocab, rules: Sequence[RelationRule]) -> None:
        self._frames = DependencyFrames(vocab, read_frames())
        self._rules = {rule.id: rule for rule in rules}
        self._benefits = [rule for rule in rules if rule.frame == "in_disease"]

    def candidates(self, sentence: TriggeredSentence) -> list[Candidate]:
        """Return what the rules find in a sentence."""
        found: dict[tuple[FoundMention, str, FoundMention], Candidate] = {}
        for candidate in self._by_triggers(sentence):
            key = _key(candidate.statement)
            found[key] = found[key].merged(candidate) if key in found else candidate
        for candidate in elided_denials(sentence, list(found.values())):
            found.setdefault(_key(candidate.statement), candidate)
        return list(found.values())

    def _by_triggers(self, sentence: TriggeredSentence) -> Iterator[Candidate]:
        asserted = [self._as_asserted(sentence, t) for t in sentence.triggers if not asserts_nothing(sentence, t)]
        reader = reader_of(sentence, self._frames)
        parsed = list(self._parsed(sentence, reader, asserted)) if reader is not None else []
        for trigger in asserted:
            for found in arguments(sentence, trigger):
                if reader is not None and reader.denies(trigger, found.subjects):
                    sentence.note(trigger, "suppressed", "the parse gives the verb another subject")
                    continue
                for statement in self._statements(sentence, found.trigger or trigger, found):
                    if _is_contradicted(statement, trigger, parsed):
                        sentence.note(trigger, "suppressed", "the parse reads the same words in another way")
                    else:
                        yield Candidate(statement, by_words=True, is_inherited=found.is_borrowed)
        for reading, statement in parsed:
            if not reading.is_stacked and _is_turned(statement, parsed):
                sentence.note(reading.trigger, "suppressed", "a change of a change relates the same two")
                continue
            named = statement._replace(rule_id=f"{statement.rule_id}/{reading.frames}")
            yield Candidate(named, by_tree=True, is_inherited=reading.arguments.is_borrowed)

    @staticmethod
    def _as_asserted(sentence: TriggeredSentence, trigger: Trigger) -> Trigger:
        """Return the trigger as it is meant: turned where its subject is kept from acting."""
        if not is_prevented(sentence, trigger):
            return trigger
        sentence.note(trigger, "predicate", "its subject is kept from acting, so the predicate is turned")
        return prevented(trigger)

    def _parsed(
        self, sentence: TriggeredSentence, reader: SentenceReader, triggers: Sequence[Trigger]
    ) -> Iterator[tuple[Reading, Statement]]:
        """Yield what the parse states, each with how it was read."""
        own = (reading for reading in reader.whole(self._rules) if not asserts_nothing(sentence, reading.trigger))
        for reading in itertools.chain(*map(reader.read, triggers), own):
            for statement in self._statements(sentence, reading.trigger, reading.arguments):
                yield reading, statement

    def _statements(self, sentence: TriggeredSentence, trigger: Trigger, found: Arguments) -> Iterator[Statement]:
        made = list(statements_of(sentence, trigger, found))
        yield from made
        for rule in self._benefits:
            yield from implied_disease_statements(sentence, rule, trigger, found.objects, made)


def elided_denials(sentence: TriggeredSentence, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield what a clause such as "whereas A did not" denies of A: all that the clause before states of its subject."""
    for group in sentence.groups({"drug"}):
        start, end = sentence.clauses.bounds(group.start)
        behind = [token.lower_ for token in sentence.doc[group.end : min(end, sentence.span.end)]]
        while behind and not (behind[0] in AUXILIARIES or behind[0] in (".", ";")):
            behind.pop(0)
        if start == sentence.span.start or behind[1:2] != ["not"] or behind[2:3] not in ([], ["."], [";"], ["("]):
            continue
        before = sentence.clauses.bounds(start - 1)[0]
        for one in found:
            said = one.statement
            is_aside = sentence.clauses.aside_of(said.object.start) is not None
            if is_aside or said.is_negated or said.subject.entity_type != "drug":
                continue
            if before <= said.object.start < start:
                for member in group.members:
                    yield one._replace(statement=said._replace(subject=member, is_negated=True), by_tree=False)


def _key(statement: Statement) -> tuple[FoundMention, str, FoundMention]:
    return statement.subject, statement.predicate, statement.object


def _is_contradicted(statement: Statement, trigger: Trigger, parsed: Sequence[tuple[Reading, Statement]]) -> bool:
    """Whether the parse turns a statement's direction, or reads its passive trigger in another way."""
    if _is_turned(statement, parsed):
        return True
    said = [other[1:4] for reading, other in parsed if reading.is_passive and reading.trigger == trigger]
    return bool(said) and statement[1:4] not in said


def _is_turned(statement: Statement, parsed: Sequence[tuple[Reading, Statement]]) -> bool:
    """Whether a change of a change relates the same two ("prevents the inhibition of ...")."""
    return any(
        reading.is_stacked and (statement.subject, statement.object) == (other.subject, other.object)
        for reading, other in parsed
    )
