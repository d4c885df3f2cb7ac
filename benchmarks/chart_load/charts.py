"""The charts that are asked for: the running stack's, or full ones in a Postgres of the benchmark's own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from unittest.mock import patch

import psycopg

from api.database import connection_string
from api.settings import Settings
from local import postgres_roles, readiness
from local.settings import LocalSettings
from tests.api.chart_store import TABLES, ChartStore
from tests.stack import make_environment, running, wait_for

HOURS: Final = 30
"""A day and some hours, so that there are final charts and an open one."""
SONGS: Final = 100
_FINAL_CHARTS: Final = """
    select count(*) from charts.chart_windows, charts.chart_progress
    where grain = 'hour' and region = 'global' and total_plays > 0 and window_end < complete_through - interval '1 hour'
"""


@contextmanager
def charts() -> Iterator[None]:
    """Charts behind the variables of the environment, which are other ones meanwhile if no stack runs."""
    if _stack_has_charts():
        print("asking for charts of the running stack", flush=True)
        yield
        return
    folder = Path(tempfile.mkdtemp(prefix="top-songs-charts-"))
    try:
        environment = make_environment(folder)
        with running("local.postgres", environment, "postgres") as process, patch.dict(os.environ, environment):
            settings = LocalSettings.of(environment)
            wait_for(process, "postgres", settings, readiness.postgres_answers)
            postgres_roles.bring_in_line(settings)
            _publish(settings)
            print(f"no stack runs: asking for {HOURS} charts in a Postgres of our own", flush=True)
            yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _stack_has_charts() -> bool:
    try:
        with psycopg.connect(connection_string(Settings())) as connection:  # type: ignore[call-arg]
            row = connection.execute(_FINAL_CHARTS).fetchone()
    except (ValueError, psycopg.Error):
        return False
    return bool(row and row[0])


def _publish(settings: LocalSettings) -> None:
    address = f"{settings.postgres_host}:{settings.postgres_port}/{settings.postgres_database}"
    dsn = f"postgresql://dbt:{settings.role_password('dbt')}@{address}"
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(TABLES.read_bytes())
        store = ChartStore(connection)
        store.complete_through(datetime.now(UTC))
        for number in range(HOURS):
            store.publish(now - timedelta(hours=number), SONGS, region="global")
        connection.execute("analyze")
