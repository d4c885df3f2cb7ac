"""The driver refuses a lake of another version."""

from __future__ import annotations

from uuid import uuid4

import pytest
from pyspark.sql import SparkSession

from streaming.lake import LAKE_VERSION, LakeTable
from streaming.lake_version import OtherLakeVersionError, refuse_other_version
from tests.servers import MinioServer


def test_a_missing_lake_is_accepted(spark: SparkSession, minio_server: MinioServer) -> None:
    refuse_other_version(spark, f"s3a://{minio_server.bucket}/tests/{uuid4().hex}")


def test_a_lake_of_this_version_is_accepted(spark: SparkSession, lake_root: str) -> None:
    refuse_other_version(spark, lake_root)


@pytest.mark.parametrize("table", LakeTable)
def test_a_table_without_a_version_is_refused_as_version_1(
    spark: SparkSession, lake_root: str, table: LakeTable
) -> None:
    spark.sql(f"ALTER TABLE delta.`{table.path(lake_root)}` UNSET TBLPROPERTIES ('{LAKE_VERSION[0]}')")
    with pytest.raises(OtherLakeVersionError, match=rf"{table.path(lake_root)} has lake version 1, .*make clean"):
        refuse_other_version(spark, lake_root)


def test_a_later_version_is_refused(spark: SparkSession, lake_root: str) -> None:
    path = LakeTable.SILVER_PLAYS.path(lake_root)
    spark.sql(f"ALTER TABLE delta.`{path}` SET TBLPROPERTIES ('{LAKE_VERSION[0]}' = '3')")
    with pytest.raises(OtherLakeVersionError, match=r"lake version 3, .* version 2"):
        refuse_other_version(spark, lake_root)
