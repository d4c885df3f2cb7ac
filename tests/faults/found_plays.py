"""Where a play that is said to be stored is looked for: in the topic, and in the bronze that is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from confluent_kafka import Consumer, TopicPartition
from pyspark.sql import SparkSession

from ingest.kafka.connection import KafkaConnection
from local.settings import LocalSettings
from local.stack.waiting import NotReadyError, wait_until
from streaming.lake import LakeTable, read_table
from tests.faults.long_run.accounts import count_messages
from tests.ingest.brokers import Broker
from tests.lake import run_lake_driver
from tests.stack import run_minio

ANSWER_SECONDS: Final = 30.0
BRONZE_SECONDS: Final = 1800.0


def find_in_topic(connection: KafkaConnection, topic: str) -> set[str]:
    """The ids of every play in a topic, from its beginning to its end."""
    consumer = Consumer({**connection.librdkafka_options(), "group.id": "proof", "enable.auto.commit": False})
    found: set[str] = set()
    try:
        for number in consumer.list_topics(topic, ANSWER_SECONDS).topics[topic].partitions:
            first, end = consumer.get_watermark_offsets(TopicPartition(topic, number), ANSWER_SECONDS)
            consumer.assign([TopicPartition(topic, number, first)])
            found |= {json.loads(value)["play_id"] for value in _read_values(consumer, end)}
    finally:
        consumer.close()
    return found


def find_in_bronze(broker: Broker, topic: str) -> set[str]:
    """The ids of every play in the bronze that a lake driver of its own makes of a topic."""
    environment = {**broker.environment, "KAFKA_TOPIC": topic}
    root = f"s3a://{LocalSettings.of(environment).lake_bucket}"
    with run_minio(environment), run_lake_driver(environment) as spark:
        messages = count_messages(broker.kafka.connection(), topic)
        wait_until("bronze", lambda: _must_hold(spark, root, messages), BRONZE_SECONDS, 1)
        bronze = read_table(spark, root, LakeTable.BRONZE_PLAYS)
        return set(bronze.where("problem is null").select("play_id").distinct().toArrow()["play_id"].to_pylist())


def _must_hold(spark: SparkSession, root: str, messages: int) -> None:
    held = read_table(spark, root, LakeTable.BRONZE_PLAYS).count()
    if held < messages:
        raise NotReadyError(f"{held} of {messages} messages")


def _read_values(consumer: Consumer, end: int) -> Iterator[bytes]:
    offset = -1
    while offset + 1 < end:
        messages = consumer.consume(10_000, 1)
        for message in messages:
            offset = message.offset() or 0
            yield message.value() or b""
        if not messages and _position(consumer) >= end:
            return


def _position(consumer: Consumer) -> int:
    return max(one.offset for one in consumer.position(consumer.assignment()))
