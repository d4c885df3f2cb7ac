"""Counts that new plays are added to equal those counted whole, and what did not change is not written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import psycopg
import pytest
from pyspark.sql import SparkSession

from ingest.play import Play
from orchestration import add_counts
from orchestration.enrich_plays import enrich_plays
from orchestration.known_listeners import KnownListeners
from orchestration.publish_counts import publish_counts
from tests.ingest.builders import recorded_play
from tests.lake import append_bronze

Loader = psycopg.Connection[Any]
TEN = datetime(2026, 11, 1, 10, tzinfo=UTC)
COUNTS = "select * from counts.song_counts order by grain, region, window_start, song_id"
WINDOWS = "select grain, region, window_start, cause from counts.windows_to_rank order by grain, region, window_start"
TOTALS = "select * from counts.window_totals order by grain, region, window_start"
SUMS = "select * from counts.summed_windows order by grain, region, window_start"
WRITTEN = "select n_tup_ins + n_tup_upd + n_tup_del from pg_stat_user_tables where relname = 'song_counts'"


def any_play(random: Random, copied: list[Play]) -> Play:
    if copied and random.random() < 0.1:
        return random.choice(copied)
    return recorded_play(
        play_id=f"p{random.random()}",
        user_id=random.choice("ab") * 64,
        title=random.choice(["One", "ONE", "Two"]),
        region=random.choice(["GB", "DE"]),
        played_at=TEN + timedelta(minutes=random.randint(-700, 60)),
        ms_played=random.choice([None, 10_000, 200_000]),
    )


@pytest.fixture
def round_of(spark: SparkSession, lake_root: str, loader: Loader) -> Any:
    """Appends plays to bronze and enriches them."""
    offset = 0

    def play(*plays: Play | bytes, known: KnownListeners | None = None) -> None:
        nonlocal offset
        values = [play.to_value() if isinstance(play, Play) else play for play in plays]
        append_bronze(spark, lake_root, *values, first_offset=offset)
        offset += len(plays)
        enrich_plays(spark, lake_root, loader, newest_batch=known.newest_batch if known else None)

    return play


def test_plays_added_batch_by_batch_give_what_all_of_them_give_at_once(
    spark: SparkSession, lake_root: str, loader: Loader, round_of: Any
) -> None:
    random, known = Random(5), KnownListeners()
    plays: list[Play] = []
    for size in (40, 1, 25):
        some = [any_play(random, plays) for _ in range(size)]
        plays += some
        round_of(*some, known=known)
        publish_counts(spark, lake_root, loader, known)
    added = loader.execute(COUNTS).fetchall(), loader.execute(WINDOWS).fetchall()
    assert loader.execute(TOTALS).fetchall() == loader.execute(SUMS).fetchall()
    loader.execute("truncate counts.song_counts, counts.windows_to_rank, counts.window_totals")
    loader.execute(
        """
        insert into counts.slices_to_count (region, hour_start)
        select region, timestamptz '2026-10-31 20:00Z' + n * interval '1 hour'
        from unnest(array['GB', 'DE']) as region, generate_series(0, 20) as n
        """
    )
    publish_counts(spark, lake_root, loader)
    assert (loader.execute(COUNTS).fetchall(), loader.execute(WINDOWS).fetchall()) == added
    assert loader.execute(TOTALS).fetchall() == loader.execute(SUMS).fetchall() != []
    assert sum(row[9] for row in added[0]) > 0


def test_a_new_process_goes_on_where_the_last_one_stopped(
    spark: SparkSession, lake_root: str, loader: Loader, round_of: Any
) -> None:
    for _ in range(2):
        round_of(recorded_play(play_id=f"p{_}"))
        publish_counts(spark, lake_root, loader, KnownListeners())
    rows = loader.execute("select grain, region, plays, listeners from counts.song_counts order by 1, 2").fetchall()
    assert [(plays, listeners) for _, _, plays, listeners in rows] == [(2, 1)] * 4


def test_plays_are_added_once_when_adding_them_failed_at_the_end(
    spark: SparkSession, lake_root: str, loader: Loader, round_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = KnownListeners()
    round_of(recorded_play(play_id="first"))
    publish_counts(spark, lake_root, loader, known)
    round_of(recorded_play(play_id="second", user_id="b" * 64))
    with monkeypatch.context() as patch:
        patch.setattr(add_counts, "_ADD_COUNTS", add_counts._ADD_COUNTS + ";\nselect 1 / 0")
        with pytest.raises(psycopg.errors.DivisionByZero):
            publish_counts(spark, lake_root, loader, known)
    publish_counts(spark, lake_root, loader, known)
    rows = loader.execute("select plays, listeners from counts.song_counts").fetchall()
    assert rows == [(2, 2)] * 4


def test_what_another_process_counted_meanwhile_is_not_taken_for_unheard(
    spark: SparkSession, lake_root: str, loader: Loader, round_of: Any
) -> None:
    known = KnownListeners()
    for number, by in enumerate((known, None, known)):
        round_of(recorded_play(play_id=f"p{number}", user_id=("a" if number == 0 else "b") * 64))
        publish_counts(spark, lake_root, loader, by)
    assert loader.execute("select plays, listeners from counts.song_counts").fetchall() == [(3, 2)] * 4


def test_counting_the_same_plays_again_writes_nothing(
    spark: SparkSession, lake_root: str, loader: Loader, round_of: Any
) -> None:
    round_of(*(recorded_play(play_id=f"p{n}", title=f"Song {n % 3}") for n in range(6)))
    publish_counts(spark, lake_root, loader)
    loader.execute("truncate counts.windows_to_rank")
    loader.execute("select pg_stat_force_next_flush()")
    before = loader.execute(WRITTEN).fetchone()
    loader.execute("insert into counts.slices_to_count values ('GB', %s)", (TEN,))
    publish_counts(spark, lake_root, loader)
    loader.execute("select pg_stat_force_next_flush()")
    assert loader.execute(WRITTEN).fetchone() == before
    assert loader.execute(WINDOWS).fetchall() == []
    assert loader.execute("select * from counts.slices_to_count").fetchall() == []


def test_a_slice_that_became_empty_loses_its_counts_and_its_sums(
    spark: SparkSession, lake_root: str, loader: Loader, round_of: Any
) -> None:
    round_of(recorded_play(play_id="here"), recorded_play(play_id="there", region="DE"))
    publish_counts(spark, lake_root, loader)
    spark.sql(f"DELETE FROM delta.`{lake_root}/silver/plays` WHERE region = 'DE'").collect()
    loader.execute("insert into counts.slices_to_count values ('DE', %s)", (TEN,))
    publish_counts(spark, lake_root, loader)
    rows = loader.execute("select region, plays, listeners from counts.song_counts order by grain, region").fetchall()
    assert rows == [("GB", 1, 1), ("global", 1, 1)] * 2
    assert loader.execute(TOTALS).fetchall() == loader.execute(SUMS).fetchall()


def test_a_day_for_which_nothing_but_copies_came_is_counted_beside_one_with_plays(
    spark: SparkSession, lake_root: str, loader: Loader, round_of: Any
) -> None:
    known, yesterday = KnownListeners(), recorded_play(play_id="yesterday", played_at=TEN - timedelta(days=1))
    for plays in ([yesterday], [yesterday, recorded_play(play_id="today")]):
        round_of(*plays, known=known)
        publish_counts(spark, lake_root, loader, known)
    rows = loader.execute("select window_start, plays, duplicates from counts.song_counts where grain = 'hour'")
    assert sorted(rows.fetchall()) == [(TEN - timedelta(days=1), 1, 1)] * 2 + [(TEN, 1, 0)] * 2


def refuse_to_read(*_: object) -> None:
    raise AssertionError("the batch was read again")


def test_a_batch_that_this_process_enriched_is_not_read_again(
    spark: SparkSession, lake_root: str, loader: Loader, round_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = KnownListeners()
    round_of(recorded_play(play_id="first"), known=known)
    publish_counts(spark, lake_root, loader, known)
    monkeypatch.setattr(add_counts, "count_by_listener", refuse_to_read)
    short = recorded_play(play_id="short", user_id="b" * 64, ms_played=1_000)
    round_of(recorded_play(play_id="second"), short, recorded_play(play_id="second"), known=known)
    with pytest.raises(AssertionError, match="read again"):
        publish_counts(spark, lake_root, loader, known)
    monkeypatch.undo()
    publish_counts(spark, lake_root, loader, known)
    monkeypatch.setattr(add_counts, "count_by_listener", refuse_to_read)
    round_of(recorded_play(play_id="third", region="DE"), b"nonsense", known=known)
    publish_counts(spark, lake_root, loader, known)
    rows = loader.execute("select region, plays, raw_plays, listeners from counts.song_counts order by grain, region")
    assert rows.fetchall() == [("DE", 1, 1, 1), ("GB", 2, 3, 1), ("global", 3, 4, 1)] * 2


def test_several_batches_are_read_from_silver(
    spark: SparkSession, lake_root: str, loader: Loader, round_of: Any
) -> None:
    known = KnownListeners()
    for number in range(3):
        round_of(recorded_play(play_id=f"p{number}"), known=known)
        if number != 1:
            publish_counts(spark, lake_root, loader, known)
    assert loader.execute("select plays, listeners from counts.song_counts").fetchall() == [(3, 1)] * 4


def test_after_a_correction_a_batch_is_read_from_silver(
    spark: SparkSession, lake_root: str, loader: Loader, round_of: Any
) -> None:
    known = KnownListeners()
    round_of(recorded_play(play_id="first"), known=known)
    publish_counts(spark, lake_root, loader, known)
    round_of(recorded_play(play_id="second"), recorded_play(play_id="erased", user_id="b" * 64), known=known)
    spark.sql(f"DELETE FROM delta.`{lake_root}/silver/plays` WHERE play_id = 'erased'").collect()
    loader.execute("insert into counts.corrections (kind, subject, finished_at) values ('erasure', 'a request', now())")
    publish_counts(spark, lake_root, loader, known)
    assert loader.execute("select plays, listeners from counts.song_counts").fetchall() == [(2, 1)] * 4
