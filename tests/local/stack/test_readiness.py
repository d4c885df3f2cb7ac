"""A server that is up without what others have still to make there is not ready; the start goes on asking."""

import pytest

from local.settings import LocalSettings
from local.stack.readiness import live_counter_counts
from local.stack.waiting import NotReadyError
from tests.servers import PostgresServer


def test_before_its_tables_exist_the_live_counter_is_not_ready(
    postgres_server: PostgresServer, stack_environment: dict[str, str]
) -> None:
    with postgres_server.connect("postgres") as operator:
        operator.execute("create database without_tables")
    settings = LocalSettings.of({**stack_environment, "LIVE_COUNTS": "on", "POSTGRES_DATABASE": "without_tables"})
    with pytest.raises(NotReadyError, match=r"live\.offsets"):
        live_counter_counts(settings)


def test_without_postgres_the_live_counter_is_not_ready(stack_environment: dict[str, str]) -> None:
    settings = LocalSettings.of({**stack_environment, "LIVE_COUNTS": "on", "POSTGRES_PORT": "1"})
    with pytest.raises(NotReadyError):
        live_counter_counts(settings)
