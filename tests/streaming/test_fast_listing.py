"""Why the log of a table has to stay short: Delta's cheaper listing does not run with this Hadoop."""

from __future__ import annotations

import pytest
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from streaming.lake import LakeTable, connect, read_table
from tests.lake import append_bronze


@pytest.fixture
def other_session(spark: SparkSession, stack_environment: dict[str, str]) -> SparkSession:
    """A session of one test, whose settings nobody else has."""
    port, token = int(stack_environment["SPARK_CONNECT_PORT"]), stack_environment["SPARK_CONNECT_TOKEN"]
    return connect(stack_environment["SPARK_CONNECT_HOST"], port, token)


def test_the_listing_from_a_version_on_needs_a_method_that_hadoop_no_longer_has(
    spark: SparkSession, other_session: SparkSession, lake_root: str
) -> None:
    """When this fails, ``delta.enableFastS3AListFrom`` works: set it in ``streaming/lake.py``."""
    append_bronze(spark, lake_root, b"nonsense")
    other_session.conf.set("delta.enableFastS3AListFrom", "true")
    with pytest.raises(PySparkException, match="createFileStatusListingIterator"):
        read_table(other_session, lake_root, LakeTable.BRONZE_PLAYS).count()
