"""Make counts again from silver as bronze says it, compare them row by row with the published, replace what differs.

The counts of some days at a time are made, compared and replaced in one transaction, by the very code that publishes:
a reader sees all of it or nothing, and where nothing differs nothing is written.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from psycopg import Connection
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from orchestration.corrections.rebuild_silver import KIND
from orchestration.counts.count_slices import count_slices, count_whole
from orchestration.counts.windows import Settling, read_settled
from orchestration.ledger.enrichments import Slice, mark_slices
from orchestration.silver.recompute import SILVER, RecomputedSilver
from orchestration.silver.row_changes import slice_of
from streaming.lake import SLICE_COLUMNS
from streaming.maintenance import INVALID_REGION

log = logging.getLogger(__name__)
_SLICES_AT_ONCE = 2_000

IN_SCOPE = """
    (%(region)s::text is null or region in (%(region)s, 'global'))
    and (%(day)s::date is null or (window_start at time zone 'UTC')::date = %(day)s)
"""
"""A condition on windows: of one region (and what it is summed in) and one day, or all."""
_REPLACED = """
    select grain, region, window_start, count(*)
    from (select * from changed_hours union all select * from changed_sums) as replaced
    group by grain, region, window_start order by grain, region, window_start
"""
"""Of what counting has just replaced: the windows, and how many of their songs."""


@dataclass(frozen=True)
class WindowDifference:
    """A window whose published counts differ from those made again, and for how many songs they do."""

    grain: str
    region: str
    window_start: datetime
    songs: int


def rebuild_counts(
    spark: SparkSession, lake_root: str, connection: Connection[Any], made: RecomputedSilver
) -> list[WindowDifference]:
    """Replace the counts of settled windows where they differ from silver; return the windows that differed.

    Live silver must be as made: :func:`~orchestration.corrections.rebuild_silver.rebuild_silver` sees to that.
    """
    count_slices(spark, lake_root, connection)
    settled = read_settled(connection)
    silver = [made.with_rest(spark, lake_root, table) for table in SILVER]
    found: list[WindowDifference] = []
    for slices in _portions(_all_slices(connection, made, settled.hour)):
        different = _replace_different(connection, slices, Settling(settled, settled), *silver)
        log.info("counts up to %s made again: %d windows differed", slices[-1][1].date(), len(different))
        found += different
    return found


def _all_slices(connection: Connection[Any], made: RecomputedSilver, settled: datetime) -> list[Slice]:
    """Return the settled slices that silver or the published counts hold, oldest first."""
    scope = made.scope
    lying = [made.tables[table].select(*SLICE_COLUMNS) for table in SILVER]
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
    return sorted((one for one in slices if one[1] < settled), key=lambda one: (one[1], one[0]))


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


def _replace_different(
    connection: Connection[Any], slices: list[Slice], settling: Settling, plays: DataFrame, rejected: DataFrame
) -> list[WindowDifference]:
    with connection.transaction():
        mark_slices(connection, slices, KIND)
        count_whole(connection, slices, plays, rejected, settling)
        return [WindowDifference(*row) for row in connection.execute(_REPLACED)]
