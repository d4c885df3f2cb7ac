"""For an operator: make silver, counts and charts again from bronze, and say what differed from what was live.

Without options everything is made again; with a region, a day or both only that. Rounds pause meanwhile.
"""

from __future__ import annotations

import argparse
import logging
from datetime import date

from orchestration.runs_by_hand import run_to_its_end

DEPLOYMENT = "rebuild_charts/rebuild-charts"


def main() -> None:
    """Run the deployment and wait; the outcome is an artifact of the run, and in the log of the worker."""
    parser = argparse.ArgumentParser(prog="make rebuild", description=__doc__)
    parser.add_argument("--region", help="an ISO 3166-1 alpha-2 code, such as GB")
    parser.add_argument("--day", type=date.fromisoformat, help="a UTC day, such as 2026-11-22")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    log = logging.getLogger("rebuild")
    day = arguments.day.isoformat() if arguments.day else None
    run = run_to_its_end(DEPLOYMENT, {"region": arguments.region, "day": day})
    log.info("done: what differed is in the artifact “rebuild” of the run %s", run.name)


if __name__ == "__main__":
    main()
