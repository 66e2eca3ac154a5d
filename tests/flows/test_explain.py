from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from flows.cli import app

pytestmark = pytest.mark.model


pytestmark = pytest.mark.model


def explained(text: str, *options: str) -> str:
    done = CliRunner().invoke(app, ["explain", text, *options])
    assert done.exit_code == 0, done.output
    return done.output


def test_what_is_stated_is_said_with_its_rule_and_evidence() -> None:
    said = explained("Tofacitinib inhibits JAK1.")
    assert "JAK1  target/protein  HGNC:6190" in said
    assert "rule inhibit-verb (verb)" in said
    assert "Tofacitinib inhibits JAK1  score" in said
    assert "rules find it, by the order of words and by the parse" in said
    assert "no relation" not in said


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("The patients were young.", "it names nothing"),
        ("Infliximab and adalimumab were compared.", "no predicate relates the types that it names (drug)"),
        ("Tofacitinib and JAK1 were on the table.", "no rule knows a word of it as a trigger"),
    ],
)
def test_what_is_missing_is_said(text: str, missing: str) -> None:
    assert f"no relation: {missing}" in explained(text)


def test_suppressed_statement_is_said_with_the_reason() -> None:
    said = explained("The colitis resolved after pembrolizumab was stopped.")
    assert "suppressed:" in said
    assert "the drug had been stopped" in said


def test_subject_of_the_sentence_before_is_said() -> None:
    said = explained("Tofacitinib is a small molecule. It inhibits JAK1.")
    assert "the subject stands in the sentence before" in said


def test_json_has_the_same() -> None:
    [made] = json.loads(explained("Tofacitinib inhibits JAK1.", "--format", "json"))
    assert made["missing"] is None
    assert [trigger["rule"] for trigger in made["triggers"]] == ["inhibit-verb"]
    assert made["statements"][0]["score"] > 0.8


def test_empty_text_is_refused() -> None:
    done = CliRunner().invoke(app, ["explain", " "])
    assert done.exit_code != 0


def test_why_a_parse_is_not_trusted_is_said() -> None:
    assert 'parse: not trusted, for its root "events" is no finite verb' in explained("Adverse events with infliximab.")
    assert "parse: trusted" in explained("Tofacitinib inhibits JAK1.")


def test_trigger_that_finds_nothing_says_so() -> None:
    said = explained("Knockdown of STAT3 abolished what was seen, an effect of metformin.")
    assert "rule effect-of-drug (possessed)\n      argument: its frame finds no subject and object" in said
    assert "rule inhibit-verb (verb)\n      argument: no object of a fitting type follows" in said
