"""Arrow tables arrive in Postgres as they are, however they are cut into chunks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import psycopg
import pyarrow as pa

from orchestration.counts.bulk_load import load_tables

NAMES = pa.schema({"name": pa.string(), "plays": pa.int64()})


def chunk(*plays: int) -> pa.Table:
    names = pa.table({"name": pa.array([f"song {number}" for number in plays], pa.string())})
    return names.append_column("plays", pa.array(plays, pa.int64()))


def test_rows_behind_a_chunk_without_rows_are_shipped(loader: psycopg.Connection[Any]) -> None:
    rows = pa.concat_tables([chunk(), chunk(*range(300)), chunk(), chunk(300)])
    assert rows.schema == NAMES
    with loader.transaction():
        load_tables(loader, {"shipped": rows})
        shipped = loader.execute("select name, plays from shipped order by plays").fetchall()
    assert shipped == [(f"song {number}", number) for number in range(301)]


def test_a_table_without_rows_is_shipped_as_an_empty_one(loader: psycopg.Connection[Any]) -> None:
    with loader.transaction():
        load_tables(loader, {"shipped": chunk()})
        assert loader.execute("select * from shipped").fetchall() == []


def test_instants_are_shipped_as_they_are_whatever_zone_the_session_has(loader: psycopg.Connection[Any]) -> None:
    instants = [datetime(2026, 3, 29, 1, 30, 0, 123456, UTC), None, datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC)]
    rows = pa.table({"played_at": pa.array(instants, pa.timestamp("us", "UTC"))})
    loader.execute("set timezone = 'Asia/Tokyo'")
    with loader.transaction():
        load_tables(loader, {"shipped": rows})
        shipped = loader.execute("select played_at from shipped").fetchall()
    assert shipped == [(instant,) for instant in instants]
    assert loader.execute("show timezone").fetchone() == ("Asia/Tokyo",)
