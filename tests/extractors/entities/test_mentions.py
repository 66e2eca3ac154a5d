from __future__ import annotations

import pytest
from found_tuples import mention_tuples
from spacy.language import Language

from extractors.entities.dictionary import _is_named
from extractors.extract import extract
from extractors.linking.vocabulary.lookup import Vocabulary
from extractors.records import Article, Extraction, Section


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Infliximab binds TNF-α.",
            [("Infliximab", "drug"), ("TNF-α", "target")],
        ),
        (
            "T-cell activation and dephosphorylation of NFAT fell.",
            [("T-cell activation", "effect"), ("dephosphorylation of NFAT", "effect")],
        ),
        (
            "It treats severe allergic asthma and moderate-to-severe plaque psoriasis.",
            [("severe allergic asthma", "disease"), ("moderate-to-severe plaque psoriasis", "disease")],
        ),
        (
            "Janus kinase (JAK) inhibitors are drugs.",
            [("Janus kinase (JAK) inhibitors", "drug")],
        ),
        (
            "Voclosporin, a calcineurin inhibitor, was given.",
            [("Voclosporin", "drug"), ("calcineurin", "target")],
        ),
        (
            "Calcineurin inhibitors were given.",
            [("Calcineurin inhibitors", "drug")],
        ),
        (
            "The TNF-α inhibitor adalimumab was given.",
            [("TNF-α", "target"), ("adalimumab", "drug")],
        ),
        (
            "Patients received a JAK1/JAK2 inhibitor.",
            [("JAK1/JAK2 inhibitor", "drug")],
        ),
        (
            "An anti-CD3 antibody and a CD19-directed cell were made.",
            [("anti-CD3 antibody", "drug"), ("CD19", "target")],
        ),
        (
            "Povorcitinib and zanubilimab are new names.",
            [("Povorcitinib", "drug"), ("zanubilimab", "drug")],
        ),
        (
            "Zinc deficiency impairs T-cell function.",
            [("Zinc deficiency", "disease"), ("T-cell function", "effect")],
        ),
        ("The patients of this study can walk.", []),
        (
            "Anti-CD38 antibodies and anti-thyroid peroxidase antibodies were measured.",
            [("Anti-CD38 antibodies", "drug"), ("thyroid peroxidase antibodies", "target")],
        ),
        ("IRAK4 degraders are new.", [("IRAK4 degraders", "drug")]),
        ("IL-17 is high.", [("IL-17", "target")]),
        ("The DREAM study was long.", []),
        ("C. difficile grew.", [("C. difficile", "target")]),
        ("Pseudomonas syringae pv. tomato grew.", [("Pseudomonas syringae pv. tomato", "target")]),
        ("JAK1/2/3 and TLR7/8 were high.", [("JAK1/2/3", "target"), ("TLR7/8", "target")]),
        (
            "It treats sporadic amyotrophic lateral sclerosis and type IIb hypercholesterolemia.",
            [("sporadic amyotrophic lateral sclerosis", "disease"), ("type IIb hypercholesterolemia", "disease")],
        ),
        ("The vitamin D receptor gene (VDR) was low.", [("vitamin D receptor", "target"), ("VDR", "target")]),
    ],
)
def test_mentions_of_a_sentence(nlp: Language, sentence: str, expected: list[tuple[str, str]]) -> None:
    assert mention_tuples(nlp(sentence)) == expected


def test_the_articles_own_abbreviation_goes_before_the_vocabulary(nlp: Language) -> None:
    doc = nlp("The gut-associated lymphoid tissue (GALT) is large. GALT holds lymphocytes.")
    assert ("GALT", "target") not in mention_tuples(doc)
    assert ("GALT", "target") in mention_tuples(nlp("GALT encodes an enzyme."))


def test_an_abbreviation_means_what_its_long_form_means(nlp: Language) -> None:
    doc = nlp("Ulcerative colitis (UC) is treated with mesalazine. In UC, remission is the aim.")
    colitis = [m for m in doc._.mentions if m.entity_type == "disease"]
    assert [doc[m.start : m.end].text for m in colitis] == ["Ulcerative colitis", "UC", "UC"]
    assert len({m.concept_no for m in colitis}) == 1
    assert [m.method for m in colitis] == ["exact", "abbreviation", "abbreviation"]


def test_an_undefined_short_abbreviation_is_not_guessed(nlp: Language) -> None:
    assert mention_tuples(nlp("AD and MS were seen.")) == []


def test_the_numbers_of_a_slashed_family_are_no_other_protein(nlp: Language) -> None:
    (members,) = nlp("CD4/8 was high.")._.mentions
    assert (members.subtype, members.concept_no) == ("protein_family", -1)


def test_mentions_do_not_overlap(nlp: Language) -> None:
    doc = nlp("NF-κB-dependent transcription of proinflammatory cytokines in severe rheumatoid arthritis rose.")
    places = [place for m in doc._.mentions for place in range(m.start, m.end)]
    assert len(places) == len(set(places)) > 0


def test_a_protein_that_is_given_is_a_drug_without_the_proteins_identifier(nlp: Language) -> None:
    given, produced = (nlp(f"{words} was measured.")._.mentions[0] for words in ("Low-dose IL-2", "Serum IL-2"))
    assert (given.entity_type, given.concept_no, given.method) == ("drug", -1, "given_as_drug")
    assert produced.entity_type == "target"
    assert produced.concept_no >= 0


def named(nlp: Language, text: str) -> dict[str, tuple[str, str | None]]:
    """Return text of each mention -> its type and the name of the concept it means; of several alike the last."""
    doc, vocabulary = nlp(text), Vocabulary()
    names = {m.concept_no: vocabulary.concept(m.concept_no).name for m in doc._.mentions if m.concept_no >= 0}
    return {doc[m.start : m.end].text: (m.entity_type, names.get(m.concept_no)) for m in doc._.mentions}


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        ("C5a binds C5aR1 on neutrophils.", "C5a", ("target", "C5")),
        ("Serum IL-1 receptor antagonist rose.", "IL-1 receptor antagonist", ("target", "IL1RN")),
        ("IL-1RA blocks signalling.", "IL-1RA", ("target", "IL1RN")),
        ("Recombinant IL-1RA was given.", "Recombinant IL-1RA", ("drug", "Anakinra")),
        ("IL-1 receptor antagonists treat gout.", "IL-1 receptor antagonists", ("drug", "IL-1 inhibitors")),
        ("CGRP dilates vessels.", "CGRP", ("target", "calcitonin gene-related peptide")),
        ("Intravenous CGRP dilates vessels.", "CGRP", ("drug", None)),
        ("The TNF superfamily is large.", "TNF superfamily", ("target", "TNF superfamily")),
        ("The interleukin-1 family is large.", "interleukin-1 family", ("target", "IL-1 family")),
        ("The OSM family is small.", "OSM family", ("target", None)),
        ("Tumours express a PD-1 ligand.", "PD-1 ligand", ("target", "PD-1 ligands")),
        ("Skin had discoid lupus.", "discoid lupus", ("disease", "discoid lupus erythematosus")),
        ("The nose had lupus pernio.", "lupus pernio", ("disease", "lupus pernio")),
        (
            "It is CRS with nasal polyps.",
            "CRS with nasal polyps",
            ("disease", "chronic rhinosinusitis with nasal polyps"),
        ),
        ("It is Still's disease.", "Still's disease", ("disease", "adult-onset Still's disease")),
        ("It is paediatric ulcerative colitis.", "paediatric ulcerative colitis", ("disease", "ulcerative colitis")),
        ("It is Merkel cell carcinoma.", "Merkel cell carcinoma", ("disease", "Merkel cell carcinoma")),
        ("Bacteraemia is rare.", "Bacteraemia", ("disease", "bacteremia")),
        ("Hypotensive patients rested.", "Hypotensive", ("disease", "hypotensive disorder")),
        ("Sodium nitroprusside was given.", "Sodium nitroprusside", ("drug", "Nitroprusside")),
        ("Anti-TNFs are given.", "Anti-TNFs", ("drug", "TNF inhibitors")),
        ("Anti-IL-17s are given.", "Anti-IL-17s", ("drug", "IL-17 inhibitors")),
        ("Anti-IL-12/23 antibodies are given.", "Anti-IL-12/23 antibodies", ("drug", "IL-12/23 inhibitors")),
        ("Peginterferon is given.", "Peginterferon", ("drug", "Peginterferon alfa")),
        ("BMS-986165 is given.", "BMS-986165", ("drug", "Deucravacitinib")),
    ],
)
def test_a_name_means_what_immunology_means_by_it(
    nlp: Language, sentence: str, text: str, expected: tuple[str, str | None]
) -> None:
    assert named(nlp, sentence)[text] == expected


@pytest.mark.parametrize(
    "sentence",
    ["Anakinra, a recombinant IL-1 receptor antagonist, works.", "The IL-1 receptor antagonist anakinra works."],
)
def test_what_a_drug_does_is_not_the_protein_that_does_the_same(nlp: Language, sentence: str) -> None:
    assert "IL-1 receptor antagonist" not in named(nlp, sentence)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Depression is common.", ("Depression", "disease")),
        ("Depression of adolescents is common.", ("Depression", "disease")),
        ("Depression of T-cell function is common.", ("Depression of T-cell function", "effect")),
        ("Depression of bone marrow is common.", ("Depression of bone marrow", "effect")),
        ("ST-segment depression is common.", ("ST-segment depression", "effect")),
    ],
)
def test_a_depression_of_something_is_no_disorder(nlp: Language, sentence: str, expected: tuple[str, str]) -> None:
    assert mention_tuples(nlp(sentence)) == [expected]


def test_an_alias_is_not_its_receptors_because_the_article_names_that() -> None:
    assert not _is_named(1, "Z5a", {1: {"z5ar1", "z5a receptor"}})
    assert _is_named(1, "Z5a", {1: {"z5ar1", "zeta five"}})


def test_an_abbreviation_that_is_defined_anew_means_the_second_from_there_on(nlp: Language) -> None:
    doc = nlp(
        "Chronic rhinosinusitis (CRS) was seen. CRS was treated. "
        "Some had cytokine release syndrome (CRS). Tocilizumab treats CRS."
    )
    names = [Vocabulary().concept(m.concept_no).name for m in doc._.mentions if doc[m.start].text == "CRS"]
    assert names == ["chronic rhinosinusitis"] * 2 + ["cytokine release syndrome"] * 2


@pytest.mark.parametrize(
    "later", ["several rheumatic and autoimmune diseases (RA)", "erosive rheumatoid arthritis (RA)"]
)
def test_a_bracket_behind_another_name_does_not_define_an_abbreviation_anew(nlp: Language, later: str) -> None:
    doc = nlp(f"Rheumatoid arthritis (RA) was seen, then {later}. RA was treated.")
    arthritis = [m.concept_no for m in doc._.mentions if doc[m.start : m.end].text == "RA"]
    assert len(arthritis) == 3
    assert len(set(arthritis)) == 1


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "name"), [("Lamivudine treats hepatitis B.", "hepatitis B"), ("It inhibits factor B.", "factor B")]
)
def test_a_name_that_ends_in_a_capital_before_the_full_stop_is_whole(sentence: str, name: str) -> None:
    article = Article(
        article_id="a",
        text=sentence,
        sections=(Section(section_no=0, kind="body", heading=None, start_char=0, end_char=len(sentence)),),
        source_uri="file:a",
        source_format="text",
        content_sha256="0" * 64,
    )
    [extraction] = extract([article])
    assert isinstance(extraction, Extraction)
    last = extraction.mentions[-1]
    assert (last.text, sentence[last.start_char : last.end_char]) == (name, name)


def test_an_abbreviation_means_the_whole_name_before_it(nlp: Language) -> None:
    doc = nlp("Experimental autoimmune encephalomyelitis (EAE) was induced. Fingolimod prevents EAE.")
    numbers = [m.concept_no for m in doc._.mentions if m.entity_type == "disease"]
    assert len(numbers) == 3
    assert len(set(numbers)) == 1


def test_a_widened_name_has_the_identifier_of_its_head(nlp: Language) -> None:
    [disease] = [m for m in nlp("Severe psoriasis was rare.")._.mentions if m.entity_type == "disease"]
    assert (disease.method, disease.score) == ("head", 0.7)
