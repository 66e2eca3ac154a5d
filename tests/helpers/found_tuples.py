"""What a Doc holds, as tuples that a test can compare."""

from __future__ import annotations

from spacy.tokens import Doc


def mention_tuples(doc: Doc) -> list[tuple[str, str]]:
    return [(doc[m.start : m.end].text, m.entity_type) for m in doc._.mentions]


def relation_tuples(doc: Doc) -> set[tuple[str, str, str, bool, bool]]:
    texts = [doc[m.start : m.end].text for m in doc._.names]
    return {(texts[r.subject], r.predicate, texts[r.object], r.is_negated, r.is_hedged) for r in doc._.relations}
