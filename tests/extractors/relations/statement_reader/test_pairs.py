from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extractors.annotations import FoundMention, InnerMention, Region
from extractors.relations.statement_reader.pairs import joining, pairs_of

WORDS = ["Drug", "lowers", "IL-6", "release", ".", "It", "helps", "in", "gout", "."]


def mention(start: int, end: int, entity_type: str, concept_no: int = -1, also_type: str = "") -> FoundMention:
    return FoundMention(start, end, entity_type, "", concept_no, "", 1.0, "", also_type=also_type)


@pytest.fixture
def doc(vocabulary_only: Language) -> Doc:
    doc = Doc(vocabulary_only.vocab, WORDS, sent_starts=[place in (0, 5) for place in range(len(WORDS))])
    doc._.mentions = [mention(0, 1, "drug"), mention(2, 4, "effect"), mention(8, 9, "disease")]
    doc._.inner_mentions = [InnerMention(2, 4, mention(2, 3, "target"))]
    return doc


@pytest.fixture
def vocabulary_only() -> Language:
    return Language()


def read(doc: Doc) -> list[tuple[str, str, bool]]:
    texts = [doc[each.start : each.end].text for each in doc._.names]
    return [(texts[pair.subject.number], texts[pair.object.number], pair.is_carried) for pair in pairs_of(doc)]


def test_names_within_a_phrase_are_read_and_drugs_and_targets_are_carried(doc: Doc) -> None:
    assert read(doc) == [
        ("Drug", "IL-6 release", False),
        ("Drug", "IL-6", False),
        ("Drug", "gout", True),
    ]


def test_a_second_type_makes_a_pair(doc: Doc) -> None:
    doc._.mentions = [mention(0, 1, "drug"), mention(2, 4, "disease", also_type="target")]
    doc._.inner_mentions = []
    [pair] = pairs_of(doc)
    assert set(pair.predicates) >= {"treats", "inhibits"}


def test_a_concept_has_no_relation_with_itself_and_is_not_carried_to_where_it_stands(doc: Doc) -> None:
    doc._.mentions = [mention(0, 1, "drug", 7), mention(6, 7, "drug", 7), mention(8, 9, "disease")]
    doc._.inner_mentions = []
    assert read(doc) == [("helps", "gout", False)]


def test_what_makes_no_statements_has_no_pairs_and_no_subject_to_carry(doc: Doc) -> None:
    doc._.regions = [Region(0, 27, True, False), Region(27, len(doc.text), True, True)]
    assert read(doc) == []


def test_predicates_are_those_of_the_types() -> None:
    assert joining(("drug", ""), ("disease", "")) == ("treats", "prevents", "causes")
    assert joining(("drug", ""), ("drug", "")) == ()
