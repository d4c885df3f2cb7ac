"""For an operator: make silver, counts and charts again from bronze, and say what differed from what was live.

Without options everything is made again; with a region, a day or both only that. Settling pauses for that time.
"""

from __future__ import annotations

import argparse
import logging
from datetime import date

from orchestration.commands.run_deployment import read_outcome, run_to_its_end

DEPLOYMENT = "rebuild_charts/rebuild-charts"


def main() -> None:
    """Run the deployment, wait, and tell what differed, which stays as an artifact of the run."""
    parser = argparse.ArgumentParser(prog="make rebuild", description=__doc__)
    parser.add_argument("--region", help="an ISO 3166-1 alpha-2 code, such as GB")
    parser.add_argument("--day", type=date.fromisoformat, help="a UTC day, such as 2026-11-22")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    log = logging.getLogger("rebuild")
    day = arguments.day.isoformat() if arguments.day else None
    try:
        run = run_to_its_end(DEPLOYMENT, {"region": arguments.region, "day": day})
    except KeyboardInterrupt:
        raise SystemExit(
            "rebuild: it goes on without us; its outcome will be the artifact “rebuild” in Prefect"
        ) from None
    for line in read_outcome(run):
        log.info("%(what)s: %(found)s", line)


if __name__ == "__main__":
    main()
