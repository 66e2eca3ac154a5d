from __future__ import annotations

import pytest

from extractors.language.inflection import forms_of, inflect, verb_forms, verbs


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("block", ("block", "blocks", "blocked", "blocking")),
        ("reduce", ("reduce", "reduces", "reduced", "reducing")),
        ("modify", ("modify", "modifies", "modified", "modifying")),
        ("delay", ("delay", "delays", "delayed", "delaying")),
        ("suppress", ("suppress", "suppresses", "suppressed", "suppressing")),
        ("diminish", ("diminish", "diminishes", "diminished", "diminishing")),
    ],
)
def test_regular_forms_follow_the_spelling(verb: str, forms: tuple[str, ...]) -> None:
    assert inflect(verb) == forms


def test_listed_forms_go_before_the_regular_ones() -> None:
    assert forms_of("bind") == ("bind", "binds", "bound", "binding")
    assert forms_of("drive") == ("drive", "drives", "drove", "driven", "driving")


def test_a_verb_that_is_not_listed_is_regular() -> None:
    assert "zap" not in verbs()
    assert forms_of("zap") == inflect("zap")


def test_every_form_of_every_verb_is_a_verb_form() -> None:
    assert {"inhibits", "bound", "driven"} <= verb_forms()
    assert "zap" not in verb_forms()
    assert all(verb in verb_forms() for verb in verbs())
    assert all(forms[-1].endswith("ing") for forms in verbs().values())
