"""The verdict on a bronze row, and what a play becomes in silver."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import pytest
from pyspark.sql import DataFrame, Row, SparkSession

from ingest.play import identify_all, identify_song
from orchestration.silver.rules import judge_rows, select_plays, select_rejected
from streaming.bronze import parse_plays
from streaming.lake import LakeTable, table_schema
from tests.ingest.builders import KEY_ID, recorded_play
from tests.lake import messages, rows_of

BATCH = 7
LENGTHS: Final = [(29_999, False, "too_short"), (30_000, True, None), (None, True, None), (0, False, "too_short")]
# The builder's plays are received at 10:05; the hour before ended at 10:00.
TIMES: Final = [
    ("2026-11-01T09:00:00Z", False),
    ("2026-11-01T08:59:59.999999Z", True),
    ("2026-11-01T10:00:00Z", False),
]
RELEASES: Final = (None, "", "Blue  Train", "“Blue” Train")
PLAYS: Final[dict[str, dict[str, Any]]] = {
    "as it is": {},
    "wide": {"title": "ＢＬＵＥ  train", "artist": "John Coltrane"},
    **{
        f"release {release}": {"title": "Don’t", "artist": "John\u200b Coltrane", "release": release}
        for release in RELEASES
    },
    **{f"length {ms_played}": {"ms_played": ms_played} for ms_played, _, _ in LENGTHS},
    **{f"at {played_at}": {"played_at": played_at} for played_at, _ in TIMES},
}


def judge(spark: SparkSession, *values: bytes, known: DataFrame | None = None) -> DataFrame:
    bronze = parse_plays(messages(spark, *values))
    silver = known or rows_of(spark, table_schema(LakeTable.SILVER_PLAYS))
    return judge_rows(bronze, silver)


@pytest.fixture(scope="module")
def play_rows(spark: SparkSession) -> dict[str, Row]:
    """Rows of silver by the names of PLAYS; planning a query takes longer than all of them."""
    values = [recorded_play(play_id=f"p-{number}", **play).to_value() for number, play in enumerate(PLAYS.values())]
    rows = select_plays(judge(spark, *values), BATCH).orderBy("offset").collect()
    return dict(zip(PLAYS, rows, strict=True))


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


def test_the_song_is_the_same_in_any_case_and_width(play_rows: dict[str, Row]) -> None:
    row = play_rows["wide"]
    assert row["song_id"] == identify_song("Blue Train", "JOHN COLTRANE")
    assert row["title"] == "ＢＬＵＥ  train"


@pytest.mark.parametrize("release", RELEASES)
def test_song_artist_and_release_are_named_as_ingest_names_them(play_rows: dict[str, Row], release: str | None) -> None:
    row = play_rows[f"release {release}"]
    names = identify_all("Don't", "john coltrane", release and release.replace("“", '"').replace("”", '"'))
    assert (row["song_id"], row["artist_id"], row["release_id"]) == names
    assert (row["release_id"] is None) == (not release)


def test_all_names_of_a_row_cost_one_call(spark: SparkSession) -> None:
    plays = select_plays(judge(spark, recorded_play().to_value()), BATCH)
    plan = plays._explain_string(mode="simple")  # type: ignore[operator]
    assert plan.count("ArrowEvalPython") == 1
    assert plan.count("identify_all(") == 1


def test_a_play_knows_by_which_key_it_came(play_rows: dict[str, Row]) -> None:
    assert play_rows["as it is"]["key_id"] == KEY_ID


@pytest.mark.parametrize(("ms_played", "eligible", "reason"), LENGTHS)
def test_a_play_counts_from_30_seconds_or_when_its_length_is_unknown(
    play_rows: dict[str, Row], ms_played: int | None, eligible: bool, reason: str | None
) -> None:
    row = play_rows[f"length {ms_played}"]
    assert (row["eligible"], row["ineligible_reason"]) == (eligible, reason)


@pytest.mark.parametrize(("played_at", "late"), TIMES)
def test_a_play_is_late_when_received_more_than_ten_minutes_after_its_hour(
    play_rows: dict[str, Row], played_at: str, late: bool
) -> None:
    assert play_rows[f"at {played_at}"]["late"] is late


def test_a_play_knows_where_it_came_from(play_rows: dict[str, Row]) -> None:
    row = play_rows["as it is"]
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
