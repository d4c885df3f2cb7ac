"""The plays of silver among which copies of new ones are sought: as few files as hold them are opened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from pyspark.sql import Column, DataFrame, Row, SparkSession
from pyspark.sql import functions as F

from orchestration.ledger.enrichments import Hour
from orchestration.ledger.offset_check import hours_of
from streaming.lake import LakeTable, read_table

_MOST_HOURS = 100
"""An import of old plays touches thousands of hours: so many conditions cost more than the files they leave shut."""


def read_candidates(spark: SparkSession, lake_root: str, received: list[Row], batch: int) -> DataFrame:
    """The plays of earlier batches among which to look for copies: those of the new rows' own hours.

    A repeated range must not find its own plays and take them for copies.
    """
    plays = _read_plays(spark, lake_root, hours_of(received))
    return plays.filter(_at_instants_of(received) & (F.col("batch") != batch))


def read_plays_of(spark: SparkSession, lake_root: str, rows: DataFrame) -> DataFrame:
    """The plays of the hours that any rows lie in."""
    hours = rows.select("date", "hour").distinct().collect()
    return _read_plays(spark, lake_root, {(row["date"], row["hour"]) for row in hours})


def _read_plays(spark: SparkSession, lake_root: str, hours: Iterable[Hour]) -> DataFrame:
    """The plays of some hours, by a condition on the partitions themselves: only these hours' files are opened.

    One flat list: a chain of conditions as long as an import has hours is nested too deep to send.
    """
    keys = sorted(f"{date} {hour}" for date, hour in hours)
    plays = read_table(spark, lake_root, LakeTable.SILVER_PLAYS)
    return plays.filter(F.concat_ws(" ", "date", "hour").isin(keys))


def _at_instants_of(received: list[Row]) -> Column:
    """A condition that every copy of these rows meets: files that hold no play of about their time are not opened."""
    spans = _spans_of_hours(received)
    return F.lit(True) if not spans or len(spans) > _MOST_HOURS else _any_of([_is_within(span) for span in spans])


def _spans_of_hours(received: list[Row]) -> list[tuple[datetime, datetime]]:
    instants: dict[Hour, list[datetime]] = defaultdict(list)
    for row in received:
        if row["earliest"]:
            instants[row["date"], row["hour"]] += [row["earliest"], row["latest"]]
    return [(min(of_hour), max(of_hour)) for of_hour in instants.values()]


def _is_within(span: tuple[datetime, datetime]) -> Column:
    return F.col("played_at").between(*span)


def _any_of(conditions: list[Column]) -> Column:
    """Halved and halved again: in a chain of thirty each is nested too deep in the next to be sent to Spark."""
    if len(conditions) == 1:
        return conditions[0]
    middle = len(conditions) // 2
    return _any_of(conditions[:middle]) | _any_of(conditions[middle:])
