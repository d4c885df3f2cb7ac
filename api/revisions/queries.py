"""Statements over former revisions: final charts as they were before they were restated."""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL, Composed

from api.charts.grains import Grain
from api.charts.queries import ENTRIES, ENTRY, PROGRESS_OF_GRAIN, SETTLED_AT, SONGS

_FORMER: Final = SQL("""
    with entries as (
        select {entry} from charts.former_songs
        where grain = %(grain)s and region = %(region)s and window_start = %(window_start)s
            and revision = %(revision)s and rank <= %(limit)s
    )
    select
        window_start, window_end, 'final' as status, revision,
        coalesce(computed_at, {settled_at}) as computed_at,
        {settled_at} as complete_through, total_plays, total_songs, withheld, withdrawn,
        {entries} as entries
    from charts.former_windows
    where grain = %(grain)s and region = %(region)s and window_start = %(window_start)s
        and revision = %(revision)s""")

_REVISIONS: Final = SQL("""
    with {progress},
    asked as (
        select
            %(window_start)s::timestamptz + %(length)s as window_end,
            %(window_start)s::timestamptz >= open_from as live,
            case when %(window_start)s::timestamptz >= open_from then live_through else settled_through end as instant
        from progress
    ),
    current as (
        select
            coalesce(chart.revision, 1) as revision, asked.window_end,
            coalesce(chart.total_plays, 0) as total_plays, coalesce(chart.total_songs, 0) as total_songs,
            {counters}, coalesce(chart.withheld, false) as withheld, chart.changed_at, chart.computed_at
        from asked
        left join (
            select * from charts.chart_windows
            where grain = %(grain)s and region = %(region)s and window_start = %(window_start)s
        ) as chart on true
        left join (
            select * from charts.window_counts
            where grain = %(grain)s and region = %(region)s and window_start = %(window_start)s
        ) as counted on true
    ),
    revisions as (
        select
            revision, window_end, total_plays, total_songs, raw_plays, too_short, over_cap, duplicates,
            late, withheld, changed_at, computed_at, replaced_at
        from charts.former_windows
        where grain = %(grain)s and region = %(region)s and window_start = %(window_start)s and not withdrawn
        union all
        select current.*, null as replaced_at from current
    ),
    songs as (
        select revision, rank, song_id, title, artist, plays, listeners
        from charts.former_songs
        where grain = %(grain)s and region = %(region)s and window_start = %(window_start)s
        union all
        select revision, rank, song_id, title, artist, plays, listeners
        from {songs}
        where region = %(region)s and window_start = %(window_start)s
    ),
    moves as (
        select
            coalesce(newer.revision, older.revision + 1) as revision,
            newer.rank,
            older.rank as former_rank,
            json_build_object(
                'song_id', coalesce(newer.song_id, older.song_id),
                'title', coalesce(newer.title, older.title),
                'artist', coalesce(newer.artist, older.artist),
                'before', case when older.rank is not null then json_build_object(
                    'rank', older.rank, 'plays', older.plays, 'listeners', older.listeners) end,
                'after', case when newer.rank is not null then json_build_object(
                    'rank', newer.rank, 'plays', newer.plays, 'listeners', newer.listeners) end
            ) as move
        from songs as newer
        full join songs as older
            on older.song_id = newer.song_id and older.revision = newer.revision - 1
        where (newer.rank, newer.plays, newer.listeners)
            is distinct from (older.rank, older.plays, older.listeners)
    )
    select
        revisions.*,
        (
            select coalesce(json_agg(cause order by cause), '[]') from charts.revision_causes as told
            where told.grain = %(grain)s and told.region = %(region)s
                and told.window_start = %(window_start)s and told.revision = revisions.revision
        ) as causes,
        lag(replaced_at) over (order by revision) as opened_at,
        coalesce(not asked.live and asked.instant >= {settled_at}, false) as settled,
        case when lag(revision) over (order by revision) = revision - 1 then (
            select coalesce(json_agg(move order by rank, former_rank), '[]') from moves
            where moves.revision = revisions.revision
        ) end as moved
    from revisions
    cross join (select live, instant from asked) as asked
    where %(window_start)s < asked.instant
        or (asked.instant is null and exists (select from current where computed_at is not null))
    order by revision desc""")

_COUNTERS: Final = SQL(", ").join(
    SQL(f"case when chart.withheld is not true then coalesce(counted.{name}, 0) end as {name}")
    for name in ("raw_plays", "too_short", "over_cap", "duplicates", "late")
)
"""Left out where they would count songs with too few listeners."""

FORMER: Final[Composed] = _FORMER.format(settled_at=SETTLED_AT, entry=ENTRY, entries=ENTRIES)
"""One former revision in one row. Parameters: grain, region, window_start, revision, limit. ``entries`` comes
as the text of a JSON list. No row: not kept."""

REVISIONS: Final[dict[Grain, Composed]] = {
    grain: _REVISIONS.format(progress=PROGRESS_OF_GRAIN, settled_at=SETTLED_AT, songs=songs, counters=_COUNTERS)
    for grain, songs in SONGS.items()
}
"""Every revision of one chart, newest first, each with why it opened and who moved since the one before.
Parameters: grain, region, window_start, length (interval). No row: not computed."""
