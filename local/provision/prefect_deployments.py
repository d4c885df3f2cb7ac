"""Brings the deployments in line with `orchestration/prefect.yaml`; safe to run again."""

import sys

from local.servers.part import become, begin
from local.servers.prefect_environment import prefect_environment


def main() -> None:
    """Becomes the command that deploys everything; it imports Prefect while the server still starts."""
    settings = begin("prefect-init")
    become([sys.executable, "-m", "orchestration.flows.deploy"], prefect_environment(settings))


if __name__ == "__main__":
    main()
