"""What is found in a text, made by hand, for the measures of names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from extractors.development.evaluation.reading import ReadMention, ReadText
from extractors.records import Mention, Relation


class Name(NamedTuple):
    """A mention: its first place in the text is meant. `curies` are those of its concept, the first its own."""

    text: str
    entity_type: str
    subtype: str | None = None
    curies: tuple[str, ...] = ()
    name: str = ""
    also_type: str | None = None


def found(text: str, *names: Name, sentences: tuple[tuple[int, int], ...] = ()) -> ReadText:
    """Return a text with mentions; it is one sentence unless `sentences` says otherwise."""
    mentions = [ReadMention(_record(text, name), name.name, frozenset(name.curies)) for name in names]
    return ReadText(text, tuple(mentions), (), sentences or ((0, len(text)),))


def _record(text: str, name: Name) -> Mention:
    start = text.index(name.text)
    return Mention(
        article_id="a",
        sentence_id="s",
        start_char=start,
        end_char=start + len(name.text),
        text=name.text,
        entity_type=name.entity_type,
        subtype=name.subtype,
        concept_id=name.curies[0] if name.curies else None,
        grounding_method="exact" if name.curies else "not_in_vocabulary",
        grounding_score=1.0 if name.curies else None,
        detector="vocabulary",
        also_type=name.also_type,
    )


def stating(
    text: ReadText, subject: int, predicate: str, object_: int, *, is_negated: bool = False, is_hedged: bool = False
) -> ReadText:
    """Return the text with one more statement, between mentions by their number."""
    relation = Relation(
        article_id="a",
        sentence_id="s",
        subject=text.mentions[subject].record,
        predicate=predicate,
        object=text.mentions[object_].record,
        is_negated=is_negated,
        is_hedged=is_hedged,
        score=0.9,
        method="rule:made by hand",
    )
    return ReadText(text.text, text.mentions, (*text.relations, relation), text.sentences)


def reading(
    names: Mapping[str, tuple[Name, ...]],
) -> Callable[[Mapping[str, str]], dict[str, ReadText]]:
    """Return what reads every text as if it had the names given for its document, and no others."""

    def read(texts: Mapping[str, str]) -> dict[str, ReadText]:
        return {document: found(text, *names.get(document, ())) for document, text in texts.items()}

    return read
