"""Arrow tables arrive in Postgres as they are, however they are cut into chunks."""

from __future__ import annotations

from typing import Any

import psycopg
import pyarrow as pa

from orchestration.shipping import ship

NAMES = pa.schema({"name": pa.string(), "plays": pa.int64()})


def chunk(*plays: int) -> pa.Table:
    names = pa.table({"name": pa.array([f"song {number}" for number in plays], pa.string())})
    return names.append_column("plays", pa.array(plays, pa.int64()))


def test_rows_behind_a_chunk_without_rows_are_shipped(loader: psycopg.Connection[Any]) -> None:
    rows = pa.concat_tables([chunk(), chunk(*range(300)), chunk(), chunk(300)])
    assert rows.schema == NAMES
    with loader.transaction():
        ship(loader, {"shipped": rows})
        shipped = loader.execute("select name, plays from shipped order by plays").fetchall()
    assert shipped == [(f"song {number}", number) for number in range(301)]


def test_a_table_without_rows_is_shipped_as_an_empty_one(loader: psycopg.Connection[Any]) -> None:
    with loader.transaction():
        ship(loader, {"shipped": chunk()})
        assert loader.execute("select * from shipped").fetchall() == []
