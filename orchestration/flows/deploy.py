"""Bring Prefect's deployments in line with prefect.yaml, and start what should be running already."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Final

import prefect
from prefect.cli import app as run_prefect
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.deployments import run_deployment
from prefect.exceptions import ObjectAlreadyExists
from prefect.states import Crashed
from prefect.variables import Variable
from prefect.workers.process import ProcessWorker

PREFECT_FILE = Path(__file__).parents[1] / "prefect.yaml"
POOL: Final = "local"
DEPLOYED: Final = "deployed"
"""The variable of Prefect's server that holds the fingerprint of the newest deployments."""
SERVER_SECONDS: Final = 180
STARTED_AFTER = (
    # Creates what the first charts need.
    ("settle_charts/settle-charts", timedelta()),
    # With older plays in Kafka their charts settle soon after the start.
    ("settle_charts/settle-charts", timedelta(minutes=3)),
    ("publish_docs/publish-docs", timedelta(minutes=5)),
)

LIMITED = ("settle-charts", "maintain-lake", "prune-history", "prune-tables", "publish-docs")
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


def wait_for_server(client: SyncPrefectClient) -> None:
    """Return once the server answers; raises what it answered instead after :data:`SERVER_SECONDS`."""
    deadline = monotonic() + SERVER_SECONDS
    while error := client.api_healthcheck():
        if monotonic() > deadline:
            raise error
        sleep(0.5)


def create_pool(client: SyncPrefectClient) -> None:
    """Create the pool that the deployments name, unless it exists; its worker may start later."""
    template = ProcessWorker.get_default_base_job_template()
    with suppress(ObjectAlreadyExists):
        client.create_work_pool(WorkPoolCreate(name=POOL, type=ProcessWorker.type, base_job_template=template))


def deploy(client: SyncPrefectClient) -> bool:
    """Create or update every deployment of prefect.yaml, unless the server has just these; return whether it did."""
    text = fill_in(PREFECT_FILE.read_text(), os.environ)
    expected, names = fingerprint(text), set(re.findall(r"^  - name: (\S+)$", text, re.MULTILINE))
    found = {deployment.name for deployment in client.read_deployments()}
    if names <= found and Variable.get(DEPLOYED) == expected:
        return False
    _run_prefect_deploy(text)
    Variable.set(DEPLOYED, expected, overwrite=True)
    return True


def fingerprint(text: str) -> str:
    """Hash what a deployment is made of: its description, and the flows with the types of their parameters."""
    package = Path(__file__).parents[1]
    sources = sorted(package.rglob("*.py"))
    parts = [prefect.__version__.encode(), str(package).encode(), text.encode(), *(one.read_bytes() for one in sources)]
    return sha256(b"\0".join(parts)).hexdigest()


def _run_prefect_deploy(text: str) -> None:
    """Run `prefect deploy` in this process: another would import Prefect a second time."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / PREFECT_FILE.name
        file.write_text(text)
        sys.argv = ["prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(file)]
        try:
            run_prefect()
        except SystemExit as end:
            if end.code:
                raise


def fill_in(text: str, variables: Mapping[str, str]) -> str:
    """Return a text with each ``{{ $NAME }}`` replaced; Prefect checks schedules before it does so itself.

    Raises KeyError for a variable that is not set.
    """
    return re.sub(r"\{\{ \$(\w+) \}\}", lambda found: variables[found[1]], text)


def main() -> None:
    """Deploy what changed, then start the flows that would otherwise wait for their schedule."""
    with get_client(sync_client=True) as client:
        wait_for_server(client)
        end_lost_runs(client)
        forget_missed_runs(client)
        create_pool(client)
        deploy(client)
    for deployment, delay in STARTED_AFTER:
        run_deployment(deployment, timeout=0, scheduled_time=datetime.now(UTC) + delay)


if __name__ == "__main__":
    main()
