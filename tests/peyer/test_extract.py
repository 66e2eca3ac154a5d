"""What `peyer.extract` takes, gives back and says of what it cannot use."""

from __future__ import annotations

import pickle
import warnings
from pathlib import Path

import numpy as np
import pytest
from places import ROOT

import peyer

pytestmark = pytest.mark.model

BINDS = "Infliximab binds TNF."
ZINC = "Zinc is a metal."


def statements(found: peyer.Extractions) -> list[tuple[str, str, str]]:
    return [(r.subject.text, r.predicate, r.object.text) for r in found.relations]


def test_a_string_is_one_article_whose_records_are_at_hand() -> None:
    found = peyer.extract(BINDS)
    [extraction] = found
    assert isinstance(extraction, peyer.Extraction)
    assert (extraction.article.text, extraction.article.title) == (BINDS, None)
    assert statements(found) == [("Infliximab", "binds", "TNF")]
    assert found.failures == ()


@pytest.mark.parametrize(
    "text",
    [
        f"  {BINDS}\n",
        "Inflix\u00adimab binds\r\nTNF.",
        "😀 Infliximab\u200b binds TNF. \ufb01n.",
        "A title\n\nIn mice with severe colitis, infliximab binds the\nTNF of the mucosa.",
    ],
)
def test_offsets_count_in_the_string_as_given(text: str) -> None:
    found = peyer.extract(text)
    assert found[0].article.text == text
    assert [mention.concept_id for mention in found.mentions][-1] == "HGNC:11892"
    records: list[peyer.Mention | peyer.Sentence] = [*found.mentions, *found.sentences]
    for record in records:
        assert text[record.start_char : record.end_char] == record.text


def test_identifiers_depend_on_the_text_alone() -> None:
    alone, among = peyer.extract(BINDS), peyer.extract(iter([ZINC, BINDS]))
    assert [each.article.text for each in among] == [ZINC, BINDS]
    assert alone[0].article.article_id == among[1].article.article_id != among[0].article.article_id
    assert alone.relations == among.relations
    assert alone.relations[0].relation_id == among.relations[0].relation_id


def test_texts_strings_articles_and_generators_give_the_same() -> None:
    article = peyer.read(ROOT / "raw" / "interleukin-blockade.md")
    assert article.article_id == "interleukin-blockade"
    alone = peyer.extract(article)
    mixed = peyer.extract(each for each in (BINDS, article))
    assert [each.article.article_id for each in mixed][1] == "interleukin-blockade"
    assert len(alone.relations) > 10
    assert mixed.relations == peyer.extract(BINDS).relations + alone.relations
    assert {section.kind for section in alone[0].article.sections} >= {"title"}


def test_strings_of_other_kinds_are_strings() -> None:
    [found] = peyer.extract(np.array([BINDS]))
    assert [mention.text for mention in found.mentions] == ["Infliximab", "TNF"]


def test_an_identifier_that_is_missing_is_named_as_the_reason() -> None:
    with pytest.warns(peyer.ExtractionWarning, match="needs an article_id; expected an identifier"):
        found = peyer.extract({"": BINDS, "a": BINDS})
    assert [failure.error for failure in found.failures] == ["no_article_id"]


def test_a_doc_that_was_read_can_be_read_again() -> None:
    nlp = peyer.load()
    doc = nlp(BINDS)
    before = list(doc._.relations)
    assert nlp(doc)._.relations == before


def test_a_mapping_names_its_articles() -> None:
    found = peyer.extract({"b": BINDS, "a": ZINC})
    assert [(each.article.article_id, each.article.text) for each in found] == [("b", BINDS), ("a", ZINC)]


def test_what_comes_twice_is_read_once_and_counts_once() -> None:
    found = peyer.extract([BINDS, ZINC, BINDS])
    assert [each.article.text for each in found] == [BINDS, ZINC, BINDS]
    assert found[0] is found[2]
    assert statements(found) == [("Infliximab", "binds", "TNF")]
    assert [len(found.columns(table)["article_id"]) for table in ("sentences", "mentions", "relations")] == [2, 3, 1]


def test_two_articles_of_one_identifier_are_refused(tmp_path: Path) -> None:
    articles = []
    for folder, text in (("a", BINDS), ("b", ZINC)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.txt").write_text(text, encoding="utf-8")
        articles.append(peyer.read(tmp_path / folder / "one.txt"))
    with pytest.raises(ValueError, match="two different articles have the article_id 'one'"):
        peyer.extract(articles)
    named = peyer.read(tmp_path / "b" / "one.txt", article_id="two")
    assert [each.article.article_id for each in peyer.extract([articles[0], named])] == ["one", "two"]


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("", "no_text", "the text: text is empty"),
        (" \n", "no_text", "the text: text is empty"),
        ("half of \ud83d", "no_text", "surrogates not allowed"),
        ("word " * 80_001, "too_long", "at most 400,000"),
    ],
)
def test_a_text_alone_that_cannot_be_extracted_raises(text: str, error: str, message: str) -> None:
    with pytest.raises(peyer.ExtractionError, match=message) as raised:
        peyer.extract(text)
    assert raised.value.failure.error == error
    assert pickle.loads(pickle.dumps(raised.value)).failure == raised.value.failure


def test_of_several_the_others_are_kept_and_a_warning_says_so() -> None:
    with pytest.warns(peyer.ExtractionWarning, match=r"3 of 5 articles .* the first: item 1: text is empty") as said:
        found = peyer.extract([BINDS, "", "word " * 80_001, ZINC, "half of \ud83d"])
    assert said[0].filename == __file__
    assert [each.article.text for each in found] == [BINDS, ZINC]
    assert [failure.error for failure in found.failures] == ["no_text", "too_long", "no_text"]
    assert repr(found) == "<Extractions of 2 articles: 3 mentions, 1 relation, 3 failures>"


def test_a_failure_names_its_entry() -> None:
    with pytest.warns(peyer.ExtractionWarning):
        found = peyer.extract({"good": BINDS, "bad": " "})
    assert [(failure.source_uri, failure.stage) for failure in found.failures] == [("string:bad", "read")]


def test_a_warning_can_be_made_an_error() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", peyer.ExtractionWarning)
        with pytest.raises(peyer.ExtractionWarning):
            peyer.extract([BINDS, ""])


def test_without_failures_there_is_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", peyer.ExtractionWarning)
        assert len(peyer.extract([BINDS, ZINC])) == 2


def test_extractions_are_a_sequence() -> None:
    found = peyer.extract([BINDS, ZINC])
    assert [each.article.text for each in found[1:]] == [ZINC]
    assert isinstance(found[1:], peyer.Extractions)
    assert found[-1] in found
    chosen = peyer.Extractions(each for each in found if each.relations)
    assert statements(chosen) == [("Infliximab", "binds", "TNF")]
    assert [concept.name for concept in chosen.concepts] == ["Infliximab", "TNF"]
    assert pickle.loads(pickle.dumps(found)).relations == found.relations


def test_names_of_the_users_are_read_anew_when_their_file_changes(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    header = "entity_type\tsubtype\tname\n"
    found = []
    for name in ("gravotinib", "zymotinib"):
        own.write_text(f"{header}drug\tsmall_molecule\t{name}\n", encoding="utf-8")
        [extraction] = peyer.extract("Gravotinib and zymotinib were given.", options=peyer.Options(vocabulary=own))
        found.append(extraction)
    assert [m.concept_id for m in found[0].mentions if m.concept_id] == ["USER:gravotinib"]
    assert [m.concept_id for m in found[1].mentions if m.concept_id] == ["USER:zymotinib"]
    assert found[0].extractor_version != found[1].extractor_version


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"vocabulary": Path("nowhere.tsv")}, "nowhere.tsv: cannot be read"),
        ({"models": ("en_core_nowhere",)}, "'en_core_nowhere' is not installed"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused(chosen: dict[str, object], message: str) -> None:
    with pytest.raises(peyer.OptionError, match=message):
        peyer.extract(BINDS, options=peyer.Options(**chosen))  # type: ignore[arg-type]


def test_pipelines_are_independent_of_each_other_and_of_extract() -> None:
    before = peyer.extract(ZINC)
    nlp = peyer.load()
    nlp.remove_pipe("relation_rules")
    assert nlp(BINDS)._.relations == []
    assert peyer.extract(ZINC).mentions == before.mentions
    assert statements(peyer.extract(BINDS)) == [("Infliximab", "binds", "TNF")]


def test_the_pipeline_has_the_users_names_but_no_linker(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("entity_type\tsubtype\tname\ndrug\tsmall_molecule\tgravotinib\n", encoding="utf-8")
    doc = peyer.load(options=peyer.Options(vocabulary=own))("Gravotinib binds TNF.")
    assert doc.ents[0].kb_id_ == "USER:gravotinib"
    with pytest.raises(peyer.OptionError, match="linker 'umls' is no part of the pipeline"):
        peyer.load(options=peyer.Options(linker="umls"))
