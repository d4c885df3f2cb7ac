"""Plays that are sent to the topic, and found again in bronze."""

from __future__ import annotations

from uuid import uuid4

from confluent_kafka import Producer
from pyspark.sql import SparkSession

from local.stack.waiting import NotReadyError, wait_until
from streaming.lake import LakeTable, read_table
from tests.ingest.builders import recorded_play
from tests.servers import KafkaServer, MinioServer

PLAYS = 20
PATIENCE_SECONDS = 240


def send_plays(kafka: KafkaServer, topic: str) -> str:
    """Sends some plays of one song and returns its title."""
    title = uuid4().hex
    producer = Producer(kafka.options("ingest"))
    for number in range(PLAYS):
        value = recorded_play(title=title, play_id=f"p-{number}", region=("GB", "DE")[number % 2]).to_value()
        producer.produce(topic, value)
    assert producer.flush(30) == 0
    return title


def wait_for_plays(spark: SparkSession, minio: MinioServer, title: str) -> list[str]:
    """Waits until bronze has as many rows of this title and returns their plays' ids."""
    ids: list[str] = []

    def is_there() -> None:
        bronze = read_table(spark, f"s3a://{minio.bucket}", LakeTable.BRONZE_PLAYS)
        ids[:] = sorted(row["play_id"] for row in bronze.filter(bronze["title"] == title).select("play_id").collect())
        if len(ids) < PLAYS:
            raise NotReadyError(f"{len(ids)} of {PLAYS} plays")

    wait_until("bronze", is_there, PATIENCE_SECONDS, 0.5)
    return ids
