"""Connections of one run: the lake driver, Postgres and Kafka."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
from psycopg import Connection
from pyspark.sql import SparkSession

from orchestration.ledger.progress import EndOffsets
from orchestration.settings import OrchestrationSettings
from streaming.lake import connect, disconnect
from streaming.stored_source import read_stored_source


@dataclass(frozen=True)
class Connections:
    """One set of connections."""

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
    spark = connect(settings.spark_connect_host, settings.spark_connect_port, token)
    base = read_stored_source(spark, settings.lake_root).offset_base
    return Connections(
        settings=settings,
        spark=spark,
        postgres=psycopg.connect(settings.loader_conninfo, autocommit=True),
        kafka=EndOffsets(settings.kafka, settings.kafka_topic, base),
    )


def drop_connections() -> None:
    """Close this process's connections, so that the next use opens fresh ones."""
    if open_connections.cache_info().currsize:
        open_connections().close()
        open_connections.cache_clear()


def try_lock(connection: Connection[Any], key: int) -> bool:
    """Take an advisory lock for the life of the connection, unless another holds it; return whether it was taken."""
    row = connection.execute("select pg_try_advisory_lock(%s)", (key,)).fetchone()
    return bool(row and row[0])
