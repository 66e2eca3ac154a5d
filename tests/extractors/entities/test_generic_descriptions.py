from __future__ import annotations

import pytest
from hand_made_docs import in_sentences, mention, sentence
from spacy.tokens import Span

from extractors.entities.generic_descriptions import is_description, is_named_drug

CLASS = ("drug", "drug_class")
PROTEIN = ("target", "protein")


def describes(span: Span, text: str, kind: tuple[str, str] = CLASS, drugs: tuple[str, ...] = ()) -> bool:
    return is_description(span, mention(span, text, *kind), [mention(span, drug) for drug in drugs])


@pytest.mark.parametrize(
    ("text", "described", "drugs", "expected"),
    [
        ("The TNF inhibitor adalimumab works.", "TNF inhibitor", ("adalimumab",), True),
        ("TNF inhibitors adalimumab and others work.", "TNF inhibitors", ("adalimumab",), False),
        ("An IL-17A inhibitor, secukinumab, works.", "IL-17A inhibitor", ("secukinumab",), True),
        ("Every IL-17A inhibitor, secukinumab too, works.", "IL-17A inhibitor", ("secukinumab",), False),
        ("It acts as TNF inhibitor.", "TNF inhibitor", (), True),
        ("Adalimumab is a TNF inhibitor.", "TNF inhibitor", ("Adalimumab",), True),
        ("Adalimumab is a new TNF inhibitor.", "new TNF inhibitor", ("Adalimumab",), True),
        ("Adalimumab and infliximab are TNF inhibitors.", "TNF inhibitors", ("Adalimumab", "infliximab"), True),
        ("Such drugs are TNF inhibitors.", "TNF inhibitors", (), False),
        ("They use zinc as TNF inhibitors.", "TNF inhibitors", ("zinc",), False),
        ("Adalimumab, two TNF inhibitors, work.", "TNF inhibitors", ("Adalimumab",), True),
        ("We used two TNF inhibitors.", "TNF inhibitors", (), False),
        ("Here this TNF inhibitor works.", "TNF inhibitor", (), True),
        ("The TNF inhibitor works.", "TNF inhibitor", (), True),
        ("Often the TNF inhibitor works.", "TNF inhibitor", (), False),
        ("Adalimumab, a TNF inhibitor, works.", "TNF inhibitor", ("Adalimumab",), True),
        ("Adalimumab (x), a TNF inhibitor, works.", "TNF inhibitor", ("Adalimumab",), True),
        ("Adalimumab (a TNF inhibitor) works.", "TNF inhibitor", ("Adalimumab",), True),
        ("Colitis, a TNF inhibitor, works.", "TNF inhibitor", (), False),
        ("TNF inhibitor use is common.", "TNF inhibitor", (), False),
        ("The good old well known and much loved TNF inhibitor works.", "TNF inhibitor", (), False),
        ("Adalimumab is a statin.", "statin", ("Adalimumab",), False),
    ],
)
def test_a_class_of_drugs_may_only_say_what_a_named_drug_is(
    text: str, described: str, drugs: tuple[str, ...], expected: bool
) -> None:
    assert describes(sentence(text), described, drugs=drugs) is expected


@pytest.mark.parametrize(
    ("text", "described", "kind", "expected"),
    [
        ("The first biologic was approved.", "biologic", ("drug", "biologic"), True),
        ("This cytokine rose.", "cytokine", PROTEIN, True),
        ("Serum cytokine rose.", "cytokine", PROTEIN, False),
        ("Cytokine rose.", "Cytokine", PROTEIN, False),
        ("An IL-1 receptor antagonist works.", "IL-1 receptor antagonist", PROTEIN, True),
        ("A recombinant IL-1 receptor antagonist works.", "IL-1 receptor antagonist", PROTEIN, True),
        ("IL-1 receptor antagonists work.", "IL-1 receptor antagonists", PROTEIN, True),
        ("Serum IL-1 receptor antagonist rose.", "IL-1 receptor antagonist", PROTEIN, False),
        ("A TNF rose.", "TNF", PROTEIN, False),
        ("This adalimumab works.", "adalimumab", ("drug", "biologic"), False),
        ("This colitis hurts.", "colitis", ("disease", "disease"), False),
    ],
)
def test_other_mentions_are_descriptions_by_their_own_words(
    text: str, described: str, kind: tuple[str, str], expected: bool
) -> None:
    assert describes(sentence(text), described, kind) is expected


def test_a_protein_before_a_drug_says_what_that_does() -> None:
    span = sentence("Serum IL-1 receptor antagonist anakinra works.")
    assert describes(span, "IL-1 receptor antagonist", PROTEIN, ("anakinra",))


@pytest.mark.parametrize(
    ("before", "text", "kind", "drugs"),
    [
        ("It is a", "TNF inhibitor , adalimumab , works .", CLASS, ("adalimumab",)),
        ("It is this", "cytokine .", PROTEIN, ()),
        ("It is an", "IL-1 antagonist .", PROTEIN, ()),
        ("It is", "TNF inhibitor .", CLASS, ()),
    ],
)
def test_the_sentence_before_does_not_make_a_description(
    before: str, text: str, kind: tuple[str, str], drugs: tuple[str, ...]
) -> None:
    described = text.partition(" ,")[0].removesuffix(" .")
    _, span = in_sentences(before, text)
    assert not describes(span, described, kind, drugs)


def test_the_first_token_of_a_text_is_not_preceded_by_its_last() -> None:
    (span,) = in_sentences("TNF inhibitor , adalimumab , is a")
    assert not describes(span, "TNF inhibitor", drugs=("adalimumab",))


def test_a_class_is_no_named_drug() -> None:
    span = sentence("Zinc works.")
    assert is_named_drug(mention(span, "Zinc"))
    assert not is_named_drug(mention(span, "Zinc", *CLASS))
    assert not is_named_drug(mention(span, "Zinc", *PROTEIN))
