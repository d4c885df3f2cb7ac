"""What the lake was filled from is stored with it, and a start with another source is refused."""

from __future__ import annotations

from dataclasses import asdict

from pyspark.sql import SparkSession

from streaming.lake import LakeTable
from streaming.source_identity import ForeignSourceError, SourceIdentity

_PREFIX = "topsongs."
_MEANINGS = {
    "topic_id": "the Kafka topic was made anew; bring the old one back, or start with an empty lake",
    "user_id_fingerprint": "USER_ID_SECRET changed; bring the old one back, or start with an empty lake",
}


def check_source(spark: SparkSession, lake_root: str, found: SourceIdentity) -> None:
    """Store the source with the lake at the first start; refuse another one ever after.

    Raises:
        ForeignSourceError: with what changed and what to do about it.
    """
    path = LakeTable.BRONZE_PLAYS.path(lake_root)
    properties = spark.sql(f"DESCRIBE DETAIL delta.`{path}`").collect()[0]["properties"]
    for name, value in asdict(found).items():
        stored = properties.get(_PREFIX + name)
        if stored is None:
            spark.sql(f"ALTER TABLE delta.`{path}` SET TBLPROPERTIES ('{_PREFIX}{name}' = '{value}')")
        elif stored != value:
            raise ForeignSourceError(f"{_MEANINGS[name]} (the lake holds {stored}, found {value})")
