"""Runs a deployment because somebody asked for it, tells of its progress, and what came of it."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import Any, Final
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    LogFilter,
    LogFilterFlowRunId,
)
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.sorting import LogSort
from prefect.deployments import arun_deployment

log = logging.getLogger(__name__)
_POLL_SECONDS: Final = 1


def run_to_its_end(deployment: str, parameters: dict[str, Any]) -> FlowRun:
    """Run a deployment, such as ``rebuild_charts/rebuild-charts``; raises ``SystemExit`` unless it completes.

    What the run logs is logged here too.
    """
    # The client would tell of each of its requests.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    begun = asyncio.run(arun_deployment(deployment, parameters=parameters, timeout=0))
    log.info("waiting for a worker to take up the run %s of %s", begun.name, deployment)
    with get_client(sync_client=True) as client:
        run = _follow(client, begun.id)
    if run.state is None or not run.state.is_completed():
        raise SystemExit(f"{deployment}: the run {run.name} ended as {run.state}")
    return run


def _follow(client: SyncPrefectClient, run_id: UUID) -> FlowRun:
    told = 0
    while True:
        run = client.read_flow_run(run_id)
        told += _tell_log(client, run_id, told)
        if run.state is not None and run.state.is_final():
            return run
        time.sleep(_POLL_SECONDS)


def _tell_log(client: SyncPrefectClient, run_id: UUID, told: int) -> int:
    """Log what the run has logged since; returns how many lines that were."""
    of_the_run = LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run_id]))
    lines = client.read_logs(of_the_run, offset=told, sort=LogSort.TIMESTAMP_ASC)
    for line in lines:
        log.log(line.level, "%s", line.message)
    return len(lines)


def read_outcome(run: FlowRun) -> list[dict[str, Any]]:
    """The rows of the table that a run left as its artifact; raises ``LookupError`` when it left none."""
    of_the_run = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]))
    with get_client(sync_client=True) as client:
        found = client.read_artifacts(artifact_filter=of_the_run)
    if not found:
        raise LookupError(f"the run {run.name} left no artifact")
    return list(json.loads(str(found[0].data)))
