"""Which variables of `.env` each service receives: those that it reads, and so no secret of another.

A service that is missing here cannot start. docker-compose.yaml gives the same ones, and
tests/containers/test_environments.py compares the two.
"""

from collections.abc import Mapping

from dotenv import dotenv_values

from local.environment import EXAMPLE, env_file

KAFKA = frozenset(
    {
        "KAFKA_BOOTSTRAP_SERVERS",
        "KAFKA_TOPIC",
        "KAFKA_SECURITY_PROTOCOL",
        "KAFKA_SASL_MECHANISM",
        "KAFKA_CA_FILE",
    }
)
LAKE = frozenset({"S3_ENDPOINT", "S3_REGION", "LAKE_BUCKET"})
POSTGRES = frozenset({"POSTGRES_HOST", "POSTGRES_PORT", "POSTGRES_DATABASE"})
SPARK_CLIENT = frozenset({"SPARK_CONNECT_HOST", "SPARK_CONNECT_PORT", "SPARK_CONNECT_TOKEN"})
INGEST_OPTIONS = frozenset(
    {
        "INGEST_WORKERS",
        "INGEST_DELIVERY_TIMEOUT_SECONDS",
        "INGEST_REQUEST_TIMEOUT_SECONDS",
        "INGEST_RATE_LIMIT_PLAYS",
        "INGEST_RATE_LIMIT_SECONDS",
        "INGEST_OLDEST_PLAY_DAYS",
        "INGEST_LISTENERS_PER_HOUR",
        "INGEST_LOG_LEVEL",
        "FORWARDED_ALLOW_IPS",
    }
)
DRIVER_OPTIONS = frozenset({"DATA_DIR", "SPARK_MASTER", "SPARK_DRIVER_MEMORY", "BRONZE_TRIGGER_SECONDS"})
LIVE_OPTIONS = frozenset({"LIVE_COUNTS", "LIVE_POLL_SECONDS", "LIVE_LARGEST_BATCH", "LIVE_INSTANCE"})
LAKE_DRIVER_SECRETS = frozenset(
    {"LAKE_ACCESS_KEY", "LAKE_SECRET_KEY", "SPARK_CONNECT_TOKEN", "SPARK_AUTHENTICATE_SECRET", "USER_ID_SECRET"}
)
SIMULATOR_OPTIONS = frozenset(
    {"DATA_DIR", "SIMULATOR_RATE", "SIMULATOR_SEED", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"}
)
DBT = frozenset({"POSTGRES_DBT_PASSWORD", "DBT_TARGET_PATH", "DBT_LOG_PATH", "DBT_DOCS_DIR"})

SERVICE_VARIABLES: Mapping[str, frozenset[str]] = {
    # Servers of others read no variable of `.env`: local/servers has what they are given.
    "kafka": frozenset(),
    "minio": frozenset(),
    "postgres": frozenset(),
    "prefect-server": frozenset(),
    "lake-driver": KAFKA
    | LAKE
    | DRIVER_OPTIONS
    | LAKE_DRIVER_SECRETS
    | {"SPARK_CONNECT_PORT", "KAFKA_LAKE_USER", "KAFKA_LAKE_PASSWORD"},
    "live-counter": KAFKA
    | POSTGRES
    | LIVE_OPTIONS
    | {"POSTGRES_LIVE_PASSWORD", "USER_ID_SECRET", "KAFKA_LIVE_USER", "KAFKA_LIVE_PASSWORD"},
    "ingest": KAFKA
    | POSTGRES
    | INGEST_OPTIONS
    | {"USER_ID_SECRET", "INGEST_KEY", "INGEST_KEY_FILE", "POSTGRES_INGEST_PASSWORD"}
    | {"KAFKA_INGEST_USER", "KAFKA_INGEST_PASSWORD"},
    "api": POSTGRES
    | LAKE
    | {"POSTGRES_READER_PASSWORD", "READER_ACCESS_KEY", "READER_SECRET_KEY"}
    | {"INGEST_URL", "API_CORS_ORIGINS", "API_MEMORY_BYTES", "API_PUBLIC_URL", "LINEAGE_FILE", "FORWARDED_ALLOW_IPS"},
    "prefect-worker": KAFKA
    | POSTGRES
    | SPARK_CLIENT
    | DBT
    | {"LAKE_BUCKET", "POSTGRES_LOADER_PASSWORD", "LIVE_COUNTS", "CHARTS_MINIMUM_LISTENERS"}
    | {"PREFECT_API_AUTH_STRING"}
    | {"KAFKA_ORCHESTRATION_USER", "KAFKA_ORCHESTRATION_PASSWORD"},
    "prefect-init": frozenset({"PREFECT_API_AUTH_STRING", "SETTLE_INTERVAL_SECONDS", "DBT_DOCS_DIR"}),
    "simulator": SIMULATOR_OPTIONS | {"INGEST_URL", "INGEST_KEY"},
}


def for_service(name: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Return `environment` without the settings that the service does not read.

    What is not a setting of `.env`, such as PATH, is kept. Raises KeyError for a service without an entry above.
    """
    settings = setting_names() - SERVICE_VARIABLES[name]
    return {name: value for name, value in environment.items() if name not in settings}


def without_settings_file(environment: Mapping[str, str]) -> dict[str, str]:
    """Return `environment` without what each service reads from `.env` itself.

    A variable with another value than the file's was set by the caller and is kept.
    """
    written = dotenv_values(env_file(), interpolate=False) if env_file().exists() else {}
    return {name: value for name, value in environment.items() if written.get(name) != value}


def setting_names() -> frozenset[str]:
    """Return the names of all settings: those of the example, and those of `.env`."""
    files = [path for path in (EXAMPLE, env_file()) if path.exists()]
    return frozenset(name for path in files for name in dotenv_values(path, interpolate=False))
