"""Names within phrases: what stands in which phrase, and what aspect of it the phrase is about."""

from __future__ import annotations

import pytest
from spacy.language import Language

pytestmark = pytest.mark.model

NAMES = {
    "Tofacitinib decreased STAT3 phosphorylation.": [("STAT3", "target", "STAT3 phosphorylation", "modification")],
    "Tofacitinib lowered TNF secretion.": [("TNF", "target", "TNF secretion", "secretion")],
    "Zinc lowered the expression of IL-6.": [("IL-6", "target", "expression of IL-6", "expression")],
    "Metformin lowered TNF mRNA expression.": [("TNF", "target", "TNF mRNA expression", "expression")],
    "Statins lowered IL-6 levels.": [("IL-6", "target", "IL-6 levels", "level")],
    "Butyrate raised the number of Foxp3+ regulatory T cells.": [
        ("Foxp3", "target", "number of Foxp3+ regulatory T cells", "level"),
        ("regulatory T cells", "target", "number of Foxp3+ regulatory T cells", "level"),
    ],
    "Abatacept prevents T cell activation.": [("T cell", "target", "T cell activation", "activity")],
    "Cortisol raised insulin secretion.": [("insulin", "target", "insulin secretion", "secretion")],
    "Vitamin D deficiency is frequent.": [("Vitamin D", "drug", "Vitamin D deficiency", "absence")],
    "JAK inhibitors treat vitiligo.": [("JAK", "target", "JAK inhibitors", "")],
    "Anti-TNF antibodies treat uveitis.": [("TNF", "target", "Anti-TNF antibodies", "")],
    "Obesity increased resistance to TNF inhibitors.": [
        ("TNF inhibitors", "drug", "resistance to TNF inhibitors", ""),
        ("TNF", "target", "TNF inhibitors", ""),
    ],
    "Heparin killed the breast cancer cells.": [("breast cancer", "disease", "breast cancer cells", "")],
    "The IL-6 receptor binds tocilizumab.": [],
    "Breast cancer is frequent.": [],
    "Severe ulcerative colitis is rare.": [("ulcerative colitis", "disease", "Severe ulcerative colitis", "")],
}


@pytest.mark.parametrize("text", NAMES)
def test_names_within_phrases(nlp: Language, text: str) -> None:
    doc = nlp(text)
    aspects = {(mention.start, mention.end): mention.aspect for mention in doc._.mentions}
    aspects |= {(name.start, name.end): name.aspect for _, _, name in doc._.inner_mentions}
    assert [
        (
            doc[name.start : name.end].text,
            name.entity_type,
            doc[start:end].text,
            aspects[start, end],
        )
        for start, end, name in doc._.inner_mentions
    ] == NAMES[text]


def test_a_protein_within_a_phrase_has_the_proteins_identifier(nlp: Language) -> None:
    doc = nlp("Cortisol raised insulin secretion.")
    [(_, _, insulin)] = doc._.inner_mentions
    assert nlp.get_pipe("mention_finder").vocabulary.concept_id(insulin.concept_no) == "HGNC:6081"  # type: ignore[attr-defined]


SHARED = {
    "Expression of IL-6, TNF and IL-1β was reduced.": {"TNF": "expression", "IL-1β": "expression"},
    "Butyrate increased IL-6, IL-8 and TNF mRNA expression.": {"IL-6": "expression", "IL-8": "expression"},
    "Zinc supports T-cell and B-cell proliferation.": {"T-cell": "proliferation"},
    "Expression of IL-6 and T cell proliferation were reduced.": {},
}


@pytest.mark.parametrize("text", SHARED)
def test_names_that_share_a_head_noun_have_its_aspect_and_may_be_effects(nlp: Language, text: str) -> None:
    doc = nlp(text)
    named = [mention for mention in doc._.mentions if mention.entity_type == "target"]
    assert {doc[each.start : each.end].text: each.aspect for each in named} == SHARED[text]
    assert all(each.also_type == "effect" for each in named)


BESIDE = {
    "STAT4 polymorphisms are associated with lupus.": ("STAT4", "variant"),
    "Mutations in NOD2 cause Crohn's disease.": ("NOD2", "variant"),
    "Knockdown of SOCS3 raised inflammation.": ("SOCS3", "absence"),
    "IL-10-deficient mice develop colitis.": ("IL-10", "absence"),
    "IL-10 causes colitis.": ("IL-10", ""),
}


@pytest.mark.parametrize("text", BESIDE)
def test_a_changed_or_missing_gene_stays_the_argument(nlp: Language, text: str) -> None:
    doc = nlp(text)
    [gene] = [mention for mention in doc._.mentions if mention.entity_type == "target"]
    assert (doc[gene.start : gene.end].text, gene.aspect) == BESIDE[text]


def test_what_is_said_of_members_of_a_list_is_said_of_each(nlp: Language) -> None:
    doc = nlp("Tofacitinib decreased the expression of IL-6, TNF and IL-1β.")
    said = {
        (found.predicate, doc[doc._.names[found.object].start : doc._.names[found.object].end].text)
        for found in doc._.relations
    }
    assert said == {("decreases", "expression of IL-6"), ("decreases", "TNF"), ("decreases", "IL-1β")}


def test_a_phrase_about_a_target_may_act_like_it(nlp: Language) -> None:
    doc = nlp("STAT3 activation was seen in the JAK-STAT pathway.")
    assert next((each.entity_type, each.also_type) for each in doc._.mentions) == ("effect", "target")
