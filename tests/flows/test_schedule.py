"""A served deployment: its runs are triggered through Prefect's API."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import forked_commands
import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import ObjectNotFound
from warehouse_rows import query

from warehouse.lock import writer_lock

pytestmark = pytest.mark.slow

WAIT_SECONDS = 90


@pytest.fixture
def client(prefect_url: str) -> Iterator[SyncPrefectClient]:
    with get_client(sync_client=True) as client:
        yield client


@pytest.fixture
def served(raw: Path, tmp_path: Path, client: SyncPrefectClient) -> Iterator[tuple[UUID, forked_commands.Process]]:
    """Serve the folder every morning at six; give the deployment's id, and the process that serves it."""
    command = ["schedule", "--cron", "0 6 * * *", str(raw), "--warehouse", str(tmp_path / "w.duckdb")]
    process = forked_commands.start("", *command, module="flows.cli", new_session=True)
    try:
        yield wait_for_deployment(client, process), process
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(seconds=30)


def wait_for_deployment(client: SyncPrefectClient, process: forked_commands.Process) -> UUID:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        assert process.is_running(), "the schedule ended by itself"
        try:
            return client.read_deployment_by_name("ingest/scheduled").id
        except ObjectNotFound:
            time.sleep(0.2)
    pytest.fail("the deployment was not served in time")


def finished_run(client: SyncPrefectClient, deployment: UUID) -> FlowRun:
    """Trigger a run and wait for its end."""
    run = client.create_flow_run_from_deployment(deployment)
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        run = client.read_flow_run(run.id)
        if run.state is not None and run.state.is_final():
            return run
        time.sleep(0.2)
    pytest.fail(f"the run did not end in time: {run.state}")


def test_scheduled_runs(
    served: tuple[UUID, forked_commands.Process], client: SyncPrefectClient, raw: Path, tmp_path: Path
) -> None:
    deployment, process = served
    warehouse = tmp_path / "w.duckdb"
    (raw / "empty.txt").touch()

    # Refused while another process writes, and it says so.
    with writer_lock(warehouse):
        refused = finished_run(client, deployment)
    assert refused.state is not None
    assert refused.state.is_cancelled(), refused.state
    assert "is being written by process" in (refused.state.message or "")

    # Loaded, with a page that lists what was added and what failed.
    done = finished_run(client, deployment)
    assert done.state is not None
    assert done.state.is_completed(), done.state
    assert query(warehouse, "select count(*) from articles") == [(3,)]
    of_the_run = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[done.id]))
    [page] = client.read_artifacts(artifact_filter=of_the_run)
    assert isinstance(page.data, str)
    assert page.data.startswith("# 3 new, 0 changed, 0 unchanged, 1 failed")
    assert "- `anakinra`" in page.data
    assert "empty.txt` | empty |" in page.data

    assert client.read_deployment(deployment).schedules[0].schedule.model_dump()["cron"] == "0 6 * * *"
    assert "Traceback" not in process.stdout + process.stderr
