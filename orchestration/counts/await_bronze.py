"""Wait until bronze holds the messages before given offsets of Kafka; its query writes once a trigger."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final

from pyspark.sql import SparkSession

from streaming.bronze_progress import read_progress

_POLL_SECONDS: Final = 1.0


def await_bronze(spark: SparkSession, end_offsets: Mapping[str, int], patience_seconds: float) -> bool:
    """Return whether bronze holds, within the patience, every message before these offsets, by partition."""
    deadline = time.monotonic() + patience_seconds
    while not (is_reached := has_reached(read_progress(spark), end_offsets)) and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
    return is_reached


def has_reached(progress: Mapping[int, int], end_offsets: Mapping[str, int]) -> bool:
    """Return whether the query's progress is at each offset or beyond; a partition without progress is at 0."""
    return all(progress.get(int(partition), 0) >= end for partition, end in end_offsets.items())
