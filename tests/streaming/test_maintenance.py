"""Compaction leaves one file per region and hour, and every row as it was."""

from __future__ import annotations

from datetime import date

from pyspark.sql import Row, SparkSession

from streaming.lake import LakeTable, read_table
from streaming.maintenance import compact_hours, remove_replaced_files
from tests.ingest.builders import recorded_play
from tests.lake import append_bronze

HOUR = (date(2026, 11, 1), 10)
LAST_HOUR = (date(2026, 11, 1), 9)


def fill(spark: SparkSession, lake_root: str) -> None:
    """Three commits of two regions, one of them also an hour earlier."""
    for number in range(3):
        values = [recorded_play(region=region, title=f"song {number}").to_value() for region in ("GB", "DE")]
        early = recorded_play(region="GB", played_at="2026-11-01T09:30:00Z", title=f"song {number}").to_value()
        append_bronze(spark, lake_root, *values, early, first_offset=3 * number)


def files(spark: SparkSession, lake_root: str) -> list[tuple[str, int, int]]:
    """How many files each region and hour of bronze has."""
    rows = read_table(spark, lake_root, LakeTable.BRONZE_PLAYS).selectExpr("region", "hour", "_metadata.file_path")
    counts = rows.distinct().groupBy("region", "hour").count().collect()
    return sorted((row["region"], row["hour"], row["count"]) for row in counts)


def rows_of_bronze(spark: SparkSession, lake_root: str) -> list[Row]:
    return sorted(read_table(spark, lake_root, LakeTable.BRONZE_PLAYS).collect(), key=lambda row: row["offset"])


def test_an_hour_is_left_with_one_file_per_region_and_all_its_rows(spark: SparkSession, lake_root: str) -> None:
    fill(spark, lake_root)
    before = rows_of_bronze(spark, lake_root)
    assert files(spark, lake_root) == [("DE", 10, 3), ("GB", 9, 3), ("GB", 10, 3)]
    assert compact_hours(spark, lake_root, [HOUR]) == 4
    assert files(spark, lake_root) == [("DE", 10, 1), ("GB", 9, 3), ("GB", 10, 1)]
    assert rows_of_bronze(spark, lake_root) == before


def test_an_hour_that_is_compact_already_is_not_written_again(spark: SparkSession, lake_root: str) -> None:
    fill(spark, lake_root)
    compact_hours(spark, lake_root, [HOUR, LAST_HOUR])
    version = "DESCRIBE HISTORY delta.`{}` LIMIT 1"
    path = LakeTable.BRONZE_PLAYS.path(lake_root)
    before = spark.sql(version.format(path)).collect()[0]["version"]
    assert compact_hours(spark, lake_root, [HOUR, LAST_HOUR]) == 0
    assert spark.sql(version.format(path)).collect()[0]["version"] == before


def test_files_that_were_replaced_just_now_are_kept_for_whoever_reads_them(spark: SparkSession, lake_root: str) -> None:
    fill(spark, lake_root)
    compact_hours(spark, lake_root, [HOUR, LAST_HOUR])
    for table in LakeTable:
        remove_replaced_files(spark, table, lake_root)
    former = spark.read.format("delta").option("versionAsOf", 3).load(LakeTable.BRONZE_PLAYS.path(lake_root))
    assert former.count() == len(rows_of_bronze(spark, lake_root)) == 9


def test_the_change_feed_shows_no_row_twice_after_compaction(spark: SparkSession, lake_root: str) -> None:
    fill(spark, lake_root)
    compact_hours(spark, lake_root, [HOUR, LAST_HOUR])
    feed = spark.read.format("delta").option("readChangeFeed", "true").option("startingVersion", 0)
    changes = feed.load(LakeTable.BRONZE_PLAYS.path(lake_root))
    assert changes.count() == 9
