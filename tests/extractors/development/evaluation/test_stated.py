from __future__ import annotations

import pytest

from extractors.development.evaluation.stated import Found, Tally, report, tally
from extractors.development.readings.texts import Abstract, Argument, Statement

SENTENCES = ("Anakinra and gout.", "Anakinra lowers IL-6.", "Gout gets better.", "It is so.")


def statement(predicate: str = "inhibits", *, at: int = 1, is_sure: bool = True, is_negated: bool = False) -> Statement:
    return Statement(
        sentence_no=at,
        subject=Argument(texts=("Anakinra",), entity_type="drug"),
        predicate=predicate,
        object=Argument(texts=("IL-6 release", "IL-6"), entity_type="target"),
        is_negated=is_negated,
        is_sure=is_sure,
    )


def found(predicate: str = "inhibits", name: str = "IL-6", *, at: int = 1, is_negated: bool = False) -> Found:
    return Found(at, ("Anakinra", ""), predicate, (name, ""), is_negated, False, 0.8)


def counted(stated: list[Statement], made: list[Found]) -> Tally:
    return tally([(Abstract(document_id="a", sentences=SENTENCES, statements=tuple(stated)), made)])


def test_a_statement_is_found_by_predicate_names_and_sentence() -> None:
    right = counted([statement()], [found()])
    assert (right.precision(), right.recall(), right.f1()) == (1.0, 1.0, 1.0)
    for wrong in (found("activates"), found(name="IL-8"), found(at=3)):
        assert counted([statement()], [wrong]).f1() == 0.0


@pytest.mark.parametrize(("predicate", "direction", "pair"), [("decreases", 1.0, 1.0), ("binds", 0.0, 1.0)])
def test_predicates_of_one_direction_are_one(predicate: str, direction: float, pair: float) -> None:
    score = counted([statement()], [found(predicate)])
    assert (score.f1("direction"), score.f1("pair")) == (direction, pair)


def test_each_found_statement_serves_one() -> None:
    twice = counted([statement(), statement(at=2)], [found()])
    assert (twice.precision(), twice.recall()) == (1.0, 0.5)


def test_a_second_way_to_say_what_is_stated_is_not_wrong() -> None:
    assert counted([statement()], [found(), found(name="IL-6 release")]).precision() == 1.0


def test_what_is_not_sure_costs_nothing() -> None:
    arguable = statement(is_sure=False)
    assert counted([statement("binds", at=0), arguable], []).counts["predicate", "missed"] == 1
    assert counted([arguable], [found()]).counts["predicate", "wrong"] == 0


def test_denials_and_flags_are_counted_of_what_is_found() -> None:
    score = counted([statement(is_negated=True)], [found(is_negated=True)])
    assert (score.flags_right, score.denials_found) == (1.0, 1.0)
    score = counted([statement(is_negated=True)], [found()])
    assert (score.flags_right, score.denials_found, score.recall()) == (0.0, 0.0, 1.0)


def test_kinds_of_what_is_missed_and_wrong_are_kept() -> None:
    score = counted([statement()], [found(name="TNF")])
    assert (len(score.missed), len(score.wrong)) == (1, 1)
    assert score.kinds["drug-target", "all"] == 1


def test_the_report_has_every_figure() -> None:
    figures = {
        "part": "dev",
        "texts": 1,
        "failed": 0,
        "all": {"predicate": (0.5, 0.25, 0.333)},
        "scored 0.7 and above": {"predicate": (1.0, 0.1, 0.182)},
        "flags right": 0.9,
        "denials found": 0.4,
        "found of each kind": {"drug-target": (3, 4)},
        "scores": [(0.35, 0.4, 10)],
    }
    said = report(figures)
    for part in (
        "0.500 | 0.250 | 0.333",
        "1.000 | 0.100",
        "denials found 0.400",
        "drug-target | 3 | 4",
        "0.350 | 0.400",
    ):
        assert part in said
