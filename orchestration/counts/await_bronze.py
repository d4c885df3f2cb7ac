"""Wait until bronze holds the messages before given offsets of Kafka; its query writes once a trigger."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final

from pyspark.sql import SparkSession

from streaming.bronze_batches import find_reached
from streaming.lake import LakeTable, read_table

_FIRST_POLL_SECONDS: Final = 1.0
_LONGEST_POLL_SECONDS: Final = 10.0


def await_bronze(spark: SparkSession, lake_root: str, end_offsets: Mapping[str, int], patience_seconds: float) -> bool:
    """Return whether bronze holds, within the patience, every message before these offsets, by partition.

    Looks more and more seldom: each look costs the lake driver a quarter of a second.
    """
    deadline, pause = time.monotonic() + patience_seconds, _FIRST_POLL_SECONDS
    while not (is_reached := has_reached(spark, lake_root, end_offsets)) and time.monotonic() < deadline:
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_POLL_SECONDS)
    return is_reached


def has_reached(spark: SparkSession, lake_root: str, end_offsets: Mapping[str, int]) -> bool:
    """Return whether bronze holds the last message before each offset; by their statistics older files stay shut."""
    last = {int(partition): end - 1 for partition, end in end_offsets.items() if end > 0}
    if not last:
        return True
    return len(find_reached(read_table(spark, lake_root, LakeTable.BRONZE_PLAYS), last)) == len(last)
