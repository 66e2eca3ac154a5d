"""The flow: find what is pending, extract it in batches, load, check, publish."""

# No `from __future__ import annotations` here: a scheduled run gets the flow without the globals of this module, and
# Prefect validates its parameters against the annotations.
import atexit
import logging
from pathlib import Path

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Cancelled, Completed, Failed

from extractors.options import ExtractorOptions, OptionError
from extractors.pipeline import require_usable
from extractors.records import Extraction, Failure
from extractors.version import extractor_version
from flows.batches import extracted, task_runner
from flows.pending import Pending, find_pending, look
from flows.prefect_api import stop_threads
from flows.report import RunReport
from flows.sources.source import Scan
from flows.spool import spool_beside
from flows.versions import versions
from warehouse import schema
from warehouse.connection import WarehouseError, connect_read_only
from warehouse.ledger import Ledger, read_ledger, read_published_ledger
from warehouse.load import drop_copies, load_batch, move_articles, settle_failures
from warehouse.lock import WarehouseBusy
from warehouse.publish import Staging, open_staging, unpublished_work
from warehouse.runs import ArticleCounts, begin_run, finish_run

Log = logging.Logger | logging.LoggerAdapter[logging.Logger]

atexit.register(stop_threads)  # in the process of the run, in its workers, and in a scheduled run

BATCH_SIZE = 100
"""Articles per batch: large enough that Prefect's overhead (some 30 ms for each task) does not matter."""


@flow(name="ingest")
def ingest(
    paths: list[Path],
    warehouse: Path,
    *,
    workers: int = 1,
    batch_size: int = BATCH_SIZE,
    full: bool = False,
    vocabulary: Path | None = None,
    linker: str | None = None,
    models: list[str] | None = None,
) -> State[RunReport]:
    """Bring the warehouse up to date with the articles in `paths`.

    Articles that the warehouse already holds, made from the same bytes by the same extractor, are left alone; `full`
    extracts everything again. `vocabulary`, `linker` and `models` are those of `ExtractorOptions`. The work of a killed
    run is resumed. If there is nothing to do, the published file is not touched.

    The final state holds a `RunReport` when it is Completed. It is Cancelled, with the reason, if another run is
    writing to the warehouse, and Failed if the warehouse cannot be used or violates a check, or if an option names
    something that cannot be used.
    """
    logger = get_run_logger()
    try:
        options = ExtractorOptions(vocabulary=vocabulary, linker=linker, models=tuple(models or ()))
        require_usable(options)
        report = refresh(paths, warehouse, options, workers=workers, batch_size=batch_size, full=full, logger=logger)
    except WarehouseBusy as busy:
        return Cancelled(message=str(busy))
    except (WarehouseError, OptionError) as error:
        return Failed(message=str(error))
    create_markdown_artifact(key="peyer-run", markdown=report.as_markdown(), description=report.summary)
    logger.info("%s", report.summary)
    return Completed(message=report.summary, data=report)


def refresh(
    paths: list[Path],
    warehouse: Path,
    options: ExtractorOptions,
    *,
    workers: int,
    batch_size: int,
    full: bool,
    logger: Log,
) -> RunReport:
    """Do the work of `ingest`. Raises `WarehouseError` if the warehouse cannot be used."""
    version = extractor_version(options)
    ledger = read_published_ledger(warehouse)
    found = look(paths, ledger, warehouse)
    pending = find_pending(found, ledger, paths, extractor_version=version, full=full)
    logger.info(
        "Found %d articles: %d to extract; %d inputs that cannot be articles",
        len(found.sources),
        len(pending.sources),
        len(found.failures),
    )
    if not (pending or is_outdated(warehouse) or unpublished_work(warehouse)):
        return RunReport(
            warehouse=warehouse, run_id=None, unchanged=pending.unchanged, failures=standing(found, ledger)
        )
    with open_staging(warehouse) as staging:
        published, ledger = ledger, read_ledger(staging.con)  # the staging one includes what a killed run had loaded
        found = look(paths, ledger, warehouse)
        pending = find_pending(found, ledger, paths, extractor_version=version, full=full)
        return extract_and_publish(
            staging, found, pending, published, options, workers=workers, batch_size=batch_size, logger=logger
        )


def is_outdated(warehouse: Path) -> bool:
    """Return whether tables or views of the published file are those of an earlier version of the code."""
    if not warehouse.exists():
        return False
    with connect_read_only(warehouse) as con:
        return not schema.is_current(con)


def extract_and_publish(
    staging: Staging,
    found: Scan,
    pending: Pending,
    published: Ledger,
    options: ExtractorOptions,
    *,
    workers: int,
    batch_size: int,
    logger: Log,
) -> RunReport:
    """Load what is pending, in one transaction for each batch, then check and publish the warehouse.

    New and changed articles are counted against the `published` state, so they include what a killed run had loaded.
    """
    run_id = begin_run(staging.con, versions(options))
    known = {article.article_id for article in published.articles}
    loaded = sorted(article.article_id for article in set(read_ledger(staging.con).articles) - set(published.articles))
    taken_over = len(loaded)
    settle_failures(staging.con, run_id, pending.gone)
    move_articles(staging.con, {source.article_id: source.source_uri for source in pending.moved})
    failed = load_batch(staging.con, run_id, pending.failures).failures
    total = len(pending.sources)
    done = 0
    with spool_beside(staging.published) as folder, task_runner(workers=workers) as runner:
        for outcomes in extracted(
            runner, pending.sources, batch_size=batch_size, ahead=2 * workers, folder=folder, options=options
        ):
            failed += load_batch(staging.con, run_id, outcomes).failures
            loaded += [each.article.article_id for each in outcomes if isinstance(each, Extraction)]
            done += len(outcomes)
            logger.info("Loaded %d of %d", done, total, extra={"done": done, "total": total})
    drop_copies(staging.con, pending.copies)
    report = RunReport(
        warehouse=staging.published,
        run_id=run_id,
        new=tuple(article_id for article_id in dict.fromkeys(loaded) if article_id not in known),
        changed=tuple(article_id for article_id in dict.fromkeys(loaded) if article_id in known),
        unchanged=max(0, pending.unchanged - taken_over),
        failed=failed,
        failures=standing(found, read_ledger(staging.con)),
    )
    counts = ArticleCounts(
        new=len(report.new), changed=len(report.changed), unchanged=report.unchanged, failed=report.failed
    )
    finish_run(staging.con, run_id, counts)
    logger.info("Checking and publishing")
    staging.publish()
    return report


def standing(found: Scan, ledger: Ledger) -> tuple[Failure, ...]:
    """Return the unresolved failures in the warehouse of the inputs that were found."""
    uris = {source.source_uri for source in found.sources} | {failure.source_uri for failure in found.failures}
    return tuple(
        Failure(
            source_uri=failure.source_uri,
            stage=failure.stage,
            error=failure.error,
            message=failure.message,
            content_sha256=failure.content_sha256,
        )
        for failure in ledger.failures
        if failure.source_uri in uris
    )
