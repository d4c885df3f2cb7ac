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

PLAYS = 20
PATIENCE_SECONDS = 240


def test_every_message_of_the_topic_comes_into_bronze(
    spark: SparkSession, kafka_server: KafkaServer, minio_server: MinioServer, stack_environment: dict[str, str]
) -> None:
    title = uuid4().hex
    producer = Producer({"bootstrap.servers": kafka_server.bootstrap_servers})
    for number in range(PLAYS):
        value = recorded_play(title=title, play_id=f"p-{number}", region=("GB", "DE")[number % 2]).to_value()
        producer.produce(stack_environment["KAFKA_TOPIC"], value)
    assert producer.flush(30) == 0

    def is_there() -> None:
        bronze = read_table(spark, f"s3a://{minio_server.bucket}", LakeTable.BRONZE_PLAYS)
        found = bronze.filter(bronze["title"] == title).select("play_id").collect()
        if len(found) < PLAYS:
            raise NotReadyError(f"{len(found)} of {PLAYS} plays")
        assert sorted(row["play_id"] for row in found) == sorted(f"p-{number}" for number in range(PLAYS))

    wait_until("bronze", is_there, PATIENCE_SECONDS, 0.5)


def test_no_secret_stands_on_a_command_line(spark: SparkSession, stack_environment: dict[str, str]) -> None:
    settings = LocalSettings.of(stack_environment)
    commands = [" ".join(process.cmdline()) for process in processes_of(settings.data_dir, "lake-driver")]
    assert any("SparkSubmit" in command for command in commands)
    for secret in (settings.lake_secret_key, settings.spark_connect_token):
        assert [command for command in commands if secret.get_secret_value() in command] == []
