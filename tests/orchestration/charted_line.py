"""Plays of two listeners on their way through to the charts that dbt publishes: real lake, real Postgres, real dbt."""

from __future__ import annotations

from typing import Any

from orchestration.charts.build_charts import build_charts
from orchestration.counts.count_slices import count_slices
from orchestration.flows.connections import Connections
from orchestration.silver.enrich_plays import enrich_plays
from tests.ingest.builders import recorded_play
from tests.stack import PostgresServer

GONE, STAYS = "listener-who-wants-to-go", "listener-who-stays"
CHARTS = """
    select to_jsonb(entries) - 'revision' from charts.top_songs_hourly as entries
    union all select to_jsonb(entries) - 'revision' from charts.top_songs_daily as entries
    union all select to_jsonb(windows) - 'revision' - 'computed_at' - 'changed_at' from charts.chart_windows as windows
    order by 1
"""


def play(title: str, listener: str) -> bytes:
    return recorded_play(title=title, play_id=f"{title}-{listener}", user_id=listener).to_value()


def round_(line: Connections) -> None:
    enrich_plays(line.spark, line.lake_root, line.postgres)
    count_slices(line.spark, line.lake_root, line.postgres)
    build_charts(line.postgres, line.settings.dbt_project_dir)


def read(database: PostgresServer, query: str) -> list[Any]:
    with database.connect("postgres") as connection:
        return connection.execute(query).fetchall()
