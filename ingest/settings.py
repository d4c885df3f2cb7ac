"""Everything that ingest reads from its environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

Secret = Annotated[SecretStr, Field(min_length=16)]
"""Long enough that an empty or forgotten value stops the start instead of opening a door."""


class Settings(BaseSettings):
    """Ingest's settings; each field is the environment variable of the same name."""

    kafka_bootstrap_servers: str
    kafka_topic: str
    user_id_secret: Secret
    ingest_key: Secret
    ingest_key_file: Path
    ingest_workers: Annotated[int, Field(ge=1)] = 1
    ingest_delivery_timeout_seconds: Annotated[float, Field(ge=2)] = 10

    @property
    def listener_secret(self) -> bytes:
        """The key of the listeners' hash."""
        return self.user_id_secret.get_secret_value().encode()
