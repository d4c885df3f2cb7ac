"""What the lake was filled from is stored with it; another source is refused, or a topic adopted."""

from __future__ import annotations

import json

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from ingest.kafka.connection import KafkaConnection
from ingest.kafka.topic_offsets import open_consumer, read_offsets
from streaming.lake import LakeTable, read_table
from streaming.source_identity import ForeignSourceError, SourceIdentity
from streaming.stored_source import OffsetBase, StoredSource, read_stored_source, store_source

_ANSWER_SECONDS = 30


def check_source(spark: SparkSession, lake_root: str, found: SourceIdentity) -> None:
    """Store the source with the lake at the first start; refuse another one ever after.

    Raises:
        ForeignSourceError: with what changed and what to do about it.
    """
    stored = read_stored_source(spark, lake_root)
    _refuse_other_key(stored, found)
    if stored.topic_id not in (None, found.topic_id):
        raise ForeignSourceError(
            f"the Kafka topic is another one (the lake holds {stored.topic_id}, found {found.topic_id}); bring the "
            f"old one back, or go on with this one: make adopt-topic TOPIC_ID={found.topic_id}"
        )
    if stored.topic_id is None or stored.user_id_fingerprint is None:
        values = {"topic_id": found.topic_id, "user_id_fingerprint": found.user_id_fingerprint}
        store_source(spark, lake_root, values)


def adopt_topic(spark: SparkSession, lake_root: str, found: SourceIdentity, first: OffsetBase) -> None:
    """Let the lake go on from another topic, whose messages follow those that bronze holds; no effect a second time.

    ``first`` has the topic's first offset, by partition.

    Raises:
        ForeignSourceError: when the listeners' key is another one too.
    """
    stored = read_stored_source(spark, lake_root)
    _refuse_other_key(stored, found)
    if stored.topic_id in (None, found.topic_id):
        return
    bronze = read_table(spark, lake_root, LakeTable.BRONZE_PLAYS)
    ends: dict[int, int] = dict(bronze.groupBy("partition").agg(F.max("offset") + 1).collect())
    base = {partition: ends.get(partition, 0) - offset for partition, offset in first.items()}
    values = {"topic_id": found.topic_id, "offset_base": json.dumps(base), "checkpoint": f"bronze-{found.topic_id}"}
    store_source(spark, lake_root, values)


def read_first_offsets(kafka: KafkaConnection, topic: str) -> OffsetBase:
    """Return the first offset that Kafka still has of each partition; raises ``KafkaException`` without an answer."""
    consumer = open_consumer(kafka)
    try:
        offsets = read_offsets(consumer, topic, _ANSWER_SECONDS)
        return {partition: first for partition, (first, _) in offsets.items()}
    finally:
        consumer.close()


def _refuse_other_key(stored: StoredSource, found: SourceIdentity) -> None:
    if stored.user_id_fingerprint not in (None, found.user_id_fingerprint):
        raise ForeignSourceError(
            "USER_ID_SECRET changed; bring the old one back, or start with an empty lake "
            f"(the lake holds {stored.user_id_fingerprint}, found {found.user_id_fingerprint})"
        )
