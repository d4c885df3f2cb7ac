"""What the lake says of the topic that it is filled from: properties of bronze's table.

Offsets of a later topic are raised by `offset_base`: they follow those of the topic before. So bronze, silver
and what is made from them have one sequence of offsets for each partition, whichever topic a message came from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from streaming.lake import LakeTable

_PREFIX = "topsongs."
OffsetBase = dict[int, int]
"""What is added to Kafka's offsets, by partition; nothing where a partition is not in it."""


@dataclass(frozen=True)
class StoredSource:
    """The topic, the fingerprint of the key that hashes listeners, and what is added to the topic's offsets."""

    topic_id: str | None = None
    user_id_fingerprint: str | None = None
    offset_base: OffsetBase = field(default_factory=dict)
    checkpoint: str = "bronze"


FIRST_TOPIC = StoredSource()
"""Of a lake that no other topic was adopted by."""


def read_stored_source(spark: SparkSession, lake_root: str) -> StoredSource:
    """Return the source that the lake belongs to; without ids before the first start."""
    path = LakeTable.BRONZE_PLAYS.path(lake_root)
    properties = spark.sql(f"DESCRIBE DETAIL delta.`{path}`").collect()[0]["properties"]
    base = json.loads(properties.get(f"{_PREFIX}offset_base", "{}"))
    return StoredSource(
        properties.get(f"{_PREFIX}topic_id"),
        properties.get(f"{_PREFIX}user_id_fingerprint"),
        {int(partition): offset for partition, offset in base.items()},
        properties.get(f"{_PREFIX}checkpoint", "bronze"),
    )


def store_source(spark: SparkSession, lake_root: str, values: Mapping[str, str]) -> None:
    """Store properties of the source with the lake, in one commit."""
    path = LakeTable.BRONZE_PLAYS.path(lake_root)
    written = ", ".join(f"'{_PREFIX}{name}' = '{value}'" for name, value in values.items())
    spark.sql(f"ALTER TABLE delta.`{path}` SET TBLPROPERTIES ({written})")


def raise_offsets(messages: DataFrame, base: OffsetBase) -> DataFrame:
    """Return Kafka's messages with the lake's offsets."""
    raised = [F.when(F.col("partition") == partition, F.lit(offset)) for partition, offset in base.items()]
    return messages.withColumn("offset", F.col("offset") + F.coalesce(*raised, F.lit(0))) if raised else messages
