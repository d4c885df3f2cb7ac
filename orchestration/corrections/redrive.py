"""Judge rejected rows again, from bronze's bytes, by the current code: after a fix of the rules.

The play is appended first, then its rejected row goes. A stop in between leaves one row too many, which
conservation shows; running the same again repairs it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from orchestration.ledger.changed_slices import in_slices
from orchestration.ledger.corrections import begin_correction, finish_correction, is_begun, refuse_other_correction
from orchestration.ledger.enrichments import Slice, StoredPlay
from orchestration.silver.dedup_candidates import read_plays_of
from orchestration.silver.enrich_plays import finish_open_range
from orchestration.silver.row_changes import (
    append_missing,
    merge,
    reject_superseded,
    slice_of,
    superseded_plays,
)
from orchestration.silver.rules import judge_rows, select_plays
from streaming.lake import SLICE_COLUMNS, LakeTable, read_table, table_schema
from streaming.maintenance import INVALID_REGION, parse_again

KIND = "redrive"
log = logging.getLogger("redrive")
_MESSAGE = ["partition", "offset"]


@dataclass(frozen=True)
class Redriven:
    """What became of the rejected rows of a reason: how many there are, are plays now, are judged otherwise."""

    judged: int
    plays: int
    changed: int


def list_reasons(spark: SparkSession, lake_root: str) -> list[tuple[str, str | None, int]]:
    """Every reason, with its problem, for which rows are rejected, and how many rows there are; most first."""
    rejected = read_table(spark, lake_root, LakeTable.SILVER_REJECTED_PLAYS)
    counts = rejected.groupBy("reason", "problem").count().orderBy(F.desc("count"), "reason", "problem")
    return [(row["reason"], row["problem"], row["count"]) for row in counts.collect()]


def preview(spark: SparkSession, lake_root: str, reason: str) -> Redriven:
    """What :func:`redrive` would do, without doing it."""
    return _describe(_judge_again(spark, lake_root, reason))


def redrive(spark: SparkSession, lake_root: str, connection: Connection[Any], reason: str) -> Redriven:
    """Judge every row again that was rejected for a reason (``malformed``) or a problem (``title: too_long``).

    Settling must be paused.

    Raises:
        ConservationError: when silver does not add up afterwards, or another correction was stopped half way.
    """
    refuse_other_correction(connection, KIND, reason)
    finish_open_range(spark, lake_root, connection)
    judged = _judge_again(spark, lake_root, reason).persist()
    try:
        redriven = _describe(judged)
        log.info("%d rejected rows judged again: %d are plays now", redriven.judged, redriven.plays)
        if redriven.changed or is_begun(connection, KIND, reason):
            _change(spark, lake_root, connection, reason, judged.filter(_is_changed()))
        return redriven
    finally:
        judged.unpersist()


def _judge_again(spark: SparkSession, lake_root: str, reason: str) -> DataFrame:
    """The rejected rows of a reason as they are judged now, with their ``batch`` and how they stand (``former``)."""
    rejected = read_table(spark, lake_root, LakeTable.SILVER_REJECTED_PLAYS)
    chosen = rejected.filter((F.col("reason") == reason) | (F.col("problem") == reason))
    former = chosen.select(*_MESSAGE, "batch", F.struct(*SLICE_COLUMNS, "reason", "problem").alias("former"))
    bronze = read_table(spark, lake_root, LakeTable.BRONZE_PLAYS).filter(in_slices(_slices(chosen)))
    parsed = parse_again(bronze.join(former, on=_MESSAGE, how="left_semi")).drop("value")
    # A row that an interrupted redrive has made a play already must not be taken for a copy of itself.
    plays = read_plays_of(spark, lake_root, parsed).join(former, on=_MESSAGE, how="left_anti")
    return judge_rows(parsed, plays).join(former, on=_MESSAGE)


def _is_changed() -> Column:
    same = F.col("verdict").eqNullSafe(F.col("former.reason")) & F.col("problem").eqNullSafe(F.col("former.problem"))
    return ~same


def _describe(judged: DataFrame) -> Redriven:
    is_play = F.col("verdict") == "play"
    ((rows, plays, changed),) = judged.agg(F.count("*"), F.count_if(is_play), F.count_if(_is_changed())).collect()
    return Redriven(rows, plays, changed)


def _change(spark: SparkSession, lake_root: str, connection: Connection[Any], reason: str, changed: DataFrame) -> None:
    moved = superseded_plays(changed)
    former, new = _slices(changed.select("former.*")), _slices(changed.filter("verdict != 'malformed'"))
    touched = _touched(former, new, moved)
    correction = begin_correction(connection, KIND, reason, touched, _batches(changed, moved))
    append_missing(spark, lake_root, LakeTable.SILVER_PLAYS, select_plays(changed, F.col("batch")), new)
    log.info("the plays are in silver; now their rejected rows go")
    if moved:
        reject_superseded(spark, lake_root, moved)
    _replace_rejected(spark, lake_root, changed, former)
    finish_correction(spark, lake_root, connection, correction)
    log.info("%d hours of regions wait to be counted again", len(correction.slices))


def _touched(former: set[Slice], new: set[Slice], moved: list[StoredPlay]) -> set[Slice]:
    """The slices to count again; values that are no plays lie in no region's."""
    return {
        *((region, hour) for region, hour in former if region != INVALID_REGION),
        *new,
        *(play.slice for play in moved),
    }


def _batches(changed: DataFrame, moved: list[StoredPlay]) -> set[int]:
    return {row["batch"] for row in changed.select("batch").distinct().collect()} | {play.batch for play in moved}


def _replace_rejected(spark: SparkSession, lake_root: str, changed: DataFrame, slices: set[Slice]) -> None:
    """In one commit: rows that became plays go, and the others are written as they are judged now."""
    names = [field.name for field in table_schema(LakeTable.SILVER_REJECTED_PLAYS)]
    now = F.struct(*names).alias("now")
    former = [f"former.{name}" for name in SLICE_COLUMNS]
    source = changed.withColumn("reason", F.col("verdict")).select("verdict", now, *former, *_MESSAGE)
    assignments = ", ".join(f"`{name}` = changes.now.`{name}`" for name in names)
    actions = f"WHEN MATCHED AND changes.verdict = 'play' THEN DELETE WHEN MATCHED THEN UPDATE SET {assignments}"
    merge(spark, lake_root, LakeTable.SILVER_REJECTED_PLAYS, source, slices, actions)


def _slices(rows: DataFrame) -> set[Slice]:
    return {slice_of(row["region"], row) for row in rows.select(*SLICE_COLUMNS).distinct().collect()}
