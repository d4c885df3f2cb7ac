"""Receipts are read from the very tables that the lake driver writes."""

from __future__ import annotations

from datetime import UTC, datetime

from pyspark.sql import SparkSession

from api.receipts.find_play import Verdict, find_plays
from api.settings import Settings
from api.storage.lake import Lake, LakeTable
from ingest.play import SubmittedPlay, record_play
from orchestration.silver.rules import judge_rows, select_plays
from streaming.lake import LakeTable as SparkTable
from streaming.lake import read_table
from tests.lake import append_bronze
from tests.servers import MinioServer

PLAYED_AT = datetime(2026, 11, 1, 9, 59, 30, 250_000, tzinfo=UTC)
PLAY = {"play_id": "p1", "user_id": "ann", "title": "One", "artist": "Trio", "region": "GB", "played_at": PLAYED_AT}


def value_of(**changes: object) -> bytes:
    """A play as Kafka carries it."""
    play = SubmittedPlay.model_validate({**PLAY, **changes})
    return record_play(play, b"secret", "local", PLAYED_AT).to_value()


def open_lake(settings: Settings, server: MinioServer, lake_root: str) -> Lake:
    """The api's view of one test's lake, which lies where only its owner may read."""
    options = {
        "AWS_ENDPOINT_URL": server.endpoint,
        "AWS_REGION": server.region,
        "AWS_ACCESS_KEY_ID": server.root_user,
        "AWS_SECRET_ACCESS_KEY": server.root_password,
        "AWS_ALLOW_HTTP": "true",
    }
    lake = Lake(settings)
    root = lake_root.replace("s3a://", "s3://")
    lake.bronze = LakeTable(f"{root}/{SparkTable.BRONZE_PLAYS}", options)
    lake.silver = LakeTable(f"{root}/{SparkTable.SILVER_PLAYS}", options)
    return lake


def test_every_fate_is_read_from_tables_made_by_spark(
    spark: SparkSession, lake_root: str, minio_server: MinioServer, settings: Settings
) -> None:
    append_bronze(
        spark, lake_root, value_of(), value_of(), value_of(user_id="bob", ms_played=5), value_of(play_id="p2")
    )
    silver = read_table(spark, lake_root, SparkTable.SILVER_PLAYS)
    judged = judge_rows(read_table(spark, lake_root, SparkTable.BRONZE_PLAYS).drop("value"), silver)
    path = SparkTable.SILVER_PLAYS.path(lake_root)
    select_plays(judged, 1).write.format("delta").mode("append").save(path)
    append_bronze(spark, lake_root, value_of(user_id="cid"), first_offset=10)
    with open_lake(settings, minio_server, lake_root) as lake:
        found = find_plays(lake, "p1", PLAYED_AT, cap=10)
    verdicts = [(play["verdict"], play["batch"], play["region"]) for play in found]
    assert verdicts == [
        (Verdict.COUNTS, 1, "GB"),
        (Verdict.DUPLICATE, None, "GB"),
        (Verdict.TOO_SHORT, 1, "GB"),
        (Verdict.NOT_SEEN, None, "GB"),
    ]
    assert {play["title"] for play in found} == {"One"}
