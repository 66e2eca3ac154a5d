from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extractors.extract import LONGEST_ABSTRACT, extract, front
from extractors.options import ExtractorOptions
from extractors.pipeline import load_pipeline
from extractors.readers.read import parse_article
from extractors.records import Article, Extraction, Section


def harms(doc: Doc) -> set[tuple[str, str, str]]:
    names = [doc[mention.start : mention.end].text for mention in doc._.mentions]
    return {(names[found.subject], found.predicate, names[found.object]) for found in doc._.article_relations}


CASE = (
    "Acute liver failure after infliximab. A 45-year-old woman with Crohn's disease received infliximab. "
    "Two weeks later she developed acute liver failure."
)


def test_a_harm_is_found_across_sentences(nlp: Language) -> None:
    assert harms(nlp(CASE)) == {("infliximab", "causes", "Acute liver failure")}


def test_the_score_is_a_probability(nlp: Language) -> None:
    assert all(0 < found.score <= 1 for found in nlp(CASE)._.article_relations)


def test_what_a_drug_is_said_to_treat_is_no_harm(nlp: Language) -> None:
    found = harms(nlp("Tofacitinib was effective in ulcerative colitis. Herpes zoster occurred after tofacitinib."))
    assert ("Tofacitinib", "causes", "ulcerative colitis") not in found


def test_what_is_only_denied_is_no_harm(nlp: Language) -> None:
    assert harms(nlp("Tocilizumab did not cause hepatitis. No patient on tocilizumab developed hepatitis.")) == set()


def test_what_is_stated_to_be_caused_stays_a_harm_of_a_drug_that_treats_it_too(nlp: Language) -> None:
    case = "Infliximab-induced psoriasis. A woman received infliximab and developed psoriasis,"
    assert harms(nlp(f"{case} probably caused by infliximab. Infliximab is approved for psoriasis.")) == {
        ("Infliximab", "causes", "psoriasis")
    }


@pytest.mark.model
def test_names_of_the_users_own_are_read(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("entity_type\tsubtype\tname\ndrug\tbiologic\tZetamab\n", encoding="utf-8")
    nlp = load_pipeline(ExtractorOptions(vocabulary=own))
    assert harms(nlp(CASE.replace("infliximab", "Zetamab"))) == {("Zetamab", "causes", "Acute liver failure")}


def test_a_text_without_names_or_words_has_no_harm(nlp: Language) -> None:
    assert nlp("Nothing is named here.")._.article_relations == []
    assert nlp("")._.article_relations == []


def test_only_the_front_of_an_article_is_read(nlp: Language) -> None:
    doc = nlp.make_doc(CASE)
    doc._.front = [(0, 0)]
    assert nlp(doc)._.article_relations == []


def article(*kinds: str, length: int = 100) -> Article:
    sections = tuple(
        Section(section_no=no, kind=kind, heading=None, start_char=no * length, end_char=(no + 1) * length)
        for no, kind in enumerate(kinds)
    )
    return Article(
        article_id="a1",
        text="x" * length * len(kinds),
        sections=sections,
        source_uri="a1.txt",
        source_format="text",
        content_sha256="0" * 64,
    )


@pytest.mark.parametrize(
    ("kinds", "length", "expected"),
    [
        (("title", "abstract", "introduction"), 100, [(0, 100), (100, 200)]),
        (("title", "abstract", "results"), LONGEST_ABSTRACT, [(0, 5000), (5000, 10000)]),
        (("title", "body"), 100, [(0, 100), (100, 200)]),
        (("title", "body"), LONGEST_ABSTRACT, []),
    ],
)
def test_the_front_is_title_and_abstract_or_a_text_as_short(
    kinds: tuple[str, ...], length: int, expected: list[tuple[int, int]]
) -> None:
    assert front(article(*kinds, length=length)) == expected


@pytest.mark.model
def test_an_extraction_holds_what_the_article_relates() -> None:
    title, _, rest = CASE.partition(". ")
    data = f"{title}\n\nAbstract\n{rest}\n".encode()
    [outcome] = extract([parse_article(data, source_format="text", article_id="a1", source_uri="a1.txt")])
    assert isinstance(outcome, Extraction)
    [found] = outcome.article_relations
    assert (found.subject.text, found.predicate, found.method) == ("infliximab", "causes", "classifier:bc5cdr_articles")
    assert {found.subject.mention_id, found.object.mention_id} <= {mention.mention_id for mention in outcome.mentions}
