"""Real servers for tests, started by the stack's wrappers, on free ports and in their own folder.

Each fixture starts one server the first time a test asks for it, and ends it with the session.
The kernel ends them too when pytest is killed.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from pydantic_settings import BaseSettings

from local.environment import EXAMPLE, ROOT, read_env_file, with_secrets
from local.provision import kafka_topic, object_store, postgres_roles
from local.settings import CACHE, LocalSettings
from local.setup.downloads import jar_folder
from local.stack import readiness
from local.stack.orphan_processes import end_processes, processes_of
from local.stack.waiting import wait_until
from tests.ports import reserve_ports
from tests.servers import KafkaServer, MinioServer, PostgresServer

__all__ = [
    "KafkaServer",
    "MinioServer",
    "PostgresServer",
    "kafka_server",
    "minio_server",
    "postgres_server",
    "stack_environment",
]

KEPT = ("PATH", "HOME", "JAVA_HOME", "LANG", "TOP_SONGS_CACHE")
START_SECONDS = 240
OFTEN = {"BRONZE_TRIGGER_SECONDS": "2", "SETTLE_INTERVAL_SECONDS": "10"}
"""Tests wait for settled charts; nobody else does."""
EVERY_SONG = {"CHARTS_MINIMUM_LISTENERS": "1"}
"""Most tests have a listener or two."""
PORT_NAMES = (
    "API_PORT",
    "INGEST_PORT",
    "PREFECT_PORT",
    "MINIO_PORT",
    "MINIO_CONSOLE_PORT",
    "KAFKA_PORT",
    "KAFKA_CONTROLLER_PORT",
    "POSTGRES_PORT",
    "SPARK_CONNECT_PORT",
)


def asked_changes() -> dict[str, str]:
    """Returns the variables that TEST_STACK, a JSON object, changes: the same tests on another cluster or store."""
    changes: dict[str, str] = json.loads(os.environ.get("TEST_STACK", "{}"))
    return changes


def make_environment(folder: Path) -> dict[str, str]:
    """Returns every variable of `.env.example` for a stack in `folder`, with own ports and secrets.

    Nothing is taken from the caller's environment but what it takes to run a process at all, and
    what TEST_STACK changes on purpose.
    """
    file = folder / "env"
    file.write_text(with_secrets(EXAMPLE.read_text()))
    ports = dict(zip(PORT_NAMES, map(str, reserve_ports(len(PORT_NAMES))), strict=True))
    changes = {**OFTEN, **EVERY_SONG, **asked_changes()}
    variables = read_env_file(file, {"DATA_DIR": str(folder / "data"), **ports, **changes})
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    cache = Path(os.environ.get("TOP_SONGS_CACHE") or CACHE)
    own = {"TOP_SONGS_ENV": str(file), "LAKE_JARS": str(jar_folder("lake", cache))}
    # Tests and benchmarks count what the object store was asked.
    return {**kept, "MINIO_PROMETHEUS_AUTH_TYPE": "public", **variables, **own}


SettingsOf = TypeVar("SettingsOf", bound=BaseSettings)


def settings_of(kind: type[SettingsOf], environment: Mapping[str, str], **changes: object) -> SettingsOf:
    """Returns a part's settings as it reads them from an environment, some of them changed."""
    named = {name: environment[name.upper()] for name in kind.model_fields if name.upper() in environment}
    return kind.model_validate(named | changes)


@contextmanager
def running(module: str, environment: dict[str, str], part: str) -> Iterator[subprocess.Popen[bytes]]:
    """Runs one wrapper, its output in DATA_DIR/logs, and leaves nothing of it behind."""
    settings = LocalSettings.of(environment)
    log_file = settings.data_dir / "logs" / f"{part}.log"
    log_file.parent.mkdir(parents=True, exist_ok=True)
    with log_file.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        end_processes(processes_of(settings.data_dir, part), patience_seconds=0)


def wait_for(
    process: subprocess.Popen[bytes],
    part: str,
    settings: LocalSettings,
    ask: Callable[[LocalSettings], None],
) -> None:
    """Waits until a server answers; raises with the end of its log when its process has ended."""

    def still_running() -> None:
        if process.poll() is not None:
            tail = (settings.data_dir / "logs" / f"{part}.log").read_text()[-3000:]
            raise RuntimeError(f"{part} ended with {process.returncode}:\n{tail}")

    wait_until(part, lambda: ask(settings), START_SECONDS, 0.1, still_running)


@pytest.fixture(scope="session")
def stack_environment() -> Iterator[dict[str, str]]:
    """Every variable of `.env.example` with free ports, fresh secrets and a temporary DATA_DIR."""
    with temporary_environment() as environment:
        yield environment


@contextmanager
def temporary_environment() -> Iterator[dict[str, str]]:
    """The same; whatever runs in it is ended and its folder removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="top-songs-"))
    try:
        yield make_environment(folder)
    finally:
        end_processes(processes_of(folder / "data"), patience_seconds=0)
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def kafka_server(stack_environment: dict[str, str]) -> Iterator[KafkaServer]:
    """A real broker with the topic of plays; `new_topic()` gives a test one of its own."""
    with run_kafka(stack_environment) as server:
        yield server


@contextmanager
def run_kafka(environment: dict[str, str]) -> Iterator[KafkaServer]:
    """A real broker with the topic of plays."""
    settings = LocalSettings.of(environment)
    with running("local.servers.kafka", environment, "kafka") as process:
        wait_for(process, "kafka", settings, readiness.kafka_answers)
        kafka_topic.bring_in_line(settings)
        yield KafkaServer(environment)


@pytest.fixture(scope="session")
def minio_server(stack_environment: dict[str, str]) -> Iterator[MinioServer]:
    """A real MinIO with the lake's bucket and its two users."""
    with run_minio(stack_environment) as server:
        yield server


@contextmanager
def run_minio(environment: dict[str, str]) -> Iterator[MinioServer]:
    """A real MinIO with the lake's bucket and its two users."""
    settings = LocalSettings.of(environment)
    server = _describe_store(settings)
    if "S3_ENDPOINT" in asked_changes():
        # Another store runs already, and has no MinIO users to bring in line.
        yield server
        return
    with running("local.servers.minio", environment, "minio") as process:
        wait_for(process, "minio", settings, readiness.minio_answers)
        object_store.bring_in_line(settings)
        yield server


def _describe_store(settings: LocalSettings) -> MinioServer:
    return MinioServer(
        endpoint=settings.s3_endpoint,
        region=settings.s3_region,
        bucket=settings.lake_bucket,
        root_user=settings.minio_root_user,
        root_password=settings.minio_root_password.get_secret_value(),
        lake_access_key=settings.lake_access_key,
        lake_secret_key=settings.lake_secret_key.get_secret_value(),
        reader_access_key=settings.reader_access_key,
        reader_secret_key=settings.reader_secret_key.get_secret_value(),
    )


@pytest.fixture(scope="session")
def postgres_server(stack_environment: dict[str, str]) -> Iterator[PostgresServer]:
    """A real Postgres 18 with the roles, schemas and grants of the stack, and no tables."""
    with run_postgres(stack_environment) as server:
        yield server


@contextmanager
def run_postgres(environment: dict[str, str]) -> Iterator[PostgresServer]:
    """A real Postgres 18 with the roles, schemas and grants of the stack, and no tables."""
    settings = LocalSettings.of(environment)
    with running("local.servers.postgres", environment, "postgres") as process:
        wait_for(process, "postgres", settings, readiness.postgres_answers)
        postgres_roles.bring_in_line(settings)
        yield PostgresServer(
            host=settings.postgres_host,
            port=settings.postgres_port,
            database=settings.postgres_database,
            superuser_password=settings.role_password("postgres"),
            loader_password=settings.role_password("loader"),
            dbt_password=settings.role_password("dbt"),
            live_password=settings.role_password("live"),
            ingest_password=settings.role_password("ingest"),
            reader_password=settings.role_password("reader"),
        )
