from __future__ import annotations

import pytest
from hand_made_docs import in_sentences, mention, sentence, token

from extractors.entities.boundaries.attachment import AdjacentNames, can_join, is_cause
from extractors.entities.head_lexicon import Head

DISEASE = ("disease", "disease")
PROTEIN = ("target", "protein")
EFFECT = ("effect", "process")
BIOLOGIC = ("drug", "biologic")
DRUG = ("drug", "small_molecule")


def head(entity_type: str = "effect", stands: str = "modified") -> Head:
    return Head(entity_type, "process", stands, frozenset(), "")


def joined(text: str, name: str, kind: tuple[str, str], noun: str) -> str | None:
    """What stands before a head noun and is taken into its mention, "" where a name stays apart, None without one."""
    span = sentence(text)
    at = token(span, noun).i
    start = AdjacentNames(span.doc, [mention(span, name, *kind)]).joined_start(at, at, head())
    return None if start is None else span.doc[start:at].text


@pytest.mark.parametrize(
    ("text", "name", "kind", "expected"),
    [
        ("The TNF release rose.", "TNF", PROTEIN, "TNF"),
        ("The butyrate release rose.", "butyrate", DRUG, "butyrate"),
        ("The infliximab release rose.", "infliximab", BIOLOGIC, ""),
        ("The insulin release rose.", "insulin", BIOLOGIC, "insulin"),
        ("A TNF-dependent release rose.", "TNF", PROTEIN, "TNF-dependent"),
        ("A lithium-induced release rose.", "lithium", DRUG, ""),
        ("A steroid-refractory release rose.", "release", EFFECT, "steroid-refractory"),
        ("A therapy-related release rose.", "release", EFFECT, ""),
        ("The TNF / release rose.", "TNF", PROTEIN, "TNF /"),
        ("The TNF (x) release rose.", "TNF", PROTEIN, "TNF (x)"),
        ("A large release rose.", "release", EFFECT, None),
    ],
)
def test_what_stands_before_a_head_noun(text: str, name: str, kind: tuple[str, str], expected: str | None) -> None:
    assert joined(text, name, kind, "release") == expected


def test_a_compound_begins_in_the_sentence() -> None:
    _, span = in_sentences("It has TNF", "- dependent release .")
    names = AdjacentNames(span.doc, [])
    assert names.joined_start(span.start + 2, span.start + 2, head()) is None


def test_a_bracket_opens_in_the_sentence() -> None:
    first, second = in_sentences("It has TNF (", "x ) release .")
    names = AdjacentNames(second.doc, [mention(first, "TNF", *PROTEIN)])
    at = second.start + 2
    assert names.joined_start(at, at, head()) is None


@pytest.mark.parametrize(
    ("kind", "text", "of", "expected"),
    [
        (PROTEIN, "TNF", head(), True),
        (DRUG, "zinc", head(), True),
        (DRUG, "zinc", head("target"), False),
        (BIOLOGIC, "infliximab", head(), False),
        (BIOLOGIC, "insulin", head(), True),
        (DISEASE, "colitis", head(), True),
        (DISEASE, "colitis", head("target"), False),
        (DISEASE, "melanoma", head("target"), True),
        (BIOLOGIC, "infliximab", head(stands="of_drug"), True),
        (PROTEIN, "TNF", head(stands="of_drug"), False),
        (BIOLOGIC, "infliximab", head(stands="modified_or_drug"), True),
        (EFFECT, "pain", head(stands="known"), True),
        (PROTEIN, "TNF", head(stands="known"), False),
    ],
)
def test_which_names_a_head_noun_may_take(kind: tuple[str, str], text: str, of: Head, expected: bool) -> None:
    span = sentence(f"{text} rose.")
    assert can_join(mention(span, text, *kind), of, span.doc) is expected


def test_only_a_drug_is_a_cause() -> None:
    span = sentence("A lithium-induced and stress-induced tremor.")
    induced = token(span, "induced")
    assert is_cause(mention(span, "lithium"), induced)
    assert not is_cause(mention(span, "stress", *EFFECT), induced)
    assert not is_cause(mention(span, "lithium"), token(span, "and"))
