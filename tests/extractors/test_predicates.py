"""The table of predicates (`extractors/data/relations/predicates.tsv`)."""

from __future__ import annotations

import re
from operator import attrgetter

import pytest

from extractors.records import ADVERSE_EFFECT, ENTITY_SUBTYPES, PREDICATES, Predicate

CURIE = re.compile(r"biolink:[a-z_]+")
ASPECTS = {None, "activity", "abundance", "activity_or_abundance"}
DIRECTIONS = {None: None, "increased": 1, "decreased": -1}

of_each = pytest.mark.parametrize("predicate", PREDICATES.values(), ids=attrgetter("name"))


def test_table_is_read_by_name() -> None:
    assert len(PREDICATES) > 10
    assert all(name == predicate.name for name, predicate in PREDICATES.items())


@of_each
def test_pairs_are_of_entity_types(predicate: Predicate) -> None:
    assert predicate.pairs
    assert {kind for pair in predicate.pairs for kind in pair} <= set(ENTITY_SUBTYPES)


@of_each
def test_opposites_are_mutual_and_of_opposite_direction(predicate: Predicate) -> None:
    assert predicate.direction in (-1, 0, 1)
    if predicate.opposite is not None:
        other = PREDICATES[predicate.opposite]
        assert other.opposite == predicate.name
        assert other.direction == -predicate.direction


@of_each
def test_what_is_stated_instead_joins_the_same_types(predicate: Predicate) -> None:
    for name in (predicate.opposite, predicate.when_prevented):
        assert name is None or predicate.pairs <= PREDICATES[name].pairs


@of_each
def test_what_is_prevented_has_an_effect_of_no_like_direction(predicate: Predicate) -> None:
    if predicate.opposite is not None:
        assert predicate.when_prevented == predicate.opposite
    if predicate.when_prevented is not None and predicate.direction:
        assert PREDICATES[predicate.when_prevented].direction == -predicate.direction


@of_each
def test_benefit_and_harm_are_said_where_the_object_can_be_a_disease_or_an_adverse_effect(predicate: Predicate) -> None:
    assert predicate.for_disease in (None, "benefit", "harm")
    if predicate.for_disease is not None:
        assert {target for _, target in predicate.pairs} <= {"disease", "effect"}
    if predicate.for_disease is not None and predicate.opposite is not None:
        assert {predicate.for_disease, PREDICATES[predicate.opposite].for_disease} == {"benefit", "harm"}


@of_each
def test_biolink_counterpart_is_a_curie_with_the_direction_of_the_predicate(predicate: Predicate) -> None:
    assert CURIE.fullmatch(predicate.biolink_predicate)
    assert predicate.qualified_predicate is None or CURIE.fullmatch(predicate.qualified_predicate)
    assert predicate.object_aspect_qualifier in ASPECTS
    is_qualified = predicate.qualified_predicate is not None
    assert is_qualified == (predicate.object_aspect_qualifier is not None)
    assert is_qualified == (predicate.object_direction_qualifier is not None)
    if predicate.direction and is_qualified:
        assert DIRECTIONS[predicate.object_direction_qualifier] == predicate.direction


def test_adverse_effects_are_effects() -> None:
    assert [kind for kind, subtypes in ENTITY_SUBTYPES.items() if ADVERSE_EFFECT in subtypes] == ["effect"]
