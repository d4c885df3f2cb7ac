"""The statements behind ``GET /reconciliation``: what schema ``charts`` says of one day, added up."""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL, Composed

from api.charts.queries import PROGRESS

COUNTERS: Final = ("plays", "raw_plays", "too_short", "over_cap", "duplicates", "late")
"""What adds up: hours to their day, regions to ``global``."""

_DAY: Final = SQL("""
    with {progress},
    asked as (
        select coalesce(
            %(day)s::timestamptz,
            (
                select max(window_start) from charts.charted_open_windows
                where grain = 'day' and region = 'global'
                    and window_start < coalesce((select live_through from progress), 'infinity')
            ),
            (
                select max(window_start) from charts.settled_windows
                where grain = 'day' and region = 'global' and window_start < (select settled_before from progress)
            )
        ) as day
    ),
    judged as (
        select
            asked.day, asked.day >= progress.open_from as open,
            case when asked.day >= progress.open_from then progress.live_through else progress.settled_through end
                as complete_through
        from asked cross join progress
    )
    select *
    from judged
    where day < complete_through
        or (complete_through is null and exists (
            select from charts.chart_windows where grain = 'day' and window_start = (select day from asked)
        ))""")

_LINES: Final = SQL("""
    with windows as (
        select * from charts.window_counts where grain = 'day' and window_start = %(day)s
        union all
        select * from charts.window_counts
        where grain = 'hour' and window_start >= %(day)s and window_start < %(day)s + interval '24 hours'
    ),
    -- The stream adds late plays of frozen and settled hours to their open day alone: those hours are counted up to
    -- another offset than the day is.
    apart as (
        select from charts.open_windows as days cross join charts.open_windows as hours
        where days.grain = 'day' and days.open_from <= %(day)s and hours.grain = 'hour' and hours.counted_from > %(day)s
    ),
    sides as (
        select
            'hours_sum_to_day' as rule, 'day' as grain, region, %(day)s::timestamptz as window_start,
            grain = 'day' as is_whole, withheld, {counters}
        from windows
        where not exists (select from apart)
        union all
        select
            'regions_sum_to_global' as rule, grain, 'global' as region, window_start,
            region = 'global' as is_whole, withheld, {counters}
        from windows
    )
    select
        rule, grain, region, window_start,
        -- Sums over all regions name no audience.
        region <> 'global' and bool_or(withheld) as withheld,
        json_build_object({wholes}) as whole,
        json_build_object({parts}) as sum_of_parts
    from sides
    group by rule, grain, region, window_start
    order by rule, grain, region <> 'global', region, window_start""")

_SUM: Final = "'{name}', coalesce(sum({name}) filter (where {side}), 0)"


def _sums(side: str) -> Composed:
    return SQL(", ").join(SQL(_SUM.format(name=name, side=side)) for name in COUNTERS)


DAY: Final[Composed] = _DAY.format(progress=PROGRESS.format(grain=SQL("'day'")))
"""The day to look at, and how far the charts are complete. Parameter: day (null: the newest with a chart).
No row: not computed."""

LINES: Final[Composed] = _LINES.format(
    counters=SQL(", ").join(SQL(name) for name in COUNTERS), wholes=_sums("is_whole"), parts=_sums("not is_whole")
)
"""Each sum of the day with what it must equal. Hours are left out where their day is counted further than they are.
Parameter: day."""

RECEIVED: Final = SQL("""
    select
        coalesce(sum(received), 0)::bigint as received, coalesce(sum(plays), 0)::bigint as plays,
        coalesce(sum(duplicates), 0)::bigint as duplicates, coalesce(sum(malformed), 0)::bigint as malformed
    from charts.enrichments
    where finished_at >= %(day)s and finished_at < %(day)s + interval '24 hours'""")
"""What the lake took in on the day, and what became of it. Parameter: day."""
