"""Puts charts where the api reads them, as the role that owns them in production."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from api.explain.routes import song_key

TABLES: Final = Path(__file__).with_name("chart_tables.sql")
MARTS: Final = {"hour": "top_songs_hourly", "day": "top_songs_daily"}
SETTLED: Final = {
    "top_songs_hourly": "settled_hourly",
    "top_songs_daily": "settled_daily",
    "chart_windows": "settled_windows",
}
"""The tables that the views show the settled windows of."""
LENGTHS: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
FORMER: Final = ("former_songs", "former_windows", "revision_causes")
NAMES: Final = (*MARTS.values(), *FORMER, "chart_windows", "window_counts", "chart_progress")
OF_LIVE: Final = ("charted_open_windows", "open_windows", "live_offsets")
OF_THE_LINE: Final = ("pending_windows", "enrichments", "pipeline_stages", "pipeline_checks")
VIEWS: Final = ("song_counts", "chart_rules", "withdrawn_keys", *SETTLED.values(), *OF_LIVE, *OF_THE_LINE)
MORE_NAMES: Final = (*VIEWS, "regions")
NO_COUNTS: Final = dict.fromkeys(("raw_plays", "too_short", "over_cap", "duplicates", "late"), 0)


def utc(text: str) -> datetime:
    """``2026-11-22 14:00`` as an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def song(rank: int, **changes: object) -> dict[str, object]:
    """One entry of a chart; every number differs, so that no two columns can be mixed up."""
    return {
        "rank": rank,
        "song_id": f"s2_{rank:016x}",
        "title": f"Title {rank}",
        "artist": f"Artist {rank}",
        "plays": 1000 - rank,
        "raw_plays": 2000 - rank,
        "listeners": 500 - rank,
        "previous_rank": rank + 2,
        "movement": "up",
        "peak_rank": rank,
        "peak_at": utc("2026-11-22 09:00"),
        "windows_on_chart": rank + 7,
        "streak": rank + 3,
        "revision": 1,
        **changes,
    }


@dataclass(frozen=True)
class ChartStore:
    """The charts of one database, open to the role dbt."""

    connection: psycopg.Connection

    def clear(self) -> None:
        """Leave the tables as on a new system."""
        tables = sql.SQL(", ").join(sql.Identifier("charts", name) for name in NAMES + MORE_NAMES)
        self.connection.execute(sql.SQL("truncate {}").format(tables))
        self.show_from(1)

    def show_from(self, listeners: int) -> None:
        """Say how many listeners a song needs to be shown."""
        self.connection.execute("delete from charts.chart_rules")
        self.insert("chart_rules", {"minimum_listeners": listeners})

    def insert(self, table: str, row: Mapping[str, object]) -> None:
        """Write one row."""
        statement = sql.SQL("insert into {} ({}) values ({})").format(
            sql.Identifier("charts", table),
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join(map(sql.Placeholder, row)),
        )
        self.connection.execute(statement, row)

    def change(self, table: str, assignment: str) -> None:
        """Set a column of every row, as ``column = value`` in SQL."""
        for name in (table, SETTLED[table]) if table in SETTLED else (table,):
            statement = sql.SQL("update {} set ").format(sql.Identifier("charts", name))
            self.connection.execute(statement + sql.SQL(assignment))

    def complete_through(self, instant: datetime | None, settled: datetime | None = None) -> None:
        """Say how far the charts are complete, settled ones likewise unless given; the heartbeat is now."""
        self.connection.execute("delete from charts.chart_progress")
        row = [instant, settled or instant]
        self.connection.execute("insert into charts.chart_progress values (%s, %s, now())", row)

    def announce(self, instant: datetime | None) -> None:
        """Write the progress and notify, as the counter and settle_charts do."""
        with self.connection.transaction():
            self.complete_through(instant)
            self.connection.execute("notify charts_updated")

    def open_from(self, instant: datetime, counted_from: datetime | None = None) -> None:
        """Say from when on windows of both grains are open; what is published from now on of later ones is live."""
        self.connection.execute("delete from charts.open_windows")
        for grain in LENGTHS:
            start = instant.replace(hour=0) if grain == "day" else instant
            row = {"grain": grain, "open_from": start, "counted_from": counted_from or start}
            self.insert("open_windows", row)

    def _is_live(self, grain: str, window_start: datetime) -> bool:
        query = "select from charts.open_windows where grain = %s and open_from <= %s"
        return self.connection.execute(query, [grain, window_start]).fetchone() is not None

    def count_window(
        self, window_start: datetime, *, grain: str = "hour", region: str = "GB", **changes: object
    ) -> None:
        """Write a window's header: two songs, changed half an hour into the window."""
        window: dict[str, Any] = {
            "grain": grain,
            "region": region,
            "window_start": window_start,
            "window_end": window_start + LENGTHS[grain],
            "revision": 1,
            "total_plays": 1997,
            "total_songs": 2,
            "changed_at": window_start + timedelta(minutes=30),
            "computed_at": window_start + timedelta(minutes=31),
        }
        live = self._is_live(grain, window_start)
        self.insert("chart_windows", {**window, "live": live, **changes})
        if not live:
            self.insert(SETTLED["chart_windows"], {**window, **changes})

    def rank_songs(
        self,
        window_start: datetime,
        songs: list[dict[str, object]],
        *,
        grain: str = "hour",
        region: str = "GB",
    ) -> None:
        """Write a window's entries."""
        live = self._is_live(grain, window_start)
        for one in songs:
            row = {"region": region, "window_start": window_start, **one}
            self.insert(MARTS[grain], {**row, "live": live})
            if not live:
                self.insert(SETTLED[MARTS[grain]], row)
        if live and songs:
            self.insert("charted_open_windows", {"grain": grain, "region": region, "window_start": window_start})

    def keep_former(
        self,
        window_start: datetime,
        revision: int,
        songs: list[dict[str, object]],
        *,
        grain: str = "hour",
        region: str = "GB",
        **changes: object,
    ) -> None:
        """Write a former revision: its header, replaced two hours after the window began, and its entries."""
        window = {"grain": grain, "region": region, "window_start": window_start, "revision": revision}
        header = {
            "window_end": window_start + LENGTHS[grain],
            "total_plays": 1997,
            "total_songs": len(songs),
            "changed_at": window_start + timedelta(minutes=30),
            "computed_at": window_start + timedelta(minutes=31),
            "replaced_at": window_start + timedelta(hours=2),
        }
        self.insert("former_windows", {**window, **header, **NO_COUNTS, **changes})
        for one in songs:
            self.insert("former_songs", {**one, **window})

    def tell_cause(
        self, window_start: datetime, revision: int, cause: str, *, grain: str = "hour", region: str = "GB"
    ) -> None:
        """Write why a revision differs from the one before."""
        window = {"grain": grain, "region": region, "window_start": window_start}
        self.insert("revision_causes", {**window, "revision": revision, "cause": cause})

    def sum_counts(self, window_start: datetime, *, grain: str = "hour", region: str = "GB", **counts: int) -> None:
        """Write what a window was counted from; what is left out is 0."""
        window = {"grain": grain, "region": region, "window_start": window_start}
        self.insert(
            "window_counts", {**window, "plays": 0, **NO_COUNTS, "live": self._is_live(grain, window_start), **counts}
        )

    def count_song(
        self, window_start: datetime, song_id: str, *, grain: str = "hour", region: str = "GB", **counts: int
    ) -> None:
        """Write a song's counts in one window; what is left out is 0."""
        key = {"grain": grain, "region": region, "window_start": window_start, "song_id": song_id}
        names = {"title": f"Title of {song_id}", "artist": f"Artist of {song_id}"}
        live = self._is_live(grain, window_start)
        known_by = {"song_key": song_key(song_id) if live else None, "live": live}
        self.insert("song_counts", {**key, **names, "plays": 0, "listeners": 0, **NO_COUNTS, **known_by, **counts})

    def publish(self, window_start: datetime, songs: int = 2, *, grain: str = "hour", region: str = "GB") -> None:
        """Write a whole chart: its header and its entries."""
        self.count_window(window_start, grain=grain, region=region, total_songs=songs)
        ranked = [song(rank) for rank in range(1, songs + 1)]
        self.rank_songs(window_start, ranked, grain=grain, region=region)
