"""Each container is given what its part needs, and of the secrets no more than that."""

from __future__ import annotations

import re

import pytest
from pydantic_settings import BaseSettings

from api.settings import Settings as ApiSettings
from ingest.settings import Settings as IngestSettings
from local.servers.prefect_environment import prefect_environment, server_access
from local.service_variables import SERVICE_VARIABLES
from local.settings import KafkaSettings, LocalSettings, ObjectStoreSettings, PostgresSettings, PrefectDatabaseSettings
from local.stack.parts import PARTS
from orchestration.settings import OrchestrationSettings
from streaming.live.settings import LiveSettings
from streaming.settings import StreamingSettings
from tests.containers.compose_file import dot_env, fill_in, find_service, read_services, secret_names

SETTINGS: dict[str, type[BaseSettings]] = {
    "kafka-init": KafkaSettings,
    "minio-init": ObjectStoreSettings,
    "postgres-init": PostgresSettings,
    "prefect-database-init": PrefectDatabaseSettings,
    "lake-driver": StreamingSettings,
    "live-counter": LiveSettings,
    "ingest": IngestSettings,
    "api": ApiSettings,
    "prefect-worker": OrchestrationSettings,
}
READ_BY_OTHERS = {
    "ingest": {"FORWARDED_ALLOW_IPS"},  # ingest/server/gunicorn.py
    "api": {"FORWARDED_ALLOW_IPS"},  # api/server.py
    "prefect-worker": {
        "PREFECT_API_URL",  # Prefect
        "PREFECT_API_AUTH_STRING",
        "PREFECT_WORKER_QUERY_SECONDS",
        "DBT_TARGET_PATH",  # dbt
        "DBT_LOG_PATH",
        "POSTGRES_DBT_PASSWORD",  # profiles.yml
        "DBT_DOCS_DIR",  # prefect.yaml
    },
}
SEEN_BY = {
    "KAFKA_ADMIN_PASSWORD": {"kafka", "kafka-init"},
    "KAFKA_INGEST_PASSWORD": {"kafka-init", "ingest"},
    "KAFKA_LAKE_PASSWORD": {"kafka-init", "lake-driver"},
    "KAFKA_LIVE_PASSWORD": {"kafka-init", "live-counter"},
    "KAFKA_ORCHESTRATION_PASSWORD": {"kafka-init", "prefect-worker"},
    "USER_ID_SECRET": {"ingest", "lake-driver", "live-counter"},
    "INGEST_KEY": {"ingest"},
    "SPARK_CONNECT_TOKEN": {"lake-driver", "prefect-worker"},
    "SPARK_AUTHENTICATE_SECRET": {"lake-driver"},
    "MINIO_ROOT_PASSWORD": {"minio", "minio-init"},
    "LAKE_SECRET_KEY": {"minio-init", "lake-driver"},
    "READER_SECRET_KEY": {"api", "minio-init"},
    "POSTGRES_SUPERUSER_PASSWORD": {"postgres", "postgres-init", "prefect-database-init"},
    "POSTGRES_LOADER_PASSWORD": {"postgres-init", "prefect-worker"},
    "POSTGRES_DBT_PASSWORD": {"postgres-init", "prefect-worker"},
    "POSTGRES_LIVE_PASSWORD": {"postgres-init", "live-counter"},
    "POSTGRES_INGEST_PASSWORD": {"postgres-init", "ingest"},
    "POSTGRES_READER_PASSWORD": {"postgres-init", "api"},
    "POSTGRES_PREFECT_PASSWORD": {"prefect-database-init", "prefect-server"},
    "PREFECT_API_AUTH_STRING": {"prefect-server", "prefect-worker", "prefect-init"},
}

PREFECT_PARTS = {"prefect-server": "PREFECT_SERVER_", "prefect-worker": "PREFECT_WORKER_"}
ADDRESSES = {
    "KAFKA_BOOTSTRAP_SERVERS",
    "S3_ENDPOINT",
    "POSTGRES_HOST",
    "SPARK_CONNECT_HOST",
    "INGEST_URL",
    "PREFECT_API_URL",
}

OUR_PARTS = ("lake-driver", "live-counter", "ingest", "api", "prefect-worker", "prefect-init")
PLACES = {"DATA_DIR", "INGEST_KEY_FILE", "DBT_TARGET_PATH", "DBT_LOG_PATH", "DBT_DOCS_DIR", "LINEAGE_FILE"}
GIVEN_BY_WRAPPERS = {"PREFECT_API_URL", "PREFECT_WORKER_QUERY_SECONDS", "SPARK_CONNECT_BIND"}

every_part = pytest.mark.parametrize("name", SETTINGS)


@every_part
def test_a_part_can_start_with_what_it_is_given(name: str) -> None:
    environment = fill_in(find_service(name))
    SETTINGS[name].model_validate(
        {key.lower(): value for key, value in environment.items() if key.lower() in SETTINGS[name].model_fields}
    )


@every_part
def test_a_part_is_given_nothing_that_it_does_not_read(name: str) -> None:
    read = {field.upper() for field in SETTINGS[name].model_fields} | READ_BY_OTHERS.get(name, set())
    assert set(find_service(name).environment) <= read


def test_a_secret_reaches_those_who_need_it_and_nobody_else() -> None:
    seen = {
        secret: {service.name for service in read_services() if secret in service.references}
        for secret in secret_names()
    }
    assert seen == SEEN_BY


@pytest.mark.parametrize("name", OUR_PARTS)
def test_a_container_is_given_the_same_as_the_local_service(name: str) -> None:
    """Places apart: folders and ports inside a container are fixed by its image."""
    contained = set(find_service(name).environment) - GIVEN_BY_WRAPPERS
    assert contained - PLACES == SERVICE_VARIABLES[name] - PLACES


def test_servers_of_others_are_given_no_setting_by_name() -> None:
    servers = {part.name for part in PARTS if not part.once} - set(OUR_PARTS)
    assert {name: set(SERVICE_VARIABLES[name]) for name in servers} == {name: set() for name in servers}


@every_part
def test_a_part_looks_for_others_by_their_names(name: str) -> None:
    names = {service.name for service in read_services()}
    given = find_service(name).environment
    addresses = [given[key] for key in ADDRESSES & set(given)]
    hosts = {re.split("[:/]", address.split("://")[-1])[0] for address in addresses}
    assert hosts <= names


@pytest.mark.parametrize(("name", "prefix"), PREFECT_PARTS.items())
def test_a_part_of_prefect_is_told_the_same_as_without_containers(name: str, prefix: str) -> None:
    part = find_service(name)
    assert part.dockerfile is not None
    image = dict(re.findall(r"(PREFECT_\w+)=(\S+)", part.dockerfile.read_text()))
    local = LocalSettings.of(dot_env())
    told = prefect_environment(local) | server_access(local)
    settings = {name: value for name, value in told.items() if name.startswith(prefix)}
    assert settings
    assert settings.items() <= (image | fill_in(part)).items()
