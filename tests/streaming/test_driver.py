"""The lake driver brings what the topic holds into its own bronze."""

from __future__ import annotations

from uuid import uuid4

from confluent_kafka import Producer
from pyspark.sql import SparkSession

from local.leftovers import processes_of
from local.settings import LocalSettings
from local.waiting import NotReadyError, wait_until
from streaming.lake import LakeTable, read_table
from tests.ingest.builders import recorded_play
from tests.servers import KafkaServer, MinioServer
from tests.store_requests import read_requests

PLAYS = 20
PATIENCE_SECONDS = 240


def send_plays(kafka: KafkaServer, topic: str) -> str:
    """Sends some plays of one song and returns its title."""
    title = uuid4().hex
    producer = Producer({"bootstrap.servers": kafka.bootstrap_servers})
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


def test_every_message_of_the_topic_comes_into_bronze(
    spark: SparkSession, kafka_server: KafkaServer, minio_server: MinioServer, stack_environment: dict[str, str]
) -> None:
    title = send_plays(kafka_server, stack_environment["KAFKA_TOPIC"])
    assert wait_for_plays(spark, minio_server, title) == sorted(f"p-{number}" for number in range(PLAYS))


def test_what_a_batch_writes_is_written_in_its_place_and_not_renamed(
    spark: SparkSession, kafka_server: KafkaServer, minio_server: MinioServer, stack_environment: dict[str, str]
) -> None:
    before = read_requests(minio_server)
    wait_for_plays(spark, minio_server, send_plays(kafka_server, stack_environment["KAFKA_TOPIC"]))
    asked = read_requests(minio_server).since(before).by_kind
    assert asked["PutObject"] > 0
    assert "CopyObject" not in asked


def test_no_secret_stands_on_a_command_line(spark: SparkSession, stack_environment: dict[str, str]) -> None:
    settings = LocalSettings.of(stack_environment)
    commands = [" ".join(process.cmdline()) for process in processes_of(settings.data_dir, "lake-driver")]
    assert any("SparkSubmit" in command for command in commands)
    for secret in (settings.lake_secret_key, settings.spark_connect_token):
        assert [command for command in commands if secret.get_secret_value() in command] == []
