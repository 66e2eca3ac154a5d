"""`peyer run`: bring the warehouse up to date with files and folders of articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from flows.commands.opening import existing, open_warehouse
from flows.commands.options import (
    RAW,
    WAREHOUSE,
    LinkerName,
    Models,
    OwnVocabulary,
    Paths,
    Warehouse,
    Workers,
    extractor_options,
)
from flows.refusal import NothingDone
from flows.render import print_table, printable

if TYPE_CHECKING:
    from extractors.options import ExtractorOptions
    from extractors.records import Failure
    from flows.report import RunReport

STRONGEST_CLAIMS = 10


def run_command(
    paths: Paths = None,
    warehouse: Warehouse = WAREHOUSE,
    workers: Workers = 1,
    full: Annotated[bool, typer.Option("--full", help="Extract again what has not changed.")] = False,
    vocabulary: OwnVocabulary = None,
    linker: LinkerName = None,
    model: Models = None,
) -> None:
    """Read new and changed articles into the warehouse and print what was found.

    Inputs that cannot be used are listed with the reason; all others are loaded. A run that was killed is
    resumed by the next one.
    """
    options = extractor_options(vocabulary, linker, model)
    report = run_ingest(existing(paths), warehouse, options, workers=workers, full=full)
    if report.run_id is None and not warehouse.exists():
        raise NothingDone(f"there are no articles in {_listed(paths)}; put text files there")
    print_report(report)
    if not (report.new or report.changed or report.unchanged > len(report.failures) - report.failed):
        raise NothingDone("no input could be used; the reasons are above")


def run_ingest(paths: list[Path], warehouse: Path, options: ExtractorOptions, *, workers: int, full: bool) -> RunReport:
    """Run the flow with progress on standard error. Raises `NothingDone` if the flow could not do its work."""
    from flows.progress import quiet_prefect, shown_progress

    quiet_prefect()
    from flows.ingest import ingest
    from flows.prefect_api import PrefectUnavailable, prefect_api

    with shown_progress():
        try:
            with prefect_api():
                state = ingest(
                    paths,
                    warehouse,
                    workers=workers,
                    full=full,
                    vocabulary=options.vocabulary,
                    linker=options.linker,
                    models=list(options.models),
                    return_state=True,
                )
        except PrefectUnavailable as error:
            raise NothingDone(str(error)) from error
    if not state.is_completed():
        raise NothingDone(state.message or f"the run ended {state.name}")
    return cast("RunReport", state.result())


def print_report(report: RunReport) -> None:
    """Print what a run did and what the warehouse now holds."""
    from warehouse.queries import summary, top_claims

    print(report.summary)
    print_failures(report.failures)
    with open_warehouse(report.warehouse) as con:
        held = summary(con)
        claims = top_claims(con, STRONGEST_CLAIMS)
    mentions = sum(held.mentions_by_type.values())
    relations = sum(held.relations_by_predicate.values())
    print(f"\n{printable(report.warehouse.name)} holds {held.articles:,} articles, {held.sentences:,} sentences")
    print(f"{mentions:>8,} mentions   {_counts(held.mentions_by_type)}")
    print(f"{relations:>8,} relations  {_counts(held.relations_by_predicate)}")
    if not claims:
        return
    print(f"\nThe strongest of {held.claims:,} claims:")
    print_table(
        ["subject", "predicate", "object", "articles", "sentences"],
        [
            (
                claim.subject_name,
                claim.predicate,
                claim.object_name,
                claim.article_count,
                claim.sentence_count,
            )
            for claim in claims
        ],
    )
    print(f'Next: peyer show "{claims[0].subject_name}"')


def print_failures(failures: tuple[Failure, ...]) -> None:
    """Print a line for each input that cannot be used, with the reason."""
    from flows.sources.folder import shown_path

    for failure in failures:
        print(f"  {shown_path(failure.source_uri)}: {failure.error}: {printable(failure.message)}")


def _counts(by_name: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in by_name.items())


def _listed(paths: list[Path] | None) -> str:
    return ", ".join(printable(path) for path in paths or [RAW])
