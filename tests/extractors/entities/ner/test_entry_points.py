"""What the bundled model's config names is found by the package's entry points alone, without an import of ours."""

import importlib
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import spacy
from confection import Config
from places import ROOT
from spacy.util import registry

from extractors.development.training.__main__ import CONFIGS
from extractors.entities.external_models import BUNDLED

DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
CONFIG_FILES = (BUNDLED / "config.cfg", CONFIGS / "components.cfg")
LOADED = """
import sys, spacy
assert not any(name.partition(".")[0] == "extractors" for name in sys.modules)
nlp = spacy.load(sys.argv[1])
print(*nlp.pipe_names, *[ent.text for ent in nlp("Tofacitinib inhibits JAK1 in T cells.").ents], sep="|")
"""


def named_in(config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield registry and name of everything a config names."""
    for key, value in config.items():
        if isinstance(value, dict):
            yield from named_in(value)
        elif key == "factory":
            yield "factories", value
        elif key.startswith("@"):
            yield key[1:], value


def names() -> list[tuple[str, str]]:
    configs = [Config().from_disk(path, interpolate=False) for path in CONFIG_FILES]
    return sorted({each for config in configs for each in named_in(config)})


@pytest.mark.parametrize(("kind", "name"), names())
def test_every_name_is_spacys_or_an_entry_point(kind: str, name: str) -> None:
    declared = DECLARED.get(f"spacy_{kind}", {}).get(name)
    if declared is None:
        assert not name.startswith("peyer"), "no entry point leads to it; declare it in pyproject.toml"
        assert spacy.blank("en").has_factory(name) if kind == "factories" else registry.has(kind, name)
    elif kind == "factories":
        made_by(declared)
        assert spacy.blank("en").has_factory(name)
    else:
        assert registry.get(kind, name) is made_by(declared)


def made_by(target: str) -> Any:
    module, _, attribute = target.partition(":")
    return getattr(importlib.import_module(module), attribute)


def test_every_entry_point_leads_somewhere() -> None:
    for declared in (DECLARED[group] for group in DECLARED if group.startswith("spacy_")):
        assert all(map(callable, map(made_by, declared.values())))


@pytest.mark.model
def test_the_model_loads_in_a_fresh_process_that_imports_nothing_of_ours() -> None:
    command = [sys.executable, "-W", "ignore", "-c", LOADED, str(BUNDLED)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("peyer_entities|Tofacitinib|JAK1|T cells")


@pytest.mark.parametrize("target", sorted(each for group in DECLARED.values() for each in group.values()))
def test_every_entry_point_leads_to_a_function_or_class(target: str) -> None:
    assert callable(made_by(target))
