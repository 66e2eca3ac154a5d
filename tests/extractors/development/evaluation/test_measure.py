from extractors.development.evaluation.measure import MOST_KINDS, Lost, Measure, share

LOST = [Lost("typed drug", "one"), Lost("not found", "two"), Lost("not found", "three"), Lost("not found", "four")]
MEASURE = Measure("names", "a text", {"all": {"names": 3, "recall": 1 / 3}, "drug": {"names": 1}}, LOST)


def test_the_commonest_loss_comes_first_with_as_many_examples_as_asked_for() -> None:
    assert MEASURE.report(2).splitlines()[-5:] == [
        "     3  not found",
        "          two",
        "          three",
        "     1  typed drug",
        "          one",
    ]
    assert "two" not in MEASURE.report()


def test_a_row_need_not_have_every_column() -> None:
    assert MEASURE.report().splitlines()[2:6] == [
        "| | names | recall |",
        "| --- | ---: | ---: |",
        "| all | 3 | 0.333 |",
        "| drug | 1 |  |",
    ]


def test_rare_kinds_are_counted_together_in_the_report_and_kept_in_the_json() -> None:
    many = Measure("names", "", {}, [Lost(f"kind {n}", "x") for n in range(MOST_KINDS + 2)])
    assert many.report().endswith("     2  of 2 other kinds")
    assert len(many.as_dict()["lost"]) == MOST_KINDS + 2


def test_figures_for_json() -> None:
    assert MEASURE.as_dict(1) == {
        "measure": "names",
        "about": "a text",
        "rows": {"all": {"names": 3, "recall": 0.3333}, "drug": {"names": 1}},
        "lost": [
            {"kind": "not found", "count": 3, "examples": ["two"]},
            {"kind": "typed drug", "count": 1, "examples": ["one"]},
        ],
    }


def test_nothing_has_no_share() -> None:
    assert share(0, 0) == 0.0
