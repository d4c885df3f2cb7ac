"""For an operator: list why rows are rejected, and judge those of one reason again by the current rules.

Without REASON nothing is changed. REASON is a reason (malformed, duplicate) or a problem ("title: too_long").
settle_charts is paused during the redrive and publishes the outcome afterwards.
"""

from __future__ import annotations

import argparse
import logging

from orchestration.corrections.redrive import list_reasons, preview, redrive
from orchestration.corrections.reseed_live import reseed_live
from orchestration.flows.connections import Connections, drop_connections, open_connections
from orchestration.flows.exclusion import pause_settling
from orchestration.ledger.conservation import ConservationError

log = logging.getLogger("redrive")


def main() -> None:
    """List the reasons, or drive one again; ends with 1 when there is nothing to drive or silver does not add up."""
    parser = argparse.ArgumentParser(prog="make redrive", description=__doc__)
    parser.add_argument("reason", nargs="?", metavar="REASON", help="what to judge again; without it, a list")
    parser.add_argument("--dry-run", action="store_true", help="say what would become of the rows, and change nothing")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    connections = open_connections()
    try:
        _run(connections, arguments.reason, arguments.dry_run)
    except ConservationError as failure:
        raise SystemExit(f"redrive: {failure}") from failure
    except KeyboardInterrupt:
        raise SystemExit("redrive: stopped; run the same again to finish it") from None
    finally:
        drop_connections()


def _run(connections: Connections, reason: str | None, dry_run: bool) -> None:
    spark, lake_root = connections.spark, connections.lake_root
    reasons = list_reasons(spark, lake_root)
    if not reason:
        for name, problem, count in reasons:
            log.info("%10d  %s%s", count, name, f"  {problem}" if problem else "")
        log.info("%d rows are rejected; REASON=… judges those of one line again", sum(count for *_, count in reasons))
        return
    if dry_run:
        found = preview(spark, lake_root, reason)
        log.info("of %d rows %d would be plays, and %d be judged otherwise", found.judged, found.plays, found.changed)
        return
    log.info("waiting for the run of settle_charts that is under way")
    with pause_settling(connections.settings) as postgres:
        done = redrive(spark, lake_root, postgres, reason)
        reseed_live(spark, lake_root, postgres)
    log.info("done: of %d rows %d are plays now, %d are judged otherwise", done.judged, done.plays, done.changed)


if __name__ == "__main__":
    main()
