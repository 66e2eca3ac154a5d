"""Progress of a run: a bar on a terminal, plain lines elsewhere, always on standard error."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

FLOW_RUNS = "prefect.flow_runs"


def quiet_prefect() -> None:
    """Show only warnings and errors of Prefect's own log on the console. Call this before Prefect is imported.

    Prefect's history keeps all lines, and `PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL` shows them again.
    """
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "WARNING")


@contextmanager
def shown_progress() -> Iterator[None]:
    """Show the progress that the flow logs while the block runs."""
    handler = Bar() if sys.stderr.isatty() else Lines()
    logger = logging.getLogger(FLOW_RUNS)
    logger.addHandler(handler)
    logger.propagate = False  # otherwise Prefect's console handler repeats it
    try:
        yield
    finally:
        logger.propagate = True
        logger.removeHandler(handler)
        handler.close()


class Lines(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes each log line of the flow, but not Prefect's own, with its time."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        self.setLevel(logging.INFO)
        self.addFilter(_is_of_the_flow)
        self.setFormatter(logging.Formatter("%(asctime)s %(message)s", datefmt="%H:%M:%S"))


class Bar(logging.Handler):
    """A progress bar that follows the fields `done` and `total` of the flow's log records."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.addFilter(_is_of_the_flow)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("Starting", total=None)
        self._progress.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Advance the bar, or show what is being done."""
        total = getattr(record, "total", None)
        done = getattr(record, "done", None)
        description = "Reading articles" if done is not None else record.getMessage()
        self._progress.update(self._task, description=description, completed=done, total=total)

    def close(self) -> None:
        """Remove the bar from the terminal."""
        self._progress.stop()
        super().close()


def _is_of_the_flow(record: logging.LogRecord) -> bool:
    return record.module == "ingest"
