"""What made the rows of a run."""

from __future__ import annotations

import hashlib
import importlib.metadata
from importlib.resources import files

from extractors.options import DEFAULTS, ExtractorOptions
from warehouse.runs import Versions


def versions(options: ExtractorOptions = DEFAULTS) -> Versions:
    """Return the versions that stamp a run; `extractor_version` covers all the others.

    The model is spaCy's and scispaCy's rule components; the rules have the hash of their file.
    """
    from extractors.version import extractor_version

    data = files("extractors") / "data"
    return Versions(
        code_version=package_version(),
        model_version=f"spacy {_version('spacy')}, scispacy {_version('scispacy')}",
        vocabulary_version=(data / "vocabulary" / "VERSION").read_text(encoding="utf-8").strip(),
        rules_version=hashlib.sha256((data / "relation_rules.jsonl").read_bytes()).hexdigest()[:12],
        extractor_version=extractor_version(options),
    )


def package_version() -> str:
    """Return the version of this package, or "not installed" where it runs from a bare checkout."""
    return _version("peyer")


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"
