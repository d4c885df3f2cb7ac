"""The schema `counts` of version 1 is brought in line."""

from __future__ import annotations

from typing import Any

import psycopg

from orchestration.connections import create_counts_schema

VERSION_1 = """
    alter table counts.windows_to_rank add column whole boolean not null default true;
    alter table counts.slices_to_count add column first_batch bigint;
    create table counts.added_songs (song_id text);
    create table counts.window_totals (plays bigint);
    create view counts.summed_windows as select 1 as one;
    insert into counts.windows_to_rank values ('hour', 'GB', '2026-11-01 10:00Z', 'late_plays')
"""
LEFT = """
    select table_name, column_name from information_schema.columns
    where
        table_schema = 'counts'
        and (
            table_name in ('added_songs', 'window_totals', 'summed_windows') or column_name in ('whole', 'first_batch')
        )
"""


def test_what_version_1_counted_twice_is_dropped_and_marked_windows_stay(loader: psycopg.Connection[Any]) -> None:
    loader.execute(VERSION_1)
    create_counts_schema(loader)
    assert loader.execute(LEFT).fetchall() == []
    assert loader.execute("select region from counts.windows_to_rank").fetchall() == [("GB",)]
