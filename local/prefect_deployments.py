"""Brings the deployments in line with `orchestration/prefect.yaml`; safe to run again."""

import sys

from local.part import become, begin
from local.prefect_environment import prefect_environment
from local.service_readiness import pool_exists
from local.waiting import wait_until


def main() -> None:
    """Waits for the worker's pool, then becomes the command that deploys everything."""
    settings = begin("prefect-init")
    wait_until("Prefect's work pool", lambda: pool_exists(settings))
    become([sys.executable, "-m", "orchestration.deploy"], prefect_environment(settings))


if __name__ == "__main__":
    main()
