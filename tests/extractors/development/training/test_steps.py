from pathlib import Path

import pytest

from extractors.development.corpora.annotated import CorpusError
from extractors.development.training import __main__ as training
from extractors.development.training.__main__ import Step, run_steps
from extractors.development.training.sources import SOURCES


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    for source in SOURCES:
        (tmp_path / "corpora" / source.folder).mkdir(parents=True, exist_ok=True)
    return tmp_path / "corpora"


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def steps(done: list[str]) -> tuple[Step, ...]:
    def step(name: str, *after: str) -> Step:
        def run(corpora: Path, folder: Path) -> None:
            assert not list(folder.iterdir())
            (folder / "result").write_text(name)
            done.append(name)

        return Step(name, after, run)

    return (step("first"), step("second", "first"), step("third", "second"), step("other"))


def test_what_is_done_is_not_done_again(
    corpora: Path, tmp_path: Path, steps: tuple[Step, ...], done: list[str]
) -> None:
    run_steps(corpora, tmp_path / "work", steps)
    assert done == ["first", "second", "third", "other"]
    run_steps(corpora, tmp_path / "work", steps)
    assert len(done) == 4


def test_a_training_that_was_stopped_goes_on_where_it_was(
    corpora: Path, tmp_path: Path, steps: tuple[Step, ...], done: list[str]
) -> None:
    def broken(corpora: Path, folder: Path) -> None:
        (folder / "half").write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_steps(corpora, tmp_path / "work", (steps[0], steps[1]._replace(run=broken)))
    run_steps(corpora, tmp_path / "work", steps)
    assert done == ["first", "second", "third", "other"]


def test_what_follows_from_a_step_is_done_again_with_it(
    corpora: Path, tmp_path: Path, steps: tuple[Step, ...], done: list[str]
) -> None:
    run_steps(corpora, tmp_path / "work", steps)
    done.clear()
    run_steps(corpora, tmp_path / "work", steps, redo=["second"])
    assert done == ["second", "third"]


def test_another_config_is_another_training(
    corpora: Path, tmp_path: Path, steps: tuple[Step, ...], done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "CONFIGS", tmp_path)
    run_steps(corpora, tmp_path / "work", steps)
    done.clear()
    (tmp_path / "second.cfg").write_text("[training]\nseed = 1\n")
    run_steps(corpora, tmp_path / "work", steps)
    assert done == ["second", "third"]


def test_a_missing_corpus_is_named(tmp_path: Path, steps: tuple[Step, ...]) -> None:
    with pytest.raises(CorpusError, match=r"lacks .*bc5cdr.*expected the folder of the annotated corpora"):
        run_steps(tmp_path, tmp_path / "work", steps)


def test_the_command_says_it_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert training.main([str(tmp_path), "--work", str(tmp_path / "work")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_what_is_installed_takes_the_place_of_the_old_but_for_its_card(tmp_path: Path) -> None:
    made, place = tmp_path / "made", tmp_path / "place"
    for folder, names in ((made, ("new", "DONE")), (place, ("old", "README.md"))):
        folder.mkdir()
        for name in names:
            (folder / name).write_text(name)
    training._install(made, place)
    assert sorted(path.name for path in place.iterdir()) == ["README.md", "new"]
