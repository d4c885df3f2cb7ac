"""The lake driver's own Spark session: its options, and where its secrets come from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import NamedTemporaryFile
from typing import Final

from pyspark.sql import SparkSession

from streaming.lake import UNIQUE_COLUMNS
from streaming.log_store import LOG_STORE
from streaming.settings import StreamingSettings

CHECKPOINT_FILES: Final = "org.apache.spark.internal.io.cloud.AbortableStreamBasedCheckpointFileManager"
# Spark writes one method for all of a row's expressions. Beyond 8,000 bytes of code the JVM would never compile
# it: reading plays took twice the time. And of compiled code the JVM keeps 240 MB: Spark and its classes fill that, and
# what was thrown out is compiled again, on a third of the processor. G1, the default, collects beside the work; on the
# few cores of a lake driver it is the work that pays. A system without huge pages makes the JVM warn and go on.
JVM_OPTIONS: Final = (
    "-XX:-DontCompileHugeMethods -XX:ReservedCodeCacheSize=768m -XX:+UseParallelGC -XX:+UseTransparentHugePages"
)
DRIVER_JVM_OPTIONS: Final = f"{JVM_OPTIONS} -XX:TieredStopAtLevel=1"
"""The first compiler alone: Spark writes a new class for each query.

At 20 plays/s the second one took 110 of the 210 processor seconds of a driver's first five minutes, and 43 of the 103
of a later run of settle_charts; the first alone takes 6 and 1. Of 600,000 plays read at once (`python -m
benchmarks.lake_load.kinds`) one costs 91 µs instead of 132. Executors of a cluster run such code
for long, and keep both.
"""


def _object_store_options(settings: StreamingSettings) -> dict[str, str]:
    s3a = "spark.hadoop.fs.s3a."
    return {
        f"{s3a}endpoint": settings.s3_endpoint,
        f"{s3a}endpoint.region": settings.s3_region,
        f"{s3a}path.style.access": "true",
        f"{s3a}connection.ssl.enabled": str(settings.s3_endpoint.startswith("https")).lower(),
        f"{s3a}aws.credentials.provider": "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
        # The client would keep a timer for each request, and with it the request, for the minute that it may take: two
        # hundred megabytes at a thousand plays a second. A connection on which nothing comes is given up all the same.
        f"{s3a}connection.request.timeout": "0s",
        f"{s3a}connection.timeout": "60s",
        # The default keeps 25 kB for each Parquet file that was ever opened (HADOOP-20058). 50,000 of them, some hours
        # at a thousand plays a second, fill a heap of 2 GB, and the collector is at work for good.
        f"{s3a}input.stream.type": "classic",
        # No look before each file for what would be in its place: names of files are random, and Delta
        # looks by itself before it writes a version of its log.
        f"{s3a}performance.flags": "create,delete,mkdir",
    }


def _engine_options(settings: StreamingSettings) -> dict[str, str]:
    return {
        "spark.driver.memory": settings.spark_driver_memory,
        "spark.driver.extraClassPath": f"{settings.lake_jars}/*",
        "spark.executor.extraClassPath": f"{settings.lake_jars}/*",
        "spark.driver.extraJavaOptions": DRIVER_JVM_OPTIONS,
        "spark.executor.extraJavaOptions": JVM_OPTIONS,
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
        # The default writes a file beside its place and renames it, which takes S3 twenty requests and a copy.
        "spark.sql.streaming.checkpointFileManagerClass": CHECKPOINT_FILES,
        # The streams and rounds of a minute are written in more than the default of 100 classes: each would be written,
        # compiled and warmed up again and again.
        "spark.sql.codegen.cache.maxEntries": "5000",
        "spark.ui.enabled": "false",
        # Nobody looks at them, and the defaults keep a hundred thousand tasks.
        "spark.ui.retainedJobs": "50",
        "spark.ui.retainedStages": "50",
        "spark.ui.retainedTasks": "500",
        "spark.sql.ui.retainedExecutions": "50",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": f"{settings.data_dir.resolve()}/spark",
        "spark.sql.warehouse.dir": f"{settings.data_dir.resolve()}/spark/warehouse",
    }


def _file_options() -> dict[str, str]:
    # Parquet builds a dictionary of each column, and throws it away where it turns out longer than the values: of
    # these always, in files of any size to speak of. That was an eighth of what a play costs on its way to bronze.
    dictionaries = {f"spark.hadoop.parquet.enable.dictionary#{column}": "false" for column in UNIQUE_COLUMNS}
    # Delta's log has what a reader skips files by. Parquet's own statistics, of each column in each file, were 2.4 of
    # the 8.4 kB of a file with a few plays, and nothing reads them: a file is one row group, and Spark's instants have
    # none.
    return dictionaries | {"spark.hadoop.parquet.column.statistics.enabled": "false"}


def _connect_options(settings: StreamingSettings) -> dict[str, str]:
    return {
        "spark.plugins": "org.apache.spark.sql.connect.SparkConnectPlugin",
        "spark.connect.grpc.binding.address": settings.spark_connect_bind,
        "spark.connect.grpc.binding.port": str(settings.spark_connect_port),
    }


def _network_options(settings: StreamingSettings) -> dict[str, str]:
    """Return what keeps strangers off Spark's own ports, RPC and blocks.

    Executors on other machines must reach the driver, so that it binds to loopback in local mode only. In that
    mode Spark draws a secret of its own at each start; a standalone cluster uses SPARK_AUTHENTICATE_SECRET.
    """
    loopback = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return {"spark.authenticate": "true"} | (loopback if settings.spark_master.startswith("local") else {})


def _secret_options(settings: StreamingSettings) -> dict[str, str]:
    return {
        "spark.hadoop.fs.s3a.access.key": settings.lake_access_key,
        "spark.hadoop.fs.s3a.secret.key": settings.lake_secret_key.get_secret_value(),
        "spark.connect.authenticate.token": settings.spark_connect_token.get_secret_value(),
        "spark.authenticate.secret": settings.spark_authenticate_secret.get_secret_value(),
    }


@contextmanager
def _secrets_in_a_file(options: dict[str, str]) -> Iterator[None]:
    """What the JVM reads as it starts and nobody else may: options of a session stand on its command line."""
    with NamedTemporaryFile("w", suffix=".conf") as file:
        file.writelines(f"{name}={value.replace(chr(92), chr(92) * 2)}\n" for name, value in options.items())
        file.flush()
        os.environ["PYSPARK_SUBMIT_ARGS"] = f"--properties-file {file.name} pyspark-shell"
        yield


def start_session(settings: StreamingSettings) -> SparkSession:
    """Start the lake driver's own session, which serves Spark Connect."""
    builder = SparkSession.builder.master(settings.spark_master).appName("top-songs-lake")
    options = _object_store_options(settings) | _engine_options(settings) | _file_options()
    for name, value in (options | _connect_options(settings) | _network_options(settings)).items():
        builder = builder.config(name, value)
    with _secrets_in_a_file(_secret_options(settings)):
        return builder.getOrCreate()
