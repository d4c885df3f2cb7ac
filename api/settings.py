"""Everything that the api reads from its environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    """The api's settings; each field is the environment variable of the same name."""

    postgres_host: str
    postgres_port: Annotated[int, Field(ge=1, le=65535)]
    postgres_database: str
    postgres_reader_password: SecretStr
    ingest_url: str
    lineage_file: Path = Path("dbt_project/target/static_index.html")
    frontend_dist: Path = Path("frontend/dist")
