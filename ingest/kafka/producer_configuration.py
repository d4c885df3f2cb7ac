"""How the producer is told to behave."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from confluent_kafka import KafkaError

from ingest.kafka.connection import KafkaConnection

QUEUE_LENGTH: Final = 100_000
QUEUE_KILOBYTES: Final = 65_536
"""Memory is bounded: beyond this, plays are turned away instead of held."""
TIMEOUT_SCAN_SECONDS: Final = 1.0
"""librdkafka looks for messages that are out of time once a second."""


def configure(
    connection: KafkaConnection,
    delivery_timeout: float,
    queue_length: int,
    on_error: Callable[[KafkaError], None],
) -> dict[str, object]:
    """librdkafka's settings: an idempotent producer that all in-sync replicas acknowledge, in time or not at all."""
    patience = int((delivery_timeout - TIMEOUT_SCAN_SECONDS) * 1000)
    return {
        **connection.librdkafka_options(),
        "client.id": "ingest",
        "acks": "all",
        "enable.idempotence": True,
        "delivery.timeout.ms": patience,
        "request.timeout.ms": patience,
        "linger.ms": 2,
        "compression.type": "lz4",
        # The Java clients' own choice, so that any producer keeps a listener in one partition.
        "partitioner": "murmur2_random",
        "queue.buffering.max.messages": queue_length,
        "queue.buffering.max.kbytes": QUEUE_KILOBYTES,
        "reconnect.backoff.max.ms": 1_000,
        "socket.connection.setup.timeout.ms": 5_000,
        "error_cb": on_error,
        "logger": logging.getLogger("ingest.kafka"),
    }
