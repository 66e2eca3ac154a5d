"""The Prefect API that the runs of a command report to: the user's own, or a temporary one.

Prefect would start a temporary server by itself, but that one survives a killed command, has only 20 seconds to
start, and receives the terminal's Ctrl-C. Both keep their history in the same database in `PREFECT_HOME`.
"""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

RECORDER_ONLY = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT_UI_ENABLED": "0"}
"""Environment of a server without the web pages and without the services for scheduling and cleaning up."""

START_TIMEOUT_SECONDS = 120.0
DRAIN_TIMEOUT_SECONDS = 10.0
STOP_TIMEOUT_SECONDS = 10.0


class PrefectUnavailable(Exception):
    """No Prefect API responds; the message says which one, and what to do."""


@contextmanager
def prefect_api(*, with_services: bool = False) -> Iterator[str]:
    """Provide an API for the runs in the block to report to, and yield its address.

    An API configured by `PREFECT_API_URL`, a profile or a settings file is used as it is. Otherwise a temporary
    server is started on a free local port and stopped at the end, after everything is recorded. It only records,
    unless `with_services` is set: then it also schedules and serves Prefect's pages.
    Raises `PrefectUnavailable` if the API does not respond.
    """
    from prefect.settings import (
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
        get_current_settings,
        temporary_settings,
    )

    configured = get_current_settings().api.url
    # No one watches the heartbeats of a run on a temporary server, and stopping them takes a second.
    silent = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}
    with ExitStack() as stack:
        url = configured
        if url is None:
            url = stack.enter_context(temporary_server(with_services=with_services))
            stack.enter_context(api_url_set(url))
            stack.enter_context(temporary_settings(updates=silent))
        stack.callback(finish_reporting)
        yield url


def finish_reporting() -> None:
    """Flush what is still to be recorded, and stop Prefect's threads."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    for worker in (EventsWorker, APILogWorker):
        # While it flushes its queue, a worker warns that the queue is not empty.
        logging.getLogger(worker.__name__).setLevel(logging.ERROR)
        worker.drain_all(timeout=DRAIN_TIMEOUT_SECONDS)


def stop_threads() -> None:
    """Stop the threads that Prefect leaves running at the end of a process.

    Their last calls hold references to the flow, and so to DuckDB's module, which prints an error if it is still
    referenced at exit.
    """
    from prefect._internal.concurrency import threads

    for loop in (threads._global_loop, threads._run_sync_loop):
        if loop is not None:
            loop.shutdown()
            loop.thread.join(timeout=STOP_TIMEOUT_SECONDS)


@contextmanager
def api_url_set(url: str) -> Iterator[None]:
    """Point this process, its threads and its children to a Prefect API."""
    from prefect.context import refresh_global_settings_context

    os.environ["PREFECT_API_URL"] = url
    refresh_global_settings_context()
    try:
        yield
    finally:
        del os.environ["PREFECT_API_URL"]
        refresh_global_settings_context()


@contextmanager
def temporary_server(*, with_services: bool = False) -> Iterator[str]:
    """Run a Prefect server in a child process on a free port, and yield the address of its API."""
    import httpx

    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/api"
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.temporary_server", str(listening.fileno())],
            env=os.environ if with_services else os.environ | RECORDER_ONLY,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=[listening.fileno()],
            start_new_session=True,
        )
    try:
        try:
            httpx.get(f"{url}/health", timeout=START_TIMEOUT_SECONDS).raise_for_status()
        except httpx.HTTPError as error:
            raise PrefectUnavailable(
                f"the temporary Prefect server did not start ({error}); "
                "try again, or name a running one with PREFECT_API_URL"
            ) from error
        yield url
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server and wait for it."""
    process.terminate()
    try:
        process.communicate(timeout=STOP_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
