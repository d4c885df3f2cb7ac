"""Conservation: received = plays + rejected, and silver holds just that."""

from __future__ import annotations

from functools import reduce

from pyspark.sql import Column, DataFrame, Row, SparkSession
from pyspark.sql import functions as F

from orchestration.ledger import Tally
from streaming.lake import LakeTable, read_table


class ConservationError(RuntimeError):
    """Silver does not hold exactly the rows that bronze brought."""


def tally_verdicts(groups: list[Row]) -> Tally:
    """Sum rows that have a ``verdict`` and a ``count``."""
    counts = {"play": 0, "duplicate": 0, "malformed": 0}
    for group in groups:
        counts[group["verdict"]] += group["count"]
    return Tally(plays=counts["play"], duplicates=counts["duplicate"], malformed=counts["malformed"])


def count_stored(spark: SparkSession, lake_root: str, batch: int, within: Column) -> dict[str, int]:
    """How many rows of a batch each silver table holds."""
    tables = (LakeTable.SILVER_PLAYS, LakeTable.SILVER_REJECTED_PLAYS)
    rows = (
        read_table(spark, lake_root, table)
        .filter(within & (F.col("batch") == batch))
        .select(F.lit(table.value).alias("table"))
        for table in tables
    )
    counts = reduce(DataFrame.union, rows).groupBy("table").count().collect()
    return dict.fromkeys(tables, 0) | {row["table"]: row["count"] for row in counts}


def check_conservation(tally: Tally, stored: dict[str, int], received: int) -> None:
    """Compare the verdicts on a batch with what bronze brought and with what silver holds.

    Raises:
        ConservationError: with all numbers.
    """
    expected = {LakeTable.SILVER_PLAYS: tally.plays, LakeTable.SILVER_REJECTED_PLAYS: tally.rejected}
    if stored != expected or tally.received != received:
        raise ConservationError(
            f"bronze brought {received} rows, of which {tally.plays} became plays and {tally.rejected} were "
            f"rejected, and silver holds {stored}; publishing stops until they agree"
        )
