"""Everything that the api reads from its environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    """The api's settings; each field is the environment variable of the same name."""

    postgres_host: str
    postgres_port: Annotated[int, Field(ge=1, le=65535)]
    postgres_database: str
    postgres_reader_password: SecretStr
    s3_endpoint: str
    s3_region: str
    lake_bucket: str
    reader_access_key: str
    reader_secret_key: SecretStr
    ingest_url: str
    api_cors_origins: str = ""
    """Origins of other web pages that may read the api, such as ``https://example.org``, with commas between."""
    api_memory_bytes: Annotated[int, Field(ge=0)] = 32_000_000
    """How much the api may remember of its recent answers."""
    api_public_url: str = "http://localhost:8000"
    """The address that visitors use, for links that leave the site: feeds, previews, embeds."""
    lineage_file: Path = Path("dbt_project/target/static_index.html")
    frontend_dist: Path = Path("frontend/dist")

    @field_validator("api_cors_origins")
    @classmethod
    def _refuse_everyone(cls, origins: str) -> str:
        if "*" in origins:
            raise ValueError("name each origin that may read the api; * would name them all")
        return origins

    @property
    def public_url(self) -> str:
        """The address that visitors use, without a slash at its end."""
        return self.api_public_url.rstrip("/")

    @property
    def cors_origins(self) -> list[str]:
        """The origins, one by one."""
        return [origin.strip().rstrip("/") for origin in self.api_cors_origins.split(",") if origin.strip()]
