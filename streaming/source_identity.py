"""What plays are read from: the topic's id and a fingerprint of the key that hashes listeners.

Both are stored with whatever is made from the plays. Offsets of another topic would look like plays already read, and
under another key every listener would be a new one, so a start with other ones is refused.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from confluent_kafka import TopicCollection
from confluent_kafka.admin import AdminClient

from ingest.kafka.connection import KafkaConnection

_FINGERPRINTED = b"top-songs user_id fingerprint\x1f"
_ANSWER_SECONDS = 30


class ForeignSourceError(RuntimeError):
    """The stored plays come from another topic or were hashed with another USER_ID_SECRET."""


@dataclass(frozen=True)
class SourceIdentity:
    """The Kafka topic's id and a fingerprint of the key that hashes listeners."""

    topic_id: str
    user_id_fingerprint: str


def fingerprint_secret(secret: str) -> str:
    """Return 16 hex digits that differ between secrets and give none away."""
    return hashlib.sha256(_FINGERPRINTED + secret.encode()).hexdigest()[:16]


def read_source_identity(kafka: KafkaConnection, topic: str, user_id_secret: str) -> SourceIdentity:
    """Ask the broker for the topic's id; raises ``KafkaException`` when there is no such topic."""
    admin = AdminClient(kafka.librdkafka_options())
    described = admin.describe_topics(TopicCollection([topic]), request_timeout=_ANSWER_SECONDS)
    return SourceIdentity(str(described[topic].result().topic_id), fingerprint_secret(user_id_secret))
