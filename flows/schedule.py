"""The flow as a Prefect deployment that runs on schedule."""

from __future__ import annotations

from pathlib import Path

from prefect.types.entrypoint import EntrypointType

from extractors.options import ExtractorOptions
from flows.ingest import ingest

DEPLOYMENT = "scheduled"


def serve_schedule(*, cron: str, paths: list[Path], warehouse: Path, workers: int, options: ExtractorOptions) -> None:
    """Serve the deployment `ingest/scheduled` until the process is interrupted or terminated.

    A run that starts while another one writes to the warehouse is cancelled by the writer's lock, which is released
    when its process ends. A concurrency limit in Prefect would survive a killed run and cancel all later ones.
    """
    ingest.serve(
        name=DEPLOYMENT,
        cron=cron,
        parameters={
            "paths": [str(path) for path in paths],
            "warehouse": str(warehouse),
            "workers": workers,
            "vocabulary": options.vocabulary and str(options.vocabulary),
            "linker": options.linker,
            "models": list(options.models),
        },
        description=f"Keeps {warehouse} up to date with {', '.join(map(str, paths))}.",
        entrypoint_type=EntrypointType.MODULE_PATH,
        print_starting_message=False,
    )
