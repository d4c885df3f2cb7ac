"""Silver follows bronze exactly once, wherever enrichment was stopped."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from pyspark.sql import SparkSession

from orchestration.ledger.enrichments import Tally, enriched_offsets
from orchestration.ledger.offset_check import OffsetGapError
from orchestration.silver import enrich_plays as enrichment
from orchestration.silver import row_changes
from orchestration.silver.enrich_plays import enrich_plays
from streaming.lake import LakeTable, read_table
from tests.ingest.builders import recorded_play
from tests.lake import append_bronze, values, with_one_sample
from tests.orchestration.marks import marked_slices

Loader = psycopg.Connection[Any]


def titles_in_silver(spark: SparkSession, lake_root: str) -> list[str]:
    return sorted(row["title"] for row in read_table(spark, lake_root, LakeTable.SILVER_PLAYS).collect())


def reasons(spark: SparkSession, lake_root: str) -> list[str]:
    return sorted(row["reason"] for row in read_table(spark, lake_root, LakeTable.SILVER_REJECTED_PLAYS).collect())


@pytest.mark.usefixtures("planned_as_in_production")
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
    assert marked_slices(loader) == [
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


STEPS = {
    "the range is fixed": (enrichment, "begin_range"),
    "the superseded plays are noted": (enrichment, "note_superseded"),
    "the rejected rows are written": (enrichment, "_append"),
    "the plays are written": (enrichment, "_append"),
    "the superseded plays' rejected rows are written": (row_changes, "append_missing"),
    "the superseded plays are gone": (row_changes, "remove_rows"),
    "conservation is checked": (enrichment, "check_tables"),
}
"""Every step of enrichment that writes, in order, and the one before its last."""


@pytest.mark.parametrize("step", with_one_sample(STEPS, "the superseded plays' rejected rows are written"))
def test_a_stop_after_any_step_changes_nothing_in_the_end(
    spark: SparkSession, lake_root: str, loader: Loader, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    append_bronze(spark, lake_root, *values("a", "s"), partition=1)
    enrich_plays(spark, lake_root, loader)
    append_bronze(spark, lake_root, *values("s", "a", "b", "b"), b"nonsense")
    with monkeypatch.context() as patched:
        stop_after(patched, step)
        with pytest.raises(StoppedError):
            enrich_plays(spark, lake_root, loader)
    # More arrives before anyone takes over; the open range must come first, and alone.
    append_bronze(spark, lake_root, *values("c"), first_offset=5)
    assert enrich_plays(spark, lake_root, loader) == Tally(plays=3, duplicates=1, malformed=1)
    assert enrich_plays(spark, lake_root, loader) == Tally(plays=1, duplicates=0, malformed=0)
    assert places_in_silver(spark, lake_root) == {"s": (0, 0), "a": (0, 1), "b": (0, 2), "c": (0, 5)}
    assert reasons(spark, lake_root) == ["duplicate", "duplicate", "duplicate", "malformed"]
    assert ledger_tallies(loader) == [(2, 0, 2, 0), (5, 3, 1, 1), (1, 1, 0, 0)]


def stop_after(patched: pytest.MonkeyPatch, step: str) -> None:
    """Make enrichment raise right after a step: its n-th call of the step's function."""
    module, name = STEPS[step]
    left = [function for function in list(STEPS.values())[: list(STEPS).index(step) + 1] if function == (module, name)]
    original = getattr(module, name)

    def call_and_stop(*arguments: object) -> object:
        result = original(*arguments)
        left.pop()
        if not left:
            raise StoppedError
        return result

    patched.setattr(module, name, call_and_stop)


def places_in_silver(spark: SparkSession, lake_root: str) -> dict[str, tuple[int, int]]:
    """Each play's partition and offset by its title."""
    rows = read_table(spark, lake_root, LakeTable.SILVER_PLAYS).collect()
    assert len({row["title"] for row in rows}) == len(rows)
    return {row["title"]: (row["partition"], row["offset"]) for row in rows}


def ledger_tallies(loader: Loader) -> list[tuple[int, ...]]:
    return loader.execute(
        "select received, plays, duplicates, malformed from counts.enrichments order by last_version"
    ).fetchall()


@pytest.mark.parametrize("first", [0, 1], ids=["in order", "against the order"])
def test_of_copies_in_two_partitions_the_first_by_partition_is_the_play_whichever_comes_first(
    spark: SparkSession, lake_root: str, loader: Loader, first: int
) -> None:
    copies = {
        0: recorded_play(play_id="p", title="First", region="DE").to_value(),
        1: recorded_play(play_id="p", title="Second", region="GB").to_value(),
    }
    tallies = []
    for partition in (first, 1 - first):
        append_bronze(spark, lake_root, copies[partition], partition=partition)
        loader.execute("truncate counts.slices_to_count")
        tallies.append(enrich_plays(spark, lake_root, loader))
    (play,) = read_table(spark, lake_root, LakeTable.SILVER_PLAYS).collect()
    (copy,) = read_table(spark, lake_root, LakeTable.SILVER_REJECTED_PLAYS).collect()
    assert (play["title"], play["region"], play["partition"]) == ("First", "DE", 0)
    assert (copy["title"], copy["region"], copy["partition"], copy["reason"]) == ("Second", "GB", 1, "duplicate")
    assert copy["timestamp"] is not None
    assert {play["batch"], copy["batch"]} == {1, 2}
    assert sorted(ledger_tallies(loader)) == [(1, 0, 1, 0), (1, 1, 0, 0)]
    hour = datetime(2026, 11, 1, 10, tzinfo=UTC)
    changed = [("GB", hour)] if first == 0 else [("DE", hour), ("GB", hour)]
    assert marked_slices(loader) == changed


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
