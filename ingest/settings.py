"""Everything that ingest reads from its environment."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr

from ingest.kafka.connection import NO_PASSWORD, KafkaClientSettings, KafkaConnection

Secret = Annotated[SecretStr, Field(min_length=16)]
"""Long enough that an empty or forgotten value stops the start instead of opening a door."""


class Settings(KafkaClientSettings):
    """Ingest's settings; each field is the environment variable of the same name."""

    kafka_ingest_user: str = "ingest"
    kafka_ingest_password: SecretStr = NO_PASSWORD
    user_id_secret: Secret
    ingest_key: Secret
    ingest_key_file: Path
    ingest_workers: Annotated[int, Field(ge=1)] = 1
    ingest_delivery_timeout_seconds: Annotated[float, Field(ge=2)] = 10
    ingest_request_timeout_seconds: Annotated[float, Field(gt=0)] = 30
    # A whole batch must fit into the allowance of one key and one worker.
    ingest_rate_limit_plays: Annotated[int, Field(ge=1_000)] = 100_000
    ingest_rate_limit_seconds: Annotated[int, Field(ge=1)] = 10
    postgres_host: str = "127.0.0.1"
    postgres_port: int = 5433
    postgres_database: str = "topsongs"
    # Without it, listeners read nothing back; no play depends on Postgres.
    postgres_ingest_password: SecretStr | None = None
    ingest_oldest_play_days: Annotated[int, Field(ge=1)] = 14
    ingest_listeners_per_hour: Annotated[int, Field(ge=1)] = 100
    ingest_log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def kafka(self) -> KafkaConnection:
        """How ingest connects to Kafka."""
        return self.kafka_as("ingest")

    @property
    def listener_secret(self) -> bytes:
        """The key of the listeners' hash."""
        return self.user_id_secret.get_secret_value().encode()

    @property
    def worker_rate_limit(self) -> int:
        """The part of each key's allowance that one worker gives out."""
        return max(1_000, math.ceil(self.ingest_rate_limit_plays / self.ingest_workers))
