"""The statements behind a receipt: how far the lake is, and where a play counts."""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL, Composed

SETTLED_NOW: Final = SQL("select max(settled_through) as complete_through from charts.chart_progress")
"""How far the lake has come, which stores plays; null on a new system."""

# A frozen window has the messages before the offset at which it was frozen; one that is still counted, all so far.
_WINDOWS: Final = SQL("""
    windows as (
        select starts.*, coalesce(starts.window_start >= opened.open_from, false) as live,
            coalesce(%(offset)s < (
                select counted.next_offset from charts.live_offsets as counted
                where counted.grain = starts.grain and counted.partition = %(partition)s
                    and counted.counted_from > starts.window_start
                order by counted.counted_from limit 1
            ), false) as is_taken
        from (
            values (1, 'hour', date_trunc('hour', %(played_at)s::timestamptz, 'UTC')),
                (2, 'day', date_trunc('day', %(played_at)s::timestamptz, 'UTC'))
        ) as starts (place, grain, window_start)
        left join charts.open_windows as opened using (grain)
    )""")

TAKEN_LIVE: Final[Composed] = SQL("""
    with {windows}
    select exists (select from windows where live and is_taken) as is_taken""").format(windows=_WINDOWS)
"""Whether the stream has counted a message into an open window. Parameters: played_at, partition, offset. One row."""

WITHDRAWN: Final = SQL("select key_id from charts.withdrawn_keys")
"""Write keys whose plays are not counted."""

HAS_AUDIENCE: Final = SQL("""
    select
        (select minimum_listeners from charts.chart_rules) <= 1
        or exists (
            select from charts.song_counts
            where grain = 'hour' and region = %(region)s and song_id = %(song_id)s
                and window_start = date_trunc('hour', %(played_at)s::timestamptz, 'UTC')
                and (not live or song_key = %(song_key)s)
        ) as is_shown""")
"""Whether a song is shown in a play's hour and region. Parameters: played_at, region, song_id, song_key. One row."""

CHARTS_OF_PLAY: Final[Composed] = SQL("""
    with {windows},
    lake as (
        select
            exists (select from charts.enrichments where batch = %(batch)s and finished_at is null)
            or exists (
                select from charts.pending_windows
                where grain = 'hour' and region = %(region)s
                    and window_start = (select window_start from windows where grain = 'hour')
            ) as is_pending
    ),
    charts as (
        select windows.*, places.region, places.place as region_place
        from windows
        cross join lake
        cross join (values (1, %(region)s), (2, 'global')) as places (place, region)
        where case when live then is_taken else not is_pending end
    ),
    ranked as (
        select charts.*, coalesce(hourly.rank, daily.rank) as rank
        from charts
        left join lateral (
            select rank from charts.top_songs_hourly
            where charts.grain = 'hour' and region = charts.region
                and song_id = %(song_id)s and window_start = charts.window_start
            offset 0
        ) as hourly on true
        left join lateral (
            select rank from charts.top_songs_daily
            where charts.grain = 'day' and region = charts.region
                and song_id = %(song_id)s and window_start = charts.window_start
            offset 0
        ) as daily on true
    )
    select coalesce(
        json_agg(
            json_build_object('grain', grain, 'region', region, 'window_start', window_start, 'rank', rank)
            order by place, region_place
        ),
        '[]'
    ) as charts
    from ranked""").format(windows=_WINDOWS)
"""The charts that count a play of silver, with the song's rank on each: open ones once the stream has counted its
message, settled ones once the lake has. Parameters: played_at, region, song_id, batch, partition, offset. One row."""
