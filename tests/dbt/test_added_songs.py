"""Charts drawn from what they show and what was added equal charts drawn from all songs, whatever was added."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Any

import psycopg
import pyarrow as pa

from orchestration.add_counts import KnownListeners, add_rows, no_copies
from orchestration.counting import CAP
from orchestration.listeners import DayListeners
from orchestration.slices import Mark
from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import day

REGIONS = [f"{letter}{other}" for letter in "ABCDEF" for other in "GHIJ"]
SIZE = 3
SHOWN = """
    select 'hour' as grain, region, window_start, rank, song_id from charts.top_songs_hourly
    union all
    select 'day', region, window_start, rank, song_id from charts.top_songs_daily
    order by grain, region, window_start, rank
"""
ALL_SONGS = f"""
    select grain, region, window_start, rank, song_id
    from (
        select *, row_number() over (
            partition by grain, region, window_start
            order by plays desc, listeners desc, last_played_at, song_id collate "C"
        ) as rank
        from counts.song_counts where plays > 0
    ) as songs
    where rank <= {SIZE}
    order by grain, region, window_start, rank
"""
WHOLE = (
    "charts_equal_full_recomputation",
    "chart_windows_equal_counts",
    "window_counts_equal_counts",
    "window_totals_equal_counts",
)
Plays = Counter[tuple[str, datetime, str, str]]


def test_charts_drawn_from_additions_equal_charts_drawn_from_all_songs(project: ChartProject) -> None:
    random, known, short = Random(8), KnownListeners({day(1).date(): DayListeners()}), project.with_chart_size(SIZE)
    drawn_from_additions = 0
    for number in range(14):
        plays = Counter(_any_play(random) for _ in range(random.choice([1, 8, 60, 400])))
        with project.server.connect("loader") as connection:
            _add(connection, known, plays, minute=number)
            short.build("round")
            drawn_from_additions += _finish(connection)
            assert short.read(SHOWN) == connection.execute(ALL_SONGS).fetchall()
    assert drawn_from_additions > 500
    statuses = short.invoke("test", "--select", *WHOLE)
    assert list(statuses.values()) == ["pass"] * len(WHOLE), statuses


def _any_play(random: Random) -> tuple[str, datetime, str, str]:
    """A region, hour, song and listener; few listeners, so some pass the cap."""
    hour = day(1) + timedelta(hours=random.randrange(2))
    return random.choice(REGIONS), hour, f"s{int(7 * random.random() ** 2)}", random.choice("abcdef")


def _add(connection: psycopg.Connection[Any], known: KnownListeners, plays: Plays, minute: int) -> None:
    rows = _rows(plays, minute)
    marks = [Mark(region, hour, 0) for region, hour in sorted({(region, hour) for region, hour, _, _ in plays})]
    add_rows(connection, known, marks, rows, no_copies(rows))


def _rows(plays: Plays, minute: int) -> pa.Table:
    """Rows of ``count_by_listener``: a listener who plays a song four times passes the cap."""
    rows = [
        {
            "region": region, "window_start": hour, "date": hour.date(), "hour": hour.hour, "song_id": song,
            "user_id": listener, "received": often, "eligible": often, "late": 0,
            "last_played_at": hour + timedelta(minutes=minute), "title": song, "artist": song, "named_at": hour,
            "named_by": "0p",
        }
        for (region, hour, song, listener), often in ((key, count * (CAP // 3)) for key, count in plays.items())
    ]  # fmt: skip
    return pa.Table.from_pylist(rows)


def _finish(connection: psycopg.Connection[Any]) -> int:
    """Clear the list of work as a round does; returns how many charts were not drawn from all songs."""
    query = "select count(*) from counts.windows_to_rank where not whole"
    ((added_to,),) = connection.execute(query).fetchall()
    connection.execute("truncate counts.windows_to_rank, counts.added_songs")
    return int(added_to)
