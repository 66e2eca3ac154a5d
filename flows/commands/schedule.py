"""`peyer schedule`: read the sources on a schedule, as a Prefect deployment."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.commands.opening import existing
from flows.commands.options import (
    WAREHOUSE,
    LinkerName,
    Models,
    OwnVocabulary,
    Paths,
    Warehouse,
    Workers,
    extractor_options,
)
from flows.refusal import NothingDone, WrongArgument
from flows.render import printable


def schedule_command(
    cron: Annotated[str, typer.Option("--cron", help='When, such as "0 6 * * *" for every day at six, UTC.')],
    paths: Paths = None,
    warehouse: Warehouse = WAREHOUSE,
    workers: Workers = 1,
    vocabulary: OwnVocabulary = None,
    linker: LinkerName = None,
    model: Models = None,
) -> None:
    """Serve the flow as a Prefect deployment until interrupted.

    The page of each run in Prefect shows what was added, changed and failed. A run that becomes due while
    another is working is cancelled.
    """
    require_cron(cron)
    sources = existing(paths)
    options = extractor_options(vocabulary, linker, model)
    from flows.prefect_api import PrefectUnavailable, prefect_api
    from flows.schedule import serve_schedule

    try:
        with prefect_api(with_services=True) as url:
            print(f"serving {', '.join(map(printable, sources))} at {cron!r}; runs: {url.removesuffix('/api')}")
            serve_schedule(cron=cron, paths=sources, warehouse=warehouse.absolute(), workers=workers, options=options)
    except PrefectUnavailable as error:
        raise NothingDone(str(error)) from error


def require_cron(cron: str) -> None:
    """Raise `WrongArgument` if `cron` is not a cron expression of five fields that Prefect accepts."""
    from prefect.client.schemas.schedules import CronSchedule
    from pydantic import ValidationError

    try:
        if len(cron.split()) == 5 or cron.startswith("@"):
            CronSchedule(cron=cron)
            return
    except ValidationError:
        pass
    raise WrongArgument(
        f"--cron is {cron!r}; expected five fields (minute hour day month weekday) "
        'such as "0 6 * * *" for every day at six'
    )
