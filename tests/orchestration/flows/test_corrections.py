"""Erasure and rebuild through to the charts that dbt publishes: real lake, real Postgres, real dbt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
import pytest

from ingest.play import hash_listener
from orchestration.commands.find_listener import search_tables, traces_of
from orchestration.corrections.erasure_requests import make_request
from orchestration.corrections.rebuild import rebuild_charts
from orchestration.flows.connections import Connections
from orchestration.flows.corrections import carry_out, describe_rebuilt
from orchestration.silver.recompute import Scope
from streaming.lake import LakeTable
from streaming.live.counter import LiveCounter
from tests.ingest.builders import SECRET, recorded_play
from tests.orchestration.charted_line import CHARTS, GONE, STAYS, read
from tests.stack import PostgresServer
from tests.streaming.live.live_store import Topic, count_batch

Loader = psycopg.Connection[Any]


def keep_listens(database: PostgresServer) -> None:
    """What both listeners could read back, as the live counter and ingest write it."""
    with database.connect("live") as connection:
        topic, counter = Topic(), LiveCounter(connection)
        plays = [recorded_play(title=title, user_id=user) for title, user in (("a", GONE), ("s", STAYS))]
        count_batch(counter, connection, topic.append(plays, is_own=True))
    listener = hash_listener(GONE, SECRET)[:32]
    with database.connect("ingest") as connection:
        connection.execute("insert into listens.playing_now values (%s, now(), '{}')", (listener,))
        connection.execute("insert into listens.latest_imports values (%s, 'lastfm', 1)", (listener,))


def traces(database: PostgresServer) -> set[str]:
    """The tables in which the listener who goes is found."""
    with database.connect("postgres") as connection:
        return set(search_tables(connection, traces_of(GONE, SECRET)))


@pytest.mark.faults
def test_an_erasure_amends_final_charts_and_leaves_a_receipt(line: Connections, database: PostgresServer) -> None:
    request_id: UUID = make_request(line.postgres, hash_listener(GONE, SECRET))
    keep_listens(database)
    assert traces(database) == {"erasure.requests", "listens.recent", "listens.playing_now", "listens.latest_imports"}
    receipt = carry_out(line, line.postgres, request_id)
    assert traces(database) == set()
    assert read(database, "select track ->> 'title' from listens.recent") == [("s",)]
    assert (receipt.user_id, receipt.bronze_rows, receipt.plays, receipt.rejected, receipt.hours) == (None, 3, 2, 1, 1)
    assert None not in (receipt.erased_at, receipt.files_gone_by, receipt.kafka_gone_by)
    assert read(database, "select distinct title, plays from charts.top_songs_hourly") == [("a", 1)]
    assert set(read(database, "select revision from charts.chart_windows")) == {(1,)}
    assert read(database, "select cause::text from charts.revision_causes") == []
    assert carry_out(line, line.postgres, request_id) == receipt


@pytest.mark.faults
def test_a_rebuild_of_everything_is_equal_and_mends_what_was_damaged(
    line: Connections, database: PostgresServer
) -> None:
    before, windows = read(database, CHARTS), read(database, "select * from charts.chart_windows order by 1, 2, 3")
    whole = (line.spark, line.lake_root, line.postgres, line.settings.dbt_project_dir)
    rebuilt = rebuild_charts(*whole, Scope())
    assert (rebuilt.is_equal, rebuilt.rows, rebuilt.charts) == (True, 5, 4)
    assert read(database, "select * from charts.chart_windows order by 1, 2, 3") == windows
    line.spark.sql(f"DELETE FROM delta.`{LakeTable.SILVER_PLAYS.path(line.lake_root)}` WHERE title = 'a'").collect()
    line.postgres.execute("update counts.song_counts set plays = 99 where grain = 'day' and region = 'global'")
    rebuilt = rebuild_charts(*whole, Scope(region="GB"))
    assert not rebuilt.is_equal
    assert [line["found"] for line in describe_rebuilt(rebuilt)][:2] == [
        "what differed was replaced",
        "2 rows lacking, 0 too many, 0 different",
    ]
    assert read(database, CHARTS) == before
    assert rebuild_charts(*whole, Scope()).is_equal
