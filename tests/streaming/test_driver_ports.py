"""Spark's own ports: on loopback only in local mode, and closed to clients without the secret."""

from __future__ import annotations

from typing import Final

import psutil
from pyspark.sql import SparkSession

from local.settings import LocalSettings
from local.stack.orphan_processes import processes_of
from tests.streaming.spark_rpc import ports_that_answer

LOOPBACK: Final = {"127.0.0.1", "::1", "::ffff:127.0.0.1"}


def test_the_driver_listens_on_loopback_only(spark: SparkSession, stack_environment: dict[str, str]) -> None:
    sockets = listening_sockets(stack_environment)
    # Spark Connect, RPC and blocks.
    assert len(sockets) >= 3
    assert {host for host, _ in sockets} <= LOOPBACK


def test_rpc_without_the_secret_is_refused(spark: SparkSession, stack_environment: dict[str, str]) -> None:
    connect = int(stack_environment["SPARK_CONNECT_PORT"])
    ports = {port for _, port in listening_sockets(stack_environment)} - {connect}
    for secret in (None, "another"):
        assert ports_that_answer(ports, secret) == set()


def listening_sockets(environment: dict[str, str]) -> set[tuple[str, int]]:
    processes = processes_of(LocalSettings.of(environment).data_dir, "lake-driver")
    connections = [connection for one in processes for connection in one.net_connections("tcp")]
    return {
        (connection.laddr[0], connection.laddr[1])
        for connection in connections
        if connection.status == psutil.CONN_LISTEN
    }
