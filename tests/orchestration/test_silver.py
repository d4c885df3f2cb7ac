"""The verdict on a bronze row, and what a play becomes in silver."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from pyspark.sql import DataFrame, Row, SparkSession

from ingest.play import identify_song
from orchestration.silver import judge_rows, select_plays, select_rejected
from streaming.bronze import parse_plays
from streaming.lake import LakeTable, table_schema
from tests.ingest.builders import recorded_play
from tests.lake import messages, rows_of

BATCH = 7


def judge(spark: SparkSession, *values: bytes, known: DataFrame | None = None) -> DataFrame:
    bronze = parse_plays(messages(spark, *values))
    silver = known or rows_of(spark, table_schema(LakeTable.SILVER_PLAYS))
    return judge_rows(bronze, silver)


def play_row(spark: SparkSession, **changes: Any) -> Row:
    (row,) = select_plays(judge(spark, recorded_play(**changes).to_value()), BATCH).collect()
    return row


def verdicts(judged: DataFrame) -> list[str]:
    return [row["verdict"] for row in judged.orderBy("partition", "offset").collect()]


def test_the_first_of_two_copies_is_the_play(spark: SparkSession) -> None:
    first, second = recorded_play(play_id="p", title="First"), recorded_play(play_id="p", title="Second")
    judged = judge(spark, first.to_value(), second.to_value())
    assert verdicts(judged) == ["play", "duplicate"]
    assert [row["title"] for row in select_plays(judged, BATCH).collect()] == ["First"]


def test_a_copy_in_another_region_is_a_duplicate(spark: SparkSession) -> None:
    copies = [recorded_play(play_id="p", region=region).to_value() for region in ("GB", "DE")]
    assert verdicts(judge(spark, *copies)) == ["play", "duplicate"]


def test_a_copy_of_a_play_that_silver_holds_is_a_duplicate(spark: SparkSession) -> None:
    play = recorded_play(play_id="p").to_value()
    known = select_plays(judge(spark, play), BATCH)
    assert verdicts(judge(spark, play, known=known)) == ["duplicate"]


@pytest.mark.parametrize(
    "other",
    [{"user_id": "listener-2"}, {"play_id": "q"}, {"played_at": "2026-11-01T10:00:00.000001Z"}],
    ids=lambda other: next(iter(other)),
)
def test_listener_play_id_and_time_make_the_identity(spark: SparkSession, other: dict[str, str]) -> None:
    play = recorded_play(play_id="p")
    different = recorded_play(**{"play_id": "p", **other})
    assert verdicts(judge(spark, play.to_value(), different.to_value())) == ["play", "play"]


def test_the_song_is_the_same_in_any_case_and_width(spark: SparkSession) -> None:
    row = play_row(spark, title="ＢＬＵＥ  train", artist="John Coltrane")
    assert row["song_id"] == identify_song("Blue Train", "JOHN COLTRANE")
    assert row["title"] == "ＢＬＵＥ  train"


@pytest.mark.parametrize(
    ("ms_played", "eligible", "reason"),
    [(29_999, False, "too_short"), (30_000, True, None), (None, True, None), (0, False, "too_short")],
)
def test_a_play_counts_from_30_seconds_or_when_its_length_is_unknown(
    spark: SparkSession, ms_played: int | None, eligible: bool, reason: str | None
) -> None:
    row = play_row(spark, ms_played=ms_played)
    assert (row["eligible"], row["ineligible_reason"]) == (eligible, reason)


@pytest.mark.parametrize(
    ("played_at", "late"),
    [("2026-11-01T09:00:00Z", False), ("2026-11-01T08:59:59.999999Z", True), ("2026-11-01T10:00:00Z", False)],
)
def test_a_play_is_late_when_received_more_than_ten_minutes_after_its_hour(
    spark: SparkSession, played_at: str, late: bool
) -> None:
    # The builder's plays are received at 10:05; the hour before ended at 10:00.
    assert play_row(spark, played_at=played_at)["late"] is late


def test_a_play_knows_where_it_came_from(spark: SparkSession) -> None:
    row = play_row(spark)
    assert (row["topic"], row["partition"], row["offset"], row["batch"]) == ("plays", 0, 0, BATCH)
    assert isinstance(row["received_at"], datetime)


def test_a_malformed_value_is_rejected_with_its_problem_and_coordinates(spark: SparkSession) -> None:
    (row,) = select_rejected(judge(spark, b"nonsense"), BATCH).collect()
    assert (row["reason"], row["problem"]) == ("malformed", "play: not_json")
    assert (row["region"], row["offset"], row["song_id"]) == ("invalid", 0, None)


def test_a_duplicate_is_rejected_with_its_song(spark: SparkSession) -> None:
    play = recorded_play(play_id="p").to_value()
    (row,) = select_rejected(judge(spark, play, play), BATCH).collect()
    assert (row["reason"], row["problem"], row["offset"]) == ("duplicate", None, 1)
    assert row["song_id"] == identify_song("Blue Train", "John Coltrane")


def test_the_columns_are_those_of_the_tables(spark: SparkSession) -> None:
    judged = judge(spark, recorded_play().to_value(), b"nonsense")
    plays, rejected = select_plays(judged, BATCH), select_rejected(judged, BATCH)
    assert plays.schema.simpleString() == table_schema(LakeTable.SILVER_PLAYS).simpleString()
    assert rejected.schema.simpleString() == table_schema(LakeTable.SILVER_REJECTED_PLAYS).simpleString()
