"""`peyer status`: the last runs, inputs that cannot be read, and pending work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.commands.opening import existing, open_warehouse
from flows.commands.options import (
    RAW,
    WAREHOUSE,
    LinkerName,
    Models,
    OwnVocabulary,
    Paths,
    Warehouse,
    extractor_options,
)
from flows.render import print_table, printable

if TYPE_CHECKING:
    from extractors.options import ExtractorOptions


def status_command(
    paths: Paths = None,
    warehouse: Warehouse = WAREHOUSE,
    vocabulary: OwnVocabulary = None,
    linker: LinkerName = None,
    model: Models = None,
) -> None:
    """Print the last runs, the inputs that cannot be read, and what the next run would do.

    A run that found nothing to do leaves no row; it is in Prefect's own history. Pending work is shown for the
    given paths, or for the folder raw if there is one; give the same options as to the runs.
    """
    from flows.sources.folder import shown_path
    from warehouse.queries import recent_runs, standing_failures

    options = extractor_options(vocabulary, linker, model)
    sources = existing(paths) if paths or RAW.exists() else []
    with open_warehouse(warehouse) as con:
        runs, failures = recent_runs(con), standing_failures(con)
    print("Last runs")
    print_table(
        ["started (UTC)", "status", "new", "changed", "unchanged", "failed", "mentions", "relations"],
        [
            (
                f"{run.started_at:%Y-%m-%d %H:%M:%S}",
                run.status,
                run.new_count,
                run.changed_count,
                run.unchanged_count,
                run.failed_count,
                run.mention_count,
                run.relation_count,
            )
            for run in runs
        ],
    )
    if failures:
        print("Inputs that could not be used when last tried")
        print_table(
            ["input", "error", "reason"],
            [(shown_path(failure.source_uri), failure.error, printable(failure.message)) for failure in failures],
        )
    if sources:
        print(pending_line(sources, warehouse, options))
    else:
        print(f"What is pending is not known: there is no folder {RAW} here; name folders: peyer status PATH")


def pending_line(paths: list[Path], warehouse: Path, options: ExtractorOptions) -> str:
    """Return one line that says what a run over these paths would do now."""
    from extractors.version import extractor_version
    from flows.pending import find_pending, look
    from warehouse.ledger import read_published_ledger

    ledger = read_published_ledger(warehouse)
    version = extractor_version(options)
    pending = find_pending(look(paths, ledger, warehouse), ledger, paths, extractor_version=version)
    if not pending:
        return f"Nothing is pending; {pending.unchanged:,} inputs are as they were"
    return (
        f"Pending: {len(pending.sources):,} articles to extract, {len(pending.failures):,} new failures, "
        f"{len(pending.moved):,} articles that moved; "
        f"{pending.unchanged:,} inputs are as they were. Next: peyer run"
    )
