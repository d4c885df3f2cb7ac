"""The ledger says which hours to compact; what is appended meanwhile stays on its list."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from pyspark.sql import SparkSession

from orchestration.maintenance import compaction
from orchestration.maintenance.compaction import COMPACTION_LOCK, compact_closed_hours, remove_old_files
from orchestration.silver.enrich_plays import enrich_plays
from streaming.lake import LakeTable, read_table
from streaming.maintenance import compact_hours
from tests.ingest.builders import recorded_play
from tests.lake import append_bronze
from tests.stack import PostgresServer

Loader = psycopg.Connection[Any]
AFTER = datetime(2026, 11, 1, 11, 0, tzinfo=UTC)


def play_rounds(spark: SparkSession, lake_root: str, loader: Loader, rounds: int, first_offset: int = 0) -> None:
    for offset in range(first_offset, first_offset + rounds):
        append_bronze(spark, lake_root, recorded_play(title=f"song {offset}").to_value(), first_offset=offset)
        enrich_plays(spark, lake_root, loader)


def files_of(spark: SparkSession, lake_root: str, table: LakeTable) -> int:
    return read_table(spark, lake_root, table).selectExpr("_metadata.file_path").distinct().count()


def listed(loader: Loader) -> list[Any]:
    return loader.execute("select date, hour, appends from counts.hours_to_compact").fetchall()


def test_a_closed_hour_is_left_with_one_file_per_region(spark: SparkSession, lake_root: str, loader: Loader) -> None:
    play_rounds(spark, lake_root, loader, 3)
    assert listed(loader) == [(date(2026, 11, 1), 10, 3)]
    assert compact_closed_hours(spark, lake_root, loader, AFTER) == 4
    assert [files_of(spark, lake_root, table) for table in (LakeTable.BRONZE_PLAYS, LakeTable.SILVER_PLAYS)] == [1, 1]
    assert listed(loader) == []


def test_an_hour_that_still_runs_is_left_until_it_is_over(spark: SparkSession, lake_root: str, loader: Loader) -> None:
    play_rounds(spark, lake_root, loader, 2)
    assert compact_closed_hours(spark, lake_root, loader, AFTER - timedelta(seconds=1)) == 0
    assert listed(loader) == [(date(2026, 11, 1), 10, 2)]


def test_what_is_appended_during_compaction_stays_on_the_list(
    spark: SparkSession, lake_root: str, loader: Loader, database: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_rounds(spark, lake_root, loader, 2)

    def compact_while_a_round_runs(*arguments: Any) -> int:
        saved = compact_hours(*arguments)
        with database.connect("loader") as other:
            play_rounds(spark, lake_root, other, 1, first_offset=2)
        return saved

    monkeypatch.setattr(compaction, "compact_hours", compact_while_a_round_runs)
    compact_closed_hours(spark, lake_root, loader, AFTER)
    assert listed(loader) == [(date(2026, 11, 1), 10, 1)]


def test_who_finds_another_at_work_leaves_it(
    spark: SparkSession, lake_root: str, loader: Loader, database: PostgresServer
) -> None:
    play_rounds(spark, lake_root, loader, 2)
    with database.connect("loader") as other, other.transaction():
        other.execute("select pg_advisory_xact_lock(%s)", (COMPACTION_LOCK,))
        assert compact_closed_hours(spark, lake_root, loader, AFTER) == 0
    assert listed(loader) == [(date(2026, 11, 1), 10, 2)]


def test_replaced_files_of_bronze_are_kept_while_enrichment_lags(
    spark: SparkSession, lake_root: str, loader: Loader
) -> None:
    play_rounds(spark, lake_root, loader, 1)
    assert LakeTable.BRONZE_PLAYS in remove_old_files(spark, lake_root, loader)
    loader.execute("update counts.enrichments set begun_at = now() - interval '2 hours'")
    append_bronze(spark, lake_root, recorded_play(title="unread").to_value(), first_offset=1)
    assert LakeTable.BRONZE_PLAYS not in remove_old_files(spark, lake_root, loader)
    enrich_plays(spark, lake_root, loader)
    assert LakeTable.BRONZE_PLAYS in remove_old_files(spark, lake_root, loader)
