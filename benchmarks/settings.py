"""What the benchmarks read from their environment."""

from __future__ import annotations

from pydantic import SecretStr
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    """Where the running stack is; each field is the environment variable of the same name."""

    api_url: str
    ingest_url: str
    ingest_key: SecretStr
