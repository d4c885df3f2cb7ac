"""Seconds of a dbt round of a few changed hours with 100 times the history, by those with once the history.

The changed hours are the newest, and plays are added to them as rounds add them. ``late_ratio`` tells of plays that
come late, to hours of the first day: with the longer history 99 more days of charts follow from them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import psycopg

from benchmarks.lake_load.outcomes import conclude_at_most
from benchmarks.round_load.database import chart_projects
from orchestration.add_counts import add_rows, no_copies
from orchestration.known_listeners import KnownListeners
from orchestration.listeners import DayListeners
from orchestration.slices import Mark
from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import CountedHours, hour
from tests.dbt.listener_rows import listener_rows

GOAL: Final = 1.3
PAIRS: Final = 7
HOURS: Final = 24
GROWTH: Final = 100
SONGS: Final = 30
CHANGED_HOURS: Final = 3
REGIONS: Final = ("DE", "GB")
SONG: Final = "song 0"
ONE_MORE_LATE_PLAY: Final = """
    with changed as (
        update counts.song_counts set plays = plays + 1, raw_plays = raw_plays + 1
        where song_id = %(song)s and region in ('GB', 'global')
            and (grain, window_start) in (('hour', %(hour)s), ('day', date_trunc('day', %(hour)s, 'UTC')))
        returning grain, region, window_start
    )
    insert into counts.windows_to_rank select * from changed on conflict do nothing
"""
AddPlays = Callable[[psycopg.Connection[Any], int], None]
"""Adds the plays of the round of this number."""


def measure() -> dict[str, Any]:
    """The median ratio of all pairs, of the newest hours and of the first day's."""
    with chart_projects("once", "hundredfold") as (once, hundredfold):
        _fill(once, HOURS)
        _fill(hundredfold, HOURS * GROWTH)
        pairs = range(1, PAIRS + 1)
        late = [_compare("late", number, (once, _add_late), (hundredfold, _add_late)) for number in pairs]
        newest = [(once, _adder(HOURS)), (hundredfold, _adder(HOURS * GROWTH))]
        ratios = [_compare("newest", number, *newest) for number in pairs]
    those_late = conclude_at_most("late", GOAL, late)
    outcome = conclude_at_most("dbt_history_growth", GOAL, ratios)
    return {**outcome, "late_ratio": those_late["ratio"], "late_range": those_late["range"]}


def _fill(project: ChartProject, hours: int) -> None:
    counts = CountedHours()
    for region in REGIONS:
        for number in range(hours):
            counts.put(region, hour(number), {f"song {song}": 1 + (song + number) % SONGS for song in range(SONGS)})
    project.rank(counts)
    with project.server.connect("postgres") as connection:
        connection.execute("vacuum analyze")


def _compare(
    kind: str, number: int, once: tuple[ChartProject, AddPlays], hundredfold: tuple[ChartProject, AddPlays]
) -> float:
    less, more = (_time_round(project, add_plays, number) for project, add_plays in (once, hundredfold))
    print(f"{kind}, pair {number}: {more:.2f} s / {less:.2f} s = {more / less:.2f}", flush=True)
    return more / less


def _time_round(project: ChartProject, add_plays: AddPlays, number: int) -> float:
    """The seconds of dbt's part of one round."""
    with project.server.connect("loader") as connection:
        add_plays(connection, number)
        started = time.perf_counter()
        project.build("round")
        seconds = time.perf_counter() - started
        connection.execute("truncate counts.windows_to_rank, counts.added_songs")
    return seconds


def _add_late(connection: psycopg.Connection[Any], _number: int) -> None:
    """One play more of one song in each of the first day's last hours, their charts drawn from all songs."""
    for changed in range(HOURS - CHANGED_HOURS, HOURS):
        values: dict[str, str | datetime] = {"song": SONG, "hour": hour(changed)}
        connection.execute(ONE_MORE_LATE_PLAY, values)


def _adder(hours: int) -> AddPlays:
    """One play more of one song, by a new listener, in each of the newest of so many hours."""
    newest = [hour(number) for number in range(hours - CHANGED_HOURS, hours)]

    def add_plays(connection: psycopg.Connection[Any], number: int) -> None:
        known = KnownListeners({start.date(): DayListeners() for start in newest})
        plays = listener_rows(
            {(region, start, SONG, f"listener {number}"): 1 for region in REGIONS for start in newest}
        )
        marks = [Mark(region, start, 0) for region in REGIONS for start in newest]
        add_rows(connection, known, marks, plays, no_copies(plays))

    return add_plays
