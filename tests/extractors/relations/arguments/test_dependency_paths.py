from __future__ import annotations

import json
from operator import attrgetter
from pathlib import Path

import pytest
from found_tuples import relation_tuples
from spacy.language import Language
from spacy.tokens import Doc

from extractors.relations.arguments.dependency_patterns import Frame, read_frames
from extractors.relations.rules import RuleError

FRAMES = read_frames()
FRAME = {
    "id": "x",
    "pattern": [{"RIGHT_ID": "trigger", "RIGHT_ATTRS": {}}, {"RIGHT_ID": "subject", "RIGHT_ATTRS": {}}],
    "fires_on": "Tofacitinib inhibits JAK1.",
    "silent_on": "Tofacitinib and JAK1.",
}
No, Yes = False, True


@pytest.fixture
def _only_the_parse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.relations.judging.candidates.arguments", lambda sentence, trigger: ())


def frame_ids(doc: Doc) -> set[str]:
    return {frame for relation in doc._.relations for frame in relation.rule_id.split("/")[1:]}


@pytest.mark.usefixtures("_only_the_parse")
@pytest.mark.parametrize("frame", FRAMES, ids=attrgetter("id"))
def test_frame_fires_on_its_example(nlp: Language, frame: Frame) -> None:
    assert frame.id in frame_ids(nlp(frame.fires_on))


@pytest.mark.usefixtures("_only_the_parse")
@pytest.mark.parametrize("frame", FRAMES, ids=attrgetter("id"))
def test_frame_is_silent_on_its_counterexample(nlp: Language, frame: Frame) -> None:
    assert frame.id not in frame_ids(nlp(frame.silent_on))


@pytest.mark.usefixtures("_only_the_parse")
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Cyclosporine reduces inflammation by blocking calcineurin.",
            {
                ("Cyclosporine", "decreases", "inflammation", No, No),
                ("Cyclosporine", "inhibits", "calcineurin", No, No),
            },
        ),
        (
            "The NLRP3 inflammasome is activated by aluminium hydroxide and inhibited by colchicine.",
            {
                ("aluminium hydroxide", "activates", "NLRP3 inflammasome", No, No),
                ("colchicine", "inhibits", "NLRP3 inflammasome", No, No),
            },
        ),
        (
            "Calcineurin is not inhibited by sirolimus.",
            {("sirolimus", "inhibits", "Calcineurin", Yes, No)},
        ),
        (
            "Treatment with ipilimumab was complicated by colitis and hypophysitis.",
            {("ipilimumab", "causes", "colitis", No, No), ("ipilimumab", "causes", "hypophysitis", No, No)},
        ),
        ("Antibodies that were measured in serum inhibit JAK1.", set()),
        ("Infliximab; zinc inhibits psoriasis.", set()),
        ("Inhibition of JAK1 by tofacitinib.", set()),  # no verb, no trust
    ],
)
def test_what_the_parse_alone_states(
    nlp: Language, sentence: str, expected: set[tuple[str, str, str, bool, bool]]
) -> None:
    assert relation_tuples(nlp(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "predicate", "effect"),
    [
        ("Nivolumab prevents the inhibition of T-cell proliferation.", "increases", "T-cell proliferation"),
        ("Pembrolizumab reverses the suppression of T-cell responses.", "increases", "T-cell responses"),
        ("Rapamycin promotes the inhibition of T-cell proliferation.", "decreases", "T-cell proliferation"),
    ],
)
def test_a_change_of_a_change_is_multiplied(nlp: Language, sentence: str, predicate: str, effect: str) -> None:
    doc = nlp(sentence)
    assert {(p, o) for _, p, o, *_ in relation_tuples(doc)} == {(predicate, effect)}


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        (
            "Emapalumab binds interferon-γ, a cytokine that drives macrophage activation.",
            ("Emapalumab", "increases", "macrophage activation", No, No),
        ),
        (
            "Macrophage activation induced by interferon-γ was blocked by emapalumab.",
            ("emapalumab", "inhibits", "interferon-γ", No, No),
        ),
    ],
)
def test_the_parse_takes_back_what_positions_suggest(
    nlp: Language, sentence: str, wrong: tuple[str, str, str, bool, bool]
) -> None:
    assert wrong not in relation_tuples(nlp(sentence))


@pytest.mark.usefixtures("_only_the_parse")
def test_a_doc_without_a_parse_is_read_by_token_rules_alone(nlp: Language) -> None:
    with nlp.select_pipes(disable=["parser"]):
        assert relation_tuples(nlp("Tofacitinib inhibits JAK1.")) == set()


@pytest.mark.usefixtures("_only_the_parse")
def test_a_relation_names_its_rule_and_its_frames(nlp: Language) -> None:
    [relation] = nlp("JAK1 is inhibited by tofacitinib.")._.relations
    assert relation.rule_id == "inhibit-verb/passive/clause/agent"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "patterns.jsonl:1: not a JSON object"),
        (json.dumps({**FRAME, "words": []}), "patterns.jsonl:1: has fires_on, id, pattern, silent_on, words; expected"),
        (json.dumps({**FRAME, "pattern": FRAME["pattern"][:1]}), "frame 'x' has nodes trigger; expected trigger and"),
        (
            json.dumps({**FRAME, "rule": "none-such"}),
            "has rule 'none-such' and nodes trigger, subject; expected the id",
        ),
        (json.dumps(FRAME) + "\n\n" + json.dumps(FRAME), "patterns.jsonl:3: frame 'x' stands twice"),
    ],
)
def test_a_broken_frame_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "patterns.jsonl"
    path.write_text(content + "\n", encoding="utf-8")
    with pytest.raises(RuleError, match=message):
        read_frames(path)
