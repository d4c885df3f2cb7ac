"""Compare counted charts with the ones Postgres publishes, row by row and column by column."""

from __future__ import annotations

from typing import Any, Final, Protocol

import duckdb
import psycopg
import pyarrow as pa

from notebooks.song_identity import identify_song

CHART_TYPES: Final = {
    "region": pa.string(),
    "window_start": pa.timestamp("us", tz="UTC"),
    "rank": pa.int32(),
    "song_id": pa.string(),
    "title": pa.string(),
    "artist": pa.string(),
    "plays": pa.int64(),
    "raw_plays": pa.int64(),
    "listeners": pa.int64(),
    "previous_rank": pa.int32(),
    "movement": pa.string(),
    "peak_rank": pa.int32(),
    "peak_at": pa.timestamp("us", tz="UTC"),
    "windows_on_chart": pa.int32(),
    "streak": pa.int32(),
}
CHART_COLUMNS: Final = tuple(CHART_TYPES)
KEY: Final = ("region", "window_start", "rank")
COMPARED: Final = tuple(column for column in CHART_COLUMNS if column not in KEY)
MARTS: Final = {"hourly": "charts.top_songs_hourly", "daily": "charts.top_songs_daily"}


class Charts(Protocol):
    """Both grains of counted charts, with ``CHART_COLUMNS``."""

    @property
    def hourly(self) -> pa.Table: ...

    @property
    def daily(self) -> pa.Table: ...


def compare(expected: Charts, postgres_dsn: str) -> list[str]:
    """Every difference between counted and published charts, one sentence each; none: equal.

    Every column but ``revision`` is compared (that one tells of the past, not of the plays).
    Raises psycopg.Error when the marts cannot be read.
    """
    with psycopg.connect(postgres_dsn, options="-c TimeZone=UTC") as connection:
        return [
            difference
            for grain, mart in MARTS.items()
            for difference in differences(
                mart, _name_as_published(getattr(expected, grain), connection, mart), read_mart(connection, mart)
            )
        ]


def _name_as_published(expected: pa.Table, connection: psycopg.Connection[Any], mart: str) -> pa.Table:
    """Take the spelling of songs from the mart, where it is one of the song.

    Which spelling names a song depends on which days are settled; ``make audit`` recounts that.
    """
    rows = connection.execute(f"select region, window_start, song_id, title, artist from {mart}").fetchall()
    names = {row[:3]: row[3:] for row in rows}
    keys = zip(*(expected[name].to_pylist() for name in ("region", "window_start", "song_id")), strict=True)
    spelled = zip(expected["title"].to_pylist(), expected["artist"].to_pylist(), strict=True)
    named = [
        names.get(key, own) if identify_song(*names.get(key, own)) == key[2] else own
        for key, own in zip(keys, spelled, strict=True)
    ]
    for column, place in (("title", 0), ("artist", 1)):
        values = pa.array([pair[place] for pair in named], pa.string())
        expected = expected.set_column(expected.schema.get_field_index(column), column, values)
    return expected


def read_mart(connection: psycopg.Connection[Any], mart: str) -> pa.Table:
    """One mart as Arrow, with the columns of ``CHART_COLUMNS``."""
    rows = connection.execute(f"select {', '.join(CHART_COLUMNS)} from {mart}").fetchall()
    columns = zip(*rows, strict=True) if rows else ([] for _ in CHART_COLUMNS)
    return pa.table(
        {name: pa.array(values, kind) for (name, kind), values in zip(CHART_TYPES.items(), columns, strict=True)}
    )


def differences(mart: str, expected: pa.Table, published: pa.Table) -> list[str]:
    """Missing, surplus and unequal rows of two tables with ``CHART_COLUMNS``, as sentences."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.register("expected", expected)
        connection.register("published", published)
        rows = connection.execute(_difference_query()).fetchall()
    return [f"{mart} {sentence}" for (sentence,) in rows]


def _difference_query() -> str:
    keys = ", ".join(KEY)
    cells = ", ".join(_cell_difference(column) for column in COMPARED)
    unequal = " or ".join(f"e.{column} is distinct from p.{column}" for column in COMPARED)
    return f"""
        select concat(region, strftime(window_start, ' %Y-%m-%dT%H:%MZ rank '), rank, ': ', case
            when p.song_id is null then 'missing, expected ' || e.title || ' / ' || e.artist
            when e.song_id is null then 'not expected: ' || p.title || ' / ' || p.artist
            else concat_ws('; ', {cells}) end)
        from expected as e full outer join published as p using ({keys})
        where {unequal}
        order by {keys}
        """


def _cell_difference(column: str) -> str:
    return (
        f"case when e.{column} is distinct from p.{column} then concat('{column} is ',"
        f" coalesce(p.{column}::varchar, 'null'), ', expected ',"
        f" coalesce(e.{column}::varchar, 'null')) end"
    )
