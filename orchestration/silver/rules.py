"""Bronze rows become plays or are rejected: the rules, as functions of DataFrames.

Nothing here reads or writes a table. Of copies the first by Kafka partition and offset is the play,
so the plays follow from the set of rows, never from the order in which they were judged.
"""

from __future__ import annotations

from datetime import timedelta

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

from ingest.play import Identities, identify_all
from streaming.lake import LakeTable, table_schema
from streaming.rules import LATE_AFTER, MINIMUM_MS_PLAYED

IDENTITY = ("user_id", "play_id", "played_at")
"""Two rows with the same identity are copies of one play."""
ORDER = ("partition", "offset")
"""Of copies the first in this order is the play."""


def judge_rows(bronze: DataFrame, silver: DataFrame) -> DataFrame:
    """Add ``song_id``, ``artist_id``, ``release_id``, ``verdict`` (play, duplicate or malformed) and ``superseded``.

    ``silver`` holds at least the plays of the rows' own dates and hours that were taken before. Where one
    of them is a later copy of a row here, by partition and offset, the row is the play all the same, and
    ``superseded`` says which play of silver (its region, partition, offset and batch) is a duplicate now.
    """
    good, bad = bronze.filter(F.col("problem").isNull()), bronze.filter(F.col("problem").isNotNull())
    stored = silver.select(*IDENTITY, F.struct("region", "partition", "offset", "batch").alias("stored"))
    copies = Window.partitionBy(*IDENTITY).orderBy(*ORDER)
    judged = (
        good.withColumn("copy", F.row_number().over(copies))
        .join(stored, on=list(IDENTITY), how="left")
        .withColumn("verdict", F.when(_is_repeated(), "duplicate").otherwise("play"))
        .withColumn("superseded", F.when(F.col("verdict") == "play", F.col("stored")))
        .drop("copy", "stored")
    )
    return with_identities(judged).unionByName(bad.withColumn("verdict", F.lit("malformed")), allowMissingColumns=True)


def with_identities(plays: DataFrame) -> DataFrame:
    """Add song_id, artist_id and release_id. One Arrow UDF returns all three, so a row is normalised once."""
    identities = StructType([StructField(name, StringType()) for name in Identities._fields])
    named = plays.withColumn("identities", F.udf(identify_all, identities, useArrow=True)("title", "artist", "release"))
    return named.withColumns({name: F.col(f"identities.{name}") for name in Identities._fields}).drop("identities")


def select_plays(judged: DataFrame, batch: Column | int) -> DataFrame:
    """The rows of silver.plays among judged bronze rows; ``batch`` is their number in the ledger."""
    plays = with_eligibility(judged.filter(F.col("verdict") == "play"))
    return plays.withColumn("batch", F.lit(batch).cast("bigint")).select(*_columns(LakeTable.SILVER_PLAYS))


def with_eligibility(judged: DataFrame) -> DataFrame:
    """Say of each row whether it is eligible, why not, and whether it is late."""
    return judged.withColumns(
        {
            "eligible": ~_is_too_short(),
            "ineligible_reason": F.when(_is_too_short(), "too_short"),
            "late": _is_late(),
        }
    )


def select_rejected(judged: DataFrame, batch: Column | int) -> DataFrame:
    """The rows of silver.rejected_plays among judged bronze rows."""
    rejected = judged.filter(F.col("verdict") != "play").withColumns(
        {"reason": F.col("verdict"), "batch": F.lit(batch).cast("bigint")}
    )
    return rejected.select(*_columns(LakeTable.SILVER_REJECTED_PLAYS))


def _is_repeated() -> Column:
    comes_first = F.struct(*ORDER) < F.struct(*(f"stored.{name}" for name in ORDER))
    return (F.col("copy") > 1) | (F.col("stored").isNotNull() & ~comes_first)


def _is_too_short() -> Column:
    return F.coalesce(F.col("ms_played") < MINIMUM_MS_PLAYED, F.lit(False))


def _is_late() -> Column:
    hour_end = F.date_trunc("hour", "played_at") + F.lit(timedelta(hours=1))
    return F.col("received_at") > hour_end + F.lit(LATE_AFTER)


def _columns(table: LakeTable) -> list[str]:
    return [field.name for field in table_schema(table)]
