"""How far bronze is in Kafka's partitions, as the bronze query says.

The lake driver tells it in a view of its own that every Spark Connect session reads. Asking bronze itself opens the
files of whole batches: a run that waits for bronze took 20 processor seconds for that, and takes a tenth of one now.
"""

from __future__ import annotations

import json

from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession
from pyspark.sql.streaming.query import StreamingQuery

from streaming.stored_source import OffsetBase

_VIEW = "bronze_progress"
_SHAPE = f"{_VIEW} (partition, next_offset)"


class BronzeProgress:
    """Tells what one query has committed to bronze, in the lake's offsets."""

    def __init__(self, spark: SparkSession, topic: str, base: OffsetBase) -> None:
        self._spark = spark
        self._topic = topic
        self._base = base
        self._told: dict[int, int] = {}

    def tell(self, query: StreamingQuery) -> None:
        """Tell how far the query's last finished batch went, if that is new."""
        progress = query.lastProgress
        ends = progress.sources[0].endOffset if progress else None
        reached = read_ends(ends, self._topic, self._base) if ends else {}
        if reached and reached != self._told:
            rows = ", ".join(f"({partition}, {offset}L)" for partition, offset in sorted(reached.items()))
            self._spark.sql(f"CREATE OR REPLACE GLOBAL TEMPORARY VIEW {_SHAPE} AS VALUES {rows}")
            self._told = reached


def read_ends(ends: str, topic: str, base: OffsetBase) -> dict[int, int]:
    """Return the lake's offsets by partition, of a batch's ends as Spark writes them: ``{"plays": {"0": 12}}``."""
    of_topic = {int(partition): offset for partition, offset in json.loads(ends)[topic].items()}
    return {partition: offset + base.get(partition, 0) for partition, offset in of_topic.items()}


def read_progress(spark: SparkSession) -> dict[int, int]:
    """Return the offset after the last that bronze holds, by partition; none before the driver's first batch."""
    try:
        return dict(spark.sql(f"SELECT * FROM global_temp.{_VIEW}").collect())
    except AnalysisException as failure:
        if failure.getCondition() != "TABLE_OR_VIEW_NOT_FOUND":
            raise
        return {}
