"""A commit costs the same however long the table's log has become."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from minio import Minio
from pyspark.sql import SparkSession

from streaming.lake import LakeTable, read_table
from tests.ingest.builders import recorded_play
from tests.lake import append_bronze
from tests.servers import MinioServer
from tests.store_requests import read_requests

LOG_FILES = 2_500
"""Two pages of a listing more than there were."""


def lists_of_a_commit(spark: SparkSession, lake_root: str, minio: MinioServer, offset: int) -> int:
    before = read_requests(minio)
    append_bronze(spark, lake_root, recorded_play(title=f"song {offset}").to_value(), first_offset=offset)
    return read_requests(minio).since(before).by_kind["ListObjectsV2"]


@pytest.fixture
def store(minio_server: MinioServer) -> Minio:
    return minio_server.open_as_lake()


def lengthen_log(store: Minio, minio: MinioServer, lake_root: str) -> None:
    """Files of long-gone versions, under names that Delta passes over."""
    folder = LakeTable.BRONZE_PLAYS.path(lake_root).removeprefix(f"s3a://{minio.bucket}/") + "/_delta_log"

    def put(number: int) -> Any:
        return store.put_object(minio.bucket, f"{folder}/{0:020d}.former-{number:05d}", BytesIO(b"-"), 1)

    with ThreadPoolExecutor(16) as together:
        list(together.map(put, range(LOG_FILES)))


def set_checkpoint_interval(spark: SparkSession, path: str, commits: int) -> None:
    spark.sql(f"ALTER TABLE delta.`{path}` SET TBLPROPERTIES ('delta.checkpointInterval' = '{commits}')")


@pytest.mark.faults
def test_a_long_log_is_listed_from_where_it_is_read_on(
    spark: SparkSession, lake_root: str, minio_server: MinioServer, store: Minio
) -> None:
    path = LakeTable.BRONZE_PLAYS.path(lake_root)
    set_checkpoint_interval(spark, path, 2)
    for offset in range(4):
        lists_of_a_commit(spark, lake_root, minio_server, offset)
    # A checkpoint looks for expired files from the first on, and would pass over these one by one.
    set_checkpoint_interval(spark, path, 1_000)
    usual = [lists_of_a_commit(spark, lake_root, minio_server, offset) for offset in (4, 5)]
    lengthen_log(store, minio_server, lake_root)
    long = [lists_of_a_commit(spark, lake_root, minio_server, offset) for offset in (6, 7)]
    assert sum(long) <= sum(usual)
    assert read_table(spark, lake_root, LakeTable.BRONZE_PLAYS).count() == 8
