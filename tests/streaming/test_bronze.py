"""Every message becomes one bronze row, parsed when it is a play and kept as it came when not."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pyspark.sql import SparkSession

from ingest.play import Play
from streaming.bronze import parse_plays
from streaming.lake import LakeTable, table_schema
from tests.ingest.builders import recorded_play
from tests.lake import RECEIVED, messages


def test_a_play_arrives_with_every_field_the_model_has(spark: SparkSession) -> None:
    play = recorded_play(
        release="Blue Train",
        isrc="USBN20100001",
        recording_mbid="b1a9c0e9-d987-4042-ae91-78d6a3267d69",
        ms_played=200_000,
        duration_ms=643_000,
        client={"name": "player", "version": "1.0"},
    )
    row = parse_plays(messages(spark, play.to_value())).collect()[0].asDict(recursive=True)
    instants = {name: row[name].replace(tzinfo=UTC) for name in ("played_at", "received_at")}
    parsed = {name: row[name] for name in Play.model_fields} | instants
    assert Play.model_validate(parsed) == play


def test_a_play_lies_in_the_region_date_and_hour_it_was_played(spark: SparkSession) -> None:
    play = recorded_play(played_at="2026-11-01T00:30:00+02:00", region="de")
    row = parse_plays(messages(spark, play.to_value())).collect()[0]
    assert (row["region"], row["date"], row["hour"]) == ("DE", date(2026, 10, 31), 22)


def test_a_value_that_is_no_play_keeps_its_bytes_and_lies_where_kafka_took_it(spark: SparkSession) -> None:
    row = parse_plays(messages(spark, b"\xffnonsense", first_offset=7)).collect()[0]
    assert bytes(row["value"]) == b"\xffnonsense"
    assert (row["topic"], row["partition"], row["offset"]) == ("plays", 0, 7)
    assert row["timestamp"].replace(tzinfo=UTC) == RECEIVED
    assert (row["region"], row["date"], row["hour"]) == ("invalid", date(2026, 11, 1), 10)


def test_no_field_of_a_refused_play_is_parsed(spark: SparkSession) -> None:
    refused = recorded_play().to_value().replace(b'"GB"', b'"XX"')
    row = parse_plays(messages(spark, refused)).collect()[0]
    assert row["problem"] == "region: unknown_region"
    assert [row[name] for name in ("user_id", "title", "played_at")] == [None, None, None]


def test_the_columns_are_those_of_the_table(spark: SparkSession) -> None:
    parsed = parse_plays(messages(spark, recorded_play().to_value()))
    assert parsed.schema.simpleString() == table_schema(LakeTable.BRONZE_PLAYS).simpleString()


def test_microseconds_survive(spark: SparkSession) -> None:
    play = recorded_play(played_at="2026-11-01T10:00:00.123456Z")
    row = parse_plays(messages(spark, play.to_value())).collect()[0]
    assert row["played_at"].replace(tzinfo=UTC) == datetime(2026, 11, 1, 10, 0, 0, 123456, tzinfo=UTC)
