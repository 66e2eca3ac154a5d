import pytest
from spacy.tokens import Doc

from extractors.annotations import VOCABULARY, FoundMention, Recognised
from extractors.entities.merging import mark_adverse_effects, recognised_names
from extractors.linking.grounder import Grounder
from extractors.linking.vocabulary.lookup import bundled_vocabulary
from extractors.pipeline import base_pipeline

MODEL = "en_test 1"


@pytest.fixture(scope="module")
def grounder() -> Grounder:
    return Grounder(bundled_vocabulary())


def read(text: str, *names: tuple[str, str, str]) -> Doc:
    """A sentence with names that a model has recognised, as (text, entity type, subtype)."""
    doc = base_pipeline()(text)
    doc._.recognised = [
        Recognised(*tokens_of(doc, name), entity_type, subtype, MODEL) for name, entity_type, subtype in names
    ]
    return doc


def tokens_of(doc: Doc, name: str) -> tuple[int, int]:
    span = doc.char_span(doc.text.index(name), doc.text.index(name) + len(name))
    assert span
    return span.start, span.end


def known(doc: Doc, text: str, entity_type: str, subtype: str, curie: str) -> FoundMention:
    number = bundled_vocabulary().number(curie)
    return FoundMention(*tokens_of(doc, text), entity_type, subtype, number, "exact", 1.0, "")


def found(doc: Doc, grounder: Grounder, *mentions: FoundMention) -> list[tuple[str, str, str | None, str]]:
    return [
        (doc[m.start : m.end].text, m.entity_type, m.subtype, m.method)
        for sentence in doc.sents
        for m in recognised_names(sentence, mentions, grounder)
    ]


DRUG = ("drug", "small_molecule")
DISEASE = ("disease", "disease")
PROCESS = ("effect", "process")


def test_a_name_that_nothing_knows_becomes_a_mention_without_identifier(grounder: Grounder) -> None:
    doc = read("Patients took velumorib daily.", ("velumorib", *DRUG))
    assert found(doc, grounder) == [("velumorib", *DRUG, "not_in_vocabulary")]
    assert next(recognised_names(doc[:], (), grounder)).detector == MODEL


def test_it_is_grounded_by_a_form_that_says_the_same(grounder: Grounder) -> None:
    doc = read("Sclerosis, multiple, were seen.", ("Sclerosis, multiple", *DISEASE))
    [mention] = recognised_names(doc[:], (), grounder)
    assert mention.method == "word_order"
    assert mention.concept_no >= 0


def test_on_the_same_tokens_the_vocabulary_decides(grounder: Grounder) -> None:
    doc = read("Psoriasis is frequent.", ("Psoriasis", *DISEASE))
    assert found(doc, grounder, known(doc, "Psoriasis", *DISEASE, "MONDO:0005083")) == []


def test_a_name_that_reaches_further_holds_the_known_one_as_its_head(grounder: Grounder) -> None:
    doc = read("Waxing psoriasis is frequent.", ("Waxing psoriasis", *DISEASE))
    mention = known(doc, "psoriasis", *DISEASE, "MONDO:0005083")
    assert found(doc, grounder, mention) == [("Waxing psoriasis", *DISEASE, "head")]


def test_a_list_of_known_names_is_not_one_name(grounder: Grounder) -> None:
    doc = read("Psoriasis and eczema are frequent.", ("Psoriasis and eczema", *DISEASE))
    assert found(doc, grounder, known(doc, "Psoriasis", *DISEASE, "MONDO:0005083")) == []


def test_a_known_name_of_another_type_is_not_swallowed(grounder: Grounder) -> None:
    doc = read("Methotrexate pneumopathy is rare.", ("Methotrexate pneumopathy", *DISEASE))
    drug = FoundMention(0, 1, *DRUG, 0, "exact", 1.0, "")
    assert found(doc, grounder, drug) == []


def test_an_abbreviation_is_what_its_long_form_is(grounder: Grounder) -> None:
    text = "Velumor hydrochloride (VMH) was given; VMH helped."
    long_too = read(text, ("Velumor hydrochloride", *DRUG), ("VMH", *DRUG))
    assert [name for name, *_ in found(long_too, grounder)] == ["Velumor hydrochloride", "VMH"]
    short_alone = read(text, ("VMH", *DRUG))
    assert found(short_alone, grounder) == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("AD and MS were seen.", "AD", DISEASE),
        ("The DREAM study was long.", "DREAM", ("target", "protein")),
        ("Aspirin acetylates the enzyme.", "acetylates", PROCESS),
        ("In 2019 it rose.", "2019", DRUG),
        ("Now aspirin\x00 helps.", "aspirin\x00", DRUG),
        ("x " * 30 + "ends.", "x " * 29 + "x", DRUG),
        ("These agents help.", "agents", DRUG),
        ("The novel compounds help.", "novel compounds", DRUG),
        ("The cells died.", "cells", ("target", "cell_type")),
    ],
)
def test_what_says_nothing_is_no_mention(grounder: Grounder, text: str, name: str, kind: tuple[str, str]) -> None:
    assert found(read(text, (name, *kind)), grounder) == []


def test_the_antibodys_prefix_is_no_part_of_what_it_binds(grounder: Grounder) -> None:
    doc = read("Anti-XRQ9 kinase antibodies rose.", ("Anti-XRQ9 kinase", "target", "protein"))
    assert found(doc, grounder)[0][0] == "XRQ9 kinase"


def test_a_disease_may_be_known_as_an_effect(grounder: Grounder) -> None:
    doc = read("Toxicity was severe.", ("Toxicity", *DISEASE))
    assert [kind for _, *kind, _ in found(doc, grounder)] == [["effect", "adverse_effect"]]


def test_a_process_that_is_taken_for_a_disease_is_an_adverse_effect() -> None:
    doc = read("Tachycardia was seen.", ("Tachycardia", *DISEASE))
    process = FoundMention(0, 1, *PROCESS, 7, "exact", 1.0, "")
    other = FoundMention(2, 3, *PROCESS, 8, "exact", 1.0, "")
    assert [(m.subtype, m.valence, m.detector) for m in mark_adverse_effects([process, other], doc)] == [
        ("adverse_effect", "bad", VOCABULARY),
        ("process", "", VOCABULARY),
    ]


PROTEIN = ("target", "protein")


def test_three_letters_that_the_article_does_not_define_are_not_grounded(grounder: Grounder) -> None:
    doc = read("MDA rose and PKU was seen.", ("MDA", *DRUG), ("PKU", *DISEASE))
    assert [(name, method) for name, *_, method in found(doc, grounder)] == [
        ("MDA", "undefined_abbreviation"),
        ("PKU", "undefined_abbreviation"),
    ]
    defined = read("Phenylketonuria (PKU) was seen.", ("Phenylketonuria", *DISEASE), ("PKU", *DISEASE))
    assert [method for *_, method in found(defined, grounder)] == ["exact", "exact"]


def test_one_word_for_a_process_is_grounded_as_it_is_written(grounder: Grounder) -> None:
    assert found(read("It affects development.", ("development", *PROCESS)), grounder) == []
    doc = read("It affects ocular development.", ("ocular development", *PROCESS))
    assert [method for *_, method in found(doc, grounder)] == ["word_order"]


@pytest.mark.parametrize(
    ("text", "name", "head", "curie", "method"),
    [
        (
            "Xanthal oxidoreductase fell.",
            "Xanthal oxidoreductase",
            "oxidoreductase",
            "MESH:D010088",
            "not_in_vocabulary",
        ),
        ("Splenic lipases fell.", "Splenic lipases", "lipases", "MESH:D008049", "not_in_vocabulary"),
        ("Soluble tyrosinase fell.", "Soluble tyrosinase", "tyrosinase", "HGNC:12442", "head"),
        ("Membranous CCR5 fell.", "Membranous CCR5", "CCR5", "HGNC:1606", "head"),
    ],
)
def test_a_class_of_proteins_is_not_what_a_longer_name_means(
    grounder: Grounder, text: str, name: str, head: str, curie: str, method: str
) -> None:
    doc = read(text, (name, *PROTEIN))
    assert found(doc, grounder, known(doc, head, *PROTEIN, curie)) == [(name, *PROTEIN, method)]


@pytest.mark.parametrize(
    ("name", "head", "curie", "method"),
    [
        ("Cardiac depression", "depression", "MONDO:0002050", "not_in_vocabulary"),
        ("Vernal depression", "depression", "MONDO:0002050", "head"),
        ("Plantar injury", "injury", "MONDO:0021178", "not_in_vocabulary"),
    ],
)
def test_a_kind_of_disease_is_not_what_a_longer_name_means(
    grounder: Grounder, name: str, head: str, curie: str, method: str
) -> None:
    doc = read(f"{name} was seen.", (name, *DISEASE))
    assert found(doc, grounder, known(doc, head, *DISEASE, curie)) == [(name, *DISEASE, method)]


def test_an_enzyme_holds_the_name_of_its_substrate(grounder: Grounder) -> None:
    doc = read("Catechol oxidoreductase fell.", ("Catechol oxidoreductase", *PROTEIN))
    enzyme = known(doc, "oxidoreductase", *PROTEIN, "MESH:D010088")
    substrate = known(doc, "Catechol", *DRUG, "DRUGBANK:DB02232")
    assert [name for name, *_ in found(doc, grounder, substrate, enzyme)] == ["Catechol oxidoreductase"]
    alone = read("Catechol oxidoreductase fell.", ("Catechol oxidoreductase", *DISEASE))
    assert found(alone, grounder, substrate, enzyme) == []
