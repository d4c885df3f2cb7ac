"""Every statement over the charts; each reads one consistent snapshot of schema ``charts``.

Windows from ``open_from`` on are open: the views of schema ``charts`` read them from the stream's counts. ``progress``
is ``complete_through`` as it stands now, the stream's or the lake's, null on a new system. A window is computed once
it started before that; on a new system, once it has entries.

A view is searched by constants, parameters and scalar subqueries, not joined by a column: Postgres carries only the
former into the views, so that no other window is read. ``offset 0`` keeps a subquery from becoming such a join.
"""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL, Composable, Composed, Identifier

from api.charts.grains import Grain

SONGS: Final = {
    Grain.HOUR: Identifier("charts", "top_songs_hourly"),
    Grain.DAY: Identifier("charts", "top_songs_daily"),
}
"""Where the entries of each grain are."""

PROGRESS: Final = SQL("""progress as (
        select *, least(settled_through, open_from) as settled_before
        from (
            select
                max(complete_through) as live_through,
                max(settled_through) as settled_through,
                coalesce((select open_from from charts.open_windows where grain = {grain}), 'infinity') as open_from
            from charts.chart_progress
        ) as known
    )""")
"""How far the stream and the lake have come, and from when on windows are open."""

PROGRESS_OF_GRAIN: Final = PROGRESS.format(grain=SQL("%(grain)s"))

SETTLED_AT: Final = SQL("greatest(window_end, changed_at) + interval '10 minutes'")
"""From when on a window is final unless it changes again."""

ENTRY: Final = SQL("""
    rank, previous_rank, movement, peak_rank, to_char(peak_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as peak_at,
    windows_on_chart, streak, plays, raw_plays, listeners, song_id, title, artist""")
"""An entry's columns, in the order and spelling of the api's JSON; the session's zone is UTC."""

ENTRIES: Final = SQL("""
    (select '[' || coalesce(string_agg(row_to_json(entries)::text, ',' order by rank), '') || ']' from entries)""")
"""The entries of a chart as the text of a JSON list, which an answer passes on as it is."""

# The one place that says when a window is final (an open one never is), and which complete_through a chart shows: it
# stands still once the window is settled. A window never counted has a null changed_at, which
# greatest() leaves out.
_JUDGED: Final = SQL("""
    judged as (
        select
            settled.*,
            case
                when not live and (revision > 1 or progress >= settled_at) then 'final' else 'provisional'
            end as status,
            case when not live and progress >= settled_at then settled_at else progress end as complete_through
        from (
            select counted.*, {settled_at} as settled_at
            from counted
        ) as settled
    )""").format(settled_at=SETTLED_AT)

# The newest window with entries is looked for among the open ones first, and among settled ones only if there is none.
NEWEST: Final = SQL("""
    coalesce(
        (
            select max(window_start) from charts.charted_open_windows
            where grain = %(grain)s and region = %(region)s
                and window_start < coalesce((select live_through from progress), 'infinity')
        ),
        (
            select window_start from charts.settled_windows
            where grain = %(grain)s and region = %(region)s and total_songs > 0
                and window_start < (select settled_before from progress)
            order by window_start desc limit 1
        )
    )""")

_CHART: Final = SQL("""
    with {progress},
    asked as (
        select
            shown.window_start, shown.live,
            case when shown.live then progress.live_through else progress.settled_through end as progress
        from progress
        cross join lateral (
            select chosen.window_start, chosen.window_start >= progress.open_from as live
            from (select coalesce(%(window_start)s::timestamptz, {newest}) as window_start) as chosen
        ) as shown
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
            coalesce(chart.withheld, false) as withheld,
            asked.live,
            asked.progress
        from asked
        left join (
            select * from charts.chart_windows
            where grain = %(grain)s and region = %(region)s
                and window_start = (select window_start from asked) and live = (select live from asked)
            offset 0
        ) as chart on true
    ),
    {judged},
    entries as (
        select {entry} from {songs}
        -- `live` spares a settled chart the ranking of the open ones.
        where region = %(region)s and window_start = (select window_start from asked)
            and live = (select live from asked) and rank <= %(limit)s
    )
    select
        window_start, window_end, status, revision,
        coalesce(computed_at, complete_through) as computed_at,
        complete_through, total_plays, total_songs, withheld,
        (select minimum_listeners from charts.chart_rules) as minimum_listeners,
        coalesce(window_end < (
            select case when window_end >= open_from then live_through else settled_through end from progress
        ), false) as next_is_computed,
        {entries} as entries{more}
    from judged
    where window_start < progress
        or (progress is null and computed_at is not null and exists (select from entries))""")

_WINDOWS: Final = SQL("""
    with {progress},
    counted as (
        (
            select window_start, window_end, revision, total_plays, changed_at, true as live,
                (select live_through from progress) as progress
            from charts.chart_windows
            where live and grain = %(grain)s and region = %(region)s
                and window_start < coalesce(%(before)s::timestamptz, 'infinity')
                and window_start < coalesce((select live_through from progress), 'infinity')
        )
        union all
        (
            select window_start, window_end, revision, total_plays, changed_at, false as live,
                (select settled_through from progress) as progress
            from charts.settled_windows
            where grain = %(grain)s and region = %(region)s
                and window_start < coalesce(%(before)s::timestamptz, 'infinity')
                and window_start < (select settled_before from progress)
            order by window_start desc
            limit %(limit)s
        )
        order by window_start desc
        limit %(limit)s
    ),
    {judged}
    select window_start, status, revision, total_plays from judged order by window_start desc""")


def compose_chart(grain: Grain, more: Composable) -> bytes:
    """The statement of one chart, with further columns if ``more`` has any."""
    parts = {"progress": PROGRESS_OF_GRAIN, "newest": NEWEST, "judged": _JUDGED, "entry": ENTRY, "entries": ENTRIES}
    return _CHART.format(**parts, songs=SONGS[grain], more=more).as_bytes()


CHART: Final[dict[Grain, bytes]] = {grain: compose_chart(grain, SQL("")) for grain in Grain}
"""One chart in one row, composed once: it is asked for most. Parameters: grain, region, window_start (null: the
newest computed one with entries), length (interval), limit. ``entries`` comes as the text of a JSON list.
No row: not computed."""

WINDOWS: Final[Composed] = _WINDOWS.format(progress=PROGRESS_OF_GRAIN, judged=_JUDGED)
"""Counted windows, newest first. Parameters: grain, region, before (may be null), limit."""

REGIONS: Final = SQL("""
    with {progress},
    opened as (
        select region, min(window_start) as first_window, max(window_start) as last_window
        from charts.charted_open_windows
        where grain = 'hour' and window_start < coalesce((select live_through from progress), 'infinity')
        group by region
    )
    select
        known.region, known.name,
        coalesce(settled.first_window, opened.first_window) as first_window,
        coalesce(opened.last_window, settled.last_window) as last_window
    from charts.regions as known
    left join opened using (region)
    cross join lateral (
        select min(window_start) as first_window, max(window_start) as last_window
        from charts.settled_windows
        where grain = 'hour' and region = known.region and total_songs > 0
            and window_start < (select settled_before from progress)
    ) as settled
    where settled.first_window is not null or opened.first_window is not null""").format(
    progress=PROGRESS.format(grain=SQL("'hour'"))
)
"""Regions with a chart, each with its first and last hour, in no order."""
