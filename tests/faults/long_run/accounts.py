"""The conservation table: how many plays each place holds, asked of each place itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import duckdb
import pyarrow as pa
from confluent_kafka import TopicPartition
from confluent_kafka.admin import AdminClient, OffsetSpec  # type: ignore[attr-defined]

from ingest.kafka.connection import KafkaConnection
from tests.e2e.count_charts import Accounts
from tests.e2e.lake_rows import open_table
from tests.e2e.line import Line
from tests.e2e.line_accounts import LineAccounts, read_accounts

ROW: Final = "{:<48}{:>12}"
_COORDINATES: Final = ["partition", "offset"]


@dataclass(frozen=True)
class Equation:
    """Two numbers that must be the same."""

    sentence: str
    left: int
    right: int

    @property
    def holds(self) -> bool:
        """Whether they are."""
        return self.left == self.right

    def to_row(self) -> str:
        """One line of the table."""
        return f"{'holds' if self.holds else 'BROKEN':<8}{self.sentence}: {self.left:,} = {self.right:,}"


@dataclass(frozen=True)
class Stored:
    """What one table of the lake holds; ``places`` are different Kafka coordinates."""

    rows: int
    places: int


@dataclass(frozen=True)
class Holdings:
    """How many messages or plays every place of the line holds."""

    accepted: int
    refused: int
    written_past_ingest: int
    kafka: int
    bronze: Stored
    plays: Stored
    duplicates: Stored
    malformed: Stored
    line: LineAccounts

    def to_rows(self) -> Iterator[str]:
        """The table of numbers, from the clients to the charts."""
        numbers = {
            "posted": self.accepted + self.refused,
            "  refused by ingest": self.refused,
            "  accepted": self.accepted,
            "written to Kafka past ingest": self.written_past_ingest,
            "in Kafka": self.kafka,
            "bronze.plays": self.bronze.rows,
            "silver.plays": self.plays.rows,
            "silver.rejected_plays, duplicates": self.duplicates.rows,
            "silver.rejected_plays, malformed": self.malformed.rows,
            "counts, counted plays": self.line.counted,
            "counts, too short": self.line.too_short,
            "counts, over cap": self.line.over_cap,
            "counts, duplicates": self.line.duplicates,
            "counts, late (in the others too)": self.line.late,
        }
        return (ROW.format(name, f"{number:,}") for name, number in numbers.items())

    def equations(self, of_posted: Accounts, of_bronze: Accounts) -> list[Equation]:
        """What must be equal, also to the independent counts of what was posted and of bronze."""
        silver = self.plays.rows + self.duplicates.rows + self.malformed.rows
        counted = (self.line.counted, self.line.too_short, self.line.over_cap, self.line.duplicates)
        return [
            Equation("in Kafka = accepted + written past ingest", self.kafka, self.accepted + self.written_past_ingest),
            Equation("bronze = in Kafka", self.bronze.rows, self.kafka),
            Equation("every coordinate is in bronze once", self.bronze.places, self.bronze.rows),
            Equation("received = plays + rejected", self.bronze.rows, silver),
            Equation("every coordinate of plays is there once", self.plays.places, self.plays.rows),
            Equation("malformed = written past ingest", self.malformed.rows, self.written_past_ingest),
            Equation("counts add up to plays", sum(counted[:3]), self.plays.rows),
            Equation("received by the ledger = bronze", self.line.received, self.bronze.rows),
            Equation("refused = refused by an independent judge", self.refused, of_posted.rejected),
            *_compare("posted plays", counted, of_posted),
            *_compare("bronze", counted, of_bronze),
            Equation("malformed = malformed by an independent judge", self.malformed.rows, of_bronze.rejected),
        ]


def read_holdings(line: Line, accepted: int, refused: int, written_past_ingest: int) -> Holdings:
    """Ask Kafka, every table of the lake, and the counts."""
    rejected = open_table(line, "silver/rejected_plays").to_pyarrow_table(columns=["reason", *_COORDINATES])
    return Holdings(
        accepted,
        refused,
        written_past_ingest,
        count_messages(line.settings.kafka_as("admin"), line.settings.kafka_topic),
        _count_rows(open_table(line, "bronze/plays").to_pyarrow_table(columns=_COORDINATES)),
        _count_rows(open_table(line, "silver/plays").to_pyarrow_table(columns=_COORDINATES)),
        _count_rows(rejected, "reason = 'duplicate'"),
        _count_rows(rejected, "reason = 'malformed'"),
        read_accounts(line),
    )


def _compare(name: str, counted: tuple[int, ...], expected: Accounts) -> Iterator[Equation]:
    independent = (expected.counted, expected.too_short, expected.over_cap, expected.duplicates)
    kinds = ("counted", "too short", "over cap", "duplicates")
    for kind, left, right in zip(kinds, counted, independent, strict=True):
        yield Equation(f"{kind} = {kind} by an independent count of {name}", left, right)


def count_messages(connection: KafkaConnection, topic: str) -> int:
    """How many messages a topic has taken, from its first on."""
    admin = AdminClient(connection.librdkafka_options())
    partitions = admin.list_topics(topic, timeout=30).topics[topic].partitions
    newest = OffsetSpec.latest()  # type: ignore[no-untyped-call]
    asked = admin.list_offsets({TopicPartition(topic, number): newest for number in partitions})
    return sum(int(found.result(30).offset) for found in asked.values())


def _count_rows(rows: pa.Table, which: str = "true") -> Stored:
    with duckdb.connect() as connection:
        connection.register("rows", rows)
        counts = f'select count(*), count(distinct (partition, "offset")) from rows where {which}'
        found = connection.execute(counts).fetchone()
    assert found is not None
    return Stored(*found)
