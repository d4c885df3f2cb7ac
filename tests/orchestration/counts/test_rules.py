"""What counts: the cap, what is too short, distinct listeners, and how they spell a song."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from orchestration.counts.rules import count_day_listeners, count_hour_listeners, count_hours, count_spellings
from streaming.lake import LakeTable, table_schema
from tests.lake import rows_of

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def play(minute: int = 0, **changes: Any) -> dict[str, Any]:
    """A row of silver.plays; the partition columns follow ``played_at``."""
    played_at = changes.get("played_at", NOON + timedelta(minutes=minute))
    row = {
        "song_id": "s2_a", "play_id": f"p{minute:02}", "user_id": "u1", "title": "A", "artist": "X",
        "played_at": played_at, "eligible": True, "late": False, "region": "GB",
        "date": played_at.date(), "hour": played_at.hour,
    }  # fmt: skip
    return row | changes


def plays_of(spark: SparkSession, *rows: dict[str, Any]) -> DataFrame:
    return rows_of(spark, table_schema(LakeTable.SILVER_PLAYS), *rows)


def copies_of(spark: SparkSession, *rows: dict[str, Any]) -> DataFrame:
    return rows_of(spark, table_schema(LakeTable.SILVER_REJECTED_PLAYS), *rows)


def count_one(spark: SparkSession, *plays: dict[str, Any]) -> dict[str, Any]:
    (row,) = count_hours(plays_of(spark, *plays), copies_of(spark)).collect()
    counted: dict[str, Any] = row.asDict()
    return counted


def test_the_eleventh_play_of_a_listener_is_over_the_cap(spark: SparkSession) -> None:
    row = count_one(spark, *(play(minute) for minute in range(13)), play(20, user_id="u2"))
    assert {name: row[name] for name in ("plays", "raw_plays", "over_cap", "too_short", "listeners")} == {
        "plays": 11, "raw_plays": 14, "over_cap": 3, "too_short": 0, "listeners": 2,
    }  # fmt: skip


def test_plays_too_short_do_not_use_up_the_cap(spark: SparkSession) -> None:
    short = [play(minute, eligible=False) for minute in range(5)]
    row = count_one(spark, *short, *(play(minute) for minute in range(10, 22)))
    assert (row["plays"], row["over_cap"], row["too_short"], row["raw_plays"]) == (10, 2, 5, 17)


def test_the_cap_starts_anew_in_every_hour_and_region(spark: SparkSession) -> None:
    twelve = [play(minute) for minute in range(12)]
    elsewhere = [play(minute, region="DE") for minute in range(12)]
    later = [play(minute, played_at=NOON + timedelta(hours=1, minutes=minute)) for minute in range(12)]
    rows = count_hours(plays_of(spark, *twelve, *elsewhere, *later), copies_of(spark)).collect()
    assert [row["plays"] for row in rows] == [10, 10, 10]


def test_a_song_without_an_eligible_play_has_no_plays_and_no_listeners(spark: SparkSession) -> None:
    row = count_one(spark, play(eligible=False))
    assert (row["plays"], row["raw_plays"], row["listeners"], row["last_played_at"]) == (0, 1, 0, None)


def spellings(plays: DataFrame, copies: DataFrame) -> dict[tuple[int, str], tuple[int, datetime]]:
    rows = count_spellings(plays, copies).collect()
    return {(row["day"].day, row["title"]): (row["listeners"], row["first_played_at"].replace(tzinfo=UTC))
            for row in rows}  # fmt: skip


def test_a_listener_spells_a_song_once_a_day_as_the_first_eligible_play_does(spark: SparkSession) -> None:
    plays = plays_of(
        spark,
        play(0, title="too short", eligible=False),
        play(5, title="first", play_id="a"),
        play(5, title="as early, later by play_id", play_id="b"),
        play(6, title="later"),
        play(7, title="first", user_id="u2", region="DE"),
        play(0, title="next day", played_at=NOON + timedelta(days=1)),
    )
    assert spellings(plays, copies_of(spark)) == {
        (1, "first"): (2, NOON + timedelta(minutes=5)),
        (2, "next day"): (1, NOON + timedelta(days=1)),
    }


def test_a_song_without_an_eligible_play_is_spelled_by_no_listener(spark: SparkSession) -> None:
    copy = {"song_id": "s2_b", "title": "B", "artist": "X", "region": "GB", "date": date(2026, 11, 1), "hour": 12}
    found = spellings(plays_of(spark, play(eligible=False)), copies_of(spark, copy))
    assert found == {(1, "A"): (0, NOON), (1, "B"): (0, NOON)}


def test_the_last_play_is_the_last_eligible_one(spark: SparkSession) -> None:
    row = count_one(spark, play(1), play(5), play(9, eligible=False))
    assert row["last_played_at"].replace(tzinfo=UTC) == NOON + timedelta(minutes=5)


def test_copies_are_counted_beside_the_plays_also_where_only_copies_came(spark: SparkSession) -> None:
    copy = {"song_id": "s2_a", "title": "A", "artist": "X", "region": "GB", "date": date(2026, 11, 1), "hour": 12}
    copies = copies_of(spark, copy, copy, copy | {"region": "DE"})
    rows = {row["region"]: row for row in count_hours(plays_of(spark, play()), copies).collect()}
    assert (rows["GB"]["plays"], rows["GB"]["duplicates"]) == (1, 2)
    assert (rows["DE"]["plays"], rows["DE"]["duplicates"]) == (0, 1)


def test_late_plays_are_counted_among_the_others(spark: SparkSession) -> None:
    row = count_one(spark, play(1, late=True), play(2))
    assert (row["plays"], row["late"]) == (2, 1)


def test_a_listener_is_counted_once_a_day_and_once_over_regions(spark: SparkSession) -> None:
    plays = plays_of(
        spark,
        play(1),
        play(2, region="DE"),
        play(3, played_at=NOON + timedelta(hours=1)),
        play(4, user_id="u2"),
        play(5, user_id="u3", eligible=False),
    )
    counted = {
        (row["grain"], row["region"], row["window_start"].hour): row["listeners"]
        for row in (*count_hour_listeners(plays).collect(), *count_day_listeners(plays).collect())
    }
    assert counted == {
        ("hour", "global", 12): 2,
        ("hour", "global", 13): 1,
        ("day", "GB", 0): 2,
        ("day", "DE", 0): 1,
        ("day", "global", 0): 2,
    }
