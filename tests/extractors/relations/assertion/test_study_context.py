from __future__ import annotations

import re
from itertools import pairwise

import pytest
from spacy.language import Language

from extractors.extract import extract
from extractors.readers.read import parse_article
from extractors.records import SPECIES, STUDY_SETTINGS, Extraction
from extractors.relations.assertion.study_context import (
    ReadSentence,
    StudyContext,
    StudyEvidence,
    article_evidence,
    context_of,
    evidence_in,
    parse_cues,
    reports_own_work,
    study_cues,
)

CUED = [
    ("Tofacitinib reduced colitis in mice.", "mouse", "animal"),
    ("Adult male Wistar rats were given cyclosporine.", "rat", "animal"),
    ("The drug lowered blood pressure in the rat.", "rat", "animal"),
    ("Beagle dogs received digoxin.", "dog", "animal"),
    ("Cisplatin caused hearing loss in guinea pigs.", "guinea pig", "animal"),
    ("Syrian hamsters developed gallstones.", "hamster", "animal"),
    ("New Zealand white rabbits were immunised.", "rabbit", "animal"),
    ("Miniature swine were anaesthetised with propofol.", "pig", "animal"),
    ("Cynomolgus monkeys tolerated the antibody.", "monkey", "animal"),
    ("It was safe in non-human primates.", "monkey", "animal"),
    ("Zebrafish larvae were exposed to valproate.", "zebrafish", "animal"),
    ("Levodopa rescued climbing in Drosophila.", "fruit fly", "animal"),
    ("Metformin prolonged life in C. elegans.", "roundworm", "animal"),
    ("C57BL/6J mice lacking TLR4 were protected.", "mouse", "animal"),
    ("A murine model of lupus was treated with belimumab.", "mouse", "animal"),
    ("Amiodarone caused thyroiditis in 4 of 30 patients.", "human", "clinical"),
    ("A 37-year-old woman developed hepatitis after diclofenac.", "human", "clinical"),
    ("Zinc shortens diarrhoea in children.", "human", "clinical"),
    ("In healthy volunteers, the drug raised heart rate.", "human", "clinical"),
    ("This was a randomised trial of infliximab.", "human", "clinical"),
    ("A randomized, placebo-controlled trial compared both.", "human", "clinical"),
    ("In a phase II study the response rate was 40 %.", "human", "clinical"),
    ("The double-blind phase lasted for six weeks.", "human", "clinical"),
    ("Kidney transplant recipients received sirolimus.", "human", "clinical"),
    ("Rapamycin inhibited mTOR in HEK293 cells.", "human", "in_vitro"),
    ("HeLa cells were treated with paclitaxel.", "human", "in_vitro"),
    ("MDA-MB-231 and MCF-7 cells were resistant.", "human", "in_vitro"),
    ("LPS activated NF-kB in RAW 264.7 macrophages.", "mouse", "in_vitro"),
    ("Nerve growth factor differentiated PC12 cells.", "rat", "in_vitro"),
    ("Ketoconazole inhibits CYP3A4 in human liver microsomes.", "human", "in_vitro"),
    ("It blocked the channel in vitro.", None, "in_vitro"),
    ("Colon biopsies were stimulated ex vivo.", None, "in_vitro"),
    ("The humanized mouse model was engrafted with CD34 cells.", "mouse", "animal"),
    ("Mice were given a murine monoclonal antibody.", "mouse", "animal"),
    ("Mouse anti-human CD3 was given to rats.", "rat", "animal"),
    ("Currents were recorded in Chinese hamster ovary cells.", None, "in_vitro"),
    ("Xenopus oocytes expressed the transporter.", None, "in_vitro"),
    ("The animals lost weight.", None, "animal"),
    ("Rats and mice were equally sensitive.", None, "animal"),
    ("The antibody bound human CD20.", "human", None),
    ("Rat hepatocytes took up the dye.", "rat", None),
    ("IN PATIENTS WITH ASTHMA OMALIZUMAB REDUCED ATTACKS", "human", "clinical"),
]

UNCUED = [
    "Tofacitinib inhibits JAK1.",
    "CAT activity fell and SOD rose.",
    "MEN 1 is caused by mutations of menin.",
    "HIV, the human immunodeficiency virus, depletes CD4 T cells.",
    "The human papillomavirus vaccine prevents cervical cancer.",
    "MDM2, mouse double minute 2, binds p53.",
    "Natalizumab is a humanized mouse antibody.",
    "It is a humanised murine monoclonal antibody against CD52.",
    "A mouse/human chimeric antibody binds CD20.",
    "Goat anti-mouse IgG was the secondary antibody.",
    "The mouse anti-human antibody stained CD4.",
    "The human anti-mouse antibody response neutralises it.",
    "T cells that are expanded ex vivo express CAR.",
    "It was effective in vitro, ex vivo and in vivo.",
    "Sections were incubated with rabbit anti-GFAP.",
    "Medium with 10 % fetal bovine serum was used.",
    "It is a fully human antibody against TNF.",
    "The rate ratio was rather high.",
    "Dogma has it that the pathway is fixed.",
    "It was effective in vitro and in vivo.",
    "The incidence was 3 per 100 patient-years.",
    "Manual counting was done; mental state was normal.",
]

CONTRADICTORY = [
    "Unlike in mice, the drug was harmless in patients.",
    "Human TNF was expressed in mice of both sexes and the patients' sera were tested.",
]


@pytest.mark.parametrize(("text", "species", "setting"), CUED)
def test_a_cue_of_the_sentence_says_where_it_was_studied(text: str, species: str | None, setting: str | None) -> None:
    for kind in ("body", "introduction", "abstract"):
        assert context_of(ReadSentence(text, kind, reports=False), StudyEvidence()) == (species, setting)


@pytest.mark.parametrize("text", UNCUED)
def test_what_only_looks_like_a_cue_says_nothing(text: str) -> None:
    assert evidence_in(text) == StudyEvidence()


@pytest.mark.parametrize("text", CONTRADICTORY)
def test_two_species_or_settings_leave_it_open(text: str) -> None:
    assert context_of(ReadSentence(text, "abstract", reports=True), RATS) == StudyContext()


def test_the_animal_in_a_name_of_a_drug_was_not_studied() -> None:
    text = "Rabbit thymoglobulin depleted T cells in dogs."
    assert evidence_in(text).species == {"rabbit", "dog"}
    assert evidence_in(text, [(0, 20)]).species == {"dog"}


RATS = StudyEvidence(frozenset({"rat"}), frozenset({"animal"}))
WITHOUT_CUE = "Cyclosporine reduced renal blood flow."


@pytest.mark.parametrize(
    ("kind", "reports", "expected"),
    [
        ("abstract", True, ("rat", "animal")),
        ("methods", True, ("rat", "animal")),
        ("results", True, ("rat", "animal")),
        ("abstract", False, (None, None)),
        ("introduction", True, (None, None)),
        ("discussion", True, (None, None)),
        ("body", True, (None, None)),
    ],
)
def test_the_article_speaks_for_its_own_findings_alone(
    kind: str, reports: bool, expected: tuple[str | None, str | None]
) -> None:
    assert context_of(ReadSentence(WITHOUT_CUE, kind, reports), RATS) == expected


def test_the_sentence_goes_before_the_article() -> None:
    assert context_of(ReadSentence("Patients improved.", "results", True), RATS) == ("human", "clinical")
    assert context_of(ReadSentence("It bound in vitro.", "results", True), RATS) == (None, "in_vitro")


def test_the_animals_of_a_sentence_are_those_of_the_article() -> None:
    assert context_of(ReadSentence("The animals recovered.", "results", True), RATS) == ("rat", "animal")
    assert context_of(ReadSentence("The animals recovered.", "introduction", True), RATS) == (None, "animal")


@pytest.mark.parametrize(
    ("sentences", "species", "settings"),
    [
        ([("title", "Nephrotoxicity in rats"), ("abstract", "Patients were not studied.")], {"rat"}, {"animal"}),
        ([("title", "On toxicity"), ("abstract", "We dosed 20 mice."), ("methods", "HeLa.")], {"mouse"}, {"animal"}),
        ([("title", "On toxicity"), ("methods", "We dosed 20 mice.")], {"mouse"}, {"animal"}),
        ([("title", "Human CYP3A4"), ("abstract", "It was studied in vitro.")], {"human"}, {"in_vitro"}),
        ([("title", "In mice and rats"), ("abstract", "Mice were dosed.")], {"mouse", "rat"}, {"animal"}),
        ([("title", "On toxicity"), ("introduction", "Rats were dosed."), ("body", "Mice.")], set(), set()),
    ],
)
def test_the_title_goes_before_the_abstract(
    sentences: list[tuple[str, str]], species: set[str], settings: set[str]
) -> None:
    said = article_evidence([ReadSentence(text, kind, kind != "title") for kind, text in sentences])
    assert (set(said.species), set(said.settings)) == (species, settings)


def test_the_background_of_an_abstract_does_not_speak_for_the_study() -> None:
    known = ReadSentence("Cyclosporine is given to patients.", "abstract", reports=False)
    done = ReadSentence("It was given to 12 rats.", "abstract", reports=True)
    assert article_evidence([known, done]) == RATS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cyclosporine reduced renal blood flow.", True),
        ("Renal blood flow was reduced by cyclosporine.", True),
        ("We report that cyclosporine reduces renal blood flow.", True),
        ("These results suggest that cyclosporine reduces renal blood flow.", True),
        ("Cyclosporine inhibits calcineurin.", False),
        ("Cyclosporine has been associated with hypertension.", False),
        ("Previous studies showed that cyclosporine reduced renal blood flow.", False),
        ("Recently, we have shown that cyclosporine caused tremor.", False),
        ("Smith et al. found that cyclosporine caused tremor.", False),
    ],
)
def test_a_report_is_told_from_general_knowledge(nlp: Language, text: str, expected: bool) -> None:
    [sentence] = nlp(text).sents
    assert reports_own_work(sentence) is expected


ARTICLE = """Cyclosporine nephrotoxicity in rats

Abstract

Background

Cyclosporine causes hypertension.

Methods

Cyclosporine was given for two weeks.

Results

Cyclosporine caused hypertension. Tremor was caused by cyclosporine in a woman.

Conclusions

Cyclosporine may cause hypertension in patients.
"""


def read(text: str) -> Extraction:
    article = parse_article(text.encode(), source_format="text", article_id="a", source_uri="a.txt")
    [outcome] = extract([article])
    assert isinstance(outcome, Extraction)
    return outcome


@pytest.mark.model
def test_relations_say_where_they_were_studied() -> None:
    found = read(ARTICLE)
    sentences = {sentence.sentence_id: sentence.text for sentence in found.sentences}
    said = {(sentences[r.sentence_id], r.species, r.study_setting) for r in found.relations}
    assert said == {
        ("Cyclosporine nephrotoxicity in rats", "rat", "animal"),
        ("Cyclosporine causes hypertension.", None, None),
        ("Cyclosporine caused hypertension.", "rat", "animal"),
        ("Tremor was caused by cyclosporine in a woman.", "human", "clinical"),
        ("Cyclosporine may cause hypertension in patients.", "human", "clinical"),
    }


@pytest.mark.model
def test_the_context_is_no_part_of_the_identifier() -> None:
    studied, unknown = read(ARTICLE), read(ARTICLE.replace("rats", "ease"))
    assert [r.relation_id for r in studied.relations] == [r.relation_id for r in unknown.relations]
    assert {r.species for r in studied.relations} - {r.species for r in unknown.relations} == {"rat"}


def test_every_species_and_setting_has_a_cue() -> None:
    assert {cue.species for cue in study_cues().values()} == {None, *SPECIES}
    assert {cue.study_setting for cue in study_cues().values()} == {None, *STUDY_SETTINGS}
    assert all(re.fullmatch(r"NCBITaxon:\d+", taxon) for taxon in SPECIES.values())


def test_the_cues_are_in_order() -> None:
    said = [(cue.species or "", cue.study_setting or "") for cue in study_cues().values()]
    assert all(before <= after for before, after in pairwise(said))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("mice\tmoose\tanimal", r"c.tsv:2: species is 'moose'; expected one of human, mouse"),
        ("mice\tmouse\tin_vivo", r"c.tsv:2: setting is 'in_vivo'; expected one of in_vitro, animal, clinical"),
        ("\tmouse\tanimal", r"c.tsv:2: cue '' is empty or stands twice"),
        ("mice\tmouse\tanimal\nMice\tmouse\tanimal", r"c.tsv:3: cue 'Mice' is empty or stands twice"),
    ],
)
def test_a_faulty_cue_is_named(line: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_cues(["cue\tspecies\tstudy_setting", *line.split("\n")], "c.tsv")
