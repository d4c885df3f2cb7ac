"""From which offset to which Kafka holds the messages of a topic."""

from __future__ import annotations

from typing import Final

from confluent_kafka import Consumer, TopicPartition

from ingest.kafka.connection import KafkaConnection

GROUP: Final = "top-songs-end-offsets"
"""A consumer needs the name of a group; no offset is ever committed under this one."""


def open_consumer(kafka: KafkaConnection) -> Consumer:
    """Return a consumer that is asked for offsets and reads no message."""
    return Consumer({**kafka.librdkafka_options(), "group.id": GROUP})


def read_offsets(consumer: Consumer, topic: str, patience_seconds: float) -> dict[int, tuple[int, int]]:
    """Return the first offset and the one after the last, by partition; raises ``KafkaException`` without an answer."""
    partitions = consumer.list_topics(topic, timeout=patience_seconds).topics[topic].partitions
    asked = {partition: TopicPartition(topic, partition) for partition in partitions}
    return {
        partition: consumer.get_watermark_offsets(place, timeout=patience_seconds) for partition, place in asked.items()
    }
