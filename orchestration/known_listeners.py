"""What a process that counts knows of the newest days' listeners, and how it comes to know it.

All of it follows from silver. What others counted meanwhile is read from there too: as far as it only came in
addition; where silver lost a play or was corrected, everything is forgotten and read anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from psycopg import Connection
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from orchestration.corrections import newest_correction, open_correction
from orchestration.listeners import DayListeners
from orchestration.newest_batch import MOST_PLAYS_IN_MEMORY, NewestBatch
from orchestration.slices import Batches, Skipped, newest_batch, read_skipped
from streaming.lake import LakeTable, read_table
from streaming.rules import CAP

DAYS_IN_MEMORY = 2
"""Today and yesterday: plays of older days are rare, and their hours are counted whole."""
_HOURS_AT_ONCE = 6
_HEARD = ("region", "hour", "song_id", "user_id")


@dataclass
class KnownListeners:
    """The listeners of the newest days, up to the last batch that is counted and the newest correction of silver.

    And what the batch after that brought, if this process enriched it.
    """

    days: dict[date, DayListeners] = field(default_factory=dict)
    newest_batch: NewestBatch = field(default_factory=NewestBatch)
    counted_through: int = -1
    correction: int = -1

    def forget(self, days: Iterable[date] | None = None) -> None:
        """Forget some days, or all: they are read from silver again when they are needed."""
        for day in list(self.days if days is None else days):
            self.days.pop(day, None)

    def learn(self, spark: SparkSession, lake_root: str, days: list[date], before: int) -> None:
        """Know these days by what silver holds of the batches before one, and of others the last ones."""
        for day in days:
            if day not in self.days:
                self.days[day] = _read_day(spark, lake_root, day, before)
        self.forget(sorted(set(self.days) - set(days))[:-DAYS_IN_MEMORY])

    def prepare(self, spark: SparkSession, lake_root: str, connection: Connection[Any], days: list[date]) -> None:
        """Know these days before it is this process's turn to count, so that its first round has nothing to read.

        Others count meanwhile: :meth:`catch_up` does the rest. Nothing is read while a correction changes silver.
        """
        self.correction = newest_correction(connection)
        if open_correction(connection):
            return
        self.counted_through = newest_batch(connection)
        self.learn(spark, lake_root, days, self.counted_through + 1)

    def catch_up(self, spark: SparkSession, lake_root: str, connection: Connection[Any], batches: Batches) -> None:
        """Know the days up to just before these batches, whoever counted what lies between.

        Nothing stays known where it may be too much: a correction came, a play became a duplicate, or the batches
        are known already and were never counted.
        """
        correction = newest_correction(connection)
        skipped = read_skipped(connection, self.counted_through, batches)
        if correction != self.correction:
            self.newest_batch.forget()
        if correction != self.correction or batches.first <= self.counted_through or not _only_adds(skipped):
            self.forget()
        if skipped.batches:
            between = F.col("batch").between(self.counted_through + 1, batches.first - 1)
            for day, listeners in self.days.items():
                _take_up(listeners, _heard_on(spark, lake_root, day).filter(between))
        self.correction = correction


def _only_adds(skipped: Skipped) -> bool:
    return not skipped.superseded and skipped.plays <= MOST_PLAYS_IN_MEMORY


def _heard_on(spark: SparkSession, lake_root: str, day: date) -> DataFrame:
    plays = read_table(spark, lake_root, LakeTable.SILVER_PLAYS)
    return plays.filter((F.col("date") == day) & F.col("eligible"))


def _read_day(spark: SparkSession, lake_root: str, day: date, before: int) -> DayListeners:
    listeners, heard = DayListeners(), _heard_on(spark, lake_root, day).filter(F.col("batch") < before)
    for hour in range(0, 24, _HOURS_AT_ONCE):
        _take_up(listeners, heard.filter(F.col("hour").between(hour, hour + _HOURS_AT_ONCE - 1)))
    return listeners


def _take_up(listeners: DayListeners, heard: DataFrame) -> None:
    counted = heard.select(*_HEARD).toArrow().group_by(list(_HEARD)).aggregate([([], "count_all")])
    listeners.add(counted.rename_columns([*_HEARD, "eligible"]), CAP)
