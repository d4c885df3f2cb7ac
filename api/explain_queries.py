"""The statement that tells where one song's number in one window comes from."""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL, Composed

from api.chart_queries import PROGRESS, SONGS
from api.grains import Grain

_COUNTS: Final = SQL("plays, raw_plays, too_short, over_cap, duplicates, late, listeners")

# Every part is looked up by its whole key: a window holds far more songs than the one asked for.
_EXPLANATION: Final = SQL("""
    with {progress},
    counted as (
        select title, artist, {counts} from charts.song_counts
        where grain = %(grain)s and region = %(region)s
            and window_start = %(window_start)s and song_id = %(song_id)s
    ),
    hours as (
        select counts.window_start, {counts}
        from generate_series(
            %(window_start)s::timestamptz,
            %(window_start)s::timestamptz + %(length)s - interval '1 hour',
            interval '1 hour'
        ) as hour (start)
        inner join charts.song_counts as counts
            on counts.grain = 'hour' and counts.region = %(region)s
            and counts.window_start = hour.start and counts.song_id = %(song_id)s
    ),
    regions as (
        select counts.region, {counts}
        from charts.regions as known
        inner join charts.song_counts as counts
            on counts.grain = %(grain)s and counts.region = known.region
            and counts.window_start = %(window_start)s and counts.song_id = %(song_id)s
        where %(region)s = 'global' and known.region <> 'global'
    )
    select
        %(window_start)s::timestamptz + %(length)s as window_end,
        coalesce(chart.revision, 1) as revision,
        entry.rank,
        coalesce(entry.title, (select title from counted)) as title,
        coalesce(entry.artist, (select artist from counted)) as artist,
        not exists (
            select from charts.pending_windows
            where waits_for = 'rank' and grain = %(grain)s and region = %(region)s
                and window_start = %(window_start)s
        ) as is_charted,
        (select row_to_json(counted) from counted) as counts,
        (select coalesce(json_agg(hours order by window_start), '[]') from hours) as hours,
        (select coalesce(json_agg(regions order by plays desc, raw_plays desc, region), '[]') from regions) as regions
    from progress
    left join charts.chart_windows as chart
        on chart.grain = %(grain)s and chart.region = %(region)s
        and chart.window_start = %(window_start)s
    left join {songs} as entry
        on entry.region = %(region)s and entry.song_id = %(song_id)s
        and entry.window_start = %(window_start)s
    where %(window_start)s < progress.instant
        or (progress.instant is null and chart.computed_at is not null)""")

EXPLANATION: Final[dict[Grain, Composed]] = {
    grain: _EXPLANATION.format(progress=PROGRESS, counts=_COUNTS, songs=songs) for grain, songs in SONGS.items()
}
"""One row. Parameters: grain, region, window_start, length (interval), song_id. No row: not computed."""
