"""Why a sentence yields the relations that it does, or none: what `peyer explain` shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.annotations import FoundMention
from extractors.language.parse import parse_fault
from extractors.linking.vocabulary.lookup import Vocabulary
from extractors.records import PREDICATE_SIGNATURES
from extractors.relations.extractor import Explained
from extractors.relations.judging.candidates import PROBABLE
from extractors.relations.judging.confidence import Evidence
from extractors.relations.sentence import Decision, Trigger, TriggeredSentence

_LEGAL_PAIRS = frozenset().union(*PREDICATE_SIGNATURES.values())


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

    `suppressed` are statements that were proposed and taken back; `pairs` what the classifier makes of the pairs that
    it reads; `missing` says what kept the sentence from yielding anything, where it yields nothing.
    """

    sentence: str
    parse_fault: str | None
    """Why the parse is not trusted; None where it is."""

    mentions: tuple[ExplainedMention, ...]
    triggers: tuple[ExplainedTrigger, ...]
    statements: tuple[ExplainedStatement, ...]
    suppressed: tuple[str, ...]
    pairs: tuple[str, ...]
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
                evidence=tuple(_evidence(evidence)),
            )
            for made, evidence, score in explained.judged
        ),
        suppressed=tuple(each.said for each in decisions if each.trigger is None),
        pairs=tuple(_pairs(explained)),
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


def _evidence(evidence: Evidence) -> Iterator[str]:
    if evidence.by_words and evidence.by_tree:
        yield "words and parse agree"
    elif evidence.by_words:
        yield "by the order of words" + (", and the parse does not bear it out" if evidence.could_agree else "")
    elif evidence.by_tree:
        yield "by the parse"
    if evidence.is_borrowed:
        yield "the subject stands in the sentence before"
    if evidence.probability is None:
        yield "the classifier does not read such pairs"
    else:
        yield f"the classifier gives it {evidence.probability:.2f}"
    yield f"{max(evidence.words_between, 0)} tokens between the names"


def _pairs(explained: Explained) -> Iterator[str]:
    for pair in explained.pairs.values():
        if not pair.predicates:
            continue
        predicate, (probability, guideline) = max(pair.predicates.items(), key=lambda item: item[1][0])
        words = _words(explained.sentence, pair.subject, predicate, pair.object, False, False)
        yield f"{words}: {probability:.2f} by {guideline}" + ("" if probability >= PROBABLE else f", below {PROBABLE}")


def _missing(sentence: TriggeredSentence, decisions: list[Decision]) -> str:
    types = [mention.entity_type for mention in sentence.mentions]
    if not types:
        return "it names nothing"
    has_pair = any((a, b) in _LEGAL_PAIRS for at, a in enumerate(types) for to, b in enumerate(types) if at != to)
    inherits = sentence.topic.subject is not None or sentence.topic.drugs is not None
    if not has_pair and not inherits:
        return f"no predicate relates the types that it names ({', '.join(sorted(set(types)))})"
    if not sentence.triggers:
        return "no rule knows a word of it as a trigger, and the classifier finds no pair probable enough"
    if any(each.stage == "suppressed" for each in decisions):
        return "what was found was suppressed; see above"
    return "no trigger has a subject and an object of types that its rule relates"
