"""Reads a sentence again with the second types of its mentions, for what their own types leave unsaid.

What a mention is decides first: a pair that a rule relates by the own types is not looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from extractors.annotations import FoundMention
from extractors.records import ENTITY_SUBTYPES
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import Candidate, Statement, TriggeredSentence

_SUBTYPES: Mapping[str, str] = {"drug": "biologic", "target": "protein", "disease": "disease", "effect": "process"}
"""Second type -> the subtype with which the rules read it."""

_READINGS = (frozenset({"effect", "disease"}), frozenset(ENTITY_SUBTYPES))
"""The second types that each reading takes, where a sentence has any: those of what is acted on, and all."""


def second_candidates(
    sentence: TriggeredSentence,
    stated: Sequence[Statement],
    read: Callable[[TriggeredSentence], Sequence[Candidate]],
    rules: Mapping[str, RelationRule],
) -> Iterator[Candidate]:
    """Yield what `read` finds by second types, of pairs that are not related in `stated`, between the same mentions.

    A rule that relates the own types has had its say. Nothing is said of a name that stands within the other mention,
    and nothing of what is kept from acting ("blocks angiotensin II from stimulating B").
    """
    related = {(one.subject, one.object) for one in stated}
    tried: set[frozenset[FoundMention]] = set()
    for types in _READINGS:
        changed = frozenset(mention for mention in sentence.mentions if mention.also_type in types)
        if not changed or changed in tried or not sentence.triggers:
            continue
        tried.add(changed)
        own = {_retyped(mention): mention for mention in changed}
        for candidate in read(_reading(sentence, changed)):
            said = candidate.statement
            subject, target = own.get(said.subject, said.subject), own.get(said.object, said.object)
            is_kept_from = sentence.word(target.end) == "from" and sentence.word(target.end + 1).endswith("ing")
            is_retyped = subject != said.subject or target != said.object
            is_new = is_retyped and (subject, target) not in related and not is_kept_from
            rule = rules.get(said.rule_id.partition("/")[0])
            if is_new and not _is_one_name(sentence, subject, target) and not _relates(rule, subject, target):
                related.add((subject, target))
                yield candidate._replace(statement=said._replace(subject=subject, object=target))


def _relates(rule: RelationRule | None, subject: FoundMention, target: FoundMention) -> bool:
    return rule is not None and (subject.entity_type, target.entity_type) in rule.pairs


def _is_one_name(sentence: TriggeredSentence, subject: FoundMention, target: FoundMention) -> bool:
    """Whether one of two mentions names the other ("IL-22" and "IL-22 signalling")."""
    first, second = (sentence.doc[name.start : name.end].text.lower() for name in (subject, target))
    return first in second or second in first


def _retyped(mention: FoundMention) -> FoundMention:
    valence = mention.valence or ("bad" if mention.entity_type == "disease" else "")
    subtype = _SUBTYPES[mention.also_type]
    return mention._replace(entity_type=mention.also_type, subtype=subtype, valence=valence)


def _reading(sentence: TriggeredSentence, changed: frozenset[FoundMention]) -> TriggeredSentence:
    mentions = [_retyped(mention) if mention in changed else mention for mention in sentence.mentions]
    return TriggeredSentence(
        sentence.span,
        mentions,
        triggers=sentence.triggers,
        cues=sentence.cues,
        topic=sentence.topic,
        is_well_parsed=sentence.is_well_parsed,
        decisions=sentence.decisions,
        links=sentence.links,
    )
