"""A run waits until bronze holds what Kafka held when it began."""

from __future__ import annotations

import threading

import pytest
from pyspark.sql import SparkSession

from orchestration.counts.await_bronze import await_bronze, has_reached
from tests.ingest.builders import recorded_play
from tests.lake import append_bronze
from tests.streaming.live.live_store import Topic


def append(spark: SparkSession, lake_root: str, partition: int, first_offset: int, plays: int) -> None:
    values = [message.content or b"" for message in Topic(partitions=1).append([recorded_play()] * plays)]
    append_bronze(spark, lake_root, *values, partition=partition, first_offset=first_offset)


def test_every_partition_must_be_reached_and_an_empty_one_is(spark: SparkSession, lake_root: str) -> None:
    append(spark, lake_root, 0, 0, 3)
    append(spark, lake_root, 1, 0, 2)
    assert has_reached(spark, lake_root, {"0": 3, "1": 2, "2": 0})
    assert has_reached(spark, lake_root, {"0": 1, "1": 1})
    assert not has_reached(spark, lake_root, {"0": 3, "1": 3})
    assert not has_reached(spark, lake_root, {"0": 3, "1": 2, "2": 1})


def test_waiting_ends_when_bronze_arrives_or_patience_does(
    spark: SparkSession, lake_root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.counts.await_bronze._FIRST_POLL_SECONDS", 0.1)
    assert not await_bronze(spark, lake_root, {"0": 1}, 0)
    arrival = threading.Timer(0.5, append, (spark, lake_root, 0, 0, 1))
    arrival.start()
    assert await_bronze(spark, lake_root, {"0": 1}, 60)
    arrival.join()
