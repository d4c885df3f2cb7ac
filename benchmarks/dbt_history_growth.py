"""Seconds of a dbt round of a few changed hours with 100 times the history, by those with once the history."""

from __future__ import annotations

import time
from datetime import datetime
from statistics import median
from typing import Any, Final

from benchmarks.round_load.database import chart_projects
from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import CountedHours, hour

GOAL: Final = 1.3
PAIRS: Final = 7
HOURS: Final = 24
GROWTH: Final = 100
SONGS: Final = 30
CHANGED_HOURS: Final = 3
REGIONS: Final = ("DE", "GB")
ONE_MORE_PLAY: Final = """
    with changed as (
        update counts.song_counts set plays = plays + %(more)s, raw_plays = raw_plays + %(more)s
        where song_id = 'song 0' and region in ('GB', 'global')
            and (grain, window_start) in (('hour', %(hour)s), ('day', date_trunc('day', %(hour)s, 'UTC')))
        returning grain, region, window_start
    )
    insert into counts.windows_to_rank select * from changed on conflict do nothing
"""


def measure() -> dict[str, Any]:
    """The median ratio of all pairs."""
    with chart_projects("once", "hundredfold") as (once, hundredfold):
        _fill(once, HOURS)
        _fill(hundredfold, HOURS * GROWTH)
        ratios = [_pair(number, once, hundredfold) for number in range(1, PAIRS + 1)]
    ratio = round(median(ratios), 2)
    limits = [round(min(ratios), 2), round(max(ratios), 2)]
    return {
        "name": "dbt_history_growth", "ratio": ratio, "range": limits, "pairs": PAIRS, "goal": GOAL,
        "holds": ratio <= GOAL,
    }  # fmt: skip


def _fill(project: ChartProject, hours: int) -> None:
    counts = CountedHours()
    for region in REGIONS:
        for number in range(hours):
            counts.put(region, hour(number), {f"song {song}": 1 + (song + number) % SONGS for song in range(SONGS)})
    project.rank(counts)
    with project.server.connect("postgres") as connection:
        connection.execute("vacuum analyze")


def _pair(number: int, once: ChartProject, hundredfold: ChartProject) -> float:
    less, more = (_time_round(project, number) for project in (once, hundredfold))
    print(f"pair {number}: {more:.2f} s / {less:.2f} s = {more / less:.2f}", flush=True)
    return more / less


def _time_round(project: ChartProject, number: int) -> float:
    """The seconds of one round in which a song has a few plays more in the last hours of the first day."""
    with project.server.connect("loader") as connection:
        for changed in range(HOURS - CHANGED_HOURS, HOURS):
            values: dict[str, int | datetime] = {"hour": hour(changed), "more": number}
            connection.execute(ONE_MORE_PLAY, values)
        started = time.perf_counter()
        project.build("round")
        seconds = time.perf_counter() - started
        connection.execute("delete from counts.windows_to_rank")
    return seconds
