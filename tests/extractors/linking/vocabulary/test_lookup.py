from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from extractors.entities.mentions import MentionFinder
from extractors.language.normalisation import words
from extractors.linking.vocabulary.beside import BESIDE_FOLDERS
from extractors.linking.vocabulary.build.output import write_vocabulary
from extractors.linking.vocabulary.entry import Entry, NameKind
from extractors.linking.vocabulary.index import index_names
from extractors.linking.vocabulary.lookup import Vocabulary, vocabulary_of
from extractors.options import OptionError


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary()


def best(vocabulary: Vocabulary, name: str) -> tuple[str, str] | None:
    found = vocabulary.candidates(name)
    if not found:
        return None
    concept = vocabulary.concept(found[0].concept_no)
    return concept.concept_id, concept.entity_type


def names_above(vocabulary: Vocabulary, name: str) -> set[str]:
    number = vocabulary.candidates(name)[0].concept_no
    return {ancestor.name for ancestor in vocabulary.ancestors(number)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("adalimumab", ("DRUGBANK:DB00051", "drug")),
        ("JAK inhibitors", ("MESH:D000075242", "drug")),
        ("TNF-α", ("HGNC:11892", "target")),
        ("tumour necrosis factor alpha", ("HGNC:11892", "target")),
        ("NF-κB", ("FPLX:NFkappaB", "target")),
        ("calcineurin", ("FPLX:PPP3", "target")),
        ("Tregs", ("CL:0000815", "target")),
        ("Crohn’s disease", ("MONDO:0005011", "disease")),
        ("IBD", ("MONDO:0005265", "disease")),
        ("IBS", ("MONDO:0005052", "disease")),
        ("rheumatoid arthritis", ("MONDO:0008383", "disease")),
        ("T-cell activation", ("GO:0042110", "effect")),
        ("Foxp3", ("HGNC:6106", "target")),
        ("SRD5A2", ("HGNC:11285", "target")),
        ("dostarlimab", ("DRUGBANK:DB15627", "drug")),
    ],
)
def test_name_has_its_identifier(vocabulary: Vocabulary, name: str, expected: tuple[str, str]) -> None:
    assert best(vocabulary, name) == expected


@pytest.mark.parametrize("word", ["can", "group", "impact", "be an", "patients", "MS", "study", "role", "stress"])
def test_ordinary_word_or_ambiguous_abbreviation_is_not_looked_for(vocabulary: Vocabulary, word: str) -> None:
    assert vocabulary.find(word, words(word)) == []


@pytest.mark.parametrize(
    ("name", "concept_id"),
    [("failure of the kidneys", "MONDO:0001106"), ("arthritis, rheumatoid", "MONDO:0008383")],
)
def test_words_in_another_order_are_found(vocabulary: Vocabulary, name: str, concept_id: str) -> None:
    assert vocabulary.concept(vocabulary.by_words(name)[0].concept_no).concept_id == concept_id


def test_one_slip_of_the_pen_is_forgiven_two_are_not(vocabulary: Vocabulary) -> None:
    [*found] = vocabulary.similar("methotrexte")
    assert vocabulary.concept(found[0].concept_no).name == "Methotrexate"
    assert vocabulary.similar("methotrxte") == ()


def test_every_added_name_is_looked_for_in_a_text() -> None:
    own = Entry("USER:1", "drug", "biologic", "Zetamab", {"Zetamab": NameKind.PREFERRED, "ZVX": NameKind.ABBREVIATION})
    [match] = Vocabulary(added=[own]).find("ZVX", words("ZVX"))
    assert match.candidates[0].kind is NameKind.ABBREVIATION


def test_added_entries_that_contradict_the_vocabulary_are_refused() -> None:
    wrong = Entry("DRUGBANK:DB00051", "target", "protein", "Adalimumab", {"Adalimumab": NameKind.PREFERRED})
    lost = Entry("USER:1", "drug", "biologic", "Zetamab", {"Zetamab": NameKind.PREFERRED}, parents={"MESH:D99"})
    with pytest.raises(OptionError) as error:
        Vocabulary(added=[wrong, lost])
    assert str(error.value).splitlines() == [
        "Adalimumab: DRUGBANK:DB00051 is a drug in the vocabulary",
        "Zetamab: no concept has the parent MESH:D99",
    ]


def test_an_added_parent_that_stands_below_is_refused_with_file_and_line() -> None:
    own = Entry("PEYER:tnf_inhibitors", "drug", "drug_class", "TNF inhibitors", {"TNF inhibitors": NameKind.PREFERRED})
    own.parents, own.place = {"DRUGBANK:DB00065"}, "own.tsv:2"
    with pytest.raises(OptionError, match=r"own\.tsv:2: TNF inhibitors: the parent DRUGBANK:DB00065 stands below it"):
        Vocabulary(added=[own])


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("zasocitinib", "Janus kinase inhibitors"),
        ("nezulcitinib", "Janus kinase inhibitors"),
        ("ozoralizumab", "TNF inhibitors"),
        ("tositumomab", "anti-CD20 antibodies"),
        ("fluticasone", "glucocorticoids"),
        ("beclomethasone", "glucocorticoids"),
        ("mometasone", "glucocorticoids"),
        ("mycophenolate", "immunosuppressive agents"),
        ("thrombotic thrombocytopenic purpura", "autoimmune disease"),
        ("polymyalgia rheumatica", "autoimmune disease"),
        ("cold agglutinin disease", "autoimmune disease"),
        ("peginterferon alfa-2a", "Peginterferon alfa"),
        ("PD-L2", "PD-1 ligands"),
    ],
)
def test_a_class_has_its_members_below_it(vocabulary: Vocabulary, name: str, above: str) -> None:
    assert above in names_above(vocabulary, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [("antibiotics", "Pesticides"), ("hydroxychloroquine", "Chloroquine"), ("methotrexate", "Aminopterin")],
)
def test_a_drug_is_not_below_another_one(vocabulary: Vocabulary, name: str, other: str) -> None:
    assert other not in names_above(vocabulary, name)


@pytest.mark.parametrize("text", ["C. difficile", "H. pylori"])
def test_the_short_form_of_a_species_is_found(vocabulary: Vocabulary, text: str) -> None:
    assert [(match.start, match.end) for match in vocabulary.find(text, words(text))] == [(0, len(text))]


def test_a_symbol_that_means_something_else_first_is_not_found(vocabulary: Vocabulary) -> None:
    assert best(vocabulary, "ADA") == ("DRUGBANK:DB00051", "drug")
    assert vocabulary.find("ADA", words("ADA")) == []


def test_every_concept_above_is_an_ancestor_and_the_concept_itself_at_distance_0(vocabulary: Vocabulary) -> None:
    tofacitinib = vocabulary.candidates("tofacitinib")[0].concept_no
    distances = {ancestor.concept_id: ancestor.distance for ancestor in vocabulary.ancestors(tofacitinib)}
    assert distances["DRUGBANK:DB08895"] == 0
    assert distances["MESH:D000075242"] == 1


def test_added_names_go_before_the_bundled_ones() -> None:
    own = Entry("USER:1", "drug", "biologic", "Newmab", {"Newmab": NameKind.PREFERRED, "aspirin": NameKind.EXACT})
    more = Entry("DRUGBANK:DB00051", "drug", "biologic", "Adalimumab", {"our adalimumab": NameKind.EXACT})
    own.curated_names = set(own.names)
    more.curated_names = set(more.names)
    vocabulary = Vocabulary(added=[own, more])
    assert best(vocabulary, "newmab") == best(vocabulary, "aspirin") == ("USER:1", "drug")
    assert best(vocabulary, "our adalimumab") == best(vocabulary, "adalimumab") == ("DRUGBANK:DB00051", "drug")
    synonyms = {s.text for s in vocabulary.concept(vocabulary.number("DRUGBANK:DB00051")).synonyms}
    assert {"our adalimumab", "Humira"} <= synonyms
    text = "We gave our adalimumab and newmab."
    assert [text[m.start : m.end] for m in vocabulary.find(text, words(text))][:1] == ["our adalimumab"]


def test_names_are_found_in_running_text_with_their_offsets(vocabulary: Vocabulary) -> None:
    text = "Corticosteroids treat Crohn’s disease; TNF- α and IL-6 rise."
    found = {text[match.start : match.end] for match in vocabulary.find(text, words(text))}
    assert {"Corticosteroids", "Crohn’s disease", "TNF- α", "IL-6"} <= found
    assert not any(";" in name for name in found)


def test_a_name_does_not_run_over_a_comma(vocabulary: Vocabulary) -> None:
    text = "rheumatoid, arthritis"
    assert text not in {text[match.start : match.end] for match in vocabulary.find(text, words(text))}


def test_missing_vocabulary_says_how_to_compile_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="peyer vocab build"):
        Vocabulary(tmp_path)


def test_the_vocabulary_of_a_pipeline_is_that_of_its_mentions(vocabulary: Vocabulary) -> None:
    nlp = spacy.blank("en")
    with pytest.raises(ValueError, match="no component has a vocabulary; the pipeline has none"):
        vocabulary_of(nlp)
    Language.component("plain_reader", func=lambda doc: doc)
    nlp.add_pipe("plain_reader")
    with pytest.raises(ValueError, match="the pipeline has plain_reader"):
        vocabulary_of(nlp)
    Language.factory("other_finder", func=lambda nlp, name: MentionFinder(vocabulary))
    nlp.add_pipe("other_finder")
    assert vocabulary_of(nlp) is vocabulary


def compiled(folder: Path, *entries: Entry) -> None:
    write_vocabulary(folder, entries, index_names(entries), "prefix\tversion\nX\t1\n")


def test_names_under_another_licence_are_read_beside_the_others(tmp_path: Path) -> None:
    known = Entry("X:1", "drug", "small_molecule", "knowndrug", {"knowndrug": NameKind.PREFERRED})
    more = Entry("X:1", "drug", "small_molecule", "knowndrug", {"ABC-12345": NameKind.ALIAS}, xrefs={"Y:7"})
    new = Entry("Y:2", "drug", "small_molecule", "newdrug", {"newdrug": NameKind.PREFERRED})
    compiled(tmp_path, known)
    alone = Vocabulary(tmp_path)
    assert (alone.candidates("ABC-12345"), alone.candidates("newdrug")) == ((), ())
    compiled(tmp_path / BESIDE_FOLDERS[0], more, new)
    both = Vocabulary(tmp_path)
    concept = both.concept(both.candidates("abc 12345")[0].concept_no)
    assert (concept.concept_id, concept.xrefs) == ("X:1", ("Y:7",))
    assert {synonym.text for synonym in concept.synonyms} == {"ABC-12345"}
    assert [both.concept_id(match.candidates[0].concept_no) for match in both.names_in("knowndrug or newdrug")] == [
        "X:1",
        "Y:2",
    ]
    assert both.version != alone.version
    added = Vocabulary(tmp_path, added=[Entry("Z:1", "drug", "small_molecule", "own", {"own": NameKind.PREFERRED})])
    assert [added.concept_id(added.candidates(name)[0].concept_no) for name in ("own", "newdrug")] == ["Z:1", "Y:2"]
