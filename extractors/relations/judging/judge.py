"""Which candidates are stated, and how far each can be trusted.

A candidate is suppressed where the sentence takes it back: named tests, tried in order, so that `peyer explain` can
say which one did. What is left gets a score (`confidence.py`) and is kept however low that is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from extractors.annotations import FoundMention
from extractors.language.clauses import BE_FORMS
from extractors.language.coordination import Group
from extractors.language.lexicon import DETERMINERS, is_hyphen, word_list
from extractors.relations.arguments.coreference import is_demonstrative_name
from extractors.relations.arguments.exposure import is_reported_administration
from extractors.relations.corrections import signals_decrease
from extractors.relations.judging.candidates import Candidate
from extractors.relations.judging.confidence import Evidence, confidence
from extractors.relations.sentence import Statement, TriggeredSentence

_BEARING = word_list("relations", "bearing")
_HELD = word_list("relations", "held")
_LOW = word_list("relations", "low")
_STOPPING = word_list("relations", "stopping")
_WITHHOLDING = word_list("relations", "withholding")


class Judged(NamedTuple):
    """A statement that a sentence makes, what speaks for and against it, and the probability that it is right."""

    statement: Statement
    evidence: Evidence
    score: float


def judged(candidate: Candidate, evidence: Evidence) -> Judged:
    """Return a candidate with its score, from 0 to 1, rounded to three places."""
    return Judged(candidate.statement, evidence, round(confidence(evidence), 3))


class Suppression(NamedTuple):
    """A reason why a candidate is not stated, in words, and the test for it."""

    reason: str
    applies: Callable[[TriggeredSentence, Statement, Sequence[Statement]], bool]
    """Gets the sentence, what is proposed, and all that is proposed beside it."""


def kept(
    sentence: TriggeredSentence, candidates: Sequence[Candidate], suppressions: Iterable[Suppression]
) -> list[Candidate]:
    """Return the candidates that none of `suppressions` applies to, in order."""
    for suppression in suppressions:
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
    return _is_withheld(sentence, statement.subject)


def _is_withheld(sentence: TriggeredSentence, mention: FoundMention) -> bool:
    """Whether what acts is that a drug is not given ("lack of vitamin E", "withdrawal of prednisone")."""
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


def _before(sentence: TriggeredSentence, mention: FoundMention, count: int) -> list[str]:
    """Return up to `count` words before a mention, in lower case, within its sentence."""
    start = max(mention.start - count, sentence.span.start)
    return [token.lower_ for token in sentence.doc[start : mention.start]]


def _between(sentence: TriggeredSentence, said: Statement) -> list[str]:
    """Return the words between subject and object, whichever comes first, in lower case."""
    first, second = sorted((said.subject, said.object), key=lambda mention: mention.start)
    return [token.lower_ for token in sentence.doc[first.end : second.start]]


def names_an_antigen(sentence: TriggeredSentence, said: Statement, _: Sequence[Statement]) -> bool:
    """Whether antibodies against the subject act, not the subject ("antibodies to A")."""
    return _before(sentence, said.subject, 2) in (["antibodies", "against"], ["antibodies", "to"])


def is_contrasted(sentence: TriggeredSentence, said: Statement, _: Sequence[Statement]) -> bool:
    """Whether "but not" stands between the two names."""
    gap = _between(sentence, said)
    return any(gap[at : at + 2] == ["but", "not"] for at in range(len(gap)))


def is_of_procedure(_: TriggeredSentence, said: Statement, __: Sequence[Statement]) -> bool:
    """Whether the subject is a procedure, of which the classifier's corpora have none."""
    return said.subject.subtype == "procedure"


def takes_up_antecedent(sentence: TriggeredSentence, said: Statement, _: Sequence[Statement]) -> bool:
    """Whether the subject takes up what was named before ("This fatty acid")."""
    return is_demonstrative_name(sentence, Group((said.subject,)))


def names_bearers(sentence: TriggeredSentence, said: Statement, _: Sequence[Statement]) -> bool:
    """Whether the object is part of a name of those who have it ("HBsAg carriers", "virus infected patients")."""
    return any(token.lower_ in _BEARING for token in sentence.doc[said.object.end - 1 : said.object.end + 1])


def precedes_exposure(sentence: TriggeredSentence, said: Statement, _: Sequence[Statement]) -> bool:
    """Whether the object was there before the drug was given ("fell ill and was given A")."""
    return said.object.end <= said.subject.start and is_reported_administration(sentence, Group((said.subject,)))


def is_lessened(sentence: TriggeredSentence, said: Statement, _: Sequence[Statement]) -> bool:
    """Whether the words between the names say that there is less of the object ("A ... fewer infections")."""
    between = sentence.doc[said.subject.end : max(said.object.start, said.subject.end)]
    return said.object.entity_type != "target" and signals_decrease([token.lower_ for token in between])


def is_over_object(sentence: TriggeredSentence, said: Statement, _: Sequence[Statement]) -> bool:
    """Whether something is preferred to the object ("selectivity over B")."""
    return _before(sentence, said.object, 1) == ["over"]


def is_comparator(sentence: TriggeredSentence, said: Statement, _: Sequence[Statement]) -> bool:
    """Whether one of the two is only compared with."""
    return any(sentence.clauses.is_compared(Group((mention,))) for mention in (said.subject, said.object))


WITHHELD = Suppression("the subject was not given, or taken away", is_withheld)

OF_RULES = (
    WITHHELD,
    Suppression("the drug had been stopped", is_stopped),
    Suppression("the sentence says that the drug causes or prevents what it would treat", is_outdone),
)
"""What suppresses a statement of the rules."""

OF_PAIRS = (
    WITHHELD,
    Suppression("antibodies against the subject act, not the subject", names_an_antigen),
    Suppression("but not stands between the names", is_contrasted),
    Suppression("the subject is a procedure, of which the classifier has learnt nothing", is_of_procedure),
    Suppression("the subject takes up what was named before", takes_up_antecedent),
    Suppression("the object names those who have it", names_bearers),
    Suppression("the object was there before the drug was given", precedes_exposure),
    Suppression("there is less of the object", is_lessened),
    Suppression("something is preferred to the object", is_over_object),
    Suppression("one of the two is only compared with", is_comparator),
)
"""What suppresses a statement that the classifier of pairs alone makes."""
