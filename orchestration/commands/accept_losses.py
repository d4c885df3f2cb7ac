"""For an operator: show which of Kafka's messages never reached bronze, and accept that they are lost.

settle_charts stops at such a gap. It goes on once it is accepted; what was lost stays in counts.accepted_losses.
"""

from __future__ import annotations

import argparse
import logging
from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from orchestration.flows.connections import drop_connections, open_connections
from orchestration.ledger.enrichments import VersionRange, enriched_offsets
from orchestration.silver.enrich_plays import read_inserts

log = logging.getLogger("accept_losses")


@dataclass(frozen=True)
class Loss:
    """A gap in one partition: the first lost offset and the one after the last."""

    partition: str
    first_offset: int
    end_offset: int


def find_losses(spark: SparkSession, lake_root: str, connection: Connection[Any]) -> list[Loss]:
    """The gaps of the range at which enrichment stopped, beyond those accepted already."""
    row = connection.execute(
        "select first_version, last_version from counts.enrichments where finished_at is null"
    ).fetchone()
    if row is None:
        return []
    gaps = _find_gaps(read_inserts(spark, lake_root, VersionRange(*row)), enriched_offsets(connection))
    accepted = connection.execute("select partition, first_offset, end_offset from counts.accepted_losses").fetchall()
    return [gap for gap in gaps if (gap.partition, gap.first_offset, gap.end_offset) not in accepted]


def _find_gaps(bronze: DataFrame, covered: dict[str, int]) -> list[Loss]:
    known = [F.when(F.col("partition") == int(partition), F.lit(end)) for partition, end in covered.items()]
    previous = F.lag("offset").over(Window.partitionBy("partition").orderBy("offset")) + 1
    start = F.coalesce(previous, *known, F.col("offset"))
    gaps = bronze.select("partition", start.alias("start"), "offset").filter("offset > start").collect()
    return sorted((Loss(str(row["partition"]), row["start"], row["offset"]) for row in gaps), key=str)


def accept(connection: Connection[Any], losses: list[Loss]) -> None:
    """Write the losses down, so that the next run passes them."""
    connection.execute(
        """
        insert into counts.accepted_losses (partition, first_offset, end_offset)
        select partition, first_offset, end_offset from jsonb_to_recordset(%s)
            as lost (partition text, first_offset bigint, end_offset bigint)
        """,
        (Jsonb([vars(loss) for loss in losses]),),
    )


def main() -> None:
    """Show the gaps; with ``--accept``, let settle_charts go on without them."""
    parser = argparse.ArgumentParser(prog="python -m orchestration.commands.accept_losses", description=__doc__)
    parser.add_argument("--accept", action="store_true", help="accept every gap shown: these plays are lost for good")
    is_accepted = parser.parse_args().accept
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    connections = open_connections()
    losses = find_losses(connections.spark, connections.lake_root, connections.postgres)
    for loss in losses:
        log.info("partition %s: offsets %d to %d", loss.partition, loss.first_offset, loss.end_offset - 1)
    if is_accepted:
        accept(connections.postgres, losses)
    log.info("%d gaps %s", len(losses), "accepted" if is_accepted else "found; --accept lets settle_charts go on")
    drop_connections()


if __name__ == "__main__":
    main()
