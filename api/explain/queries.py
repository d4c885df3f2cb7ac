"""The statement that tells where one song's number in one window comes from."""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL, Composed

from api.charts.grains import Grain
from api.charts.queries import PROGRESS_OF_GRAIN, SONGS

_COUNTS: Final = SQL("plays, raw_plays, too_short, over_cap, duplicates, late, listeners")

# Open windows look a song up by its key as a number: a window holds far more songs than the one asked for.
_SONG: Final = SQL("song_id = %(song_id)s and (not live or song_key = %(song_key)s)")

_EXPLANATION: Final = SQL("""
    with {progress},
    asked as (
        select
            %(window_start)s::timestamptz >= open_from as live,
            case when %(window_start)s::timestamptz >= open_from then live_through else settled_through end as instant
        from progress
    ),
    counted as (
        select title, artist, {counts} from charts.song_counts
        where grain = %(grain)s and region = %(region)s and window_start = %(window_start)s and {song}
    ),
    hours as (
        select counts.window_start, {counts}
        from generate_series(
            %(window_start)s::timestamptz,
            %(window_start)s::timestamptz + %(length)s - interval '1 hour',
            interval '1 hour'
        ) as hour (start)
        cross join lateral (
            select * from charts.song_counts
            where grain = 'hour' and region = %(region)s and window_start = hour.start and {song}
            offset 0
        ) as counts
    ),
    regions as (
        select counts.region, {counts}
        from charts.regions as known
        cross join lateral (
            select * from charts.song_counts
            where grain = %(grain)s and region = known.region and window_start = %(window_start)s and {song}
            offset 0
        ) as counts
        where %(region)s = 'global' and known.region <> 'global'
    )
    select
        %(window_start)s::timestamptz + %(length)s as window_end,
        coalesce(chart.revision, 1) as revision,
        entry.rank,
        coalesce(entry.title, (select title from counted)) as title,
        coalesce(entry.artist, (select artist from counted)) as artist,
        (select minimum_listeners from charts.chart_rules) as minimum_listeners,
        asked.live or not exists (
            select from charts.pending_windows
            where waits_for = 'rank' and grain = %(grain)s and region = %(region)s
                and window_start = %(window_start)s
        ) as is_charted,
        (select row_to_json(counted) from counted) as counts,
        (select coalesce(json_agg(hours order by window_start), '[]') from hours) as hours,
        (select coalesce(json_agg(regions order by plays desc, raw_plays desc, region), '[]') from regions) as regions
    from asked
    left join (
        select revision, computed_at from charts.chart_windows
        where grain = %(grain)s and region = %(region)s and window_start = %(window_start)s
    ) as chart on true
    left join (
        select rank, title, artist from {songs}
        where region = %(region)s and window_start = %(window_start)s and song_id = %(song_id)s
    ) as entry on true
    where %(window_start)s < asked.instant
        or (asked.instant is null and chart.computed_at is not null)""")

EXPLANATION: Final[dict[Grain, Composed]] = {
    grain: _EXPLANATION.format(progress=PROGRESS_OF_GRAIN, counts=_COUNTS, song=_SONG, songs=songs)
    for grain, songs in SONGS.items()
}
"""One row. Parameters: grain, region, window_start, length (interval), song_id, song_key (its hex digits as a signed
integer). No row: not computed."""
