"""Copies are sought where they can be, in however many hours the new plays lie."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from pyspark.sql import DataFrame, SparkSession

from orchestration.ledger.enrichments import Tally, VersionRange
from orchestration.ledger.offset_check import count_received
from orchestration.ledger.table_rows import newest_version
from orchestration.silver.dedup_candidates import read_candidates
from orchestration.silver.enrich_plays import enrich_plays, read_inserts
from streaming.lake import LakeTable
from tests.ingest.builders import recorded_play
from tests.lake import append_bronze, values

Loader = psycopg.Connection[Any]
NEWEST = datetime(2026, 11, 1, 10, tzinfo=UTC)


def append_and_read_inserts(spark: SparkSession, lake_root: str, *rows: bytes, **coordinates: int) -> DataFrame:
    append_bronze(spark, lake_root, *rows, **coordinates)
    newest = newest_version(spark, LakeTable.BRONZE_PLAYS.path(lake_root))
    return read_inserts(spark, lake_root, VersionRange(newest, newest))


def test_the_search_for_copies_opens_the_files_of_the_new_plays_own_hours_alone(
    spark: SparkSession, lake_root: str, loader: Loader
) -> None:
    for number, played_at in enumerate(["2026-10-30T09:00:00Z", "2026-11-01T09:00:00Z", "2026-11-01T10:00:00Z"]):
        play = recorded_play(title="a", played_at=played_at).to_value()
        append_bronze(spark, lake_root, play, first_offset=number)
        enrich_plays(spark, lake_root, loader)
    new = append_and_read_inserts(spark, lake_root, *values("b"), first_offset=3)
    opened = read_candidates(spark, lake_root, count_received(new), batch=4).inputFiles()
    assert ["/".join(file.split("/")[-4:-1]) for file in opened] == ["plays/date=2026-11-01/hour=10"]


@pytest.mark.parametrize("hours", [100, 101])
def test_copies_are_found_in_every_hour_of_many(
    spark: SparkSession, lake_root: str, loader: Loader, hours: int
) -> None:
    instants = [NEWEST - timedelta(hours=number) for number in range(hours)]
    plays = [recorded_play(title="a", region="IS", played_at=instant.isoformat()).to_value() for instant in instants]
    append_bronze(spark, lake_root, *plays)
    assert enrich_plays(spark, lake_root, loader) == Tally(plays=hours, duplicates=0, malformed=0)
    append_bronze(spark, lake_root, *plays, first_offset=hours)
    assert enrich_plays(spark, lake_root, loader) == Tally(plays=0, duplicates=hours, malformed=0)
