"""The versions of code, model, vocabulary and rules that make the rows of a run."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Sequence

from extractors.options import DEFAULTS, ExtractorOptions
from warehouse.runs import Versions


def versions(options: ExtractorOptions = DEFAULTS) -> Versions:
    """Return the versions that stamp a run; `extractor_version` covers all the others.

    The models are the bundled one, or the user's with the one that gives tags and trees. The version of the rules is
    the hash of their file.
    """
    from extractors.data import data_file
    from extractors.entities.external_models import parsing_model
    from extractors.version import extractor_version

    return Versions(
        code_version=package_version(),
        model_version=_models(options.models, parsing_model(options.models)) if options.models else _bundled_model(),
        vocabulary_version=data_file("linking/vocabulary/VERSION").read_text(encoding="utf-8").strip(),
        rules_version=hashlib.sha256(data_file("relations/relation_rules.jsonl").read_bytes()).hexdigest()[:12],
        extractor_version=extractor_version(options),
    )


def _models(names: Sequence[str], parsing: str | None) -> str:
    return f"{', '.join(names)}; tags and trees: {parsing or _bundled_model()}"


def _bundled_model() -> str:
    from extractors.data import model_file

    meta = json.loads(model_file("peyer_en/meta.json").read_text(encoding="utf-8"))
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def package_version() -> str:
    """Return the version of this package, or "not installed" if it runs from a bare checkout."""
    return _version("peyer")


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"
