from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from duckdb import DuckDBPyConnection
from hand_made import ARTHRITIS, INHIBITS, JAK3, NAUSEA, TOFACITINIB, TREATS, Name, Statement, make_extraction

pytestmark = pytest.mark.slow

Load = Callable[..., None]


def fetch(con: DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return con.execute(sql).fetchall()


def says(subject: Name, predicate: str, object_: Name) -> Statement:
    return Statement(text=f"{subject.text} x {object_.text}.", subject=subject, predicate=predicate, object=object_)


def test_evidence_reads_by_itself(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction(statements=(TREATS,)))
    assert fetch(
        con,
        "select sentence, section_kind, subject_text, subject_id, subject_name, subject_type, predicate, "
        "object_id, object_name, object_type, published, published_year, is_retracted from evidence",
    ) == [
        (
            "Tofacitinib relieves rheumatoid arthritis.",
            "abstract",
            "Tofacitinib",
            "CHEBI:1",
            "tofacitinib",
            "drug",
            "treats",
            "DOID:7148",
            "rheumatoid arthritis",
            "disease",
            "2025-11",
            2025,
            False,
        )
    ]


@pytest.mark.parametrize(
    ("printed", "text_id"),
    [
        ("Janus  Kinase", "TEXT:janus kinase"),
        ("janus\nkinase", "TEXT:janus kinase"),
        ("Janus\u00a0Kinase", "TEXT:janus kinase"),
        ("e\u0301", "TEXT:é"),
        ("TNF-Α", "TEXT:tnf-α"),
    ],
)
def test_a_name_without_concept_has_its_text_as_id(
    con: DuckDBPyConnection, load: Load, printed: str, text_id: str
) -> None:
    load(make_extraction(statements=(says(TOFACITINIB, "inhibits", Name(text=printed, entity_type="target")),)))
    assert fetch(con, "select object_id, object_name from claims") == [(text_id, text_id.removeprefix("TEXT:"))]


def test_spellings_of_an_ungrounded_name_make_one_claim(con: DuckDBPyConnection, load: Load) -> None:
    for number, text in enumerate(["Kinase X", "kinase X", "KINASE  X"]):
        target = Name(text=text, entity_type="target")
        load(make_extraction(f"a{number}", (says(TOFACITINIB, "inhibits", target),)))
    assert fetch(con, "select object_name, article_count from claims") == [("kinase x", 3)]


def test_a_claim_counts_articles_sentences_and_doubts(con: DuckDBPyConnection, load: Load) -> None:
    hedged = replace(INHIBITS, text="Tofacitinib may inhibit JAK3.", is_hedged=True, score=0.5)
    denied = replace(INHIBITS, text="Tofacitinib does not inhibit JAK3.", is_negated=True, score=0.95)
    load(
        make_extraction("a1", (INHIBITS, hedged), published="2019"),
        make_extraction("a2", (INHIBITS,), published="2023-02"),
        make_extraction("a3", (denied,), published="2025"),
        make_extraction("a4", (INHIBITS,), published=None),
    )
    assert fetch(
        con,
        "select article_count, sentence_count, negated_count, hedged_count, first_year, last_year, "
        "best_score from claims",
    ) == [(3, 4, 1, 1, 2019, 2023, 0.9)]


@pytest.mark.parametrize(
    ("section_kind", "article_type", "statement", "finding_count"),
    [
        ("abstract", None, INHIBITS, 1),
        ("results", "Research article", INHIBITS, 1),
        ("body", "Case report", INHIBITS, 1),
        ("discussion", "Preview", INHIBITS, 1),
        ("introduction", None, INHIBITS, 0),
        ("introduction", "Research article", INHIBITS, 0),
        ("results", "Review", INHIBITS, 0),
        ("abstract", "Mini-review", INHIBITS, 0),
        ("body", "SYSTEMATIC REVIEWS", INHIBITS, 0),
        ("results", None, replace(INHIBITS, is_hedged=True), 0),
    ],
)
def test_a_finding_is_told_from_what_is_only_told(
    con: DuckDBPyConnection,
    load: Load,
    section_kind: str,
    article_type: str | None,
    statement: Statement,
    finding_count: int,
) -> None:
    load(make_extraction(statements=(statement,), section_kind=section_kind, article_type=article_type))
    for view in ("claims", "drug_targets"):
        assert fetch(con, f"select article_count, finding_count from {view}") == [(1, finding_count)]


def test_findings_are_counted_by_article(con: DuckDBPyConnection, load: Load) -> None:
    again = replace(INHIBITS, text="Again, Tofacitinib inhibits JAK3.")
    denied = replace(INHIBITS, text="Tofacitinib does not inhibit JAK3.", is_negated=True)
    load(
        make_extraction("a1", (INHIBITS, again)),
        make_extraction("a2", (INHIBITS,), section_kind="results"),
        make_extraction("a3", (INHIBITS,), section_kind="introduction"),
        make_extraction("a4", (INHIBITS,), article_type="Review"),
        make_extraction("a5", (denied,)),
        make_extraction("a6", (INHIBITS,), is_retracted=True),
    )
    assert fetch(con, "select article_count, finding_count from claims") == [(4, 2)]


def test_evidence_says_in_which_kind_of_article_it_stands(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction(statements=(INHIBITS,), section_kind="results", article_type="Review"))
    assert fetch(con, "select section_kind, article_type from evidence") == [("results", "Review")]


def test_what_is_only_denied_is_no_claim(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction(statements=(replace(INHIBITS, is_negated=True),)))
    assert fetch(con, "from claims") == []
    assert fetch(con, "select is_negated from evidence") == [(True,)]


def test_a_sentence_that_says_it_of_two_mentions_counts_once(con: DuckDBPyConnection, load: Load) -> None:
    extraction = make_extraction(
        statements=(
            Statement(
                text="Tofacitinib (Xeljanz) inhibits JAK3.",
                subject=TOFACITINIB,
                predicate="inhibits",
                object=JAK3,
            ),
        )
    )
    [relation] = extraction.relations
    start = extraction.article.text.index("Xeljanz")
    brand = replace(relation.subject, start_char=start, end_char=start + 7, text="Xeljanz")
    load(
        replace(
            extraction,
            mentions=[*extraction.mentions, brand],
            relations=[relation, replace(relation, subject=brand)],
        )
    )
    assert fetch(con, "select sentence_count from claims") == [(1,)]
    assert fetch(con, "select count(*) from evidence") == [(2,)]


def test_retracted_articles_make_no_claim_but_stay_in_evidence(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction("a1", (INHIBITS,), is_retracted=True))
    assert fetch(con, "from claims") == []
    assert fetch(con, "select is_retracted from evidence") == [(True,)]


PATHWAY = Name(text="itching", entity_type="effect", subtype="process")
KINDS = (
    says(TOFACITINIB, "inhibits", JAK3),
    says(TOFACITINIB, "treats", ARTHRITIS),
    says(TOFACITINIB, "causes", ARTHRITIS),
    says(TOFACITINIB, "increases", NAUSEA),
    says(TOFACITINIB, "decreases", NAUSEA),
    says(TOFACITINIB, "causes", PATHWAY),
    says(TOFACITINIB, "increases", PATHWAY),
    says(JAK3, "associated_with", ARTHRITIS),
)


@pytest.mark.parametrize(
    ("view", "columns", "expected"),
    [
        ("drug_targets", "drug_name, predicate, target_name", [("tofacitinib", "inhibits", "JAK3")]),
        (
            "drug_diseases",
            "drug_name, predicate, disease_name",
            [
                ("tofacitinib", "causes", "rheumatoid arthritis"),
                ("tofacitinib", "treats", "rheumatoid arthritis"),
            ],
        ),
        (
            "drug_effects",
            "drug_name, predicate, effect_name",
            [
                ("tofacitinib", "causes", "itching"),
                ("tofacitinib", "decreases", "nausea"),
                ("tofacitinib", "increases", "itching"),
                ("tofacitinib", "increases", "nausea"),
            ],
        ),
        (
            "adverse_effects",
            "drug_name, predicate, effect_name, effect_type",
            [
                ("tofacitinib", "causes", "itching", "effect"),
                ("tofacitinib", "causes", "rheumatoid arthritis", "disease"),
                ("tofacitinib", "increases", "nausea", "effect"),
            ],
        ),
        (
            "target_diseases",
            "target_name, predicate, disease_name",
            [("JAK3", "associated_with", "rheumatoid arthritis")],
        ),
    ],
)
def test_a_typed_view_has_the_claims_of_its_kind(
    con: DuckDBPyConnection, load: Load, view: str, columns: str, expected: list[tuple[str, ...]]
) -> None:
    load(make_extraction(statements=KINDS))
    assert fetch(con, f"select {columns} from {view} order by all") == expected


def test_every_claim_is_in_a_typed_view_or_joins_effect_and_disease(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction(statements=KINDS))
    typed = fetch(
        con,
        "select count(*) from (from drug_targets union all from drug_diseases union all from drug_effects "
        "union all from target_diseases)",
    )
    assert typed == fetch(con, "select count(*) from claims") == [(8,)]


def test_suspected_adverse_effects_are_those_of_articles_as_a_whole(con: DuckDBPyConnection, load: Load) -> None:
    harms, quiet = says(TOFACITINIB, "causes", NAUSEA), replace(TREATS, predicate=None)
    load(make_extraction("a1", (harms,), published="2023", suspects=((TOFACITINIB, NAUSEA, 0.6),)))
    load(make_extraction("a2", (harms,), published="2025", suspects=((TOFACITINIB, NAUSEA, 0.9),)))
    load(make_extraction("a3", (quiet,), suspects=((TOFACITINIB, ARTHRITIS, 0.3),)))
    load(make_extraction("a4", (quiet,), suspects=((TOFACITINIB, ARTHRITIS, 0.8),), is_retracted=True))
    assert fetch(
        con,
        "select drug_id, effect_name, effect_type, article_count, first_year, last_year, best_score, is_claimed "
        "from suspected_adverse_effects order by best_score",
    ) == [
        ("CHEBI:1", "rheumatoid arthritis", "disease", 1, 2025, 2025, 0.3, False),
        ("CHEBI:1", "nausea", "effect", 2, 2023, 2025, 0.9, True),
    ]
