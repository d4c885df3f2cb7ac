"""Bring Prefect's deployments in line with prefect.yaml, and start what should be running already."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.deployments import run_deployment
from prefect.states import Crashed

PREFECT_FILE = Path(__file__).with_name("prefect.yaml")
STARTED_AFTER = (
    # Creates what the first charts need.
    ("settle_charts/settle-charts", timedelta()),
    # Whoever starts with older plays sees their charts soon.
    ("settle_charts/settle-charts", timedelta(minutes=3)),
    ("publish_docs/publish-docs", timedelta(minutes=5)),
)

LIMITED = ("settle-charts", "maintain-lake", "prune-history", "publish-docs")
"""The deployments of which one run at most may exist."""
_BEGUN = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]


def forget_missed_runs(client: SyncPrefectClient) -> None:
    """Delete the runs that fell due while nothing was up; a worker would start them all at once."""
    scheduled = FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))
    for run in client.read_flow_runs(flow_run_filter=FlowRunFilter(state=scheduled)):
        client.delete_flow_run(run.id)


def end_lost_runs(client: SyncPrefectClient) -> None:
    """Mark as crashed the scheduled runs that the last stop cut off; each would hold its deployment's only place."""
    begun = FlowRunFilterState(type=FlowRunFilterStateType(any_=_BEGUN))
    scheduled = DeploymentFilter(name=DeploymentFilterName(any_=list(LIMITED)))
    for run in client.read_flow_runs(flow_run_filter=FlowRunFilter(state=begun), deployment_filter=scheduled):
        client.set_flow_run_state(run.id, Crashed(message="the stack was stopped"), force=True)


def deploy() -> None:
    """Create or update every deployment of prefect.yaml."""
    prefect = Path(sys.executable).with_name("prefect")
    with TemporaryDirectory() as folder:
        file = Path(folder) / PREFECT_FILE.name
        file.write_text(fill_in(PREFECT_FILE.read_text(), os.environ))
        subprocess.run([str(prefect), "--no-prompt", "deploy", "--all", "--prefect-file", str(file)], check=True)


def fill_in(text: str, variables: Mapping[str, str]) -> str:
    """Return a text with each ``{{ $NAME }}`` replaced; Prefect checks schedules before it does so itself.

    Raises KeyError for a variable that is not set.
    """
    return re.sub(r"\{\{ \$(\w+) \}\}", lambda found: variables[found[1]], text)


def main() -> None:
    """Deploy everything, then start the flows that would otherwise wait for their schedule."""
    with get_client(sync_client=True) as client:
        end_lost_runs(client)
        forget_missed_runs(client)
    deploy()
    for deployment, delay in STARTED_AFTER:
        run_deployment(deployment, timeout=0, scheduled_time=datetime.now(UTC) + delay)


if __name__ == "__main__":
    main()
