"""The schema ``counts`` brought in line with a database of an earlier release."""

from __future__ import annotations

from typing import Any

import psycopg

from orchestration.connections import create_counts_schema

COUNTED = """
    insert into counts.song_counts (
        grain, region, window_start, song_id, plays, raw_plays, too_short, over_cap, duplicates, late, listeners,
        title, artist, named_at, named_by, rules_version
    )
    select 'hour', region, '2026-11-01 10:00Z', song, plays, plays + 1, 1, 0, 2, 3, 1, song, song, now(), '0p', 1
    from (values ('GB', 'a', 5), ('GB', 'b', 0), ('DE', 'a', 7)) as songs (region, song, plays)
"""
BEFORE = """
    drop table counts.window_totals, counts.added_songs;
    drop view counts.summed_windows;
    alter table counts.windows_to_rank drop column whole;
    insert into counts.windows_to_rank values ('hour', 'GB', '2026-11-01 10:00Z', 'late_plays')
"""


def test_windows_counted_before_there_were_totals_get_theirs_and_are_ranked_from_all_songs(
    loader: psycopg.Connection[Any],
) -> None:
    loader.execute(COUNTED)
    loader.execute(BEFORE)
    create_counts_schema(loader)
    totals = loader.execute("select region, total_songs, plays, raw_plays, late from counts.window_totals order by 1")
    assert totals.fetchall() == [("DE", 1, 7, 8, 3), ("GB", 1, 5, 7, 6)]
    assert loader.execute("select region, whole from counts.windows_to_rank").fetchall() == [("GB", True)]


def test_totals_stay_as_they_are_when_the_schema_is_brought_in_line_again(loader: psycopg.Connection[Any]) -> None:
    loader.execute(COUNTED)
    create_counts_schema(loader)
    assert loader.execute("select count(*) from counts.window_totals").fetchone() == (0,)
