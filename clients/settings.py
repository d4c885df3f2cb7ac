"""What the clients read from their environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The clients' settings; each field is the environment variable of the same name.

    ``simulator_rate`` is in plays per second. A variable that is empty counts as not set.
    """

    model_config = SettingsConfigDict(env_ignore_empty=True)

    data_dir: Path = Path(".data")
    ingest_url: str = "http://localhost:8001"
    ingest_key: SecretStr | None = None
    simulator_rate: float = 20
    simulator_seed: int = 1
    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = None
    openai_model: str = "gpt-5-mini"
