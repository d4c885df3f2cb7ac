"""Reading a topic back."""

from __future__ import annotations

from dataclasses import dataclass

from confluent_kafka import Consumer, TopicPartition

from ingest.kafka.connection import KafkaConnection
from ingest.play import Play

PATIENCE_SECONDS = 20.0


@dataclass(frozen=True)
class Recorded:
    """One message: the partition it is in, its key, and the play that it carries."""

    partition: int
    key: bytes
    play: Play


def read_topic(connection: KafkaConnection, topic: str) -> list[Recorded]:
    """Every message in the topic now, in the order of each partition."""
    consumer = Consumer(
        {
            **connection.librdkafka_options(),
            "group.id": "tests",
            "enable.auto.commit": False,
            "fetch.wait.max.ms": 10,
        }
    )
    try:
        partitions = consumer.list_topics(topic, PATIENCE_SECONDS).topics[topic].partitions
        return [one for number in partitions for one in _read_partition(consumer, topic, number)]
    finally:
        consumer.close()


def _read_partition(consumer: Consumer, topic: str, number: int) -> list[Recorded]:
    first, end = consumer.get_watermark_offsets(TopicPartition(topic, number), PATIENCE_SECONDS)
    consumer.assign([TopicPartition(topic, number, first)])
    messages = consumer.consume(end - first, PATIENCE_SECONDS) if end > first else []
    if len(messages) != end - first:
        raise TimeoutError(f"{len(messages)} of {end - first} messages of {topic} came")
    return [
        Recorded(number, message.key() or b"", Play.model_validate_json(message.value() or b"")) for message in messages
    ]
