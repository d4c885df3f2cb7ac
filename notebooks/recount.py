"""Published charts counted again from bronze, by rules written on their own: nothing of the line is imported.

A day at a time, so that memory is bounded by the busiest day; DuckDB lays on disk what is beyond that.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

import duckdb
import pyarrow as pa
from deltalake import DeltaTable
from psycopg import Connection

from notebooks.reading import ReaderSettings, open_charts, open_table, read_charts
from notebooks.song_identity import identify_song

FOLDER: Final = Path(__file__).parent
MARTS: Final = {"hour": "charts.settled_hourly", "day": "charts.settled_daily"}
# Open windows are the stream's, and change while they are compared; `live = settled` holds them to silver.
_SETTLED: Final = """
    select settled.* from {mart} as settled
    where settled.window_start < (select open_from from charts.open_windows where grain = '{grain}')"""
_WAITING: Final = """
    select pending.* from charts.pending_windows as pending
    inner join charts.open_windows using (grain)
    where pending.window_start < open_windows.open_from"""
_OPEN_FROM: Final = """
    select grain, least(open_from, timestamptz '9999-01-01 00:00:00Z') as open_from from charts.open_windows"""
_RULES: Final = "select minimum_listeners from charts.chart_rules"
_WITHDRAWN: Final = "select key_id from charts.withdrawn_keys"
KEY: Final = ("region", "window_start", "rank")
TELLS_OF_THE_PAST: Final = "revision"
"""The one column that plays alone do not decide."""
LATEST: Final = datetime(9999, 1, 1, tzinfo=UTC)
PAUSE_SECONDS: Final = 2.0
PATIENCE_SECONDS: Final = 120.0
LARGEST_MEMORY: Final = "2GB"
_COVERED: Final = """
    select end_offsets from charts.enrichments where finished_at is not null order by batch desc limit 1"""
_PLAYS: Final = """
    select coalesce(sum(raw_plays), 0)::bigint from song_counts where grain = 'day' and region = 'global'"""
_SCHEMA: Final = """
    set TimeZone = 'UTC';
    set preserve_insertion_order = false;
    create table rules as select 1 as minimum_listeners;
    create table songs (title varchar, artist varchar, song_id varchar);
    create table song_counts (
        grain varchar, region varchar, window_start timestamptz, song_id varchar, plays bigint, raw_plays bigint,
        listeners bigint, last_played_at timestamptz);
    create table song_spellings (
        day date, song_id varchar, title varchar, artist varchar, listeners bigint, first_played_at timestamptz);
"""


class ChartsTrailError(RuntimeError):
    """The charts do not stand still long enough to be compared with bronze."""


@dataclass(frozen=True)
class Published:
    """Both marts at one instant, by grain, and Kafka's offsets, by partition, before which they hold every play.

    The marts have the settled windows: those that start before ``open_from`` of the grain.
    """

    marts: dict[str, pa.Table]
    covered: dict[int, int]
    open_from: dict[str, datetime]
    minimum_listeners: int = 1
    """A song with fewer in a window and region is on no chart."""
    withdrawn: Sequence[str] = ()
    """Write keys whose plays do not count."""


@dataclass(frozen=True)
class Audit:
    """What was compared, and each cell that differs.

    ``differences`` has the columns grain, region, window_start, rank, column, recounted and published.
    """

    days: int
    plays: int
    rows: dict[str, int]
    differences: pa.Table

    @property
    def holds(self) -> bool:
        """Whether every row is as recounted."""
        return len(self.differences) == 0


def audit_charts(settings: ReaderSettings) -> Audit:
    """Recount every published row.

    Raises:
        ChartsTrailError: when some window has waited to be counted or ranked all the time.
    """
    published = read_published(settings)
    bronze = open_table(settings, "bronze/plays")
    with open_duckdb() as counting:
        days = recount(counting, bronze, published)
        ((plays,),) = counting.execute(_PLAYS).fetchall()
        differences = pa.concat_tables(
            [compare(counting, grain, mart, published.open_from[grain]) for grain, mart in published.marts.items()]
        )
    return Audit(len(days), plays, {grain: mart.num_rows for grain, mart in published.marts.items()}, differences)


def read_published(settings: ReaderSettings, patience_seconds: float = PATIENCE_SECONDS) -> Published:
    """The charts as soon as none of them waits to be counted or ranked."""
    end = monotonic() + patience_seconds
    while True:
        with open_charts(settings) as connection:
            waiting = read_charts(connection, _WAITING).num_rows
            if not waiting:
                return _read_settled(connection)
        if monotonic() > end:
            raise ChartsTrailError(f"{waiting} windows wait to be counted or ranked; try again when /status says ok")
        sleep(PAUSE_SECONDS)


def _read_settled(connection: Connection[Any]) -> Published:
    covered = read_charts(connection, _COVERED)["end_offsets"].to_pylist()
    opened = read_charts(connection, _OPEN_FROM).to_pylist()
    (rules,) = read_charts(connection, _RULES).to_pylist()
    marts = {grain: read_charts(connection, _SETTLED.format(mart=mart, grain=grain)) for grain, mart in MARTS.items()}
    return Published(
        marts,
        {int(partition): end for partition, end in json.loads(covered[0] if covered else "{}").items()},
        {row["grain"]: row["open_from"] for row in opened},
        rules["minimum_listeners"],
        read_charts(connection, _WITHDRAWN)["key_id"].to_pylist(),
    )


@contextmanager
def open_duckdb() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty DuckDB that knows what identifies a song."""
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as connection:
        connection.execute(f"set temp_directory = '{scratch}'; set memory_limit = '{LARGEST_MEMORY}'")
        connection.create_function("identify_song", identify_song, ["VARCHAR", "VARCHAR"], "VARCHAR")
        connection.execute(_SCHEMA)
        yield connection


def recount(counting: duckdb.DuckDBPyConnection, bronze: DeltaTable, published: Published) -> Sequence[str]:
    """Make the table ``recounted`` of all that bronze holds before the covered offsets; returns the days.

    Songs are named by their plays of days before the first open one.
    """
    covered = published.covered
    offsets = {"partition": list(covered), "end_offset": list(covered.values())}
    counting.register("covered", pa.table(offsets, pa.schema([("partition", pa.int64()), ("end_offset", pa.int64())])))
    keys = pa.table({"key_id": list(published.withdrawn)}, pa.schema([("key_id", pa.string())]))
    counting.register("withdrawn", keys)
    days = sorted({partition["date"] for partition in bronze.partitions()})
    for day in days:
        counting.register("bronze", bronze.to_pyarrow_dataset(partitions=[("date", "=", day)]))
        counting.execute((FOLDER / "recount_day.sql").read_text())
    counting.execute("delete from song_spellings where day >= $1::date", [published.open_from["day"]])
    counting.execute("update rules set minimum_listeners = $1", [published.minimum_listeners])
    counting.execute((FOLDER / "recount_charts.sql").read_text())
    return days


def compare(
    counting: duckdb.DuckDBPyConnection, grain: str, published: pa.Table, open_from: datetime = LATEST
) -> pa.Table:
    """Every cell that differs between the recounted and the published charts of a grain before ``open_from``.

    A song without a settled day may have any spelling that identifies it: the stream names it.
    """
    counting.register("published", published)
    columns = [name for name in published.column_names if name not in (*KEY, TELLS_OF_THE_PAST)]
    cells = ", ".join(f"row('{name}', {_recounted(name)}::varchar, published.{name}::varchar)" for name in columns)
    differing = counting.sql(
        f"""
        select
            $grain as grain, region, window_start, rank,
            cell[1] as "column", cell[2] as recounted, cell[3] as published
        from (
            select region, window_start, rank, unnest([{cells}]) as cell
            from (from recounted where grain = $grain and window_start < $open_from) as recounted
            full outer join published using ({", ".join(KEY)})
        )
        where cell[2] is distinct from cell[3]
        order by all""",
        params={"grain": grain, "open_from": open_from},
    )
    return differing.to_arrow_table()


def _recounted(column: str) -> str:
    if column not in ("title", "artist"):
        return f"recounted.{column}"
    is_named_so = "identify_song(published.title, published.artist) = recounted.song_id"
    return f"coalesce(recounted.{column}, case when {is_named_so} then published.{column} end)"


def describe(audit: Audit) -> str:
    """What was compared and what came out, in a sentence."""
    rows = " and ".join(f"{audit.rows[grain]:,} {name}" for grain, name in (("hour", "hourly"), ("day", "daily")))
    outcome = "no difference" if audit.holds else f"{audit.differences.num_rows:,} cells differ"
    days = "1 day" if audit.days == 1 else f"{audit.days:,} days"
    return f"{audit.plays:,} plays of {days} recounted from bronze; {rows} rows compared: {outcome}"


def list_differences(audit: Audit, most: int = 100) -> Iterator[str]:
    """The first differences, one line each."""
    for one in audit.differences.slice(0, most).to_pylist():
        place = f"{one['grain']} {one['region']} {one['window_start']:%Y-%m-%dT%H:%MZ} rank {one['rank']}"
        yield f"{place}: {one['column']} is {one['published']}, recounted {one['recounted']}"
