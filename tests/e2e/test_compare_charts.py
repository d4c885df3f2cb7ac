"""The comparison finds every kind of difference between counted and published charts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from psycopg import sql

from tests.e2e.compare_charts import CHART_COLUMNS, COMPARED, MARTS, compare, differences
from tests.e2e.count_charts import Expected, expected_charts
from tests.servers import PostgresServer

MART_DDL = """(
    region text, window_start timestamptz, rank integer, song_id text, title text, artist text,
    plays bigint, raw_plays bigint, listeners bigint, previous_rank integer, movement text,
    peak_rank integer, peak_at timestamptz, windows_on_chart integer, streak integer,
    revision integer, live boolean not null default false)"""


@pytest.fixture
def expected(tmp_path: Path) -> Expected:
    """Charts of two songs over two hours."""
    plays = [
        {"user_id": f"u{number}", "title": title, "artist": "Trio", "region": "GB", "played_at": at}
        for title, number, at in (
            ("One", 1, "2026-11-20T10:00:00Z"),
            ("One", 2, "2026-11-20T10:00:00Z"),
            ("Two", 1, "2026-11-20T10:00:00Z"),
            ("Two", 2, "2026-11-20T11:00:00Z"),
        )
    ]
    file = tmp_path / "plays.jsonl"
    file.write_text("".join(f"{json.dumps(play)}\n" for play in plays))
    return expected_charts(file, b"secret")


@pytest.fixture
def dsn(postgres_server: PostgresServer) -> Iterator[str]:
    """A database of its own with empty marts."""
    name = f"charts_{uuid4().hex[:8]}"
    with postgres_server.connect("postgres") as server:
        server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        address = postgres_server.dsn("postgres", name)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("create schema charts")
            for mart in MARTS.values():
                connection.execute(f"create table {mart} {MART_DDL}")
        yield address
        server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def publish(dsn: str, charts: Expected) -> None:
    with psycopg.connect(dsn) as connection:
        for grain, mart in MARTS.items():
            places = ", ".join(["%s"] * len(CHART_COLUMNS))
            columns = ", ".join(CHART_COLUMNS)
            rows = [tuple(row.values()) for row in getattr(charts, grain).to_pylist()]
            connection.cursor().executemany(f"insert into {mart} ({columns}, revision) values ({places}, 7)", rows)


def test_charts_published_as_counted_do_not_differ_whatever_their_revision(expected: Expected, dsn: str) -> None:
    publish(dsn, expected)
    assert compare(expected, dsn) == []


def test_marts_without_rows_lack_every_row(expected: Expected, dsn: str) -> None:
    found = compare(expected, dsn)
    assert len(found) == expected.hourly.num_rows + expected.daily.num_rows
    assert found[0] == "charts.top_songs_hourly GB 2026-11-20T10:00Z rank 1: missing, expected One / Trio"


def test_a_row_too_many_and_a_changed_day_are_told(expected: Expected, dsn: str) -> None:
    first = expected.daily.slice(0, 1)
    surplus = first.set_column(2, "rank", pa.array([9], pa.int32()))
    plays = pc.add(first["plays"], 1).cast(pa.int64())
    changed = first.set_column(CHART_COLUMNS.index("plays"), "plays", plays)
    daily = pa.concat_tables([changed, expected.daily.slice(1), surplus])
    publish(dsn, replace(expected, daily=daily))
    assert compare(expected, dsn) == [
        "charts.top_songs_daily GB 2026-11-20T00:00Z rank 1: plays is 3, expected 2",
        "charts.top_songs_daily GB 2026-11-20T00:00Z rank 9: not expected: One / Trio",
    ]


@pytest.mark.parametrize("column", COMPARED)
def test_a_difference_in_any_column_is_found(expected: Expected, column: str) -> None:
    place = CHART_COLUMNS.index(column)
    kind = expected.hourly.schema.field(place).type
    nothing = pa.nulls(expected.hourly.num_rows, kind)
    found = differences("mart", expected.hourly, expected.hourly.set_column(place, column, nothing))
    with_a_value = expected.hourly.num_rows - expected.hourly[column].null_count
    assert len(found) == with_a_value > 0
