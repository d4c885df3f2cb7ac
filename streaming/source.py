"""What the lake was filled from: the topic and the key that hashes listeners.

Both are stored with the data. Offsets of another topic would look like plays already taken, and
under another key every listener would be a new one, so a start with other ones is refused.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass

from confluent_kafka import TopicCollection
from confluent_kafka.admin import AdminClient
from pyspark.sql import SparkSession

from streaming.lake import LakeTable
from streaming.settings import StreamingSettings

_PREFIX = "topsongs."
_FINGERPRINTED = b"top-songs user_id fingerprint\x1f"


class ForeignSourceError(RuntimeError):
    """The lake was filled from another topic or with another USER_ID_SECRET."""


@dataclass(frozen=True)
class SourceIdentity:
    """The Kafka topic's id and a fingerprint of the key that hashes listeners."""

    topic_id: str
    user_id_fingerprint: str


_MEANINGS = {
    "topic_id": "the Kafka topic was made anew; bring the old one back, or start with an empty lake",
    "user_id_fingerprint": "USER_ID_SECRET changed; bring the old one back, or start with an empty lake",
}


def fingerprint_secret(secret: str) -> str:
    """16 hex digits that tell one secret from another and give none away."""
    return hashlib.sha256(_FINGERPRINTED + secret.encode()).hexdigest()[:16]


def read_source_identity(settings: StreamingSettings) -> SourceIdentity:
    """Ask the broker for the topic's id; raises ``KafkaException`` when there is no such topic."""
    admin = AdminClient({"bootstrap.servers": settings.kafka_bootstrap_servers})
    asked = admin.describe_topics(TopicCollection([settings.kafka_topic]), request_timeout=30)
    topic = asked[settings.kafka_topic].result()
    secret = settings.user_id_secret.get_secret_value()
    return SourceIdentity(str(topic.topic_id), fingerprint_secret(secret))


def check_source(spark: SparkSession, lake_root: str, found: SourceIdentity) -> None:
    """Store the source with the lake at the first start; refuse another one ever after.

    Raises:
        ForeignSourceError: with what changed and what to do about it.
    """
    path = LakeTable.BRONZE_PLAYS.path(lake_root)
    properties = spark.sql(f"DESCRIBE DETAIL delta.`{path}`").collect()[0]["properties"]
    for name, value in asdict(found).items():
        stored = properties.get(_PREFIX + name)
        if stored is None:
            spark.sql(f"ALTER TABLE delta.`{path}` SET TBLPROPERTIES ('{_PREFIX}{name}' = '{value}')")
        elif stored != value:
            raise ForeignSourceError(f"{_MEANINGS[name]} (the lake holds {stored}, found {value})")
