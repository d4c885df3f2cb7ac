"""Bronze has every message once, whichever batches a query repeats after it was stopped."""

from __future__ import annotations

from io import BytesIO

import pytest
from minio import Minio
from pyarrow.parquet import ParquetFile
from pyspark.sql import DataFrame, SparkSession

from local.stack.waiting import NotReadyError, wait_until
from streaming.bronze import parse_plays
from streaming.bronze_batches import BronzeBatches
from streaming.driver import start_bronze
from streaming.lake import UNIQUE_COLUMNS, LakeTable, read_table
from streaming.settings import StreamingSettings
from tests.lake import messages, values
from tests.servers import KafkaServer, MinioServer
from tests.stack import settings_of
from tests.streaming.sent_plays import PLAYS, send_plays

PATIENCE_SECONDS = 120


def rows(spark: SparkSession, first_offset: int, count: int, partition: int = 0) -> DataFrame:
    titles = (f"song {offset}" for offset in range(first_offset, first_offset + count))
    return parse_plays(messages(spark, *values(*titles), partition=partition, first_offset=first_offset))


def read_offsets(spark: SparkSession, lake_root: str, partition: int = 0) -> list[int]:
    bronze = read_table(spark, lake_root, LakeTable.BRONZE_PLAYS)
    return sorted(row["offset"] for row in bronze.filter(bronze["partition"] == partition).select("offset").collect())


def count_versions(spark: SparkSession, lake_root: str) -> int:
    return spark.sql(f"DESCRIBE HISTORY delta.`{LakeTable.BRONZE_PLAYS.path(lake_root)}`").count()


def test_a_batch_that_was_appended_before_the_query_ended_is_not_appended_again(
    spark: SparkSession, lake_root: str
) -> None:
    BronzeBatches(lake_root).append(rows(spark, 0, 3), 0)
    versions = count_versions(spark, lake_root)
    again = BronzeBatches(lake_root)
    again.append(rows(spark, 0, 3), 0)
    assert count_versions(spark, lake_root) == versions
    again.append(rows(spark, 3, 2), 1)
    assert read_offsets(spark, lake_root) == [0, 1, 2, 3, 4]


def test_of_other_batches_over_the_same_messages_only_what_is_new_is_appended(
    spark: SparkSession, lake_root: str
) -> None:
    before = BronzeBatches(lake_root)
    for number, first in enumerate((0, 2, 4)):
        before.append(rows(spark, first, 2), number)
    again = BronzeBatches(lake_root)
    again.append(rows(spark, 0, 0), 0)
    again.append(rows(spark, 0, 1), 0)
    again.append(rows(spark, 1, 4), 1)
    again.append(rows(spark, 5, 3), 2)
    again.append(rows(spark, 8, 1), 3)
    assert read_offsets(spark, lake_root) == list(range(9))


def test_each_kafka_partition_is_held_against_its_own_offsets(spark: SparkSession, lake_root: str) -> None:
    BronzeBatches(lake_root).append(rows(spark, 0, 5), 0)
    both = rows(spark, 3, 4).union(rows(spark, 0, 2, partition=1))
    BronzeBatches(lake_root).append(both, 1)
    assert read_offsets(spark, lake_root) == list(range(7))
    assert read_offsets(spark, lake_root, partition=1) == [0, 1]


def test_a_batch_is_one_version_and_a_file_a_region(spark: SparkSession, lake_root: str) -> None:
    before = count_versions(spark, lake_root)
    batch = rows(spark, 0, 6)
    BronzeBatches(lake_root).append(batch, 0)
    assert count_versions(spark, lake_root) == before + 1
    files = read_table(spark, lake_root, LakeTable.BRONZE_PLAYS).inputFiles()
    assert len(files) == batch.select("region", "date", "hour").distinct().count()


def test_no_dictionary_is_built_of_columns_whose_values_seldom_repeat(
    spark: SparkSession, minio_server: MinioServer, lake_root: str
) -> None:
    (value,) = values("song")
    # Where values do repeat, the file shows whether one was built; otherwise it was thrown away.
    BronzeBatches(lake_root).append(parse_plays(messages(spark, *[value] * 20)), 0)
    (file,) = read_table(spark, lake_root, LakeTable.BRONZE_PLAYS).inputFiles()
    name = file.removeprefix(f"s3a://{minio_server.bucket}/")
    content = minio_server.open_as_lake().get_object(minio_server.bucket, name).data
    chunks = ParquetFile(BytesIO(content)).metadata.row_group(0).to_dict()["columns"]
    with_dictionary = {chunk["path_in_schema"] for chunk in chunks if "PLAIN_DICTIONARY" in chunk["encodings"]}
    assert "artist" in with_dictionary
    assert not with_dictionary.intersection(UNIQUE_COLUMNS)


@pytest.fixture
def settings(stack_environment: dict[str, str], kafka_server: KafkaServer, lake_root: str) -> StreamingSettings:
    """A query's own topic and lake."""
    own = {"kafka_topic": kafka_server.new_topic(), "lake_bucket": lake_root.removeprefix("s3a://")}
    return settings_of(StreamingSettings, stack_environment, **own)


class Notes:
    """The checkpoint of a query."""

    def __init__(self, store: Minio, bucket: str, folder: str) -> None:
        self._store, self._bucket, self._folder = store, bucket, folder

    def lose(self, under: str) -> int:
        """Delete what lies under a folder of it; returns how much that was."""
        found = list(self._store.list_objects(self._bucket, f"{self._folder}/{under}", recursive=True))
        for one in found:
            self._store.remove_object(self._bucket, str(one.object_name))
        return len(found)


@pytest.fixture
def notes(minio_server: MinioServer, lake_root: str) -> Notes:
    """What the query wrote down of its batches."""
    folder = lake_root.removeprefix(f"s3a://{minio_server.bucket}/") + "/checkpoints/bronze"
    return Notes(minio_server.open_as_lake(), minio_server.bucket, folder)


def run_until(spark: SparkSession, settings: StreamingSettings, rows_there: int) -> None:
    """Run the driver's query until bronze has so many rows and the topic no more of them."""
    query = start_bronze(spark, settings)

    def is_there() -> None:
        if failure := query.exception():
            raise failure
        found = read_table(spark, settings.lake_root, LakeTable.BRONZE_PLAYS).count()
        if found < rows_there:
            raise NotReadyError(f"{found} of {rows_there} rows")

    try:
        wait_until("bronze", is_there, PATIENCE_SECONDS, 0.5)
        query.processAllAvailable()
    finally:
        query.stop()


@pytest.mark.parametrize("lost", ["commits/", ""], ids=["that the batch is done", "everything"])
def test_a_query_that_has_lost_its_notes_brings_every_message_once(
    spark: SparkSession, kafka_server: KafkaServer, settings: StreamingSettings, notes: Notes, lost: str
) -> None:
    send_plays(kafka_server, settings.kafka_topic)
    run_until(spark, settings, PLAYS)
    assert notes.lose(lost) > 0
    send_plays(kafka_server, settings.kafka_topic)
    run_until(spark, settings, 2 * PLAYS)
    bronze = read_table(spark, settings.lake_root, LakeTable.BRONZE_PLAYS)
    assert bronze.count() == bronze.select("partition", "offset").distinct().count() == 2 * PLAYS
