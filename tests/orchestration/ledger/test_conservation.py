"""Received = plays + rejected, in every batch and in every table; publishing stops where it is not."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
import pytest
from pyspark.sql import SparkSession

from orchestration.ledger.conservation import ConservationError
from orchestration.ledger.corrections import begin_correction
from orchestration.ledger.enrichments import stored_tables
from orchestration.ledger.table_rows import count_tables, newest_version
from orchestration.silver import enrich_plays as enrichment
from orchestration.silver.enrich_plays import enrich_plays
from streaming.lake import LakeTable
from streaming.maintenance import compact_hours
from tests.ingest.builders import recorded_play
from tests.lake import append_bronze, values
from tests.orchestration.marks import marked_slices

Loader = psycopg.Connection[Any]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (LakeTable.SILVER_PLAYS, "silver/plays gained 0 rows instead of 1"),
        (LakeTable.SILVER_REJECTED_PLAYS, "silver/rejected_plays gained -1 rows instead of 0"),
    ],
)
def test_a_row_of_any_age_that_vanished_from_silver_stops_the_next_round(
    spark: SparkSession, lake_root: str, loader: Loader, table: LakeTable, told: str
) -> None:
    append_bronze(
        spark, lake_root, recorded_play(title="old", played_at="2025-01-01T00:00:00Z").to_value(), b"nonsense"
    )
    enrich_plays(spark, lake_root, loader)
    spark.sql(f"DELETE FROM delta.`{table.path(lake_root)}`").collect()
    append_bronze(spark, lake_root, *values("a"), first_offset=2)
    with pytest.raises(ConservationError, match=told):
        enrich_plays(spark, lake_root, loader)


def test_what_each_table_holds_is_stored_and_known_again_when_the_log_is_gone(
    spark: SparkSession, lake_root: str, loader: Loader
) -> None:
    append_bronze(spark, lake_root, *values("a", "b", "a"), b"nonsense")
    enrich_plays(spark, lake_root, loader)
    compact_hours(spark, lake_root, [(date(2026, 11, 1), 10)])
    append_bronze(spark, lake_root, *values("c"), first_offset=4)
    enrich_plays(spark, lake_root, loader)
    held = {table: state.rows for table, state in (stored_tables(loader) or {}).items()}
    assert held == {LakeTable.BRONZE_PLAYS: 5, LakeTable.SILVER_PLAYS: 3, LakeTable.SILVER_REJECTED_PLAYS: 2}
    bronze = newest_version(spark, LakeTable.BRONZE_PLAYS.path(lake_root))
    counted_anew = count_tables(spark, lake_root, {}, bronze)
    assert {table: state.rows for table, state in counted_anew.items()} == held


def test_an_interrupted_correction_stops_rounds_and_says_what_to_run(
    spark: SparkSession, lake_root: str, loader: Loader
) -> None:
    append_bronze(spark, lake_root, *values("a"))
    begin_correction(loader, "redrive", "malformed", [], [])
    with pytest.raises(ConservationError, match="run `make redrive REASON='malformed'` again"):
        enrich_plays(spark, lake_root, loader)
    assert loader.execute("select count(*) from counts.enrichments").fetchone() == (0,)


def test_a_lost_play_stops_publishing_and_leaves_the_range_open(
    spark: SparkSession, lake_root: str, loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    append_bronze(spark, lake_root, *values("a", "b"))
    append = enrichment._append
    monkeypatch.setattr(enrichment, "_append", lambda rows, *rest: append(rows.limit(1), *rest))
    with pytest.raises(ConservationError, match="brought 2 rows, of which 2 became plays"):
        enrich_plays(spark, lake_root, loader)
    assert marked_slices(loader) == []
    assert loader.execute("select finished_at from counts.enrichments").fetchall() == [(None,)]
