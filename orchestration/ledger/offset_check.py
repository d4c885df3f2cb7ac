"""What a range of bronze versions brought: how many messages, from where, and that none is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as F

from orchestration.ledger.enrichments import Hour, Offsets


class OffsetGapError(RuntimeError):
    """Messages that Kafka had are not in bronze, or are there twice."""


@dataclass(frozen=True)
class OffsetRange:
    """How many messages of one Kafka partition came; ``end`` is the offset after the last."""

    partition: str
    first: int
    end: int
    received: int


def check_offsets(ranges: Iterable[OffsetRange], covered: Mapping[str, int], accepted: Mapping[str, int]) -> None:
    """Compare what came with what the offsets say must have come.

    ``covered`` holds the offsets before which everything came earlier; a partition that is not in it
    may start anywhere. ``accepted`` holds, by partition, how many missing messages an operator has
    accepted as lost since then.

    Raises:
        OffsetGapError: with the partition and the numbers.
    """
    for of_partition in ranges:
        start = covered.get(of_partition.partition, of_partition.first)
        expected = of_partition.end - start - accepted.get(of_partition.partition, 0)
        if of_partition.first < start or of_partition.received != expected:
            raise OffsetGapError(
                f"partition {of_partition.partition} of the topic has {expected} messages from offset {start} to "
                f"{of_partition.end}, and bronze brought {of_partition.received} from offset {of_partition.first} on; "
                f"publishing stops: docs/operations.md says under “Lost messages” what to do"
            )


def end_offsets(ranges: Iterable[OffsetRange]) -> Offsets:
    """The offsets before which everything is in silver, once these are."""
    return {of_partition.partition: of_partition.end for of_partition in ranges}


def count_received(bronze: DataFrame) -> list[Row]:
    """Per hour and Kafka partition: how many rows came, their offsets (``end`` is past the last) and instants."""
    offset = F.col("offset")
    columns = [F.min(offset).alias("first"), (F.max(offset) + 1).alias("end"), F.count("*").alias("received")]
    instants = [F.min("played_at").alias("earliest"), F.max("played_at").alias("latest")]
    return bronze.groupBy("date", "hour", "partition").agg(*columns, *instants).collect()


def describe_offsets(received: list[Row]) -> list[OffsetRange]:
    """The same by Kafka partition alone."""
    partitions = sorted({row["partition"] for row in received})
    return [
        _describe(partition, [row for row in received if row["partition"] == partition]) for partition in partitions
    ]


def _describe(partition: int, rows: list[Row]) -> OffsetRange:
    return OffsetRange(
        partition=str(partition),
        first=min(row["first"] for row in rows),
        end=max(row["end"] for row in rows),
        received=sum(row["received"] for row in rows),
    )


def hours_of(received: list[Row]) -> set[Hour]:
    """The hours of the lake in which rows came."""
    return {(row["date"], row["hour"]) for row in received}
