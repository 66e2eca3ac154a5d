"""Why a sentence yields the relations that it does, or none: what `peyer explain` shows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.annotations import FoundMention
from extractors.language.parse import parse_fault
from extractors.linking.vocabulary.lookup import Vocabulary
from extractors.relations.extractor import Explained
from extractors.relations.judging.judge import Judged
from extractors.relations.sentence import Decision, Trigger, TriggeredSentence
from extractors.relations.statement_reader.pairs import joining
from extractors.relations.statement_reader.reader import THRESHOLD, THRESHOLD_WITH_RULE


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedMention:
    """A mention of the sentence; `concept` is identifier and name, or why there is none.

    `aspect` says what of the names `within` it a phrase is about, `also_type` is its second type; each may be "".
    """

    text: str
    entity_type: str
    subtype: str
    concept: str
    detector: str
    aspect: str
    also_type: str
    within: tuple[ExplainedMention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedTrigger:
    """The words that made a rule look for a statement, and what was decided there, in order."""

    text: str
    rule: str
    frame: str
    decisions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedStatement:
    """A statement that is made, with what speaks for and against it, in words."""

    statement: str
    score: float
    method: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How one sentence was read.

    `suppressed` are candidates of the rules that were taken back; `unsaid` what is not probable enough to be stated;
    `missing` says what kept the sentence from yielding anything, where it yields nothing.
    """

    sentence: str
    parse_fault: str | None
    """Why the parse is not trusted; None where it is."""

    mentions: tuple[ExplainedMention, ...]
    triggers: tuple[ExplainedTrigger, ...]
    statements: tuple[ExplainedStatement, ...]
    suppressed: tuple[str, ...]
    unsaid: tuple[str, ...]
    missing: str | None


def explanation(explained: Explained, vocabulary: Vocabulary) -> Explanation:
    """Return how a sentence was read; `vocabulary` gives the names of its concepts."""
    sentence = explained.sentence
    decisions = sentence.decisions or []
    return Explanation(
        sentence=" ".join(sentence.span.text.split()),
        parse_fault=parse_fault(sentence.span, sentence.mentions),
        mentions=tuple(_mention(sentence, mention, vocabulary) for mention in sentence.mentions),
        triggers=tuple(_trigger(explained, trigger, decisions) for trigger in sentence.triggers),
        statements=tuple(
            ExplainedStatement(
                statement=_words(sentence, made.subject, made.predicate, made.object, made.is_negated, made.is_hedged),
                score=score,
                method=made.rule_id,
                evidence=tuple(_evidence(each)),
            )
            for each in explained.judged
            for made, _, _, score in [each]
        ),
        suppressed=tuple(each.said for each in decisions if each.trigger is None),
        unsaid=tuple(_unsaid(explained)),
        missing=None if explained.judged else _missing(sentence, decisions),
    )


def _mention(sentence: TriggeredSentence, mention: FoundMention, vocabulary: Vocabulary) -> ExplainedMention:
    concept = f"none: {mention.method}"
    if mention.concept_no >= 0:
        meant = vocabulary.concept(mention.concept_no)
        concept = f"{meant.concept_id} {meant.name} ({mention.method}, {mention.score:g})"
    return ExplainedMention(
        text=_text(sentence, mention),
        entity_type=mention.entity_type,
        subtype=mention.subtype,
        concept=concept,
        detector=mention.detector,
        aspect=mention.aspect,
        also_type=mention.also_type,
        within=tuple(
            _mention(sentence, inner.name, vocabulary)
            for inner in sentence.doc._.inner_mentions
            if (inner.outer_start, inner.outer_end) == (mention.start, mention.end)
        ),
    )


def _text(sentence: TriggeredSentence, mention: FoundMention) -> str:
    return sentence.doc[mention.start : mention.end].text


def _trigger(explained: Explained, trigger: Trigger, decisions: list[Decision]) -> ExplainedTrigger:
    sentence = explained.sentence
    own = [each for each in decisions if each.trigger is not None and _place(each.trigger) == _place(trigger)]
    made = [f"{each.stage}: {each.said}" for each in own]
    rules = {each.statement.rule_id.partition("/")[0] for each in explained.judged}
    if not made and trigger.rule.id not in rules:
        made = ["argument: its frame finds no subject and object of types that the rule relates"]
    return ExplainedTrigger(
        text=sentence.doc[trigger.start : trigger.end].text,
        rule=trigger.rule.id,
        frame=trigger.rule.frame,
        decisions=tuple(dict.fromkeys(made)),
    )


def _place(trigger: Trigger) -> tuple[int, int, str]:
    """Return what tells triggers apart, also where the predicate of one was turned."""
    return trigger.start, trigger.end, trigger.rule.id


def _words(
    sentence: TriggeredSentence,
    subject: FoundMention,
    predicate: str,
    target: FoundMention,
    is_negated: bool,
    is_hedged: bool,
) -> str:
    flags = [word for word, is_set in (("negated", is_negated), ("hedged", is_hedged)) if is_set]
    flagged = f" ({', '.join(flags)})" if flags else ""
    return f"{_text(sentence, subject)} {predicate} {_text(sentence, target)}{flagged}"


def _evidence(made: Judged) -> Iterator[str]:
    said, candidate, read, _ = made
    if candidate is None:
        yield "no rule finds it"
    elif candidate.by_words and candidate.by_tree:
        yield "rules find it, by the order of words and by the parse"
    else:
        yield f"rules find it, {'by the parse' if candidate.by_tree else 'by the order of words'}"
    if (candidate is not None and candidate.is_inherited) or (read is not None and read.pair.is_carried):
        yield "the subject stands in the sentence before"
    if read is None:
        yield "the reader does not read such pairs"
    else:
        yield f"the reader finds it stated with {read.score:.2f}, negated {read.negated:.2f}, hedged {read.hedged:.2f}"
    first, second = sorted((said.subject, said.object), key=lambda mention: mention.start)
    between = max(second.start - first.end, 0)
    yield f"{between} token{'s' * (between != 1)} between the names"


def _unsaid(explained: Explained) -> Iterator[str]:
    for said, candidate, _, score in explained.unsaid:
        words = _words(explained.sentence, said.subject, said.predicate, said.object, False, False)
        needed = f"{THRESHOLD}" if candidate is None else f"{THRESHOLD_WITH_RULE}, though a rule finds it"
        yield f"{words}: {score:.2f}, below {needed}"


def _missing(sentence: TriggeredSentence, decisions: list[Decision]) -> str:
    types = [mention.entity_type for mention in sentence.mentions]
    if not types:
        return "it names nothing"
    both = [(mention.entity_type, mention.also_type) for mention in sentence.mentions]
    has_pair = any(joining(one, other) for one, other in itertools.permutations(both, 2))
    inherits = sentence.topic.subject is not None or sentence.topic.drugs is not None
    if not has_pair and not inherits:
        return f"no predicate relates the types that it names ({', '.join(sorted(set(types)))})"
    if not sentence.triggers:
        return "no rule knows a word of it as a trigger, and the reader finds no pair probable enough"
    if any(each.stage == "suppressed" for each in decisions):
        return "what was found was suppressed; see above"
    return "no trigger has a subject and an object of types that its rule relates"
