"""Orchestration's settings, each read from the environment variable of the same name."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from psycopg.conninfo import make_conninfo
from pydantic import Field, SecretStr

from ingest.kafka.connection import NO_PASSWORD, KafkaClientSettings, KafkaConnection

ROOT = Path(__file__).resolve().parents[1]


class OrchestrationSettings(KafkaClientSettings):
    """Where runs find Kafka, the lake driver and Postgres."""

    kafka_orchestration_user: str = "orchestration"
    kafka_orchestration_password: SecretStr = NO_PASSWORD
    lake_bucket: str = "lake"
    spark_connect_host: str = "localhost"
    spark_connect_port: int = 15002
    spark_connect_token: SecretStr
    postgres_host: str = "127.0.0.1"
    postgres_port: int = 5433
    postgres_database: str = "topsongs"
    postgres_loader_password: SecretStr
    live_counts: Literal["on", "off"] = Field("on", description="off: open windows wait for the lake's schedule")
    charts_minimum_listeners: int = Field(5, ge=1, description="fewer listeners: a song is not shown; dbt reads it too")
    dbt_project_dir: Path = ROOT / "dbt_project"

    @property
    def kafka(self) -> KafkaConnection:
        """How runs connect to Kafka."""
        return self.kafka_as("orchestration")

    @property
    def is_live(self) -> bool:
        """Whether the stream counts open windows."""
        return self.live_counts == "on"

    @property
    def lake_root(self) -> str:
        """The address under which the lake's tables lie."""
        return f"s3a://{self.lake_bucket}"

    @property
    def loader_conninfo(self) -> str:
        """How the loader connects to Postgres."""
        return make_conninfo(
            host=self.postgres_host,
            port=self.postgres_port,
            dbname=self.postgres_database,
            user="loader",
            password=self.postgres_loader_password.get_secret_value(),
            application_name="top-songs-orchestration",
            # What a process that was killed had asked for is not worked on, nor its locks held, until it is done.
            options="-c client_connection_check_interval=1000",
        )
