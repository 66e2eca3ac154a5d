from __future__ import annotations

import pytest
from found_tuples import mention_tuples
from spacy.language import Language


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Rituximab helped (Fig. 2).", [("Rituximab", "drug")]),
        ("Her mother had lupus.", [("lupus", "disease")]),
        ("Biopsy is the gold standard in vasculitis.", [("vasculitis", "disease")]),
        ("Oral gold was given in arthritis.", [("gold", "drug"), ("arthritis", "disease")]),
        ("A PCA of samples in lupus was drawn.", [("lupus", "disease")]),
        ("NZB/W mice had nephritis.", [("nephritis", "disease")]),
        ("Slides were blocked with casein and stained for CD8.", [("CD8", "target")]),
        ("Mutation of the arginine residue at position 12 was seen.", []),
        ("Arginine 30 g was infused.", [("Arginine", "drug")]),
        ("Exon 4 was sequenced.", []),
    ],
)
def test_what_only_looks_like_a_name_is_no_mention(
    nlp: Language, sentence: str, expected: list[tuple[str, str]]
) -> None:
    assert mention_tuples(nlp(sentence)) == expected


def test_capitals_need_support_unless_the_article_defines_them(nlp: Language) -> None:
    assert mention_tuples(nlp("The NNT was low.")) == []
    assert ("NNT", "target") in mention_tuples(nlp("Nicotinamide nucleotide transhydrogenase (NNT) was low."))


def test_a_reagent_is_a_drug_where_nothing_is_prepared(nlp: Language) -> None:
    assert ("Albumin", "target") in mention_tuples(nlp("Albumin fell in sepsis.")) or (
        "Albumin",
        "drug",
    ) in mention_tuples(nlp("Albumin fell in sepsis."))
    assert mention_tuples(nlp("Sections were fixed in methanol and blocked with albumin.")) == []
