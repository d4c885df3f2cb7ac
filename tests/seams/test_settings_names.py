"""A setting has one name and one default, whoever reads it: `.env.example`, a settings class, dbt, Prefect, compose."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings

from api.settings import Settings as ApiSettings
from clients.settings import Settings as ClientSettings
from ingest.settings import Settings as IngestSettings
from local.environment import EXAMPLE, ROOT, TO_GENERATE, read_env_file
from local.settings import LocalSettings, PrefectDatabaseSettings
from orchestration.settings import OrchestrationSettings
from streaming.live.settings import LiveSettings
from streaming.settings import StreamingSettings

NOTEBOOK: type[BaseSettings] = import_module("notebooks.explore_charts").ReaderSettings
CLASSES: list[type[BaseSettings]] = [
    IngestSettings,
    StreamingSettings,
    LiveSettings,
    OrchestrationSettings,
    ApiSettings,
    ClientSettings,
    LocalSettings,
    PrefectDatabaseSettings,
    NOTEBOOK,
]
EXAMPLE_VALUES = read_env_file(EXAMPLE, {})
# Set by whoever starts the process, because they follow from where it runs.
SET_BY_THE_STARTER = {
    "LAKE_JARS",
    "TOP_SONGS_CACHE",
    "FRONTEND_DIST",
    "DBT_PROJECT_DIR",
    "SPARK_CONNECT_BIND",
}
# A bound that nobody has had to turn yet; it has its default in the class.
KEPT_IN_THE_CLASS = {
    *("BRONZE_LARGEST_BATCH", "BRONZE_STOP_ON_LOST_PLAYS", "SPARK_SHUFFLE_PARTITIONS"),
    "KAFKA_ADOPT_TOPIC_ID",
}
READ_BY_TOOLS = {"DBT_TARGET_PATH", "DBT_LOG_PATH", "FORWARDED_ALLOW_IPS"}
# What a container has no use for: its ports and folders are its own.
NOT_IN_CONTAINERS = {
    "DATA_DIR",
    "API_URL",
    "INGEST_URL",
    "PREFECT_API_URL",
    "KAFKA_BOOTSTRAP_SERVERS",
    "KAFKA_CONTROLLER_PORT",
    "S3_ENDPOINT",
    "POSTGRES_HOST",
    "SPARK_CONNECT_HOST",
    "INGEST_KEY_FILE",
    "DBT_TARGET_PATH",
    "DBT_LOG_PATH",
    "DBT_DOCS_DIR",
    "LINEAGE_FILE",
    "SIMULATOR_RATE",
    "SIMULATOR_SEED",
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "OPENAI_MODEL",
}


def field_names() -> set[str]:
    """The variables that settings classes read."""
    return {name.upper() for kind in CLASSES for name in kind.model_fields}


def names_in(file: str, pattern: str) -> set[str]:
    """The variables that a file of another language refers to."""
    return set(re.findall(pattern, (ROOT / file).read_text()))


def names_of_dbt() -> set[str]:
    return names_in("dbt_project/profiles.yml", r"env_var\('(\w+)'")


def names_of_prefect() -> set[str]:
    return names_in("orchestration/prefect.yaml", r"\{\{ \$(\w+) \}\}")


def test_every_setting_is_in_the_example() -> None:
    read = field_names() | names_of_dbt() | names_of_prefect()
    assert names_of_dbt()
    assert names_of_prefect()
    assert read - SET_BY_THE_STARTER - KEPT_IN_THE_CLASS <= set(EXAMPLE_VALUES)


def test_every_variable_of_the_example_is_read() -> None:
    read = field_names() | names_of_dbt() | names_of_prefect() | READ_BY_TOOLS
    assert set(EXAMPLE_VALUES) <= read


def test_nothing_is_excused_that_needs_no_excuse() -> None:
    assert field_names() - set(EXAMPLE_VALUES) >= SET_BY_THE_STARTER | KEPT_IN_THE_CLASS
    assert set(EXAMPLE_VALUES) - field_names() >= READ_BY_TOOLS


def test_containers_are_given_every_variable_that_they_have_a_use_for() -> None:
    assert names_in("docker-compose.yaml", r"\$\{(\w+)(?::\?[^}]*)?\}") == set(EXAMPLE_VALUES) - NOT_IN_CONTAINERS


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__module__)
def test_a_default_is_what_the_example_says(kind: type[BaseSettings]) -> None:
    defaults = {name.upper(): field for name, field in kind.model_fields.items()}
    for name in set(defaults) & set(EXAMPLE_VALUES) - {"DATA_DIR", "LINEAGE_FILE"}:
        default = defaults[name].get_default()
        if default not in (PydanticUndefined, None) and EXAMPLE_VALUES[name] != TO_GENERATE:
            assert EXAMPLE_VALUES[name] == str(default), name
