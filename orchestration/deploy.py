"""Bring Prefect's deployments in line with prefect.yaml, and start what should be running already."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType
from prefect.deployments import run_deployment

PREFECT_FILE = Path(__file__).with_name("prefect.yaml")
STARTED_AFTER = {
    "keep_charts_fresh/keep-charts-fresh": timedelta(),
    # The first charts come first.
    "publish_docs/publish-docs": timedelta(minutes=2),
}


def forget_missed_runs(client: SyncPrefectClient) -> None:
    """Delete the runs that fell due while nothing was up; a worker would start them all at once."""
    scheduled = FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))
    for run in client.read_flow_runs(flow_run_filter=FlowRunFilter(state=scheduled)):
        client.delete_flow_run(run.id)


def deploy() -> None:
    """Create or update every deployment of prefect.yaml."""
    prefect = Path(sys.executable).with_name("prefect")
    command = [str(prefect), "--no-prompt", "deploy", "--all", "--prefect-file", str(PREFECT_FILE)]
    subprocess.run(command, check=True)


def main() -> None:
    """Deploy everything, then start the flows that would otherwise wait for their schedule."""
    with get_client(sync_client=True) as client:
        forget_missed_runs(client)
    deploy()
    for deployment, delay in STARTED_AFTER.items():
        run_deployment(deployment, timeout=0, scheduled_time=datetime.now(UTC) + delay)


if __name__ == "__main__":
    main()
