"""Extraction in batches, each a Prefect task, in this process or in several."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, cast

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from extractors.options import DEFAULTS, ExtractorOptions
from extractors.records import Article, Extraction, Failure
from flows import spool
from flows.sources.source import Source


@task(name="extract", task_run_name="extract {spool_file.stem}", cache_policy=NO_CACHE)
def extract_batch(sources: Sequence[Source], spool_file: Path, options: ExtractorOptions = DEFAULTS) -> Path:
    """Read and extract the sources, write one outcome for each to the spool, and return the path of the spool file."""
    from extractors.extract import extract

    articles: list[Article] = []
    outcomes: list[Extraction | Failure] = []
    for source in sources:
        read = read_source(source)
        (articles if isinstance(read, Article) else outcomes).append(read)  # type: ignore[arg-type]
    outcomes.extend(extract(articles, options))
    spool.put(spool_file, outcomes)
    return spool_file


def read_source(source: Source) -> Article | Failure:
    """Read one article. Return a failure if it cannot be read, or if the reader itself raises."""
    from extractors.readers.read import read_article
    from extractors.readers.source import ReadError

    try:
        return read_article(source.path, article_id=source.article_id, source_uri=source.source_uri)
    except ReadError as reason:
        error, message = reason.error, reason.message
    except Exception as reason:
        error = "reader_fault"
        message = f"the reader broke ({type(reason).__name__}: {reason}); please report it with the file"
    return Failure(
        source_uri=source.source_uri,
        stage="read",
        error=error,
        message=message,
        content_sha256=source.content_sha256,
    )


def task_runner(*, workers: int) -> ThreadPoolTaskRunner[Path] | ProcessPoolTaskRunner:
    """Return the task runner that extracts batches. To use a cluster, return its task runner here."""
    if workers == 1:
        return ThreadPoolTaskRunner(max_workers=1)
    return ProcessPoolTaskRunner(max_workers=workers, initializer=end_with_parent)


def extracted(
    runner: TaskRunner[Any],
    sources: Sequence[Source],
    *,
    batch_size: int,
    ahead: int,
    folder: Path,
    options: ExtractorOptions = DEFAULTS,
) -> Iterator[list[Extraction | Failure]]:
    """Extract in batches and yield the outcomes of each batch, in the order of the sources.

    At most `ahead` batches are being extracted or waiting on disk, in `folder`, at any time.
    """
    batches = (sources[start : start + batch_size] for start in range(0, len(sources), batch_size))
    submitted = (
        submit(runner, {"sources": batch, "spool_file": folder / f"{number:06}.pickle", "options": options})
        for number, batch in enumerate(batches)
    )
    waiting = deque(islice(submitted, ahead))
    while waiting:
        outcomes = spool.take(waiting.popleft().result())
        waiting.extend(islice(submitted, 1))
        yield outcomes


def submit(runner: TaskRunner[Any], parameters: dict[str, Any]) -> PrefectFuture[Path]:
    """Submit one batch to the runner, with Ctrl-C held back until `submit` has returned.

    In `submit` an executor starts a thread and then registers it. If it were interrupted between the two, it would not
    wait for that thread at shutdown, and the thread would keep running after the spool and Prefect's server are gone.
    """
    if threading.current_thread() is not threading.main_thread():  # signals reach the main thread only
        return cast("PrefectFuture[Path]", runner.submit(extract_batch, parameters))
    is_interrupted = threading.Event()
    handler = signal.signal(signal.SIGINT, lambda *_: is_interrupted.set())
    try:
        return cast("PrefectFuture[Path]", runner.submit(extract_batch, parameters))
    finally:
        signal.signal(signal.SIGINT, handler)
        if is_interrupted.is_set():
            signal.raise_signal(signal.SIGINT)


def end_with_parent() -> None:
    """Make a worker process end when the run ends, in whatever way, and leave Ctrl-C to the parent process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=[parent], daemon=True).start()


def _follow(parent: Any) -> None:
    parent.join()
    os._exit(1)
