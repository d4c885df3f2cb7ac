"""Make counts again from silver as bronze says it, compare them row by row with the published, and mark what differs.

The counts of some days at a time are made by the very code that publishes, in a transaction that is
rolled back: nobody sees them. Only hours in a window that differs are then handed to counting.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from typing import Any

from psycopg import Connection
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from orchestration.ledger import Slice, mark_slices
from orchestration.made_silver import SILVER, MadeSilver, Scope
from orchestration.publish_counts import count_whole, publish_counts
from orchestration.rebuild_silver import KIND
from orchestration.silver_changes import slice_of
from streaming.lake import PARTITION_COLUMNS
from streaming.maintenance import INVALID_REGION

log = logging.getLogger(__name__)
_SLICES_AT_ONCE = 2_000
_ONE_DAY = timedelta(days=1)

IN_SCOPE = """
    (%(region)s::text is null or region in (%(region)s, 'global'))
    and (%(day)s::date is null or (window_start at time zone 'UTC')::date = %(day)s)
"""
"""A condition on windows: of one region (and what it is summed in) and one day, or all."""
_SUM_AGAIN = (
    f"""
    delete from counts.window_totals using (
        select * from counts.window_totals where {IN_SCOPE} except select * from counts.summed_windows where {IN_SCOPE}
    ) as wrong
    where (window_totals.grain, window_totals.region, window_totals.window_start)
        = (wrong.grain, wrong.region, wrong.window_start)
    """,
    f"insert into counts.window_totals select * from counts.summed_windows where {IN_SCOPE} on conflict do nothing",
)
_PUBLISHED = """
    select * from counts.song_counts
    where window_start >= %(first)s and window_start < %(end)s
        and (%(region)s::text is null or region in (%(region)s, 'global'))
"""
_DIFFERENT = f"""
    with published as (select * from published_counts),
    made as ({_PUBLISHED}),
    different as (
        (select * from published except select * from made)
        union all
        (select * from made except select * from published)
    )
    select grain, region, window_start, count(distinct song_id) from different
    group by grain, region, window_start order by grain, region, window_start
"""


@dataclass(frozen=True)
class WindowDifference:
    """A window whose published counts differ from those made again, and for how many songs they do."""

    grain: str
    region: str
    window_start: datetime
    songs: int

    def holds(self, counted: Slice) -> bool:
        """Whether a slice is counted in the window."""
        region, hour_start = counted
        length = timedelta(hours=1) if self.grain == "hour" else _ONE_DAY
        return self.region in ("global", region) and self.window_start <= hour_start < self.window_start + length


def rebuild_counts(
    spark: SparkSession, lake_root: str, connection: Connection[Any], made: MadeSilver
) -> list[WindowDifference]:
    """Publish counts again where they differ from what silver says; returns the windows that differed.

    Live silver must be as made: :func:`~orchestration.rebuild_silver.rebuild_silver` sees to that.
    """
    publish_counts(spark, lake_root, connection)
    silver = [made.with_rest(spark, lake_root, table) for table in SILVER]
    found: list[WindowDifference] = []
    for slices in _portions(_all_slices(connection, made)):
        different = _compare(connection, made.scope, slices, *silver)
        mark_slices(connection, {one for one in slices for window in different if window.holds(one)}, KIND)
        publish_counts(spark, lake_root, connection)
        log.info("counts up to %s made again: %d windows differed", slices[-1][1].date(), len(different))
        found += different
    _sum_again(connection, made.scope)
    return found


def _sum_again(connection: Connection[Any], scope: Scope) -> None:
    """Replace the totals of windows that are not the sums of their songs."""
    with connection.transaction():
        for statement in _SUM_AGAIN:
            connection.execute(statement, {"region": scope.region, "day": scope.day})


def _all_slices(connection: Connection[Any], made: MadeSilver) -> list[Slice]:
    """Whatever silver or the published counts hold, oldest first."""
    scope = made.scope
    lying = [made.tables[table].select(*PARTITION_COLUMNS) for table in SILVER]
    rows = lying[0].union(lying[1]).distinct().filter(F.col("region") != INVALID_REGION).collect()
    published = connection.execute(
        """
        select distinct region, window_start from counts.song_counts
        where region != 'global' and (%(region)s::text is null or region = %(region)s)
            and (%(day)s::date is null or (window_start at time zone 'UTC')::date = %(day)s)
        """,
        {"region": scope.region, "day": scope.day},
    ).fetchall()
    slices = {slice_of(row["region"], row) for row in rows} | {
        (region, start.astimezone(UTC)) for region, start in published
    }
    return sorted(slices, key=lambda one: (one[1], one[0]))


def _portions(slices: list[Slice]) -> Iterator[list[Slice]]:
    """Whole days together, some thousand slices at a time."""
    portion: list[Slice] = []
    for _, day in groupby(slices, key=lambda one: one[1].date()):
        portion += day
        if len(portion) >= _SLICES_AT_ONCE:
            yield portion
            portion = []
    if portion:
        yield portion


def _compare(
    connection: Connection[Any], scope: Scope, slices: list[Slice], plays: DataFrame, rejected: DataFrame
) -> list[WindowDifference]:
    first, last = (datetime.combine(hour_start.date(), time(), UTC) for _, hour_start in (slices[0], slices[-1]))
    within = {"first": first, "end": last + _ONE_DAY, "region": scope.region}
    with connection.transaction(force_rollback=True):
        connection.execute("create temporary table published_counts (like counts.song_counts) on commit drop")
        connection.execute(f"insert into published_counts {_PUBLISHED}", within)
        # Sums are made again of marked slices alone.
        mark_slices(connection, slices, KIND)
        count_whole(connection, slices, plays, rejected)
        rows = connection.execute(_DIFFERENT, within).fetchall()
    return [WindowDifference(*row) for row in rows]
