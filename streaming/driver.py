"""The lake driver: one Spark process that owns every Delta table.

It keeps Kafka's plays flowing into bronze and serves Spark Connect to every other job. It ends when
the bronze query fails or the JVM dies, and whatever runs it starts it again.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import traceback
from types import FrameType

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.streaming.query import StreamingQuery

from streaming.bronze import parse_plays
from streaming.bronze_batches import BronzeBatches
from streaming.bronze_progress import BronzeProgress
from streaming.lake import create_tables
from streaming.lake_version import refuse_other_version
from streaming.session import start_session
from streaming.settings import StreamingSettings
from streaming.source import adopt_topic, check_source, read_first_offsets
from streaming.source_identity import SourceIdentity, read_source_identity
from streaming.stored_source import FIRST_TOPIC, StoredSource, raise_offsets, read_stored_source

logger = logging.getLogger("streaming.driver")


def read_messages(spark: SparkSession, settings: StreamingSettings) -> DataFrame:
    """The topic's messages from the first on, as a stream."""
    connection = {f"kafka.{name}": value for name, value in settings.kafka.java_options().items()}
    return (
        spark.readStream.format("kafka")
        .options(**connection)
        .option("subscribe", settings.kafka_topic)
        .option("startingOffsets", "earliest")
        .option("maxOffsetsPerTrigger", settings.bronze_largest_batch)
        # A gap in the offsets stops the query: plays that are gone must be seen, not skipped.
        .option("failOnDataLoss", str(settings.bronze_stop_on_lost_plays).lower())
        .load()
    )


def start_bronze(
    spark: SparkSession, settings: StreamingSettings, source: StoredSource = FIRST_TOPIC
) -> StreamingQuery:
    """Start the query that appends every message of the topic to bronze, exactly once."""
    return (
        parse_plays(raise_offsets(read_messages(spark, settings), source.offset_base))
        .writeStream.foreachBatch(BronzeBatches(settings.lake_root).append)
        .queryName("bronze")
        .option("checkpointLocation", f"{settings.lake_root}/checkpoints/{source.checkpoint}")
        .trigger(processingTime=f"{settings.bronze_trigger_seconds} seconds")
        .start()
    )


def _stop_on_signals(query: StreamingQuery) -> None:
    def stop(signum: int, _frame: FrameType | None) -> None:
        logger.info("stopping on %s", signal.Signals(signum).name)
        query.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _adopt(spark: SparkSession, settings: StreamingSettings, found: SourceIdentity) -> None:
    if settings.kafka_adopt_topic_id == found.topic_id:
        first = read_first_offsets(settings.kafka, settings.kafka_topic)
        adopt_topic(spark, settings.lake_root, found, first)


def run(settings: StreamingSettings) -> None:
    """Serve the lake until told to stop; raises what ended the bronze query otherwise."""
    spark = start_session(settings)
    refuse_other_version(spark, settings.lake_root)
    create_tables(spark, settings.lake_root)
    identity = read_source_identity(settings.kafka, settings.kafka_topic, settings.user_id_secret.get_secret_value())
    _adopt(spark, settings, identity)
    check_source(spark, settings.lake_root, identity)
    source = read_stored_source(spark, settings.lake_root)
    query = start_bronze(spark, settings, source)
    progress = BronzeProgress(spark, settings.kafka_topic, source.offset_base)
    _stop_on_signals(query)
    logger.info("the lake is open: Spark Connect on port %d", settings.spark_connect_port)
    while query.isActive:
        progress.publish(query)
        query.awaitTermination(1)
    failure = query.exception()
    spark.stop()
    if failure is not None:
        raise failure


def main() -> None:
    """Run the lake driver with the settings of the environment; never returns.

    The process leaves without Python's own end. There py4j's last objects log that they are gone, and wait for
    ever where the thread of a batch, stopped by then, was about to log that the JVM is dead.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    status = 0
    try:
        run(StreamingSettings())
    except BaseException:
        # Not by the log, for the same reason.
        traceback.print_exc()
        status = 1
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
