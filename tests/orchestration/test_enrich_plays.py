"""Silver follows bronze exactly once, wherever enrichment was stopped."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from pyspark.sql import DataFrame, SparkSession

from orchestration import enrich_plays as enrichment
from orchestration.arrivals import OffsetGapError
from orchestration.conservation import ConservationError
from orchestration.enrich_plays import enrich_plays
from orchestration.ledger import Tally, enriched_offsets
from orchestration.slices import marked_slices
from streaming.lake import LakeTable, read_table
from tests.ingest.builders import recorded_play
from tests.lake import append_bronze

Loader = psycopg.Connection[Any]


def values(*titles: str) -> list[bytes]:
    return [recorded_play(title=title).to_value() for title in titles]


def titles_in_silver(spark: SparkSession, lake_root: str) -> list[str]:
    return sorted(row["title"] for row in read_table(spark, lake_root, LakeTable.SILVER_PLAYS).collect())


def reasons(spark: SparkSession, lake_root: str) -> list[str]:
    return sorted(row["reason"] for row in read_table(spark, lake_root, LakeTable.SILVER_REJECTED_PLAYS).collect())


def test_new_bronze_rows_become_plays_and_rejected_rows(spark: SparkSession, lake_root: str, loader: Loader) -> None:
    append_bronze(spark, lake_root, *values("a", "b", "a"), b"nonsense")
    assert enrich_plays(spark, lake_root, loader) == Tally(plays=2, duplicates=1, malformed=1)
    assert titles_in_silver(spark, lake_root) == ["a", "b"]
    assert reasons(spark, lake_root) == ["duplicate", "malformed"]


def test_nothing_new_writes_nothing(spark: SparkSession, lake_root: str, loader: Loader) -> None:
    append_bronze(spark, lake_root, *values("a"))
    enrich_plays(spark, lake_root, loader)
    assert enrich_plays(spark, lake_root, loader) is None
    assert loader.execute("select count(*) from counts.enrichments").fetchone() == (1,)


def test_a_copy_that_comes_rounds_later_is_found(spark: SparkSession, lake_root: str, loader: Loader) -> None:
    append_bronze(spark, lake_root, *values("a"))
    enrich_plays(spark, lake_root, loader)
    append_bronze(spark, lake_root, *values("b"), first_offset=1)
    enrich_plays(spark, lake_root, loader)
    append_bronze(spark, lake_root, *values("a", "c"), first_offset=2)
    assert enrich_plays(spark, lake_root, loader) == Tally(plays=1, duplicates=1, malformed=0)
    assert titles_in_silver(spark, lake_root) == ["a", "b", "c"]


def test_the_hours_whose_plays_changed_are_marked_for_counting(
    spark: SparkSession, lake_root: str, loader: Loader
) -> None:
    late = recorded_play(played_at="2026-10-31T23:59:59Z", region="DE").to_value()
    append_bronze(spark, lake_root, *values("a"), late, b"nonsense")
    enrich_plays(spark, lake_root, loader)
    assert sorted(marked_slices(loader)) == [
        ("DE", datetime(2026, 10, 31, 23, tzinfo=UTC)),
        ("GB", datetime(2026, 11, 1, 10, tzinfo=UTC)),
    ]


def test_the_ledger_knows_the_offsets_that_silver_covers(spark: SparkSession, lake_root: str, loader: Loader) -> None:
    append_bronze(spark, lake_root, *values("a", "b"), first_offset=5)
    enrich_plays(spark, lake_root, loader)
    append_bronze(spark, lake_root, *values("c"), partition=1)
    enrich_plays(spark, lake_root, loader)
    assert enriched_offsets(loader) == {"0": 7, "1": 1}


class StoppedError(Exception):
    """Stands for a process that dies."""


@pytest.mark.parametrize("writes", [0, 1, 2], ids=["before any write", "after the rejected rows", "after the plays"])
def test_a_stop_between_writes_changes_nothing_in_the_end(
    spark: SparkSession, lake_root: str, loader: Loader, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    append_bronze(spark, lake_root, *values("a"))
    enrich_plays(spark, lake_root, loader)
    append_bronze(spark, lake_root, *values("a", "b", "b"), b"nonsense", first_offset=1)
    with monkeypatch.context() as patched:
        stop_after(patched, writes)
        with pytest.raises(StoppedError):
            enrich_plays(spark, lake_root, loader)
    # More arrives before anyone takes over; the open range must come first, and alone.
    append_bronze(spark, lake_root, *values("c"), first_offset=5)
    assert enrich_plays(spark, lake_root, loader) == Tally(plays=1, duplicates=2, malformed=1)
    assert enrich_plays(spark, lake_root, loader) == Tally(plays=1, duplicates=0, malformed=0)
    assert titles_in_silver(spark, lake_root) == ["a", "b", "c"]
    assert reasons(spark, lake_root) == ["duplicate", "duplicate", "malformed"]


def stop_after(patched: pytest.MonkeyPatch, writes: int) -> None:
    append = enrichment._append
    done: list[LakeTable] = []

    def append_or_stop(rows: DataFrame, root: str, table: LakeTable, batch: int) -> None:
        if len(done) == writes:
            raise StoppedError
        append(rows, root, table, batch)
        done.append(table)

    def stop(*_arguments: object) -> None:
        raise StoppedError

    patched.setattr(enrichment, "_append", append_or_stop)
    patched.setattr(enrichment, "check_conservation", stop)


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


def test_a_gap_in_the_offsets_stops_the_round_before_it_writes_until_the_loss_is_accepted(
    spark: SparkSession, lake_root: str, loader: Loader
) -> None:
    append_bronze(spark, lake_root, *values("a"))
    enrich_plays(spark, lake_root, loader)
    append_bronze(spark, lake_root, *values("d"), first_offset=3)
    with pytest.raises(OffsetGapError, match="from offset 1 to 4, and bronze brought 1 from offset 3"):
        enrich_plays(spark, lake_root, loader)
    assert titles_in_silver(spark, lake_root) == ["a"]
    loader.execute("insert into counts.accepted_losses (partition, first_offset, end_offset) values ('0', 1, 3)")
    assert enrich_plays(spark, lake_root, loader) == Tally(plays=1, duplicates=0, malformed=0)
    append_bronze(spark, lake_root, *values("e"), first_offset=4)
    assert enrich_plays(spark, lake_root, loader) == Tally(plays=1, duplicates=0, malformed=0)
