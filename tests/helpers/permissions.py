"""Folders of the tests, as another user of the machine reaches them."""

from __future__ import annotations

from pathlib import Path

FOR_ALL = 0o755


def let_others_in(folder: Path) -> None:
    """Let every user read `folder` and go through the folders above it, as far as they are closed."""
    for each in (folder, *folder.parents):
        if each.stat().st_mode & FOR_ALL != FOR_ALL:
            each.chmod(FOR_ALL)
