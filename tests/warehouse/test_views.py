from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from duckdb import DuckDBPyConnection
from hand_made_extractions import (
    ARTHRITIS,
    DECREASES,
    EXPRESSION,
    INHIBITS,
    JAK3,
    NAUSEA,
    PHOSPHORYLATION,
    PROGRESSION,
    STAT3,
    TOFACITINIB,
    TREATS,
    Name,
    Statement,
    make_extraction,
)

from extractors.records import ASPECTS

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
        "select count(*) from (from drug_targets union all by name from drug_diseases union all by name "
        "from drug_effects union all by name from target_diseases)",
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


LEVEL = Name(text="STAT3 level", entity_type="effect", aspect="level", within=(STAT3,))
INHIBITOR = Name(text="JAK3 inhibitor", entity_type="drug", within=(JAK3,))
CLEARANCE = Name(text="Tofacitinib clearance", entity_type="effect", aspect="exposure", within=(TOFACITINIB,))
TOXICITY = Name(text="Tofacitinib toxicity", entity_type="effect", within=(TOFACITINIB,))
RISK = Name(text="risk of rheumatoid arthritis", entity_type="effect", aspect="risk", within=(ARTHRITIS,))
RECEPTOR = Name(text="JAK3 receptor", entity_type="target", within=(JAK3,))
DEFICIENCY = Name(text="STAT3 deficiency", entity_type="disease", aspect="absence", within=(STAT3,))
SCORE = Name(text="severity of nausea", entity_type="effect", aspect="severity", within=(NAUSEA,))


def test_evidence_has_the_name_within_an_argument_and_the_aspect(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction(statements=(DECREASES, says(LEVEL, "associated_with", ARTHRITIS), INHIBITS)))
    sides = "{0}_text, {0}_type, {0}_core_id, {0}_core_name, {0}_core_type, {0}_aspect"
    assert fetch(con, f"select {sides.format('object')} from evidence order by all") == [
        ("JAK3", "target", None, None, None, None),
        ("STAT3 phosphorylation", "effect", "HGNC:11364", "STAT3", "target", "modification"),
        ("rheumatoid arthritis", "disease", None, None, None, None),
    ]
    assert fetch(con, f"select {sides.format('subject')} from evidence order by all desc limit 2") == [
        ("Tofacitinib", "drug", None, None, None, None),
        ("Tofacitinib", "drug", None, None, None, None),
    ]
    assert fetch(con, f"select {sides.format('subject')} from evidence where object_type = 'disease'") == [
        ("STAT3 level", "effect", "HGNC:11364", "STAT3", "target", "level"),
    ]


def test_of_several_names_evidence_shows_the_first_and_typed_views_count_each(
    con: DuckDBPyConnection, load: Load
) -> None:
    load(make_extraction(statements=(says(TOFACITINIB, "decreases", EXPRESSION),)))
    assert fetch(con, "select object_core_name, object_aspect from evidence") == [("JAK3", "expression")]
    assert fetch(con, "select predicate, target_name, target_aspect, article_count from drug_targets order by all") == [
        ("decreases", "JAK3", "expression", 1),
        ("decreases", "STAT3", "expression", 1),
    ]


def test_a_name_within_a_name_within_a_phrase_is_not_what_the_phrase_is_about(
    con: DuckDBPyConnection, load: Load
) -> None:
    antibody = Name(text="anti-JAK3 antibody", entity_type="target", within=(JAK3,))
    binding = Name(text="anti-JAK3 antibody binding", entity_type="effect", aspect="binding", within=(antibody,))
    load(make_extraction(statements=(says(TOFACITINIB, "decreases", binding),)))
    assert fetch(con, "select object_core_name from evidence") == [("anti-jak3 antibody",)]
    assert fetch(con, "select target_name, target_aspect from drug_targets") == [("anti-jak3 antibody", "binding")]


def test_claims_stay_those_of_the_arguments(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction(statements=(DECREASES, INHIBITS)))
    assert fetch(con, "select subject_name, predicate, object_name, object_type from claims order by all") == [
        ("tofacitinib", "decreases", "stat3 phosphorylation", "effect"),
        ("tofacitinib", "inhibits", "JAK3", "target"),
    ]


@pytest.mark.parametrize(
    ("statement", "view", "expected"),
    [
        (DECREASES, "drug_targets", [("tofacitinib", "decreases", "STAT3", "modification")]),
        (says(TOFACITINIB, "inhibits", STAT3), "drug_targets", [("tofacitinib", "inhibits", "STAT3", None)]),
        (says(TOFACITINIB, "binds", RECEPTOR), "drug_targets", [("tofacitinib", "binds", "jak3 receptor", None)]),
        (says(INHIBITOR, "decreases", LEVEL), "drug_targets", [("jak3 inhibitor", "decreases", "STAT3", "level")]),
        (
            says(TOFACITINIB, "decreases", PROGRESSION),
            "drug_diseases",
            [("tofacitinib", None, "decreases", "rheumatoid arthritis", "progression")],
        ),
        (
            says(CLEARANCE, "associated_with", ARTHRITIS),
            "drug_diseases",
            [("tofacitinib", "exposure", "associated_with", "rheumatoid arthritis", None)],
        ),
        (says(TOXICITY, "associated_with", ARTHRITIS), "drug_diseases", []),
        (
            says(LEVEL, "associated_with", ARTHRITIS),
            "target_diseases",
            [("STAT3", "level", "associated_with", "rheumatoid arthritis", None)],
        ),
        (
            says(ARTHRITIS, "associated_with", LEVEL),
            "target_diseases",
            [("STAT3", "level", "associated_with", "rheumatoid arthritis", None)],
        ),
        (
            says(JAK3, "increases", RISK),
            "target_diseases",
            [("JAK3", None, "increases", "rheumatoid arthritis", "risk")],
        ),
        (says(INHIBITOR, "treats", ARTHRITIS), "target_diseases", []),
        (
            says(DEFICIENCY, "associated_with", PROGRESSION),
            "target_diseases",
            [("STAT3", "absence", "associated_with", "rheumatoid arthritis", "progression")],
        ),
        (
            says(TOFACITINIB, "increases", RISK),
            "adverse_effects",
            [("tofacitinib", "increases", "rheumatoid arthritis", "disease", "risk")],
        ),
        (says(TOFACITINIB, "decreases", RISK), "adverse_effects", []),
        (
            says(TOFACITINIB, "causes", PHOSPHORYLATION),
            "adverse_effects",
            [("tofacitinib", "causes", "stat3 phosphorylation", "effect", None)],
        ),
        (
            says(TOFACITINIB, "increases", SCORE),
            "adverse_effects",
            [("tofacitinib", "increases", "nausea", "effect", "severity")],
        ),
    ],
)
def test_a_typed_view_includes_what_reaches_a_name_through_a_phrase(
    con: DuckDBPyConnection, load: Load, statement: Statement, view: str, expected: list[tuple[str | None, ...]]
) -> None:
    load(make_extraction(statements=(statement,)))
    kinds = ["drug", "target", "disease", "effect"]
    named = [f"{kind}_{what}" for kind in kinds for what in ("name", "aspect")]
    described = [row[0] for row in fetch(con, f"describe {view}")]
    shown = [column for column in described if column in (*named, "predicate", "effect_type")]
    assert fetch(con, f"select {', '.join(shown)} from {view} order by all") == expected


def test_an_association_told_in_both_orders_is_one_claim(con: DuckDBPyConnection, load: Load) -> None:
    turned = says(ARTHRITIS, "associated_with", LEVEL)
    load(make_extraction("a1", (says(LEVEL, "associated_with", ARTHRITIS),)), make_extraction("a2", (turned,)))
    assert fetch(con, "select target_name, disease_name, article_count, sentence_count from target_diseases") == [
        ("STAT3", "rheumatoid arthritis", 2, 2)
    ]
    assert fetch(con, "select subject_type, object_type, article_count from claims order by all") == [
        ("disease", "effect", 1),
        ("effect", "disease", 1),
    ]


def test_statements_through_a_phrase_are_counted_as_others_are(con: DuckDBPyConnection, load: Load) -> None:
    denied = replace(DECREASES, text="Tofacitinib never decreases STAT3 phosphorylation.", is_negated=True)
    hedged = replace(DECREASES, text="Tofacitinib may decrease STAT3 phosphorylation.", is_hedged=True)
    load(
        make_extraction("a1", (DECREASES, denied, hedged), published="2020"),
        make_extraction("a2", (DECREASES,), published="2024", article_type="Review"),
        make_extraction("a3", (DECREASES,), is_retracted=True),
    )
    assert fetch(
        con,
        "select article_count, sentence_count, negated_count, hedged_count, finding_count, first_year, last_year "
        "from drug_targets",
    ) == [(2, 3, 1, 1, 1, 2020, 2024)]


def test_every_pair_of_an_aspect_and_a_type_of_name_is_decided(con: DuckDBPyConnection, load: Load) -> None:
    names = {"target": JAK3, "drug": TOFACITINIB, "disease": ARTHRITIS, "effect": NAUSEA}
    phrases = [
        Name(text=f"{name.text} {aspect}", entity_type="effect", aspect=aspect, within=(name,))
        for aspect in ASPECTS
        for name in names.values()
    ]
    load(make_extraction(statements=tuple(says(Name(text="X", entity_type="drug"), "increases", p) for p in phrases)))
    reached = fetch(
        con,
        "select entity_type, list(distinct aspect order by aspect) from mention_names where aspect <> '' group by 1",
    )
    of_disease = {"risk", "severity", "progression", "mortality", "activity", "level", "absence"}
    assert {str(kind): set(aspects) for kind, aspects in reached} == {  # type: ignore[call-overload]
        "drug": {"exposure", "level"},
        "disease": of_disease,
        "effect": of_disease,
        "target": set(ASPECTS) - {"risk", "severity", "progression", "mortality", "exposure"},
    }


def test_an_argument_takes_part_in_its_second_type(con: DuckDBPyConnection, load: Load) -> None:
    given = replace(JAK3, also_type="drug", subtype="protein")
    load(make_extraction(statements=(says(given, "treats", ARTHRITIS),)))
    assert fetch(con, "select subject_id, subject_type, subject_subtype from evidence") == [("HGNC:3", "drug", None)]
    assert fetch(con, "select drug_name, predicate, disease_name from drug_diseases") == [
        ("JAK3", "treats", "rheumatoid arthritis")
    ]
    assert fetch(con, "select entity_type, also_type from named_mentions where meaning_id = 'HGNC:3'") == [
        ("target", "drug")
    ]


def test_a_name_that_shares_the_head_noun_of_a_phrase_is_acted_on_by_its_aspect(
    con: DuckDBPyConnection, load: Load
) -> None:
    shared = replace(JAK3, also_type="effect", aspect="expression")
    load(make_extraction(statements=(says(TOFACITINIB, "decreases", shared),)))
    assert fetch(con, "select predicate, target_name, target_aspect from drug_targets") == [
        ("decreases", "JAK3", "expression")
    ]
    assert fetch(con, "select predicate, object_name, object_type from claims") == [("decreases", "JAK3", "effect")]


def test_named_statements_lead_back_to_the_sentence(con: DuckDBPyConnection, load: Load) -> None:
    load(make_extraction(statements=(DECREASES,)))
    assert fetch(
        con,
        "select said.object_name, said.object_aspect, object_text, sentence "
        "from named_statements as said join evidence using (relation_id) order by all",
    ) == [
        ("STAT3", "modification", "STAT3 phosphorylation", DECREASES.text),
        ("stat3 phosphorylation", None, "STAT3 phosphorylation", DECREASES.text),
    ]
