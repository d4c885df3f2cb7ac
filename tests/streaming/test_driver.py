"""The lake driver brings what the topic holds into its own bronze, tells no secrets and keeps no files in memory."""

from __future__ import annotations

import re
import subprocess
from typing import Final

from pyspark.sql import SparkSession

from local.settings import LocalSettings
from local.setup.java import find_java
from local.stack.orphan_processes import processes_of
from tests.servers import KafkaServer, MinioServer
from tests.streaming.sent_plays import PLAYS, send_plays, wait_for_plays

FILES: Final = 100
FILE_READ: Final = re.compile(r" (\d+) +\d+ +org\.apache\.hadoop\.fs\.s3a\.S3AInstrumentation\$InputStreamStatistics")


def test_every_message_of_the_topic_comes_into_bronze(
    spark: SparkSession, kafka_server: KafkaServer, minio_server: MinioServer, stack_environment: dict[str, str]
) -> None:
    title = send_plays(kafka_server, stack_environment["KAFKA_TOPIC"])
    assert wait_for_plays(spark, minio_server, title) == sorted(f"p-{number}" for number in range(PLAYS))


def test_no_secret_stands_on_a_command_line(spark: SparkSession, stack_environment: dict[str, str]) -> None:
    settings = LocalSettings.of(stack_environment)
    commands = [" ".join(process.cmdline()) for process in processes_of(settings.data_dir, "lake-driver")]
    assert any("SparkSubmit" in command for command in commands)
    for secret in ("LAKE_SECRET_KEY", "SPARK_CONNECT_TOKEN", "SPARK_AUTHENTICATE_SECRET"):
        assert [command for command in commands if stack_environment[secret] in command] == []


def test_files_that_were_read_do_not_stay_in_memory(
    spark: SparkSession, lake_root: str, stack_environment: dict[str, str]
) -> None:
    spark.range(0, FILES, 1, numPartitions=FILES).write.parquet(f"{lake_root}/files")
    assert spark.read.parquet(f"{lake_root}/files").selectExpr("count(distinct id)").collect() == [(FILES,)]
    settings = LocalSettings.of(stack_environment)
    driver = next(one.pid for one in processes_of(settings.data_dir, "lake-driver") if one.name() == "java")
    # What has a finalizer leaves with the second collection.
    _count_read_files(driver)
    assert _count_read_files(driver) < FILES / 2


def _count_read_files(driver: int) -> int:
    """Streams of files, open or read, that are left in a JVM once it has collected its garbage."""
    ask = [str(find_java()), "-m", "jdk.jcmd/sun.tools.jcmd.JCmd", str(driver), "GC.class_histogram"]
    histogram = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    # The class around the one that is looked for, always there: a later version that names them otherwise is noticed.
    assert "org.apache.hadoop.fs.s3a.S3AInstrumentation" in histogram
    found = FILE_READ.search(histogram)
    return int(found[1]) if found else 0
