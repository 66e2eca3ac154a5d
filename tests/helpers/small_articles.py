"""Three small articles, as files."""

from __future__ import annotations

from pathlib import Path

ARTICLES = {
    "adalimumab.txt": "Adalimumab in uveitis\n\nAdalimumab inhibits TNF. It is used to treat uveitis in adults.\n",
    "anakinra.md": "# Anakinra in gout\n\nAnakinra treats gout. Anakinra does not treat asthma.\n",
    "tofacitinib.txt": "Tofacitinib\n\nTofacitinib inhibits JAK1 and may cause infections.\n",
}


def write_articles(folder: Path) -> Path:
    """Make the folder, with the articles in it; return it."""
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
