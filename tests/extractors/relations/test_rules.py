from __future__ import annotations

import json
from operator import attrgetter
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extractors.language.inflection import inflect
from extractors.language.patterns import phrase_patterns
from extractors.relations.rules import RelationRule, RuleError, read_relation_rules

RULES = read_relation_rules()
RULE = {
    "id": "x-verb",
    "frame": "verb",
    "words": ["inhibit"],
    "predicates": {"drug-target": "inhibits"},
    "score": 0.9,
    "fires_on": "Tofacitinib inhibits JAK1.",
    "silent_on": "Tofacitinib and JAK1.",
}


def rule_ids(doc: Doc) -> set[str]:
    return {relation.rule_id for relation in doc._.relations}


@pytest.mark.parametrize("rule", RULES, ids=attrgetter("id"))
def test_rule_fires_on_its_example(nlp: Language, rule: RelationRule) -> None:
    assert rule.id in rule_ids(nlp(rule.fires_on))


@pytest.mark.parametrize("rule", RULES, ids=attrgetter("id"))
def test_rule_is_silent_on_its_counterexample(nlp: Language, rule: RelationRule) -> None:
    assert rule.id not in rule_ids(nlp(rule.silent_on))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"frame": "verbs"}, r"rules.jsonl:1: rule 'x-verb' has frame 'verbs'; expected one of verb, phrase"),
        (
            {"predicates": {"drug-target": "treats"}},
            r"has predicate 'treats' for drug-target; expected one of",
        ),
        ({"score": 1.5}, r"score 1.5; expected above 0, up to 1"),
        ({"trigger": []}, r"unknown key trigger; expected"),
    ],
)
def test_broken_rule_is_refused(tmp_path: Path, change: dict[str, object], message: str) -> None:
    path = tmp_path / "rules.jsonl"
    path.write_text(json.dumps({**RULE, **change}) + "\n", encoding="utf-8")
    with pytest.raises(RuleError, match=message):
        read_relation_rules(path)


def test_missing_key_and_bad_json_and_doubled_id_are_named(tmp_path: Path) -> None:
    path = tmp_path / "rules.jsonl"
    incomplete = {key: value for key, value in RULE.items() if key != "score"}
    for content, message in [
        (json.dumps(incomplete), "rules.jsonl:1: rule 'x-verb' lacks score"),
        ("{", "rules.jsonl:1: not a JSON object"),
        (f"{json.dumps(RULE)}\n\n{json.dumps(RULE)}", "rules.jsonl:3: rule 'x-verb' stands twice"),
    ]:
        path.write_text(content, encoding="utf-8")
        with pytest.raises(RuleError, match=message):
            read_relation_rules(path)


@pytest.mark.parametrize(
    ("verb", "past", "ing"),
    [
        ("block", "blocked", "blocking"),
        ("deplete", "depleted", "depleting"),
        ("modify", "modified", "modifying"),
    ],
)
def test_inflect(verb: str, past: str, ing: str) -> None:
    assert inflect(verb)[2:] == (past, ing)


def test_phrase_with_a_gap_also_matches_a_parenthetical_word() -> None:
    plain, with_aside = phrase_patterns("is ... associated with")
    assert {"LOWER": "associated"} in plain
    assert [token for token in with_aside if token == {"ORTH": ","}] == [{"ORTH": ","}, {"ORTH": ","}]
