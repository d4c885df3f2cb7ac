"""The statements behind ``GET /reconciliation``: what schema ``charts`` says of one day, added up."""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL, Composed

from api.chart_queries import PROGRESS

COUNTERS: Final = ("plays", "raw_plays", "too_short", "over_cap", "duplicates", "late")
"""What adds up: hours to their day, regions to ``global``."""

_DAY: Final = SQL("""
    with {progress},
    asked as (
        select coalesce(%(day)s::timestamptz, (
            select max(window_start) from charts.chart_windows
            where grain = 'day' and region = 'global'
                and window_start < coalesce((select instant from progress), 'infinity')
        )) as day
    )
    select asked.day, progress.instant as complete_through
    from asked cross join progress
    where asked.day < progress.instant
        or (progress.instant is null and exists (
            select from charts.chart_windows where grain = 'day' and window_start = asked.day
        ))""")

_LINES: Final = SQL("""
    with windows as (
        select
            chart.grain, chart.region, chart.window_start, chart.total_plays as plays,
            counted.raw_plays, counted.too_short, counted.over_cap, counted.duplicates, counted.late
        from charts.chart_windows as chart
        left join charts.window_counts as counted using (grain, region, window_start)
        where (chart.grain = 'day' and chart.window_start = %(day)s)
            or (
                chart.grain = 'hour'
                and chart.window_start >= %(day)s and chart.window_start < %(day)s + interval '24 hours'
            )
    ),
    sides as (
        select
            'hours_sum_to_day' as rule, 'day' as grain, region, %(day)s::timestamptz as window_start,
            grain = 'day' as is_whole, {counters}
        from windows
        union all
        select
            'regions_sum_to_global' as rule, grain, 'global' as region, window_start,
            region = 'global' as is_whole, {counters}
        from windows
    )
    select
        rule, grain, region, window_start,
        json_build_object({wholes}) as whole,
        json_build_object({parts}) as sum_of_parts
    from sides
    group by rule, grain, region, window_start
    order by rule, grain, region <> 'global', region, window_start""")

_SUM: Final = "'{name}', coalesce(sum({name}) filter (where {side}), 0)"


def _sums(side: str) -> Composed:
    return SQL(", ").join(SQL(_SUM.format(name=name, side=side)) for name in COUNTERS)


DAY: Final[Composed] = _DAY.format(progress=PROGRESS)
"""The day to look at, and how far the charts are complete. Parameter: day (null: the newest with a chart).
No row: not computed."""

LINES: Final[Composed] = _LINES.format(
    counters=SQL(", ").join(SQL(name) for name in COUNTERS), wholes=_sums("is_whole"), parts=_sums("not is_whole")
)
"""Each sum of the day with what it must equal. Parameter: day."""

RECEIVED: Final = SQL("""
    select
        coalesce(sum(received), 0)::bigint as received, coalesce(sum(plays), 0)::bigint as plays,
        coalesce(sum(duplicates), 0)::bigint as duplicates, coalesce(sum(malformed), 0)::bigint as malformed
    from charts.enrichments
    where finished_at >= %(day)s and finished_at < %(day)s + interval '24 hours'""")
"""What the lake took in on the day, and what became of it. Parameter: day."""
