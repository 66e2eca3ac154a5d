from __future__ import annotations

import pytest
from found_tuples import mention_tuples
from spacy.language import Language

from extractors.extract import extract
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


def test_mentions_do_not_overlap(nlp: Language) -> None:
    doc = nlp("NF-κB-dependent transcription of proinflammatory cytokines in severe rheumatoid arthritis rose.")
    places = [place for m in doc._.mentions for place in range(m.start, m.end)]
    assert len(places) == len(set(places)) > 0


def test_a_protein_that_is_given_is_a_drug_without_the_proteins_identifier(nlp: Language) -> None:
    given, produced = (nlp(f"{words} was measured.")._.mentions[0] for words in ("Low-dose IL-2", "Serum IL-2"))
    assert (given.entity_type, given.concept_no, given.method) == ("drug", -1, "given_as_drug")
    assert produced.entity_type == "target"
    assert produced.concept_no >= 0


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
