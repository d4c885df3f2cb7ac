"""How long Kafka keeps what it holds, as the topic's settings say."""

from __future__ import annotations

from datetime import timedelta

from confluent_kafka.admin import AdminClient, ConfigResource  # type: ignore[attr-defined]

from ingest.kafka.connection import KafkaConnection

_PATIENCE_SECONDS = 30
_DELETION = timedelta(minutes=10)
"""The broker looks for old segments every five minutes, and deletes a file a minute after it let it go."""


def longest_retention(kafka: KafkaConnection, topic: str) -> timedelta:
    """After how long a message of the topic is certainly gone.

    A segment goes when its youngest message is old enough, so one message stays for as long as its segment
    is filled besides. Raises ``KafkaException`` when the broker does not answer.
    """
    admin = AdminClient(kafka.librdkafka_options())
    resource = ConfigResource(ConfigResource.Type.TOPIC, topic)
    settings = admin.describe_configs([resource], request_timeout=_PATIENCE_SECONDS)[resource].result()
    kept, filled = (timedelta(milliseconds=int(settings[name].value)) for name in ("retention.ms", "segment.ms"))
    return kept + filled + _DELETION
