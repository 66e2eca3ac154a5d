from __future__ import annotations

from pathlib import Path

import pytest
from hand_made_extractions import make_extraction, publish_run
from places import ROOT

OWN_VOCABULARY = "entity_type\tsubtype\tname\ndrug\tsmall_molecule\tgravotinib\n"


@pytest.fixture
def notebook_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder of the documentation's examples: articles in raw/, a warehouse, a vocabulary."""
    (tmp_path / "raw").symlink_to(ROOT / "raw")
    (tmp_path / "own.tsv").write_text(OWN_VOCABULARY, encoding="utf-8")
    publish_run(tmp_path / "peyer.duckdb", make_extraction())
    monkeypatch.chdir(tmp_path)
    return tmp_path
