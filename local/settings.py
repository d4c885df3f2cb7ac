"""What the local stack reads from the environment: folders, ports, and the credentials it hands out."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.kafka.connection import NO_PASSWORD, KafkaClientSettings, SaslMechanism
from local.setup.downloads import DEFAULT_CACHE

CACHE = DEFAULT_CACHE


class PartSettings(BaseSettings):
    """What every part needs; a missing or malformed variable is named when read."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    data_dir: Path

    @classmethod
    def of(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Reads the given variables, or this process's environment, and nothing else."""
        given = os.environ if environment is None else environment
        return cls.model_validate({name.lower(): value for name, value in given.items()})


class KafkaSettings(KafkaClientSettings, PartSettings):
    """The broker, the topic of plays, and every user."""

    kafka_topic: str
    kafka_admin_user: str = "admin"
    kafka_admin_password: SecretStr = NO_PASSWORD
    kafka_admin_sasl_mechanism: SaslMechanism = "PLAIN"
    kafka_ingest_user: str = "ingest"
    kafka_ingest_password: SecretStr = NO_PASSWORD
    kafka_lake_user: str = "lake"
    kafka_lake_password: SecretStr = NO_PASSWORD
    kafka_live_user: str = "live"
    kafka_live_password: SecretStr = NO_PASSWORD
    kafka_orchestration_user: str = "orchestration"
    kafka_orchestration_password: SecretStr = NO_PASSWORD
    kafka_partitions: int
    kafka_retention_hours: int


class ObjectStoreSettings(PartSettings):
    """The object store, its bucket and its users."""

    s3_endpoint: str
    s3_region: str
    lake_bucket: str
    minio_root_user: str
    minio_root_password: SecretStr
    lake_access_key: str
    lake_secret_key: SecretStr
    reader_access_key: str
    reader_secret_key: SecretStr


class PostgresServerSettings(PartSettings):
    """The server of databases, and who may make roles in it."""

    postgres_host: str
    postgres_port: int
    postgres_superuser_password: SecretStr

    def role_password(self, role: str) -> str:
        """Returns the password of a role that these settings have one for; `postgres` is the superuser."""
        secret: SecretStr = getattr(self, f"postgres_{'superuser' if role == 'postgres' else role}_password")
        return secret.get_secret_value()


class PostgresSettings(PostgresServerSettings):
    """The database of charts and its roles."""

    postgres_database: str
    postgres_loader_password: SecretStr
    postgres_dbt_password: SecretStr
    postgres_live_password: SecretStr
    postgres_ingest_password: SecretStr
    postgres_reader_password: SecretStr


class PrefectDatabaseSettings(PostgresServerSettings):
    """The password of the role that owns the database of Prefect's server."""

    postgres_prefect_password: SecretStr


class LocalSettings(KafkaSettings, ObjectStoreSettings, PostgresSettings, PrefectDatabaseSettings):
    """Every variable of `.env` that the stack without containers needs."""

    top_songs_cache: Path = CACHE

    api_port: int
    ingest_port: int
    prefect_port: int
    minio_port: int
    minio_console_port: int
    kafka_port: int
    kafka_controller_port: int
    spark_connect_port: int

    api_url: str
    ingest_url: str
    ingest_workers: int = 1
    live_counts: Literal["on", "off"] = "on"
    prefect_api_url: str
    prefect_api_auth_string: SecretStr

    spark_connect_host: str
    spark_connect_token: SecretStr
