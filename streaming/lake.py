"""The lake: where its tables lie, what they look like, and the Spark sessions that reach them.

One driver process owns every table, since Delta on S3 is safe with one writing driver only; every
other job is a Spark Connect client of that driver.
"""

from __future__ import annotations

import socket
from enum import StrEnum
from typing import TYPE_CHECKING

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

from streaming.log_store import LOG_STORE
from streaming.play_schema import play_fields

if TYPE_CHECKING:
    from streaming.settings import StreamingSettings

_ANSWER_SECONDS = 5
_RETRIES = 30
_LONGEST_PAUSE_MILLISECONDS = 1_000

PARTITION_COLUMNS = ("region", "date", "hour")
"""Of every table: the region and the UTC date and hour of ``played_at``."""


class LakeTable(StrEnum):
    """The lake's tables; the value is the table's folder under the lake's root."""

    BRONZE_PLAYS = "bronze/plays"
    SILVER_PLAYS = "silver/plays"
    SILVER_REJECTED_PLAYS = "silver/rejected_plays"

    def path(self, lake_root: str) -> str:
        """The table's address, such as ``s3a://lake/bronze/plays``."""
        return f"{lake_root}/{self.value}"


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
        return StructType([_SONG_ID, *_facts(), *verdict, *_COORDINATES, _BATCH, *_PARTITIONS])
    reason = [StructField("reason", StringType()), StructField("problem", StringType())]
    song = [_SONG_ID, StructField("title", StringType()), StructField("artist", StringType())]
    return StructType([*reason, *song, *_COORDINATES, _KAFKA_TIMESTAMP, _BATCH, *_PARTITIONS])


_PROPERTIES = {
    # Every reader (DuckDB, deltalake) can open the tables.
    "delta.enableDeletionVectors": "false",
    "delta.columnMapping.mode": "none",
    # The stream may hold a snapshot for a while; an hour is the shortest that is safe for it.
    "delta.deletedFileRetentionDuration": "interval 1 hours",
    "delta.logRetentionDuration": "interval 1 days",
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
            f"PARTITIONED BY ({', '.join(PARTITION_COLUMNS)}) TBLPROPERTIES ({', '.join(properties)})"
        )


def read_table(spark: SparkSession, lake_root: str, table: LakeTable) -> DataFrame:
    """A table of the lake as it is now."""
    return spark.read.format("delta").load(table.path(lake_root))


def _table_properties(table: LakeTable) -> dict[str, str]:
    properties = _PROPERTIES | {"delta.dataSkippingStatsColumns": _STATISTICS[table]}
    # enrich_plays reads what each version of bronze inserted.
    return properties | ({"delta.enableChangeDataFeed": "true"} if table is LakeTable.BRONZE_PLAYS else {})


def _object_store_options(settings: StreamingSettings) -> dict[str, str]:
    s3a = "spark.hadoop.fs.s3a."
    return {
        f"{s3a}endpoint": settings.s3_endpoint,
        f"{s3a}endpoint.region": settings.s3_region,
        f"{s3a}path.style.access": "true",
        f"{s3a}connection.ssl.enabled": str(settings.s3_endpoint.startswith("https")).lower(),
        f"{s3a}aws.credentials.provider": "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
        f"{s3a}access.key": settings.lake_access_key,
        f"{s3a}secret.key": settings.lake_secret_key.get_secret_value(),
        # No look before each file for what would be in its place: names of files are random, and Delta
        # looks by itself before it writes a version of its log.
        f"{s3a}performance.flags": "create,delete,mkdir",
    }


def _engine_options(settings: StreamingSettings) -> dict[str, str]:
    return {
        "spark.driver.memory": settings.spark_driver_memory,
        "spark.driver.extraClassPath": f"{settings.lake_jars}/*",
        "spark.executor.extraClassPath": f"{settings.lake_jars}/*",
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(settings.spark_shuffle_partitions),
        "spark.scheduler.mode": "FAIR",
        # The default of 10,000 tasks to list a table's folders costs a minute.
        "spark.sql.sources.parallelPartitionDiscovery.parallelism": "8",
        # The default of 50 tasks to read a table's log costs more than the log.
        "spark.databricks.delta.snapshotPartitions": "2",
        # Every commit lists the table's log: only from where it is read on, however long it is.
        "spark.delta.logStore.s3a.impl": LOG_STORE,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": f"{settings.data_dir.resolve()}/spark",
        "spark.sql.warehouse.dir": f"{settings.data_dir.resolve()}/spark/warehouse",
    }


def _connect_options(settings: StreamingSettings) -> dict[str, str]:
    return {
        "spark.plugins": "org.apache.spark.sql.connect.SparkConnectPlugin",
        "spark.connect.grpc.binding.address": settings.spark_connect_bind,
        "spark.connect.grpc.binding.port": str(settings.spark_connect_port),
        "spark.connect.authenticate.token": settings.spark_connect_token.get_secret_value(),
    }


def start_session(settings: StreamingSettings) -> SparkSession:
    """Start the lake driver's own session, which serves Spark Connect."""
    builder = SparkSession.builder.master(settings.spark_master).appName("top-songs-lake")
    options = _object_store_options(settings) | _engine_options(settings)
    for name, value in (options | _connect_options(settings)).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


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
