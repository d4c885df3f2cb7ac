"""Silver and counts made again from bronze alone are equal; what was damaged is found and replaced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from pyspark.sql import Row, SparkSession

from orchestration.corrections import rebuild_silver as rebuilding
from orchestration.corrections.rebuild_counts import WindowDifference, rebuild_counts
from orchestration.corrections.rebuild_silver import rebuild_silver
from orchestration.counts.count_slices import count_slices
from orchestration.ledger.enrichments import Tally
from orchestration.silver import enrich_plays as enrichment
from orchestration.silver.compare import SliceDifference
from orchestration.silver.enrich_plays import enrich_plays
from orchestration.silver.recompute import Scope, recompute_silver
from streaming.lake import LakeTable, read_table
from tests.ingest.builders import recorded_play
from tests.lake import append_bronze, with_one_sample
from tests.orchestration.prepared.line import Fill, PreparedLine
from tests.orchestration.silver.test_enrich_plays import StoppedError, ledger_tallies

Loader = psycopg.Connection[Any]
EVERYTHING = Scope()
PLAYS, REJECTED = LakeTable.SILVER_PLAYS, LakeTable.SILVER_REJECTED_PLAYS


def play(title: str, **changes: Any) -> bytes:
    return recorded_play(title=title, play_id=changes.pop("play_id", title), **changes).to_value()


@pytest.fixture(scope="module")
def prepared(prepare: Callable[[Fill], PreparedLine]) -> PreparedLine:
    """A lake and counts after three batches."""
    return prepare(run_three_batches)


def run_three_batches(spark: SparkSession, lake_root: str, loader: Loader) -> None:
    """Three batches with duplicates, late plays, poison, and copies that came against the order of partitions."""
    late = play("late", played_at="2026-10-28T07:59:00Z", region="DE")
    append_bronze(spark, lake_root, play("a"), play("a"), b"nonsense", late, play("s", region="DE"), partition=1)
    round_(spark, lake_root, loader)
    append_bronze(spark, lake_root, play("S", play_id="s"), play("b", ms_played=7), b"{", play("a"))
    round_(spark, lake_root, loader)
    append_bronze(spark, lake_root, play("b"), play("c", played_at="2026-10-28T07:00:00Z"), first_offset=4)
    round_(spark, lake_root, loader)


def round_(spark: SparkSession, lake_root: str, loader: Loader) -> None:
    enrich_plays(spark, lake_root, loader)
    count_slices(spark, lake_root, loader)


def silver_differences(
    spark: SparkSession, lake_root: str, loader: Loader, scope: Scope = EVERYTHING
) -> list[SliceDifference]:
    with recompute_silver(spark, lake_root, loader, scope) as made:
        return rebuild_silver(spark, lake_root, loader, made)


def count_differences(spark: SparkSession, lake_root: str, loader: Loader) -> list[WindowDifference]:
    with recompute_silver(spark, lake_root, loader, EVERYTHING) as made:
        return rebuild_counts(spark, lake_root, loader, made)


def state(spark: SparkSession, lake_root: str, loader: Loader) -> list[list[Any]]:
    """Every row of silver, the ledger's tallies, every count and every spelling."""
    silver: list[list[Row]] = [
        sorted(read_table(spark, lake_root, table).collect(), key=str) for table in (PLAYS, REJECTED)
    ]
    counts = loader.execute("select * from counts.song_counts order by grain, region, window_start, song_id").fetchall()
    spellings = loader.execute("select * from counts.song_spellings order by day, song_id, title, artist").fetchall()
    return [*silver, ledger_tallies(loader), counts, spellings]


NAMED = "song_id in (select song_id from counts.song_spellings where title = '{}')"


def versions(spark: SparkSession, lake_root: str) -> list[int]:
    newest = "DESCRIBE HISTORY delta.`{}` LIMIT 1"
    return [spark.sql(newest.format(table.path(lake_root))).collect()[0]["version"] for table in LakeTable]


def test_silver_and_counts_are_equal_after_duplicates_late_plays_and_poison(
    spark: SparkSession, lake_root: str, loader: Loader
) -> None:
    before, written = state(spark, lake_root, loader), versions(spark, lake_root)
    with recompute_silver(spark, lake_root, loader, EVERYTHING) as made:
        assert made.rows == 11
        assert rebuild_silver(spark, lake_root, loader, made) == []
        assert rebuild_counts(spark, lake_root, loader, made) == []
    assert state(spark, lake_root, loader) == before
    assert versions(spark, lake_root) == written


DAMAGES = {
    "a play is gone": (PLAYS, "DELETE FROM {} WHERE title = 'c'", ("GB", 28, 7), (1, 0, 0)),
    "a play is twice": (PLAYS, "INSERT INTO {0} SELECT * FROM {0} WHERE title = 'late'", ("DE", 28, 7), (0, 1, 0)),
    "a play has another value": (PLAYS, "UPDATE {} SET eligible = true WHERE title = 'b'", ("GB", 1, 10), (0, 0, 1)),
    "a rejected row is gone": (REJECTED, "DELETE FROM {} WHERE problem IS NOT NULL", ("invalid", 1, 10), (2, 0, 0)),
}


@pytest.mark.parametrize("damage", with_one_sample(DAMAGES, "a play is gone"))
def test_a_damaged_slice_is_found_and_replaced_and_no_other(
    spark: SparkSession, lake_root: str, loader: Loader, damage: str
) -> None:
    before = state(spark, lake_root, loader)
    table, statement, (region, day, hour), counts = DAMAGES[damage]
    spark.sql(statement.format(f"delta.`{table.path(lake_root)}`")).collect()
    (found,) = silver_differences(spark, lake_root, loader)
    hour_start = datetime(2026, 10 if day == 28 else 11, day, hour, tzinfo=UTC)
    assert (found.table, found.slice) == (table, (region, hour_start))
    assert (found.lacking, found.surplus, found.different) == counts
    count_slices(spark, lake_root, loader)
    assert state(spark, lake_root, loader) == before
    assert silver_differences(spark, lake_root, loader) == []


_SONG_NOBODY_PLAYED = f"""
    insert into counts.song_counts
    select (jsonb_populate_record(one, '{{"song_id": "nobody"}}')).* from counts.song_counts as one
    where grain = 'day' and region = 'global' and {NAMED.format("b")}
"""


def test_damaged_counts_are_found_in_every_grain_and_replaced(
    spark: SparkSession, lake_root: str, loader: Loader
) -> None:
    before = state(spark, lake_root, loader)
    loader.execute("truncate counts.windows_to_rank")
    loader.execute("update counts.song_counts set plays = plays + 1 where grain = 'day' and region = 'DE'")
    of_one_song = NAMED.format("b")
    loader.execute(f"delete from counts.song_counts where grain = 'hour' and region = 'global' and {of_one_song}")
    loader.execute("update counts.song_spellings set listeners = listeners + 1")
    loader.execute(_SONG_NOBODY_PLAYED)
    found = count_differences(spark, lake_root, loader)
    assert [(window.grain, window.region, window.window_start.day) for window in found] == [
        ("day", "DE", 28),
        ("day", "DE", 1),
        ("day", "global", 1),
        ("hour", "global", 1),
    ]
    assert state(spark, lake_root, loader) == before
    assert loader.execute("select count(*) from counts.windows_to_rank").fetchone() != (0,)


def test_one_region_and_day_is_made_again_and_nothing_else(spark: SparkSession, lake_root: str, loader: Loader) -> None:
    before = state(spark, lake_root, loader)
    spark.sql(f"UPDATE delta.`{PLAYS.path(lake_root)}` SET late = NOT late WHERE title IN ('c', 'late')").collect()
    (found,) = silver_differences(spark, lake_root, loader, Scope("DE", date(2026, 10, 28)))
    assert found.slice == ("DE", datetime(2026, 10, 28, 7, tzinfo=UTC))
    assert lateness(spark, lake_root) == {"late": True, "c": False}
    (found,) = silver_differences(spark, lake_root, loader)
    assert found.slice == ("GB", datetime(2026, 10, 28, 7, tzinfo=UTC))
    assert state(spark, lake_root, loader) == before


def lateness(spark: SparkSession, lake_root: str) -> dict[str, bool]:
    rows = read_table(spark, lake_root, PLAYS).filter("title IN ('c', 'late')").collect()
    return {row["title"]: row["late"] for row in rows}


def test_a_rebuild_that_was_stopped_between_two_tables_is_finished_by_the_next(
    spark: SparkSession, lake_root: str, loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(spark, lake_root, loader)
    for table in (PLAYS, REJECTED):
        spark.sql(f"DELETE FROM delta.`{table.path(lake_root)}`").collect()
    replace = rebuilding._replace_slices

    def replace_and_stop(*arguments: Any) -> None:
        replace(*arguments)
        raise StoppedError

    with monkeypatch.context() as patched:
        patched.setattr(rebuilding, "_replace_slices", replace_and_stop)
        with pytest.raises(StoppedError):
            silver_differences(spark, lake_root, loader)
    silver_differences(spark, lake_root, loader)
    count_slices(spark, lake_root, loader)
    assert state(spark, lake_root, loader) == before


@pytest.fixture
def unfinished_batch(spark: SparkSession, lake_root: str, loader: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    """A play and a value that is none are in silver, and the ledger does not know yet."""
    append_bronze(spark, lake_root, play("new"), b"?", first_offset=6)

    def stop(*_arguments: Any) -> None:
        raise StoppedError

    with monkeypatch.context() as patched:
        patched.setattr(enrichment, "count_tables", stop)
        with pytest.raises(StoppedError):
            enrich_plays(spark, lake_root, loader)


def test_rows_of_a_batch_that_is_not_finished_are_left_alone(
    spark: SparkSession, lake_root: str, loader: Loader, unfinished_batch: None
) -> None:
    spark.sql(f"DELETE FROM delta.`{PLAYS.path(lake_root)}` WHERE title = 'b'").collect()
    assert len(silver_differences(spark, lake_root, loader)) == 1
    assert enrich_plays(spark, lake_root, loader) == Tally(plays=1, duplicates=0, malformed=1)


def test_a_play_of_a_batch_that_is_not_finished_is_counted_once(
    spark: SparkSession, lake_root: str, loader: Loader, unfinished_batch: None
) -> None:
    loader.execute(f"update counts.song_counts set plays = 9 where {NAMED.format('a')}")
    found = count_differences(spark, lake_root, loader)
    assert ("hour", "GB", 1) in [(window.grain, window.region, window.songs) for window in found]
    assert plays_of(loader, "new") == []
    enrich_plays(spark, lake_root, loader)
    count_slices(spark, lake_root, loader)
    assert plays_of(loader, "new") == [1, 1, 1, 1]


def plays_of(loader: Loader, title: str) -> list[int]:
    rows = loader.execute(f"select plays from counts.song_counts where {NAMED.format(title)}").fetchall()
    return [plays for (plays,) in rows]
