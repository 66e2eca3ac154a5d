"""What holds for every test: the markers, a Prefect home for each process, and two things that no test may do.

A test that reads with the bundled model carries the marker `model`; one that starts Prefect, or otherwise takes
seconds, the marker `slow`. `make quick` leaves both out. No test reads the held-out passages, which are scored for a
release alone.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from functools import cache, wraps
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from places import ROOT
from xdist.scheduler import LoadFileScheduling

MARKER_OF_FIXTURE = {"nlp": "model", "prefect_url": "slow", "home": "slow"}
"""Fixture -> marker of every test that uses it, directly or through another fixture."""
MODELS = ROOT / "extractors" / "models"
HELD_OUT = str(ROOT / "tests" / "golden" / "passages_heldout")

# The same examples in every run, so that one that fails here fails everywhere; to look for new ones:
# pytest --hypothesis-profile default.
hypothesis.settings.register_profile("same_examples", derandomize=True)
hypothesis.settings.load_profile("same_examples")

# Prefect reads its settings when it is imported; commands that the tests start inherit them.
HOME = tempfile.TemporaryDirectory(prefix="prefect-home-", ignore_cleanup_errors=True)
assert "prefect" not in sys.modules, "Prefect was imported before its home could be set"
os.environ.pop("PREFECT_API_URL", None)
os.environ["PREFECT_HOME"] = HOME.name

running: list[pytest.Item] = []
"""The test that is running, if any."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where slow tests are left out, do not import a module of which every test is slow, and Prefect with it."""
    if "not slow" not in config.option.markexpr or collection_path.suffix != ".py":
        return None
    is_slow = re.search(r"^pytestmark = .*mark\.slow", collection_path.read_text(encoding="utf-8"), re.MULTILINE)
    return True if is_slow else None


SHARED = {
    "processes": r"prefect_url|^import forked_commands",  # a Prefect server, and a process that is copied
    "corpora": r"^from read_corpora import",
}
"""What takes long to make -> the pattern in the files of tests that share it; the longest goes first."""


@cache
def shared_by(path: Path) -> str | None:
    """What the tests of a file share with those of other files, if anything."""
    text = path.read_text(encoding="utf-8")
    return next((name for name, pattern in SHARED.items() if re.search(pattern, text, re.MULTILINE)), None)


class FilesTogether(LoadFileScheduling):  # type: ignore[misc]
    """Gives each file to one worker of pytest-xdist, and all files that share something to the same one."""

    def _split_scope(self, nodeid: str) -> str:
        file = str(super()._split_scope(nodeid))
        return shared_by(ROOT / file) or file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesTogether:
    return FilesTogether(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = [*SHARED, None]
    items.sort(key=lambda item: order.index(shared_by(item.path)))
    for item in items:
        for fixture, marker in MARKER_OF_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)


def pytest_collection_finish() -> None:
    sys.addaudithook(_refuse_held_out)
    if "spacy" in sys.modules:  # what imports it later starts a command, which a marker tells
        _guard_the_model()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    running.append(item)
    try:
        return (yield)
    finally:
        running.clear()


@pytest.fixture(scope="session")
def prefect_url() -> Iterator[str]:
    """Address of a Prefect server that records what the tests run."""
    from flows.prefect_api import prefect_api

    with prefect_api() as url:
        yield url


def _refuse_held_out(event: str, args: tuple[object, ...]) -> None:
    if event == "open" and running and str(args[0]).startswith(HELD_OUT):
        pytest.fail(f"{args[0]} is held out: no test may read it")


def _guard_the_model() -> None:
    from spacy.language import Language

    def is_bundled(path: object) -> bool:
        return isinstance(path, Path) and path.is_relative_to(MODELS)

    def guarded(method: Callable[..., Any], *, loads: bool = False) -> Callable[..., Any]:
        @wraps(method)
        def checked(nlp: Language, *args: Any, **options: Any) -> Any:
            if running and is_bundled(args[0] if loads else nlp.path) and not running[0].get_closest_marker("model"):
                pytest.fail("this test uses the bundled model; mark it with pytest.mark.model")
            return method(nlp, *args, **options)

        return checked

    Language.__call__ = guarded(Language.__call__)  # type: ignore[method-assign]
    Language.pipe = guarded(Language.pipe)  # type: ignore[method-assign]
    Language.from_disk = guarded(Language.from_disk, loads=True)  # type: ignore[method-assign]
