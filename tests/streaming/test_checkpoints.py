"""Checkpoints are written without the detour that object stores make dear."""

from __future__ import annotations

from pyspark.sql import SparkSession

from tests.servers import KafkaServer, MinioServer
from tests.store_requests import read_requests
from tests.streaming.sent_plays import send_plays, wait_for_plays


def test_what_a_batch_writes_is_written_in_its_place_and_not_renamed(
    spark: SparkSession, kafka_server: KafkaServer, minio_server: MinioServer, stack_environment: dict[str, str]
) -> None:
    before = read_requests(minio_server)
    wait_for_plays(spark, minio_server, send_plays(kafka_server, stack_environment["KAFKA_TOPIC"]))
    asked = read_requests(minio_server).since(before).by_kind
    assert asked["PutObject"] > 0
    assert "CopyObject" not in asked
