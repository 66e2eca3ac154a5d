"""What is stated, and how far each statement can be trusted.

A candidate of the rules is suppressed where the sentence takes it back: named tests, tried in order, so that
`peyer explain` can say which one did. What is left is evidence for the statement reader, which decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from extractors.annotations import READER
from extractors.language.clauses import BE_FORMS
from extractors.language.lexicon import DETERMINERS, is_hyphen, word_list
from extractors.relations.sentence import Candidate, Statement, TriggeredSentence
from extractors.relations.statement_reader.reader import THRESHOLD, THRESHOLD_WITH_RULE, ReadPair

_HELD = word_list("relations", "held")
_LOW = word_list("relations", "low")
_STOPPING = word_list("relations", "stopping")
_WITHHOLDING = word_list("relations", "withholding")
_EVEN = 0.5
_MENTIONED = 0.1
"""How probable a statement must be for `peyer explain` to name it though it is not made."""

_SCORES_OF_RULES = {(True, True): 0.9, (False, True): 0.75}
_SCORE_OF_RULE = 0.55
"""The share of rules' statements that judges found right: where words and tree agree, by the tree, by words alone."""


class Judged(NamedTuple):
    """A statement that a sentence makes, what speaks for it, and the probability that it is right.

    `candidate` is what the rules found of it, None: nothing; `read` is what the statement reader made of its pair, None
    where it did not read it.
    """

    statement: Statement
    candidate: Candidate | None
    read: ReadPair | None
    score: float


def judged(
    sentence: TriggeredSentence, candidates: Sequence[Candidate], read: Sequence[ReadPair]
) -> tuple[list[Judged], list[Judged]]:
    """Return what a sentence states, and what it does not though the rules or the reader thought of it.

    What is stated the reader decides; what the rules found of a pair that it does not read is stated too.
    """
    by_rules = {(each.statement.subject, each.statement.predicate, each.statement.object): each for each in candidates}
    stated: list[Judged] = []
    unsaid: list[Judged] = []
    for each in read:
        subject, target = each.pair.subject.mention, each.pair.object.mention
        candidate = by_rules.get((subject, each.predicate, target))
        statement = Statement(
            sentence.span.start,
            subject,
            each.predicate,
            target,
            each.negated > _EVEN,
            each.hedged > _EVEN,
            each.score,
            candidate.statement.rule_id if candidate is not None else READER,
        )
        if each.score >= (THRESHOLD if candidate is None else THRESHOLD_WITH_RULE):
            stated.append(Judged(statement, candidate, each, each.score))
        elif each.score >= _MENTIONED or candidate is not None:
            unsaid.append(Judged(statement, candidate, each, each.score))
    read_as = {(each.pair.subject.mention, each.pair.object.mention): each.predicate for each in read}
    for candidate in candidates:
        predicate = read_as.get((candidate.statement.subject, candidate.statement.object))
        if predicate is None:
            stated.append(judged_by_rules(candidate))
        elif predicate != candidate.statement.predicate:
            sentence.note_statement(candidate.statement, "suppressed", f"the reader rather finds {predicate}")
    return stated, unsaid


def judged_by_rules(candidate: Candidate) -> Judged:
    """Return what the rules found as it is stated without a reader."""
    how = candidate.by_words, candidate.by_tree
    return Judged(candidate.statement, candidate, None, _SCORES_OF_RULES.get(how, _SCORE_OF_RULE))


class Suppression(NamedTuple):
    """A reason why a candidate is not stated, in words, and the test for it."""

    reason: str
    applies: Callable[[TriggeredSentence, Statement, Sequence[Statement]], bool]
    """Gets the sentence, what is proposed, and all that is proposed beside it."""


def kept(sentence: TriggeredSentence, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates of the rules that nothing in the sentence takes back, in order."""
    for suppression in SUPPRESSIONS:
        proposed = [candidate.statement for candidate in candidates]
        left = []
        for candidate in candidates:
            if suppression.applies(sentence, candidate.statement, proposed):
                sentence.note_statement(candidate.statement, "suppressed", suppression.reason)
            else:
                left.append(candidate)
        candidates = left
    return list(candidates)


def is_withheld(sentence: TriggeredSentence, statement: Statement, _: Sequence[Statement]) -> bool:
    """Whether what acts is that a drug is not given ("lack of vitamin E", "withdrawal of prednisone")."""
    mention = statement.subject
    if mention.end < sentence.span.end and is_hyphen(sentence.doc[mention.end]):  # "reduction of A-induced B"
        return False
    before = [token.lower_ for token in sentence.doc[max(mention.start - 6, sentence.span.start) : mention.start]]
    while before and (before[-1] in DETERMINERS or before[-2:] in (["dose", "of"], ["doses", "of"], ["dosage", "of"])):
        del before[-2 if before[-1] == "of" else -1 :]
    if mention.entity_type == "drug" and before[-1:] and before[-1] in _LOW | {"lacking"}:  # "low glucose potentiated"
        return True
    is_of = len(before) > 1 and before[-1] in ("of", "in")
    return mention.entity_type == "drug" and is_of and before[-2] in _WITHHOLDING


def is_stopped(sentence: TriggeredSentence, said: Statement, _: Sequence[Statement]) -> bool:
    """Whether something got better, or worse, when a drug was stopped ("resolved after A was withdrawn")."""
    before = sentence.doc[said.subject.start - 1].lower_ if said.subject.start > sentence.span.start else ""
    if before in _STOPPING:
        return said.predicate != "causes"
    if (
        said.predicate in ("causes", "binds")
        or said.subject.entity_type != "drug"
        or said.object.start > said.subject.start
    ):
        return False
    doc, end = sentence.doc, sentence.span.end
    behind = [token.lower_ for token in doc[said.subject.end : min(said.subject.end + 4, end)]]
    return not BE_FORMS.isdisjoint(behind) and not (_WITHHOLDING | _HELD).isdisjoint(behind)


def is_outdone(_: TriggeredSentence, said: Statement, others: Sequence[Statement]) -> bool:
    """Whether a drug is said to treat what the sentence says it causes or prevents."""
    return (said.predicate, said.is_negated) == ("treats", False) and any(
        other.predicate in ("causes", "prevents")
        and not other.is_negated
        and (other.subject, other.object) == (said.subject, said.object)
        for other in others
    )


SUPPRESSIONS = (
    Suppression("the subject was not given, or taken away", is_withheld),
    Suppression("the drug had been stopped", is_stopped),
    Suppression("the sentence says that the drug causes or prevents what it would treat", is_outdone),
)
"""What suppresses a candidate of the rules."""
