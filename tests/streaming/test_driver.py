"""The lake driver brings what the topic holds into its own bronze."""

from __future__ import annotations

from pyspark.sql import SparkSession

from local.leftovers import processes_of
from local.settings import LocalSettings
from tests.servers import KafkaServer, MinioServer
from tests.streaming.sent_plays import PLAYS, send_plays, wait_for_plays


def test_every_message_of_the_topic_comes_into_bronze(
    spark: SparkSession, kafka_server: KafkaServer, minio_server: MinioServer, stack_environment: dict[str, str]
) -> None:
    title = send_plays(kafka_server, stack_environment["KAFKA_TOPIC"])
    assert wait_for_plays(spark, minio_server, title) == sorted(f"p-{number}" for number in range(PLAYS))


def test_no_secret_stands_on_a_command_line(spark: SparkSession, stack_environment: dict[str, str]) -> None:
    settings = LocalSettings.of(stack_environment)
    commands = [" ".join(process.cmdline()) for process in processes_of(settings.data_dir, "lake-driver")]
    assert any("SparkSubmit" in command for command in commands)
    for secret in (settings.lake_secret_key, settings.spark_connect_token):
        assert [command for command in commands if secret.get_secret_value() in command] == []
