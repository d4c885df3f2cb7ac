"""A run waits until bronze holds what Kafka held when it began."""

from __future__ import annotations

import pytest
from pyspark.sql import SparkSession

from ingest.kafka.topic_offsets import open_consumer, read_offsets
from orchestration.counts.await_bronze import await_bronze, has_reached
from streaming.bronze_progress import read_progress
from streaming.lake import LakeTable, read_table
from tests.servers import KafkaServer, MinioServer
from tests.streaming.sent_plays import PLAYS, send_plays


@pytest.mark.parametrize(
    ("end_offsets", "is_reached"),
    [
        ({"0": 3, "1": 2, "2": 0}, True),
        ({"0": 1}, True),
        ({"0": 3, "1": 3}, False),
        ({"0": 3, "2": 1}, False),
    ],
)
def test_every_partition_must_be_reached_and_an_empty_one_is(end_offsets: dict[str, int], is_reached: bool) -> None:
    assert has_reached({0: 3, 1: 2}, end_offsets) is is_reached


def test_bronze_holds_what_was_awaited(
    spark: SparkSession, kafka_server: KafkaServer, minio_server: MinioServer, stack_environment: dict[str, str]
) -> None:
    topic = stack_environment["KAFKA_TOPIC"]
    title = send_plays(kafka_server, topic)
    ends = read_ends(kafka_server, topic)
    assert await_bronze(spark, ends, 120)
    bronze = read_table(spark, f"s3a://{minio_server.bucket}", LakeTable.BRONZE_PLAYS)
    assert bronze.filter(bronze.title == title).count() == PLAYS
    assert read_progress(spark) == {int(partition): end for partition, end in ends.items()}


def test_patience_ends(spark: SparkSession, kafka_server: KafkaServer, stack_environment: dict[str, str]) -> None:
    ends = read_ends(kafka_server, stack_environment["KAFKA_TOPIC"])
    assert not await_bronze(spark, {partition: end + 1 for partition, end in ends.items()}, 0)


def read_ends(server: KafkaServer, topic: str) -> dict[str, int]:
    """The offset after the last message of each partition."""
    consumer = open_consumer(server.connection())
    try:
        return {str(partition): end for partition, (_, end) in read_offsets(consumer, topic, 30).items()}
    finally:
        consumer.close()
