"""Bring Prefect's deployments in line with prefect.yaml, and start what should be running already."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from prefect.deployments import run_deployment

PREFECT_FILE = Path(__file__).with_name("prefect.yaml")
STARTED_AT_ONCE = ("keep_charts_fresh/keep-charts-fresh", "publish_docs/publish-docs")


def main() -> None:
    """Deploy everything, then start the flows that would otherwise wait for their schedule."""
    prefect = Path(sys.executable).with_name("prefect")
    command = [str(prefect), "--no-prompt", "deploy", "--all", "--prefect-file", str(PREFECT_FILE)]
    subprocess.run(command, check=True)
    for deployment in STARTED_AT_ONCE:
        run_deployment(deployment, timeout=0)


if __name__ == "__main__":
    main()
