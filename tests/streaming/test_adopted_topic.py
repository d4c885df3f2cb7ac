"""The lake goes on from another topic only when it is told to, and its offsets follow those of the first."""

from __future__ import annotations

import pytest
from pyspark.sql import Row, SparkSession

from streaming.lake import LakeTable, read_table
from streaming.source import adopt_topic, check_source, read_first_offsets
from streaming.source_identity import ForeignSourceError, SourceIdentity
from streaming.stored_source import FIRST_TOPIC, raise_offsets, read_stored_source
from tests.ingest.builders import recorded_play
from tests.lake import append_bronze
from tests.servers import KafkaServer
from tests.streaming.sent_plays import send_plays

FIRST, SECOND, THIRD = (SourceIdentity(topic, "key") for topic in ("first", "second", "third"))


@pytest.fixture
def filled(spark: SparkSession, lake_root: str) -> str:
    """A lake with three messages of the first topic, in two partitions."""
    check_source(spark, lake_root, FIRST)
    append_bronze(spark, lake_root, *(recorded_play(play_id=f"p{number}").to_value() for number in range(2)))
    append_bronze(spark, lake_root, recorded_play(play_id="p2").to_value(), partition=1, first_offset=40)
    return lake_root


def test_another_topic_is_refused_until_it_is_adopted(spark: SparkSession, filled: str) -> None:
    with pytest.raises(ForeignSourceError, match="make adopt-topic TOPIC_ID=second"):
        check_source(spark, filled, SECOND)
    adopt_topic(spark, filled, SECOND, {0: 0, 1: 0, 2: 0})
    check_source(spark, filled, SECOND)
    with pytest.raises(ForeignSourceError, match="the lake holds second, found first"):
        check_source(spark, filled, FIRST)


def test_offsets_of_each_adopted_topic_follow_those_of_the_one_before(spark: SparkSession, filled: str) -> None:
    # Of the second topic Kafka has deleted the first seven messages of partition 0.
    adopt_topic(spark, filled, SECOND, {0: 7, 1: 0, 2: 0})
    stored = read_stored_source(spark, filled)
    assert (stored.offset_base, stored.checkpoint) == ({0: 2 - 7, 1: 41, 2: 0}, "bronze-second")
    messages = spark.createDataFrame(
        [Row(partition=0, offset=7), Row(partition=1, offset=0), Row(partition=9, offset=3)]
    )
    raised = raise_offsets(messages, stored.offset_base).collect()
    assert {(row["partition"], row["offset"]) for row in raised} == {(0, 2), (1, 41), (9, 3)}
    append_bronze(spark, filled, recorded_play(play_id="p3").to_value(), first_offset=2)
    adopt_topic(spark, filled, SECOND, {0: 7, 1: 0, 2: 0})
    assert read_stored_source(spark, filled) == stored
    adopt_topic(spark, filled, THIRD, {0: 0})
    assert read_stored_source(spark, filled).offset_base == {0: 3}
    assert read_table(spark, filled, LakeTable.BRONZE_PLAYS).count() == 4


def test_an_empty_lake_adopts_nothing_and_another_key_is_refused(spark: SparkSession, lake_root: str) -> None:
    adopt_topic(spark, lake_root, SECOND, {0: 0})
    assert read_stored_source(spark, lake_root) == FIRST_TOPIC
    check_source(spark, lake_root, FIRST)
    other_key = SourceIdentity("second", "other key")
    with pytest.raises(ForeignSourceError, match="USER_ID_SECRET changed"):
        check_source(spark, lake_root, other_key)
    with pytest.raises(ForeignSourceError, match="USER_ID_SECRET changed"):
        adopt_topic(spark, lake_root, other_key, {0: 0})


def test_kafka_tells_the_first_offset_of_every_partition(kafka_server: KafkaServer) -> None:
    topic = kafka_server.new_topic(3)
    send_plays(kafka_server, topic)
    assert read_first_offsets(kafka_server.connection("lake"), topic) == {0: 0, 1: 0, 2: 0}
