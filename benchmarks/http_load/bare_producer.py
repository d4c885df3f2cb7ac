"""``python -m benchmarks.http_load.bare_producer TOPIC SECONDS``: how fast a producer alone is acknowledged."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from confluent_kafka import KafkaError, Message, Producer

from benchmarks.http_load.plays import make_play
from benchmarks.http_load.settings import ProducerSettings
from ingest.play import SubmittedPlay, record_play

ROUND: Final = 100
Count = Callable[[KafkaError | None, Message], None]


def produce(topic: str, seconds: float) -> float:
    """Acknowledged plays a second, handed over in rounds as a batch would be."""
    producer = Producer(
        {
            **ProducerSettings().kafka.librdkafka_options(),
            "acks": "all",
            "enable.idempotence": True,
            "linger.ms": 2,
            "compression.type": "lz4",
        }
    )
    acknowledged = 0

    def count(error: KafkaError | None, message: Message) -> None:
        nonlocal acknowledged
        acknowledged += error is None

    play = record_play(SubmittedPlay.model_validate(make_play()), b"secret", "local", datetime.now(UTC))
    key, value = play.to_key(), play.to_value()
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        for _ in range(ROUND):
            _hand_over(producer, topic, key, value, count)
        producer.poll(0)
    producer.flush()
    return acknowledged / (time.monotonic() - started)


def _hand_over(producer: Producer, topic: str, key: bytes, value: bytes, count: Count) -> None:
    while True:
        try:
            producer.produce(topic, value, key, on_delivery=count)
        except BufferError:
            producer.poll(0.01)
        else:
            return


if __name__ == "__main__":
    print(produce(sys.argv[1], float(sys.argv[2])))
