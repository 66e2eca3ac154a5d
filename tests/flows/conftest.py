"""A real Prefect server for the whole session, its home in a temporary folder."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

HOME = tempfile.TemporaryDirectory(prefix="prefect-home-", ignore_cleanup_errors=True)
# Prefect reads its settings when it is imported; commands that the tests start inherit them.
assert "prefect" not in sys.modules, "Prefect was imported before its home could be set"
os.environ.pop("PREFECT_API_URL", None)
os.environ["PREFECT_HOME"] = HOME.name


@pytest.fixture(scope="session")
def prefect_url() -> Iterator[str]:
    """Address of a Prefect server that records what the tests run."""
    from flows.prefect_api import prefect_api

    with prefect_api() as url:
        yield url


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder with three small articles."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


ARTICLES = {
    "adalimumab.txt": "Adalimumab in uveitis\n\nAdalimumab inhibits TNF. It is used to treat uveitis in adults.\n",
    "anakinra.md": "# Anakinra in gout\n\nAnakinra treats gout. Anakinra does not treat asthma.\n",
    "tofacitinib.txt": "Tofacitinib\n\nTofacitinib inhibits JAK1 and may cause infections.\n",
}
