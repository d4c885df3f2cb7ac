"""What is left over or past its lifetime goes from Postgres; what anything shows or needs stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg

from orchestration.maintenance.prune_tables import SPELLINGS_DAYS, prune_tables
from tests.seams.table_columns import DBT_PROJECT, read_yaml
from tests.stack import PostgresServer

Loader = psycopg.Connection[Any]
SHOWN, PREVIOUS, LEFT_OVER = (f"00000000-0000-0000-0000-00000000000{number}" for number in (1, 2, 3))
HOUR = datetime(2026, 11, 1, 10, tzinfo=UTC)
ENTRY = """
    insert into builds.chart_entries
    values ('hour', 'GB', %s, %s, 1, 's', 1, 1, 1, null, 'new', 1, %s, 1, 1)
"""
REVISION = """
    insert into builds.chart_revisions
        (chart, region, window_start, revision, build_id, window_end, entries, total_plays, total_songs, shown_plays,
         shown_songs, withheld, raw_plays, too_short, over_cap, duplicates, late, erased, replaced_at)
    values ('hour', 'GB', %s, %s, %s, %s, 1, 1, 1, 1, 1, false, 1, 0, 0, 0, 0, false, %s)
"""


def test_builds_that_no_revision_shows_go_and_those_of_previous_revisions_stay(
    loader: Loader, database: PostgresServer
) -> None:
    with database.connect("dbt") as dbt:
        for build in (SHOWN, PREVIOUS, LEFT_OVER):
            dbt.execute(ENTRY, (HOUR, build, HOUR))
        for revision, build, replaced_at in ((1, PREVIOUS, HOUR), (2, SHOWN, None)):
            dbt.execute(REVISION, (HOUR, revision, build, HOUR + timedelta(hours=1), replaced_at))
    assert prune_tables(loader)["entries of builds that no revision shows"] == 1
    builds = loader.execute("select build_id::text from builds.chart_entries order by 1").fetchall()
    assert builds == [(SHOWN,), (PREVIOUS,)]


def test_spellings_stay_as_long_as_they_may_name_their_song(loader: Loader) -> None:
    last = date(2020, 3, 1)
    days = [last, last - timedelta(days=SPELLINGS_DAYS - 1), last - timedelta(days=SPELLINGS_DAYS)]
    spell = "insert into counts.song_spellings values (%s, 's', 'T', 'A', 1, now())"
    loader.cursor().executemany(spell, [(day,) for day in days])
    prune_tables(loader)
    assert loader.execute("select day from counts.song_spellings order by day desc").fetchall() == [
        (day,) for day in days[:2]
    ]
    assert read_yaml(DBT_PROJECT / "dbt_project.yml")["vars"]["naming_days"] <= SPELLINGS_DAYS


def test_first_names_go_once_the_song_has_a_name(loader: Loader, database: PostgresServer) -> None:
    loader.execute("insert into live.songs values (-1, 'Named', 'A'), (2, 'New', 'A')")
    with database.connect("dbt") as dbt:
        dbt.execute("insert into charts.dim_songs values ('s2_ffffffffffffffff', 'Named', 'A')")
    prune_tables(loader)
    assert loader.execute("select title from live.songs").fetchall() == [("New",)]


def test_superseded_plays_go_with_their_batch(loader: Loader) -> None:
    loader.execute("insert into counts.enrichments (first_version, last_version, finished_at) values (0, 1, now())")
    loader.execute("insert into counts.enrichments (first_version, last_version) values (2, 2)")
    for batch in (1, 2):
        loader.execute("insert into counts.superseded_plays values (%s, 0, 0, 0, 'GB', %s)", (batch, HOUR))
    prune_tables(loader)
    assert loader.execute("select batch from counts.superseded_plays").fetchall() == [(2,)]


def test_who_plays_no_longer_and_days_that_settled_are_forgotten_while_live_is_off(
    loader: Loader, database: PostgresServer
) -> None:
    loader.execute("update live.open_windows set open_from = 'infinity', counted_from = 'infinity'")
    today = datetime.now(UTC).date()
    for ago in (0, 1, 2):
        loader.execute("select live.create_partitions(%s)", (today - timedelta(days=ago),))
    with database.connect("ingest") as ingest:
        for name, ended in (("a", "2 days"), ("b", "1 hour")):
            ingest.execute(
                f"insert into listens.playing_now values (%s, now() - interval '{ended}', '{{}}')", (name * 32,)
            )
    pruned = prune_tables(loader)
    assert (pruned["listeners who play no longer"], pruned["partitions of live days"]) == (1, 3)
    left = loader.execute("select to_regclass(%s)", (f"live.plays_{today - timedelta(days=1):%Y%m%d}",)).fetchone()
    assert left != (None,)
