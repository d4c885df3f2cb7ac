"""Seconds of a dbt build of a few changed hours with 100 times the history, by those with once the history.

The changed hours are the newest. ``late_ratio`` is of plays that come late, to hours of the first day: with the longer
history 99 more days of charts follow from them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import psycopg

from benchmarks.lake_load.outcomes import conclude_at_most
from benchmarks.live_load.database import chart_projects
from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import CountedHours, hour

GOAL: Final = 1.3
PAIRS: Final = 7
HOURS: Final = 24
GROWTH: Final = 100
SONGS: Final = 30
CHANGED_HOURS: Final = 3
FIRST_DAY: Final = HOURS - CHANGED_HOURS
REGIONS: Final = ("DE", "GB")
SONG: Final = "song 0"
ONE_MORE_PLAY: Final = """
    with changed as (
        update counts.song_counts set plays = plays + 1, raw_plays = raw_plays + 1
        where song_id = %(song)s and region in ('GB', 'global')
            and (grain, window_start) in (('hour', %(hour)s), ('day', date_trunc('day', %(hour)s, 'UTC')))
        returning grain, region, window_start
    )
    insert into counts.windows_to_rank select * from changed on conflict do nothing
"""
AddPlays = Callable[[psycopg.Connection[Any], int], None]
"""Adds the plays of the pair of this number."""


def measure() -> dict[str, Any]:
    """The median ratio of all pairs, of the newest hours and of the first day's."""
    with chart_projects("once", "hundredfold") as (once, hundredfold):
        _fill(once, HOURS)
        _fill(hundredfold, HOURS * GROWTH)
        pairs = range(1, PAIRS + 1)
        late = [
            _compare("late", number, (once, _adder(FIRST_DAY)), (hundredfold, _adder(FIRST_DAY))) for number in pairs
        ]
        newest = [(once, _adder(FIRST_DAY)), (hundredfold, _adder(HOURS * GROWTH - CHANGED_HOURS))]
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
    """The seconds of one build."""
    with project.server.connect("loader") as connection:
        add_plays(connection, number)
        started = time.perf_counter()
        project.build("round")
        seconds = time.perf_counter() - started
        connection.execute("truncate counts.windows_to_rank, counts.songs_to_name")
    return seconds


def _adder(first: int) -> AddPlays:
    """One play more of one song in each of some hours, from the hour of this number on."""

    def add_plays(connection: psycopg.Connection[Any], _number: int) -> None:
        for changed in range(first, first + CHANGED_HOURS):
            values: dict[str, str | datetime] = {"song": SONG, "hour": hour(changed)}
            connection.execute(ONE_MORE_PLAY, values)

    return add_plays
