"""What `extract`, `show`, `explain` and `export` make of names within phrases."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hand_made_extractions import (
    DECREASES,
    EXPRESSION,
    INHIBITS,
    PHOSPHORYLATION,
    STAT3,
    TREATS,
    Name,
    make_extraction,
    publish_run,
)
from typer.testing import CliRunner

from extractors.relations.judging.explanation import ExplainedMention, Explanation
from flows.cli import app, main
from flows.commands.explain import as_text as explained
from flows.commands.extract import as_object, as_text

GIVEN = Name(text="STAT3 siRNA", entity_type="target", also_type="drug", within=(STAT3,))


def test_extract_refers_from_a_name_to_its_phrase() -> None:
    extraction = make_extraction(
        statements=(replace(TREATS, text="STAT3 siRNA x rheumatoid arthritis.", subject=GIVEN),)
    )
    made = json.loads(json.dumps(as_object(extraction)))
    shown = [(m["text"], m["within"], m["aspect"], m["also_type"]) for m in made["mentions"]]
    assert shown == [
        ("STAT3 siRNA", None, None, "drug"),
        ("STAT3", 0, None, None),
        ("rheumatoid arthritis", None, None, None),
    ]
    [relation] = made["relations"]
    assert (relation["subject"], relation["subject_type"]) == (0, "drug")
    assert (relation["object"], relation["object_type"]) == (2, "disease")


def test_extract_says_the_aspect_of_a_phrase() -> None:
    made = as_object(make_extraction(statements=(DECREASES,)))
    assert {m["text"]: m["aspect"] for m in made["mentions"]}["STAT3 phosphorylation"] == "modification"
    assert made["mentions"][made["mentions"][-1]["within"]]["text"] == "STAT3 phosphorylation"


def test_extract_for_people_indents_the_names_within_a_phrase() -> None:
    statement = replace(DECREASES, text=f"Tofacitinib x {EXPRESSION.text}.", object=EXPRESSION)
    lines = as_text(make_extraction(statements=(statement,), title="On names")).splitlines()
    assert lines[1:5] == [
        "      10  drug     Tofacitinib  CHEBI:1",
        "      24  effect   expression of JAK3 and STAT3  -  [expression]",
        "      38  target     JAK3  HGNC:3",
        "      47  target     STAT3  HGNC:11364",
    ]


def test_extract_for_people_shows_a_second_type() -> None:
    given = replace(INHIBITS.object, also_type="drug")
    text = as_text(make_extraction(statements=(replace(TREATS, text="JAK3 x rheumatoid arthritis.", subject=given),)))
    assert "  target/drug JAK3  HGNC:3" in text


def test_explain_shows_the_names_within_a_phrase() -> None:
    def name(text: str, entity_type: str, *within: ExplainedMention, aspect: str = "") -> ExplainedMention:
        return ExplainedMention(
            text=text,
            entity_type=entity_type,
            subtype="process",
            concept="none: not_in_vocabulary",
            detector="vocabulary",
            aspect=aspect,
            also_type="drug" if entity_type == "target" else "",
            within=within,
        )

    shown = explained(
        Explanation(
            sentence="TNF secretion fell.",
            parse_fault=None,
            mentions=(name("TNF secretion", "effect", name("TNF", "target"), aspect="secretion"),),
            triggers=(),
            statements=(),
            suppressed=(),
            unsaid=(),
            missing=None,
        )
    )
    assert shown.splitlines()[3:] == [
        "    TNF secretion  effect/process  none: not_in_vocabulary  by vocabulary  aspect secretion",
        "      TNF  target/process or drug  none: not_in_vocabulary  by vocabulary",
    ]


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    inhibitor = Name(text="STAT3 inhibitor", entity_type="drug", within=(STAT3,))
    treats = replace(TREATS, text="STAT3 inhibitor x rheumatoid arthritis.", subject=inhibitor)
    publish_run(tmp_path / "w.duckdb", make_extraction(statements=(DECREASES, treats, INHIBITS)))
    return tmp_path / "w.duckdb"


def done(*args: str | Path) -> str:
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    assert result.exit_code == 0, result.output
    return result.output


def test_show_finds_a_name_through_phrases_and_says_the_aspect(warehouse: Path) -> None:
    shown = done("show", "STAT3", "--warehouse", warehouse)
    assert [line for line in shown.splitlines() if "--" in line] == [
        "tofacitinib -- decreases -> stat3 phosphorylation  [modification of STAT3]  (1 articles, 1 sentences)",
        "stat3 inhibitor -- treats -> rheumatoid arthritis  [names STAT3]  (1 articles, 1 sentences)",
    ]
    assert "  a1: Tofacitinib decreases STAT3 phosphorylation." in shown


def test_show_of_the_phrase_itself_says_no_aspect(warehouse: Path) -> None:
    shown = done("show", PHOSPHORYLATION.text, "--warehouse", warehouse)
    assert "tofacitinib -- decreases -> stat3 phosphorylation  (1 articles" in shown


def test_exports_carry_names_within_phrases(warehouse: Path, tmp_path: Path) -> None:
    done("export", "--to", tmp_path / "out", "--format", "jsonl", "--warehouse", warehouse)

    def rows(name: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in (tmp_path / "out" / f"{name}.jsonl").read_text("utf-8").splitlines()]

    [phrase] = [row for row in rows("mentions") if row["aspect"]]
    assert phrase["mention_id"] in {row["within_mention_id"] for row in rows("mentions")}
    assert ("modification", "STAT3") in {(row["target_aspect"], row["target_name"]) for row in rows("drug_targets")}
    assert {row["object_core_name"] for row in rows("evidence")} == {"STAT3", None}
    assert len(rows("aspects")) > 10


@pytest.mark.parametrize(
    ("args", "code"), [(("show", "JAK3"), 1), (("sql", "select target_aspect from drug_targets"), 2)]
)
def test_a_file_of_before_names_within_phrases_is_told_to_be_brought_up_to_date(
    warehouse: Path,
    args: tuple[str, ...],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with duckdb.connect(str(warehouse)) as con:
        con.execute("drop view drug_targets; create view drug_targets as select 'JAK3' as target_name")
        con.execute(
            "drop view named_mentions; create view named_mentions as select *, text as meaning_id, "
            "text as meaning_name, text as normalised_text from mentions"
        )
        con.execute("alter table mentions drop column within_mention_id")
        con.execute("update publication set schema_sha256 = 'earlier'")
    monkeypatch.setattr(sys, "argv", ["peyer", *args, "--warehouse", str(warehouse)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "an earlier peyer wrote the file: `peyer run` brings it up to date" in said
