"""The live counter's settings, each read from the environment variable of the same name."""

from __future__ import annotations

from typing import Literal

from psycopg.conninfo import make_conninfo
from pydantic import Field, SecretStr

from ingest.kafka.connection import NO_PASSWORD, KafkaClientSettings, KafkaConnection

STATEMENT_SECONDS = 30
GROUP = "live-counter"
"""The consumer group of all live counters."""


class LiveSettings(KafkaClientSettings):
    """Where the live counter finds Kafka and Postgres, and how much it counts at once."""

    kafka_live_user: str = "live"
    kafka_live_password: SecretStr = NO_PASSWORD
    postgres_host: str = "127.0.0.1"
    postgres_port: int = 5433
    postgres_database: str = "topsongs"
    postgres_live_password: SecretStr
    kafka_adopt_topic_id: str = Field("", description="id of another topic that a reseed goes on from; for one start")
    user_id_secret: SecretStr = Field(description="only its fingerprint is stored, to refuse a start with another")
    live_counts: Literal["on", "off"] = Field("on", description="off: open windows wait for the lake's schedule")
    live_poll_seconds: float = Field(1, gt=0, le=60, description="plays are counted at least this often")
    live_largest_batch: int = Field(20_000, ge=1, le=1_000_000, description="plays counted in one transaction at most")
    live_instance: str = Field("live-0", description="name in the consumer group; each counter has its own")

    @property
    def kafka(self) -> KafkaConnection:
        """How the live counter connects to Kafka."""
        return self.kafka_as("live")

    @property
    def conninfo(self) -> str:
        """How the role `live` connects to Postgres."""
        return make_conninfo(
            host=self.postgres_host,
            port=self.postgres_port,
            dbname=self.postgres_database,
            user="live",
            password=self.postgres_live_password.get_secret_value(),
            application_name="live-counter",
            connect_timeout=5,
            # A server that is gone or frozen is noticed, and waited for on a new connection.
            keepalives_idle=10,
            tcp_user_timeout=15_000,
            options=f"-c timezone=UTC -c statement_timeout={STATEMENT_SECONDS}s -c jit=off",
        )
