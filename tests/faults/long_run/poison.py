"""Values that are no plays, written straight to Kafka: ingest would refuse every one."""

from __future__ import annotations

from itertools import cycle, islice
from typing import Final

from confluent_kafka import KafkaError, Message, Producer

from tests.e2e.line import Line

VALUES: Final[tuple[bytes | None, ...]] = (
    None,
    b"",
    b"\xff\xfe\x00",
    b"[1, 2, 3]",
    b'{"title": "Blue Train"',
    b'{"schema_version": 2, "title": "Blue Train", "artist": "John Coltrane", "region": "GB"}',
    b'"' + b"x" * 5_000 + b'"',
)
FLUSH_SECONDS: Final = 60


class Poison:
    """Writes poison to the topic of a line; ``written`` is how many values Kafka has acknowledged."""

    def __init__(self, line: Line) -> None:
        self.written = 0
        self._topic = line.settings.kafka_topic
        options = line.settings.kafka_as("ingest").librdkafka_options()
        self._producer = Producer({**options, "acks": "all", "log_level": 3})
        self._values = cycle(VALUES)

    def write(self, count: int) -> None:
        """Hand over so many values more."""
        for value in islice(self._values, count):
            self._producer.produce(self._topic, value, on_delivery=self._count)
        self._producer.poll(0)

    def flush(self) -> None:
        """Return when all are acknowledged; raises TimeoutError when some are not within a minute."""
        if waiting := self._producer.flush(FLUSH_SECONDS):
            raise TimeoutError(f"Kafka has not acknowledged {waiting} values")

    def _count(self, error: KafkaError | None, message: Message) -> None:
        self.written += error is None
