"""Each frame of treatment outcomes on sentences that it reads and on some that it does not."""

from __future__ import annotations

import pytest
from marked_sentences import CAUSES, Marked, marked

from extractors.relations.arguments import treatment_outcomes as outcomes
from extractors.relations.arguments.token_frames import FRAMES

TYPES = {"drug", "target"}, {"disease", "effect", "target"}
Pair = tuple[list[str], list[str]] | None


def read(marks: Marked, types: tuple[set[str], set[str]] = TYPES) -> Pair:
    """The names of subjects and objects that the frame of the trigger finds."""
    found = FRAMES[marks.trigger.rule.frame](marks.sentence, marks.trigger, *types)
    return found and (marks.names(found.subjects), marks.names(found.objects))


HYDRALAZINE_LUPUS = (["hydralazine"], ["lupus"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Patients on <drug:hydralazine> {given:developed} <disease:lupus> .", HYDRALAZINE_LUPUS),
        ("Patients {given:developed} <disease:lupus> under <drug:hydralazine> .", HYDRALAZINE_LUPUS),
        ("<drug:Hydralazine> helped , but she {given:developed} <disease:lupus> .", (["Hydralazine"], ["lupus"])),
        ("<drug:Hydralazine> helped , but Ann {given:developed} <disease:lupus> .", None),
        ("Patients on <drug:hydralazine> who did not {given:develop} <disease:lupus> .", None),
        ("Patients {given:developed} <disease:lupus> before <drug:hydralazine> .", None),
        ("Patients on <drug:hydralazine> {given:developed} fever .", None),
    ],
)
def test_outcome_in_those_who_received_a_drug(text: str, expected: Pair) -> None:
    assert read(marked(text, predicates=CAUSES)) == expected


def test_the_sentence_before_names_nobody_who_developed_something() -> None:
    text = "<drug:Hydralazine> helped ; but {given:developed} <disease:lupus> ."
    assert read(marked(text.replace("but", "but she"), predicates=CAUSES)) == (["Hydralazine"], ["lupus"])
    marks = marked("{given:Developed} <disease:lupus> , but not on <drug:hydralazine> .", before="Then she")
    assert read(marks) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He received <drug:hydralazine> {given_for:for} <disease:lupus> .", HYDRALAZINE_LUPUS),
        ("<drug:Hydralazine> therapy {given_for:for} <disease:lupus> was new .", (["Hydralazine"], ["lupus"])),
        ("He asked for <drug:hydralazine> {given_for:for} <disease:lupus> .", None),
        ("He received <drug:hydralazine> {given_for:for} 3 weeks of <disease:lupus> .", None),
        ("He received <drug:hydralazine> pills {given_for:for} <disease:lupus> .", None),
    ],
)
def test_indication_of_what_was_received(text: str, expected: Pair) -> None:
    assert read(marked(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mice lacking <target:GPR43> {lacking:developed} <disease:colitis> .", (["GPR43"], ["colitis"])),
        ("<target:GPR43> - deficient mice {lacking:developed} <disease:colitis> .", (["GPR43"], ["colitis"])),
        ("Mice with <target:GPR43> {lacking:developed} <disease:colitis> .", None),
        ("Mice lacking <target:GPR43> {lacking:developed} well .", None),
    ],
)
def test_outcome_in_those_who_lack_a_target(text: str, expected: Pair) -> None:
    assert read(marked(text), ({"target"}, {"disease"})) == expected


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        ("<effect:Pain> {in_arm:was lower in} the <drug:avacopan> arm .", "", (["avacopan"], ["Pain"])),
        ("<effect:Pain> {in_arm:was lower in} the <drug:avacopan> study .", "", None),
        ("<effect:Pain> {in_arm:was lower in} the <drug:avacopan>", "arm .", None),
        ("It {in_arm:was lower in} the <drug:avacopan> arm .", "", None),
    ],
)
def test_change_in_an_arm(text: str, after: str, expected: Pair) -> None:
    assert read(marked(text, after=after)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<drug:Letermovir> worked {without:without added} <effect!:pain> .", (["Letermovir"], ["pain"])),
        ("<drug:Letermovir> worked {without:without added} <effect/adverse_effect:rash> .", (["Letermovir"], ["rash"])),
        ("<drug:Letermovir> worked {without:without added} <effect:sleep> .", None),
        ("It worked {without:without added} <effect!:pain> .", None),
    ],
)
def test_absent_harm(text: str, expected: Pair) -> None:
    assert read(marked(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<target:TNF> {happened:fell} in those on placebo .", None),
        ("<target:TNF> {happened:fell} in patients on <drug:etanercept> .", (["etanercept"], ["TNF"])),
        ("<target:TNF> {happened:fell} , but not in patients on <drug:etanercept> .", None),
        ("Those with <target:TNF> who {happened:fell} in patients on <drug:etanercept> .", None),
        ("Under <drug:etanercept> , <target:TNF> {happened:fell} .", None),
    ],
)
def test_change_in_those_who_received_a_drug(text: str, expected: Pair) -> None:
    assert read(marked(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<drug:Prednisone> helped , but <disease:lupus> {contrast:occurred} .", (["Prednisone"], ["lupus"])),
        ("<drug:Prednisone> helped , but <effect:sleep> {contrast:occurred} .", None),
        ("<drug:Prednisone> helped , but <effect/adverse_effect:relapse> {contrast:occurred} .", None),
        ("<drug:Prednisone> helped , but <disease:lupus> {contrast:is common} in women .", None),
        ("<drug:Prednisone> helped , but <disease:lupus> {contrast:is common} in <disease:gout> .", None),
        (
            "<drug:Prednisone> helped , but <disease:lupus> {contrast:is common} in Sweden .",
            (["Prednisone"], ["lupus"]),
        ),
        ("<drug:Prednisone> helped , but <disease:lupus> {contrast:occurred} with <drug:x> .", None),
        (
            "<drug:Prednisone> helped , but <disease:lupus> {contrast:occurred} less than with <drug:x> .",
            (["Prednisone"], ["lupus"]),
        ),
        ("<drug:Prednisone> helped , but in a few who had a <disease:lupus> {contrast:occurred} .", None),
        ("Prednisone helped , but <disease:lupus> {contrast:occurred} .", None),
    ],
)
def test_outcome_told_in_contrast_to_the_clause_before(text: str, expected: Pair) -> None:
    assert read(marked(text, predicates=CAUSES)) == expected


def test_what_is_no_harm_may_be_a_contrast_where_nothing_is_caused() -> None:
    text = "<drug:Prednisone> helped , but <effect:sleep> {contrast:was lower than with} placebo ."
    assert read(marked(text)) == (["Prednisone"], ["sleep"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{none_seen:No case of} <disease:lupus> was seen in patients on <drug:x> .", (["x"], ["lupus"])),
        ("{none_seen:No case of} <disease:lupus> was seen with <drug:x> .", (["x"], ["lupus"])),
        ("{none_seen:No case of} <disease:lupus> is like <drug:x> .", None),
        ("{none_seen:No case of} <disease:lupus> was seen as <drug:x> .", None),
        ("<drug:X> helped , {none_seen:with no increase in} <disease:lupus> .", (["X"], ["lupus"])),
        ("<drug:X> helped , whereas {none_seen:no case of} <disease:lupus> was seen .", (["X"], ["lupus"])),
        ("{none_seen:No case of} fever was seen with <drug:x> .", None),
    ],
)
def test_outcome_that_was_not_seen(text: str, expected: Pair) -> None:
    assert read(marked(text, predicates=CAUSES)) == expected


def test_what_was_not_seen_may_be_named_in_the_sentence_before() -> None:
    text = "{none_seen:No case of} this disorder was seen with <drug:ozanimod> ."
    marks = marked(text, before="<disease:Lupus> is feared after <drug:x> .", predicates=CAUSES)
    assert read(marks) == (["ozanimod"], ["Lupus"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<drug:X> helped , whereas <target:TNF> {unchanged:was unchanged} .", (["X"], ["TNF"])),
        ("<target:TNF> {unchanged:was unchanged} by <drug:x> .", (["x"], ["TNF"])),
        ("<target:TNF> {unchanged:was unchanged} before <drug:x> .", None),
        ("<drug:X> {unchanged:left} <target:TNF> intact .", (["X"], ["TNF"])),
        ("<drug:X> {unchanged:left} <target:TNF> behind .", None),
        ("It {unchanged:left} <target:TNF> intact .", None),
    ],
)
def test_outcome_that_did_not_change(text: str, expected: Pair) -> None:
    assert read(marked(text, after="intact")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The risk of <disease:lupus> with <drug:x> was high .", True),
        ("The risk of <disease:lupus> with <drug:x> was low .", False),
        ("The risk of <disease:lupus> with <drug:x> was high , whereas death was rare .", True),
        ("The risk of <effect:relapses> with <drug:x> was high .", False),
    ],
)
def test_a_risk_is_raised(text: str, expected: bool) -> None:
    marks = marked(text, after="It was low .")
    [subjects], [objects] = marks.sentence.groups({"drug"}), marks.sentence.groups({"disease", "effect"})
    assert outcomes.raises_risk(marks.sentence, subjects, objects) is expected


@pytest.mark.parametrize(("rest", "expected"), [("rises", (["Tacrolimus"], ["lupus"])), ("is low", None)])
def test_the_drug_of_a_risk_may_be_named_in_the_sentence_before(rest: str, expected: Pair) -> None:
    text = f"The {{risk:risk of}} <disease:lupus> with this drug {rest} ."
    marks = marked(text, before="<drug:Tacrolimus> was low .", predicates=CAUSES)
    assert read(marks, ({"drug"}, {"disease"})) == expected


def test_adverse_effects_are_told_from_other_effects() -> None:
    marks = marked("<effect/adverse_effect:rash> , then <effect!:pain> , then <effect:sleep> , then <disease:lupus>")
    assert [marks.names(group) for group in marks.sentence.clauses.groups if outcomes.is_adverse(group)] == [
        ["rash"],
        ["pain"],
    ]
