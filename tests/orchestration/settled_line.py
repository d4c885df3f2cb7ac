"""A small line for tests: plays reach bronze and the live counter at the same offsets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg import Connection
from pyspark.sql import SparkSession

from ingest.play import Play
from orchestration.counts.check_live import Difference, check_live
from orchestration.counts.count_slices import count_slices
from orchestration.counts.windows import Settling, freeze, plan_settling
from orchestration.ledger.enrichments import enriched_offsets
from orchestration.silver.enrich_plays import enrich_plays
from streaming.live.counter import LiveCounter
from streaming.live.offsets import next_offsets, read_offsets
from tests.ingest.builders import recorded_play
from tests.lake import append_bronze
from tests.streaming.live.live_store import KafkaValue, Topic

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def play_at(hour: int, listener: str = "listener", minute: int = 5, **changes: Any) -> Play:
    """A play of an hour of the day; the same arguments make a duplicate."""
    played_at = DAY.replace(hour=hour, minute=minute)
    own = {"title": "a", "play_id": f"{listener}-{hour}-{minute}", **changes}
    play = recorded_play(user_id=listener, played_at=played_at.isoformat(), **own)
    return play.model_copy(update={"received_at": played_at + timedelta(minutes=1)})


@dataclass
class SettledLine:
    """Live counter, lake and counts of one test."""

    spark: SparkSession
    lake_root: str
    loader: Connection[Any]
    live: Connection[Any]
    topic: Topic = field(default_factory=lambda: Topic(partitions=2))

    def __post_init__(self) -> None:
        self.counter = LiveCounter(self.live)
        self.loader.execute("update live.open_windows set open_from = %s, counted_from = %s", (DAY, DAY))
        self.count_live([])

    def post(self, plays: Iterable[Play | bytes]) -> None:
        """Let plays reach bronze and the live counter."""
        messages = self.topic.append(plays)
        by_partition: dict[int, list[KafkaValue]] = defaultdict(list)
        for message in messages:
            by_partition[message.at_partition].append(message)
        for partition, of_partition in by_partition.items():
            values = [message.content or b"" for message in of_partition]
            first = of_partition[0].at_offset
            append_bronze(self.spark, self.lake_root, *values, partition=partition, first_offset=first)
        self.count_live(messages)

    def count_live(self, messages: list[KafkaValue]) -> None:
        """Count messages as the live counter does, in one transaction."""
        before = read_offsets(self.live, self.topic.ends)
        self.counter.count(messages, before, next_offsets(before, messages), dict.fromkeys(before, datetime.now(UTC)))

    def enrich(self) -> None:
        """Bring silver up to bronze."""
        while enrich_plays(self.spark, self.lake_root, self.loader):
            pass

    def freeze(self, ended: datetime) -> Settling:
        """Freeze, let the counter confirm, bring silver up, and plan."""
        freeze(self.loader, ended, 0)
        self.count_live([])
        self.enrich()
        return self.plan()

    def plan(self) -> Settling:
        """Which windows can settle now."""
        return plan_settling(self.loader, enriched_offsets(self.loader))

    def count(self, settling: Settling) -> int:
        """Count the changed slices; how many they were."""
        return len(count_slices(self.spark, self.lake_root, self.loader, settling))

    def check(self, settling: Settling) -> list[Difference]:
        """The check `live = settled`."""
        return check_live(self.spark, self.lake_root, self.loader, settling)

    def counts(self, grain: str) -> dict[tuple[str, int], tuple[int, int]]:
        """Plays and listeners of every counted window, by region and hour."""
        query = """
            select region, extract(hour from window_start at time zone 'UTC')::integer, sum(plays)::integer,
                sum(listeners)::integer
            from counts.song_counts where grain = %s group by 1, 2
        """
        rows = self.loader.execute(query, (grain,)).fetchall()
        return {(region, hour): (plays, listeners) for region, hour, plays, listeners in rows}
