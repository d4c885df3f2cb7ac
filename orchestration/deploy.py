"""Bring Prefect's deployments in line with prefect.yaml, and start what should be running already."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from prefect.deployments import run_deployment

PREFECT_FILE = Path(__file__).with_name("prefect.yaml")
STARTED_AFTER = {
    "keep_charts_fresh/keep-charts-fresh": timedelta(),
    # The first charts come first.
    "publish_docs/publish-docs": timedelta(minutes=2),
}


def main() -> None:
    """Deploy everything, then start the flows that would otherwise wait for their schedule."""
    prefect = Path(sys.executable).with_name("prefect")
    command = [str(prefect), "--no-prompt", "deploy", "--all", "--prefect-file", str(PREFECT_FILE)]
    subprocess.run(command, check=True)
    for deployment, delay in STARTED_AFTER.items():
        run_deployment(deployment, timeout=0, scheduled_time=datetime.now(UTC) + delay)


if __name__ == "__main__":
    main()
