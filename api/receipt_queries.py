"""The statements behind a receipt: how far the charts are complete, and where a play counts."""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL

PROGRESS_NOW: Final = SQL("select max(complete_through) as complete_through from charts.chart_progress")

CHARTS_OF_PLAY: Final = SQL("""
    with windows as (
        select
            date_trunc('hour', %(played_at)s::timestamptz, 'UTC') as hour_start,
            date_trunc('day', %(played_at)s::timestamptz, 'UTC') as day_start
    ),
    charts as (
        select 1 as place, 'hour' as grain, %(region)s as region, hour_start as window_start from windows
        union all
        select 2, 'hour', 'global', hour_start from windows
        union all
        select 3, 'day', %(region)s, day_start from windows
        union all
        select 4, 'day', 'global', day_start from windows
    ),
    ranked as (
        select charts.*, coalesce(hourly.rank, daily.rank) as rank
        from charts
        left join charts.top_songs_hourly as hourly
            on charts.grain = 'hour' and hourly.region = charts.region
            and hourly.song_id = %(song_id)s and hourly.window_start = charts.window_start
        left join charts.top_songs_daily as daily
            on charts.grain = 'day' and daily.region = charts.region
            and daily.song_id = %(song_id)s and daily.window_start = charts.window_start
    )
    select
        exists (
            select from charts.enrichments where batch = %(batch)s and finished_at is null
        )
        or exists (
            select from charts.pending_windows
            where grain = 'hour' and region = %(region)s
                and window_start = (select hour_start from windows)
        ) as is_pending,
        (
            select json_agg(
                json_build_object('grain', grain, 'region', region, 'window_start', window_start, 'rank', rank)
                order by place
            )
            from ranked
        ) as charts""")
"""Whether a play of silver waits to be counted, and its four charts with the song's rank on each.
Parameters: played_at, region, song_id, batch. One row."""
