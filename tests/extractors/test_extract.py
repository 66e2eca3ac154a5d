from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors import extract as extract_module
from extractors.extract import MAX_CHARACTERS, extract
from extractors.readers.read import read_article
from extractors.records import Article, Extraction, Failure, Mention, Relation, Section, Sentence
from extractors.version import extractor_version

pytestmark = pytest.mark.model


def article(text: str, sections: tuple[Section, ...] | None = None, name: str = "a") -> Article:
    whole = (Section(section_no=0, kind="body", heading=None, start_char=0, end_char=len(text)),)
    return Article(
        article_id=name,
        text=text,
        sections=sections or whole,
        source_uri=f"file:///{name}.txt",
        source_format="text",
        content_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def section(text: str, kind: str, number: int, part: str, heading: str | None = None) -> Section:
    start = text.index(part)
    return Section(section_no=number, kind=kind, heading=heading, start_char=start, end_char=start + len(part))


def only(text: str, sections: tuple[Section, ...] | None = None) -> Extraction:
    [outcome] = extract([article(text, sections)])
    assert isinstance(outcome, Extraction)
    return outcome


def test_records_point_into_the_text() -> None:
    found = only("Infliximab treats psoriasis. Tofacitinib inhibits JAK1.")
    text = found.article.text
    records: list[Sentence | Mention] = [*found.sentences, *found.mentions]
    for record in records:
        assert text[record.start_char : record.end_char] == record.text
    assert {(r.subject.text, r.predicate, r.object.text) for r in found.relations} == {
        ("Infliximab", "treats", "psoriasis"),
        ("Tofacitinib", "inhibits", "JAK1"),
    }
    sentences = {sentence.sentence_id for sentence in found.sentences}
    within: list[Mention | Relation] = [*found.mentions, *found.relations]
    assert {record.sentence_id for record in within} <= sentences
    assert {m.concept_id for m in found.mentions} == {concept.concept_id for concept in found.concepts}
    assert found.extractor_version == extractor_version()


def test_titles_state_things_and_references_give_nothing() -> None:
    title, body, refs = (
        "Infliximab treats psoriasis",
        "Tofacitinib inhibits JAK1.",
        "1. Etanercept treats asthma.",
    )
    text = f"{title}\n\nResults\n\n{body}\n\nReferences\n\n{refs}"
    found = only(
        text,
        (
            section(text, "title", 0, title),
            section(text, "results", 1, f"Results\n\n{body}", "Results"),
            section(text, "references", 2, f"References\n\n{refs}", "References"),
        ),
    )
    assert {m.text for m in found.mentions} == {"Infliximab", "psoriasis", "Tofacitinib", "JAK1"}
    assert [(r.subject.text, r.object.text) for r in found.relations] == [
        ("Infliximab", "psoriasis"),
        ("Tofacitinib", "JAK1"),
    ]
    assert {sentence.section_no for sentence in found.sentences} == {0, 1}


def test_same_text_gives_same_identifiers_alone_or_among_others() -> None:
    alone = only("Infliximab treats psoriasis.")
    among = list(extract([article("Zinc.", name="b"), article("Infliximab treats psoriasis.")]))[1]
    assert isinstance(among, Extraction)
    assert [r.relation_id for r in among.relations] == [r.relation_id for r in alone.relations]
    assert [m.mention_id for m in among.mentions] == [m.mention_id for m in alone.mentions]


def test_a_text_that_is_too_long_is_a_failure_and_the_next_is_read() -> None:
    long, short = extract([article("word " * (MAX_CHARACTERS // 4)), article("Zinc.", name="b")])
    assert isinstance(long, Failure)
    assert (long.error, long.stage) == ("too_long", "extract")
    assert "400,000" in long.message
    assert isinstance(short, Extraction)


def test_an_article_that_breaks_extraction_is_a_failure_with_the_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = extract_module._records

    def broken(of: Article, *rest: object) -> Extraction:
        if of.article_id == "b":
            raise RuntimeError("no such thing")
        return whole(of, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(extract_module, "_records", broken)
    first, second, third = extract([article("Zinc.", name=name) for name in "abc"])
    assert isinstance(first, Extraction)
    assert isinstance(third, Extraction)
    assert isinstance(second, Failure)
    assert second.error == "RuntimeError"
    assert "test_extract.py" in second.message
    assert "no such thing" in second.message


words = st.sampled_from(
    [
        "infliximab",
        "TNF-α",
        "inhibits",
        "treats",
        "psoriasis",
        ",",
        ".",
        "(",
        ")",
        "and",
        "which",
        "not",
        "may",
        "T-cell",
        "activation",
        "of",
        "the",
        "JAK1/JAK2",
        "anti-CD3",
        "-",
        "/",
        ";",
        ":",
        "in",
        "is",
        "by",
        "B.",
        "MS",
        "inhibitor",
        "\n\n",
        "severe",
        "It",
        "They",
        "such",
        "as",
        "α",
        "µ",
        "5",
        "%",
        "[1]",
        "“quoted”",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(words, min_size=1, max_size=40).map(" ".join).filter(lambda text: bool(text.strip())))
def test_any_text_keeps_the_invariants(text: str) -> None:
    found = only(text)
    records: list[Sentence | Mention] = [*found.sentences, *found.mentions]
    for record in records:
        assert found.article.text[record.start_char : record.end_char] == record.text
    assert len({m.mention_id for m in found.mentions}) == len(found.mentions)
    assert len({r.relation_id for r in found.relations}) == len(found.relations)


def test_a_sentence_behind_an_inline_label_states_relations(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(
        "A study of cyclosporine\n\nAbstract\n\nBackground: Cyclosporine inhibits calcineurin.\n"
        "Results: Cyclosporine caused tremor.\n",
        encoding="utf-8",
    )
    [found] = extract([read_article(path, article_id="one", source_uri="one.txt")])
    assert isinstance(found, Extraction)
    assert {(r.predicate, r.object.text) for r in found.relations} == {
        ("inhibits", "calcineurin"),
        ("causes", "tremor"),
    }
