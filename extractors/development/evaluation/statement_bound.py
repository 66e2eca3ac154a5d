"""How many statements of whole abstracts our mentions allow at all, whatever reads the relations.

A statement can be found if two mentions name its subject and object, in its sentence or one beside it, with types
that its predicate joins. Names are compared as when relations are scored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import product
from operator import attrgetter
from pathlib import Path

from extractors.development.evaluation.measure import Lost, Measure, share
from extractors.development.evaluation.reading import Read, ReadMention, ReadText
from extractors.development.evaluation.relations import names_same
from extractors.development.evaluation.spans import failed
from extractors.development.readings.texts import Abstract, Argument, Statement, some_abstracts
from extractors.records import PREDICATE_SIGNATURES, legal_pair

Pair = tuple[ReadMention, ReadMention]
POSSIBLE = "possible"
_MOST_SHOWN = 4


def score_statements(corpora: Path, read: Read, sample: bool) -> Measure:
    """Return which share of the sure statements has a pair of mentions that make it possible, and why others do not."""
    abstracts = some_abstracts(corpora, sample)
    texts = read({abstract.document_id: abstract.text for abstract in abstracts})
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    lost = []
    for abstract in abstracts:
        text = texts[abstract.document_id]
        for statement in filter(attrgetter("is_sure"), abstract.statements):
            outcome, pairs = possibility(statement, abstract, text.mentions)
            for kind in ("all", statement.kind):
                outcomes[kind][outcome.partition(":")[0]] += 1
            if outcome != POSSIBLE:
                lost.append(Lost(outcome, _shown(statement, abstract, text, pairs)))
    kinds = sorted(outcomes, key=lambda kind: -outcomes[kind].total())
    rows = {kind: _figures(outcomes[kind]) for kind in kinds}
    name = "train, a sample" if sample else "dev"
    about = f"sure statements of {len(abstracts)} read texts ({name}) that our mentions allow, {failed(texts.values())}"
    return Measure("statements", about, rows, lost)


def _figures(counts: Counter[str]) -> dict[str, int | float]:
    return {
        "statements": counts.total(),
        "possible": counts[POSSIBLE],
        "share": share(counts[POSSIBLE], counts.total()),
        "both named": share(counts[POSSIBLE] + counts["types"], counts.total()),
        **{
            name: counts[name]
            for name in ("subject not found", "object not found", "neither found", "types", "too far")
        },
    }


def possibility(
    statement: Statement, abstract: Abstract, mentions: Iterable[ReadMention]
) -> tuple[str, Sequence[Pair]]:
    """Return "possible" or why the statement cannot be found, and the pairs of mentions that name its arguments."""
    subjects, objects = (
        [each for each in mentions if _names(end, each)] for end in (statement.subject, statement.object)
    )
    pairs = [(one, other) for one, other in product(subjects, objects) if one.record != other.record]
    near = [pair for pair in pairs if all(_is_near(statement, abstract, each) for each in pair)]
    if any(_is_legal(statement.predicate, pair) for pair in near):
        return POSSIBLE, near
    if near:
        return f"types: {_closest(statement, near)}", near
    if pairs:
        return "too far", pairs
    return _not_found(bool(subjects), bool(objects)), []


def _not_found(has_subject: bool, has_object: bool) -> str:
    """Return which argument no mention names; if one and the same mention alone names both, the object."""
    if has_subject:
        return "object not found"
    return "subject not found" if has_object else "neither found"


def _names(argument: Argument, mention: ReadMention) -> bool:
    return any(names_same(text, mention.names) for text in argument.texts)


def _is_near(statement: Statement, abstract: Abstract, mention: ReadMention) -> bool:
    return abs(abstract.sentence_no(mention.start) - statement.sentence_no) <= 1


def _is_legal(predicate: str, pair: Pair) -> bool:
    return legal_pair(predicate, pair[0].record, pair[1].record) is not None


def _closest(statement: Statement, pairs: Sequence[Pair]) -> str:
    """Return how the types of the best pair differ from those of the statement."""
    wanted = (statement.subject.entity_type, statement.object.entity_type)

    def differing(pair: Pair) -> list[str]:
        return [
            f"{end} {each.kind}, wanted {entity_type}"
            for end, each, entity_type in zip(("subject", "object"), pair, wanted, strict=True)
            if entity_type not in each.record.entity_types
        ]

    least = min((differing(pair) for pair in pairs), key=len)
    if not least or wanted not in PREDICATE_SIGNATURES.get(statement.predicate, ()):
        return f"no predicate {statement.predicate} joins {'-'.join(wanted)}"
    return "; ".join(least)


def _shown(statement: Statement, abstract: Abstract, text: ReadText, pairs: Sequence[Pair]) -> str:
    said = f"{statement.subject.texts[0]} -- {statement.predicate} -> {statement.object.texts[0]} ({statement.kind})"
    ours = [
        f"{one.record.text} ({one.kind}) + {other.record.text} ({other.kind})" for one, other in pairs[:_MOST_SHOWN]
    ]
    if not pairs:
        here = [each for each in text.mentions if abstract.sentence_no(each.start) == statement.sentence_no]
        ours = [f"{each.record.text} ({each.kind})" for each in here]
    sentence = abstract.sentences[statement.sentence_no]
    return f"{abstract.document_id}:{statement.sentence_no}  {said} | {', '.join(ours) or '-'} | {sentence}"
