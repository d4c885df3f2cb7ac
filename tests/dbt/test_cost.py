"""A round costs what changed: it looks history up by key and never reads it through."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import CountedHours, hour

HOURS = 240
SONGS = 30
REGIONS = ("DE", "FR", "GB", "JP", "US")
READ_THROUGH = """
    select coalesce(sum(seq_tup_read), 0) from pg_stat_user_tables
    where schemaname = 'charts' or relname = 'song_counts'
"""
LONG_AGO = """
    insert into charts.settled_windows
    select 'hour', region, start, start + interval '1 hour', 1, 0, 0, null, now()
    from charts.regions cross join generate_series(timestamptz '2023-01-01', '2023-02-01', '1 hour') as hours (start)
"""
HISTORY = """
    select (select count(*) from charts.top_songs_hourly) + (select count(*) from charts.settled_windows)
"""


def songs(first: int) -> dict[str, int]:
    """Returns a full hour in which each song has its own number of plays."""
    return {f"song {number}": 1 + (number + first) % SONGS for number in range(SONGS)}


@pytest.mark.timeout(180)
def test_a_round_of_a_new_and_an_old_hour_reads_no_table_through(project: ChartProject) -> None:
    counts = CountedHours()
    for region in REGIONS:
        for number in range(HOURS):
            counts.put(region, hour(number), songs(number))
    project.rank(counts)
    # The old hour is final, so its former revision is kept too.
    project.set_complete_through(datetime.now(UTC) + timedelta(days=1))
    counts.put("GB", hour(HOURS), songs(HOURS))
    counts.put("GB", hour(HOURS // 2), songs(1))
    with project.server.connect("loader") as connection:
        counts.load(connection)
    project.execute("dbt", LONG_AGO)
    with project.server.connect("postgres") as connection:
        connection.execute("vacuum analyze")
        (before,) = connection.execute(READ_THROUGH.encode()).fetchone() or (0,)
        project.build("round")
        connection.execute("select pg_stat_clear_snapshot()")
        (after,) = connection.execute(READ_THROUGH.encode()).fetchone() or (0,)
    ((history,),) = project.read(HISTORY)
    assert history > 200_000
    assert len(project.former_songs("GB", hour(HOURS // 2))) == SONGS
    assert after - before < history / 50
