"""The report of a run, for the command line and for the page of the run in Prefect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.records import Failure
from flows.render import markdown_table, printable
from flows.sources.folder import shown_path

LISTED = 200
"""How many names of each kind the page of a run lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What one run of the flow did.

    `new` and `changed` are article_ids. `failures` are the inputs of this run that could not be used, including
    those that failed before and have not changed; `failed` counts only the new ones. `run_id` is None if nothing was
    written.
    """

    warehouse: Path
    run_id: str | None
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    failed: int = 0
    failures: tuple[Failure, ...] = ()

    @property
    def summary(self) -> str:
        """One line of counts."""
        return (
            f"{len(self.new):,} new, {len(self.changed):,} changed, {self.unchanged:,} unchanged, "
            f"{self.failed:,} failed"
        )

    def as_markdown(self) -> str:
        """Return the text of the page: counts, then names and reasons."""
        outcome = f"published as run `{self.run_id}`" if self.run_id else "nothing to do, the file is as it was"
        parts = [f"# {self.summary}", f"`{printable(self.warehouse)}`: {outcome}."]
        parts += _names("New", self.new) + _names("Changed", self.changed)
        if self.failures:
            rows = [
                (f"`{shown_path(failure.source_uri)}`", failure.error, printable(failure.message))
                for failure in self.failures[:LISTED]
            ]
            parts += ["## Failed", markdown_table(["input", "error", "reason"], rows)]
            parts += _rest(self.failures)
        return "\n\n".join(parts)


def _names(title: str, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    return [f"## {title}", "\n".join(f"- `{name}`" for name in names[:LISTED]), *_rest(names)]


def _rest(items: Sequence[object]) -> list[str]:
    return [f"... and {len(items) - LISTED:,} more"] if len(items) > LISTED else []
