"""Load live counts again from silver: the repair for lost or changed tables of schema `live` and for a red check.

Settling pauses for that time. Charts of open windows are served throughout, for some seconds as of silver's offsets.
"""

from __future__ import annotations

import argparse
import logging

from orchestration.commands.run_deployment import read_outcome, run_to_its_end

DEPLOYMENT = "reseed_live/reseed-live"


def main() -> None:
    """Run the deployment, wait, and print what was loaded."""
    argparse.ArgumentParser(prog="make reseed", description=__doc__).parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        run = run_to_its_end(DEPLOYMENT, {})
    except KeyboardInterrupt:
        raise SystemExit("reseed: the run goes on; its outcome will be the artifact “reseed” in Prefect") from None
    for line in read_outcome(run):
        logging.getLogger("reseed").info("%(what)s: %(found)s", line)


if __name__ == "__main__":
    main()
