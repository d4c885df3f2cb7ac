"""Every statement over the charts; each reads one consistent snapshot of schema ``charts``.

``progress`` is ``complete_through`` as it stands now, null on a new system. A window is computed
once it started before that; on a new system, once it has entries.
"""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL, Composed, Identifier

from api.grains import Grain

SONGS: Final = {
    Grain.HOUR: Identifier("charts", "top_songs_hourly"),
    Grain.DAY: Identifier("charts", "top_songs_daily"),
}
"""Where the entries of each grain are."""

PROGRESS: Final = SQL("progress as (select max(complete_through) as instant from charts.chart_progress)")

SETTLED_AT: Final = SQL("greatest(window_end, changed_at) + interval '10 minutes'")
"""From when on a window is final unless it changes again."""

ENTRY: Final = SQL("""
    rank, previous_rank, movement, peak_rank, to_char(peak_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as peak_at,
    windows_on_chart, streak, plays, raw_plays, listeners, song_id, title, artist""")
"""An entry's columns, in the order and spelling of the api's JSON; the session's zone is UTC."""

ENTRIES: Final = SQL("""
    (select '[' || coalesce(string_agg(row_to_json(entries)::text, ',' order by rank), '') || ']' from entries)""")
"""The entries of a chart as the text of a JSON list, which an answer passes on as it is."""

# The one place that says when a window is final, and which complete_through a chart shows: it
# stands still once the window is settled. A window never counted has a null changed_at, which
# greatest() leaves out.
_JUDGED: Final = SQL("""
    judged as (
        select
            settled.*,
            case
                when revision > 1 or progress >= settled_at then 'final' else 'provisional'
            end as status,
            case when progress >= settled_at then settled_at else progress end as complete_through
        from (
            select counted.*, {settled_at} as settled_at
            from counted
        ) as settled
    )""").format(settled_at=SETTLED_AT)

_CHART: Final = SQL("""
    with {progress},
    asked as (
        select coalesce(%(window_start)s::timestamptz, (
            select song.window_start from {songs} as song
            where song.region = %(region)s
                and song.window_start < coalesce((select instant from progress), 'infinity')
            order by song.window_start desc limit 1
        )) as window_start
    ),
    counted as (
        select
            asked.window_start,
            asked.window_start + %(length)s as window_end,
            coalesce(chart.revision, 1) as revision,
            chart.computed_at,
            chart.changed_at,
            coalesce(chart.total_plays, 0) as total_plays,
            coalesce(chart.total_songs, 0) as total_songs,
            progress.instant as progress
        from asked
        cross join progress
        left join charts.chart_windows as chart
            on chart.grain = %(grain)s and chart.region = %(region)s
            and chart.window_start = asked.window_start
    ),
    {judged},
    entries as (
        select {entry} from {songs}
        where region = %(region)s and window_start = (select window_start from asked)
            and rank <= %(limit)s
    )
    select
        window_start, window_end, status, revision,
        coalesce(computed_at, complete_through) as computed_at,
        complete_through, total_plays, total_songs,
        coalesce(window_end < progress, false) as next_is_computed,
        {entries} as entries
    from judged
    where window_start < progress
        or (progress is null and computed_at is not null and exists (select from entries))""")

_WINDOWS: Final = SQL("""
    with {progress},
    counted as (
        select chart.*, progress.instant as progress
        from charts.chart_windows as chart
        cross join progress
        where chart.grain = %(grain)s and chart.region = %(region)s
            and chart.window_start < coalesce(%(before)s::timestamptz, 'infinity')
            and chart.window_start < coalesce((select instant from progress), 'infinity')
        order by chart.window_start desc
        limit %(limit)s
    ),
    {judged}
    select window_start, status, revision, total_plays from judged order by window_start desc""")

CHART: Final[dict[Grain, bytes]] = {
    grain: _CHART.format(progress=PROGRESS, judged=_JUDGED, songs=songs, entry=ENTRY, entries=ENTRIES).as_bytes()
    for grain, songs in SONGS.items()
}
"""One chart in one row, composed once: it is asked for most. Parameters: grain, region, window_start (null: the
newest computed one with entries), length (interval), limit. ``entries`` comes as the text of a JSON list.
No row: not computed."""

WINDOWS: Final[Composed] = _WINDOWS.format(progress=PROGRESS, judged=_JUDGED)
"""Counted windows, newest first. Parameters: grain, region, before (may be null), limit."""

REGIONS: Final = SQL("""
    with progress as (
        select coalesce(max(complete_through), 'infinity') as instant from charts.chart_progress
    )
    select known.region, known.name, span.first_window, span.last_window
    from charts.regions as known
    cross join lateral (
        select min(song.window_start) as first_window, max(song.window_start) as last_window
        from charts.top_songs_hourly as song
        where song.region = known.region and song.window_start < (select instant from progress)
    ) as span
    where span.first_window is not null""")
"""Regions with a chart, each with its first and last hour, in no order."""
