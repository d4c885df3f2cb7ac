"""The lake: where its tables lie, what they look like, and how they are reached.

One driver process owns every table, since Delta on S3 is safe with one writing driver only; every
other job is a Spark Connect client of that driver.
"""

from __future__ import annotations

import socket
from enum import StrEnum

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.connect.client.retries import DefaultPolicy
from pyspark.sql.types import (
    BinaryType,
    BooleanType,
    DateType,
    IntegerType,
    LongType,
    StringType,
    StructField,
    StructType,
    TimestampType,
)

from streaming.play_schema import play_fields

_ANSWER_SECONDS = 5
_RETRIES = 30
_LONGEST_PAUSE_MILLISECONDS = 1_000

SLICE_COLUMNS = ("region", "date", "hour")
"""The slice of a row in every table: the region and the UTC date and hour of ``played_at``."""
UNIQUE_COLUMNS = ("value", "play_id", "offset")
"""Columns in which rows have hardly a value in common, whichever table has them."""


class LakeTable(StrEnum):
    """The lake's tables; the value is the table's folder under the lake's root."""

    BRONZE_PLAYS = "bronze/plays"
    SILVER_PLAYS = "silver/plays"
    SILVER_REJECTED_PLAYS = "silver/rejected_plays"

    def path(self, lake_root: str) -> str:
        """The table's address, such as ``s3a://lake/bronze/plays``."""
        return f"{lake_root}/{self.value}"

    @property
    def partition_columns(self) -> tuple[str, ...]:
        """The columns that the table is partitioned by.

        Those of silver leave the region out (docs/decisions/0011-silver-by-hour.md): each run of ordinary traffic adds
        late plays of hundreds of regions and hours, and duplicates are searched in every region of an hour.
        """
        return SLICE_COLUMNS if self is LakeTable.BRONZE_PLAYS else ("date", "hour")


_PARTITIONS = [
    StructField("region", StringType()),
    StructField("date", DateType()),
    StructField("hour", IntegerType()),
]
_COORDINATES = [
    StructField("topic", StringType()),
    StructField("partition", IntegerType()),
    StructField("offset", LongType()),
]
_KAFKA_TIMESTAMP = StructField("timestamp", TimestampType())
_BATCH = StructField("batch", LongType())
_SONG_ID = StructField("song_id", StringType())
_NAMES = [_SONG_ID, StructField("artist_id", StringType()), StructField("release_id", StringType())]


def _facts() -> list[StructField]:
    return [field for field in play_fields() if field.name not in ("region", "schema_version")]


def table_schema(table: LakeTable) -> StructType:
    """The columns of a table, in order."""
    if table is LakeTable.BRONZE_PLAYS:
        value = [StructField("value", BinaryType()), *_COORDINATES, _KAFKA_TIMESTAMP]
        parsed = [*_facts(), StructField("schema_version", LongType())]
        return StructType([*value, *parsed, StructField("problem", StringType()), *_PARTITIONS])
    if table is LakeTable.SILVER_PLAYS:
        verdict = [
            StructField("eligible", BooleanType()),
            StructField("ineligible_reason", StringType()),
            StructField("late", BooleanType()),
        ]
        return StructType([*_NAMES, *_facts(), *verdict, *_COORDINATES, _BATCH, *_PARTITIONS])
    reason = [StructField("reason", StringType()), StructField("problem", StringType())]
    song = [_SONG_ID, StructField("title", StringType()), StructField("artist", StringType())]
    return StructType([*reason, *song, *_COORDINATES, _KAFKA_TIMESTAMP, _BATCH, *_PARTITIONS])


COMMITS_PER_CHECKPOINT = 50
"""After so many commits a table's state is written whole, for which it is read whole: the default of 10 is for
tables with fewer commits than one every few seconds. A reader opens as many small files of the log at most."""

LAKE_VERSION = ("topsongs.lake_version", "2")
"""Table property with the version of columns and rules. The driver refuses to start on another version."""

_PROPERTIES = {
    # Every reader (DuckDB, deltalake) can open the tables.
    "delta.enableDeletionVectors": "false",
    "delta.columnMapping.mode": "none",
    # The stream may hold a snapshot for a while; an hour is the shortest that is safe for it.
    "delta.deletedFileRetentionDuration": "interval 1 hours",
    "delta.logRetentionDuration": "interval 1 days",
    "delta.checkpointInterval": str(COMMITS_PER_CHECKPOINT),
    LAKE_VERSION[0]: LAKE_VERSION[1],
}
_STATISTICS = {
    # Nothing personal in the log: no value, user_id or play_id.
    LakeTable.BRONZE_PLAYS: "partition,offset,timestamp,played_at,received_at,problem",
    LakeTable.SILVER_PLAYS: "song_id,played_at,received_at,partition,offset,batch",
    LakeTable.SILVER_REJECTED_PLAYS: "reason,song_id,partition,offset,batch",
}


def create_tables(spark: SparkSession, lake_root: str) -> None:
    """Create the tables that do not exist yet."""
    for table in LakeTable:
        columns = (f"`{field.name}` {field.dataType.simpleString()}" for field in table_schema(table))
        properties = (f"'{name}' = '{value}'" for name, value in _table_properties(table).items())
        spark.sql(
            f"CREATE TABLE IF NOT EXISTS delta.`{table.path(lake_root)}` ({', '.join(columns)}) USING delta "
            f"PARTITIONED BY ({', '.join(table.partition_columns)}) TBLPROPERTIES ({', '.join(properties)})"
        )


def read_table(spark: SparkSession, lake_root: str, table: LakeTable) -> DataFrame:
    """A table of the lake as it is now."""
    return spark.read.format("delta").load(table.path(lake_root))


def _table_properties(table: LakeTable) -> dict[str, str]:
    properties = _PROPERTIES | {"delta.dataSkippingStatsColumns": _STATISTICS[table]}
    # enrich_plays reads what each version of bronze inserted.
    return properties | ({"delta.enableChangeDataFeed": "true"} if table is LakeTable.BRONZE_PLAYS else {})


def connect(host: str, port: int, token: str) -> SparkSession:
    """Connect to the lake driver as a thin client, without a JVM of one's own.

    Raises ``OSError`` at once when no driver listens; pyspark by itself would try for ten minutes, a
    minute apart in the end, and so find a driver that is back long after it is.
    """
    socket.create_connection((host, port), timeout=_ANSWER_SECONDS).close()
    address = f"sc://{host}:{port}/;authorization=Bearer%20{token}"
    session = SparkSession.builder.remote(address).create()
    session.client.set_retry_policies([DefaultPolicy(max_retries=_RETRIES, max_backoff=_LONGEST_PAUSE_MILLISECONDS)])
    return session


def disconnect(session: SparkSession) -> None:
    """End a session of :func:`connect`, also of a driver that is gone: nobody waits for its answer.

    As long as it is not ended, pyspark takes it for the process's own, and asks it for what another one has kept.
    """
    session.client.set_retry_policies([DefaultPolicy(max_retries=0)])
    session.stop()
