"""What the benchmarks of ingest read from their environment, and what their own broker adds."""

from __future__ import annotations

from pydantic import InstanceOf, SecretStr
from pydantic_settings import BaseSettings

from ingest.kafka.connection import NO_PASSWORD, KafkaClientSettings, KafkaConnection
from tests.servers import KafkaServer


class LoadSettings(BaseSettings):
    """The broker and the secrets of the server that posts to it, and how long and how often to measure.

    ``bench_seconds`` is the length of one run, ``bench_pairs`` how many alternating pairs there are.
    """

    kafka: InstanceOf[KafkaServer]
    ingest_key: SecretStr
    user_id_secret: SecretStr
    bench_seconds: float = 8
    bench_pairs: int = 5


class ProducerSettings(KafkaClientSettings):
    """How an app that is measured connects to Kafka: as ingest does."""

    kafka_ingest_user: str = "ingest"
    kafka_ingest_password: SecretStr = NO_PASSWORD

    @property
    def kafka(self) -> KafkaConnection:
        """The connection."""
        return self.kafka_as("ingest")
