"""Runs a deployment because somebody asked for it, and waits for its end."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from prefect.client.schemas.objects import FlowRun
from prefect.deployments import arun_deployment

log = logging.getLogger(__name__)


def run_to_its_end(deployment: str, parameters: dict[str, Any]) -> FlowRun:
    """Run a deployment, such as ``rebuild_charts/rebuild-charts``; raises ``SystemExit`` unless it completes."""
    # It asks for the run's state every few seconds and would tell of each time.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    log.info("waiting for %s; its progress is in Prefect", deployment)
    run = asyncio.run(arun_deployment(deployment, parameters=parameters))
    if run.state is None or not run.state.is_completed():
        raise SystemExit(f"{deployment}: the run {run.name} ended as {run.state}")
    return run
