"""What a round talks to: the lake driver, Postgres and Kafka, opened once and kept warm."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import Connection
from pyspark.sql import SparkSession

from orchestration.progress import EndOffsets
from orchestration.settings import OrchestrationSettings
from streaming.lake import connect, disconnect

ROUND_LOCK = 7_076_673
"""The advisory lock of whoever runs rounds; Postgres lets it go when the holder's connection dies."""
_LOCK_POLL_SECONDS = 0.2


@dataclass(frozen=True)
class Connections:
    """One warm set of connections."""

    settings: OrchestrationSettings
    spark: SparkSession
    postgres: Connection[Any]
    kafka: EndOffsets

    @property
    def lake_root(self) -> str:
        """The address under which the lake's tables lie."""
        return self.settings.lake_root

    def close(self) -> None:
        """Close all three; a connection that is broken already is no reason to fail."""
        self.kafka.close()
        self.postgres.close()
        disconnect(self.spark)


@cache
def open_connections() -> Connections:
    """The connections of this process; :func:`drop_connections` makes the next call open new ones."""
    settings = OrchestrationSettings()
    token = settings.spark_connect_token.get_secret_value()
    return Connections(
        settings=settings,
        spark=connect(settings.spark_connect_host, settings.spark_connect_port, token),
        postgres=psycopg.connect(settings.loader_conninfo, autocommit=True),
        kafka=EndOffsets(settings.kafka_bootstrap_servers, settings.kafka_topic),
    )


def drop_connections() -> None:
    """Close this process's connections, so that the next use opens fresh ones."""
    if open_connections.cache_info().currsize:
        open_connections().close()
        open_connections.cache_clear()


def create_counts_schema(connection: Connection[Any]) -> None:
    """Bring the tables of schema ``counts`` in line; safe at every start."""
    for name in ("counts.sql", "ledger.sql", "erasure.sql"):
        connection.execute((Path(__file__).parent / name).read_text())


@contextmanager
def hold_round_lock(settings: OrchestrationSettings, patience_seconds: float = 0) -> Iterator[Connection[Any] | None]:
    """Hold the right to run rounds; yields None when another process holds it and does not let go in so long."""
    deadline = time.monotonic() + patience_seconds
    with psycopg.connect(settings.loader_conninfo, autocommit=True) as connection:
        while not (is_ours := try_lock(connection, ROUND_LOCK)) and time.monotonic() < deadline:
            time.sleep(_LOCK_POLL_SECONDS)
        yield connection if is_ours else None


def try_lock(connection: Connection[Any], key: int) -> bool:
    """Take an advisory lock for as long as the connection lives, unless another holds it; says whether it is ours."""
    row = connection.execute("select pg_try_advisory_lock(%s)", (key,)).fetchone()
    return bool(row and row[0])
