from __future__ import annotations

import pytest
from found_tuples import relation_tuples
from spacy.language import Language

No, Yes = False, True


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tofacitinib inhibits JAK1.", {("Tofacitinib", "inhibits", "JAK1", No, No)}),
        ("JAK1 is inhibited by tofacitinib.", {("tofacitinib", "inhibits", "JAK1", No, No)}),
        ("Inhibition of JAK1 by tofacitinib was seen.", {("tofacitinib", "inhibits", "JAK1", No, No)}),
        (
            "Tofacitinib and baricitinib, which block JAK1, are effective in rheumatoid arthritis.",
            {
                ("Tofacitinib", "inhibits", "JAK1", No, No),
                ("baricitinib", "inhibits", "JAK1", No, No),
                ("Tofacitinib", "treats", "rheumatoid arthritis", No, No),
                ("baricitinib", "treats", "rheumatoid arthritis", No, No),
            },
        ),
        (
            "Antihistamines such as cetirizine relieve urticaria.",
            {
                ("Antihistamines", "treats", "urticaria", No, No),
                ("cetirizine", "treats", "urticaria", No, No),
            },
        ),
        (
            "Omalizumab reduces exacerbations in asthma.",
            {
                ("Omalizumab", "decreases", "exacerbations", No, No),
                ("Omalizumab", "treats", "asthma", No, No),
            },
        ),
        (
            "Azathioprine, but not methotrexate, is used in ulcerative colitis.",
            {
                ("Azathioprine", "treats", "ulcerative colitis", No, No),
                ("methotrexate", "treats", "ulcerative colitis", Yes, No),
            },
        ),
        (
            "Etanercept is not effective in Crohn's disease.",
            {("Etanercept", "treats", "Crohn's disease", Yes, No)},
        ),
        ("Rituximab may cause neutropenia.", {("Rituximab", "causes", "neutropenia", No, Yes)}),
        (
            "Butyrate inhibits histone deacetylases and may enhance barrier function.",
            {
                ("Butyrate", "inhibits", "histone deacetylases", No, No),
                ("Butyrate", "increases", "barrier function", No, Yes),
            },
        ),
        (
            "Compared with placebo, upadacitinib induced remission in ulcerative colitis.",
            {
                ("upadacitinib", "increases", "remission", No, No),
                ("upadacitinib", "treats", "ulcerative colitis", No, No),
            },
        ),
        (
            "Cyclosporine is used in psoriasis. It inhibits calcineurin.",
            {
                ("Cyclosporine", "treats", "psoriasis", No, No),
                ("Cyclosporine", "inhibits", "calcineurin", No, No),
            },
        ),
        (
            "Ruxolitinib treats myelofibrosis. This JAK1 inhibitor often causes thrombocytopenia.",
            {
                ("Ruxolitinib", "treats", "myelofibrosis", No, No),
                ("Ruxolitinib", "inhibits", "JAK1", No, No),
                ("Ruxolitinib", "causes", "thrombocytopenia", No, No),
            },
        ),
        (
            "Rheumatoid arthritis is characterised by joint destruction.",
            {("Rheumatoid arthritis", "associated_with", "joint destruction", No, No)},
        ),
        (
            "Prednisone is used to manage inflammation in conditions like asthma.",
            {
                ("Prednisone", "decreases", "inflammation", No, No),
                ("Prednisone", "treats", "asthma", No, No),
            },
        ),
        (
            "Agents that inhibit TNF, such as infliximab, are being explored for their effects on gut motility.",
            {
                ("infliximab", "inhibits", "TNF", No, No),
                ("infliximab", "modulates", "gut motility", No, Yes),
            },
        ),
        ("The exploration of tofacitinib to inhibit JAK1 began.", {("tofacitinib", "inhibits", "JAK1", No, Yes)}),
        (
            "Monoclonal antibodies, notably those utilizing infliximab, are used in asthma.",
            {
                ("Monoclonal antibodies", "treats", "asthma", No, No),
                ("infliximab", "treats", "asthma", No, No),
            },
        ),
        ("Infliximab, infliximab", set()),
        ("Tofacitinib raises the price of JAK1.", set()),
        ("Screening for tuberculosis is recommended before adalimumab.", set()),
        ("Patients were randomised to receive adalimumab or placebo for psoriasis.", set()),
        ("Whether zinc prevents diarrhoea is unknown.", set()),
        ("Infliximab and psoriasis were discussed.", set()),
        ("Strategies to prevent infections are part of care with rituximab.", set()),
    ],
)
def test_relations_of_a_passage(nlp: Language, sentence: str, expected: set[tuple[str, str, str, bool, bool]]) -> None:
    assert relation_tuples(nlp(sentence)) == expected


def test_a_sentence_that_ends_in_a_capital_lends_its_subject_to_none(nlp: Language) -> None:
    doc = nlp("Iptacopan inhibits factor B. Avacopan is approved for vasculitis.")
    assert len(list(doc.sents)) == 2
    assert ("Avacopan", "treats", "vasculitis", False, False) in relation_tuples(doc)
    assert not any(subject == "Iptacopan" and obj == "vasculitis" for subject, _, obj, *_ in relation_tuples(doc))


def test_one_row_per_subject_predicate_and_object_of_a_sentence(nlp: Language) -> None:
    doc = nlp("Infliximab, an anti-TNF antibody, binds TNF and neutralises TNF in Crohn's disease.")
    keys = [(r.sentence_start, r.subject, r.predicate, r.object) for r in doc._.relations]
    assert len(keys) == len(set(keys)) > 0


@pytest.mark.parametrize(
    "sentence",
    [
        "Myopathy due to lack of vitamin E was seen.",
        "Withdrawal of the prednisone caused relapse.",
        "It is unknown if tofacitinib causes depression.",
        "Does infliximab cause lupus?",
        "Tuberculosis was less common with vedolizumab.",
    ],
)
def test_what_is_not_given_or_not_known_causes_nothing(nlp: Language, sentence: str) -> None:
    assert relation_tuples(nlp(sentence)) == set()


def test_what_is_bad_and_improves_becomes_less(nlp: Language) -> None:
    assert relation_tuples(nlp("Dupilumab improved pruritus.")) == {("Dupilumab", "decreases", "pruritus", No, No)}
    assert ("Zinc", "increases", "immune function", No, No) in relation_tuples(nlp("Zinc improved immune function."))


def test_a_hypothesis_is_hedged(nlp: Language) -> None:
    found = relation_tuples(nlp("We hypothesized that tofacitinib inhibits JAK1."))
    assert found == {("tofacitinib", "inhibits", "JAK1", No, Yes)}


def test_blank_lines_behind_a_sentence_change_no_score(nlp: Language) -> None:
    text = "Tofacitinib inhibits JAK1 and, to a lesser degree, JAK2."
    [alone, behind] = [nlp(written)._.relations for written in (text, f"{text}\n\nIt was safe.")]
    assert alone == behind
