"""Track how far live counts are complete.

Note the time, then Kafka's end offsets: once those are counted, every play acknowledged before that time is.
"""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime

from confluent_kafka import Consumer, TopicPartition

from streaming.live.offsets import Offsets

_ANSWER_SECONDS = 10
_MOST_OPEN = 600


class Watermarks:
    """The instants that the counted offsets do not cover yet, by partition, oldest first."""

    def __init__(self) -> None:
        self._open: dict[int, deque[tuple[datetime, int]]] = {}
        self._complete: dict[int, datetime] = {}

    def forget(self) -> None:
        """Drop what was noted and settled: the counter reads again from earlier offsets."""
        self._open.clear()
        self._complete.clear()

    def note(self, consumer: Consumer, topic: str, partitions: list[int], base: Offsets) -> None:
        """Ask Kafka for the ends of these partitions; raises ``KafkaException`` when it does not answer.

        ``base`` is what they are raised by.
        """
        noted_at = datetime.now(UTC)
        for partition in partitions:
            asked = TopicPartition(topic, partition)
            _, end = consumer.get_watermark_offsets(asked, timeout=_ANSWER_SECONDS)
            self.add(partition, noted_at, end + base.get(partition, 0))

    def add(self, partition: int, noted_at: datetime, end: int) -> None:
        """Remember that everything acknowledged before ``noted_at`` lies before the offset ``end``."""
        waiting = self._open.setdefault(partition, deque())
        if len(waiting) == _MOST_OPEN:
            # A counter far behind covers the older ones first; the newest one alone may be lost.
            waiting.pop()
        waiting.append((noted_at, end))

    def settle(self, after: Offsets) -> dict[int, datetime | None]:
        """Return up to which instant each partition is complete once the offsets ``after`` are counted."""
        for partition, offset in after.items():
            waiting = self._open.get(partition, deque())
            while waiting and waiting[0][1] <= offset:
                self._complete[partition] = waiting.popleft()[0]
        return {partition: self._complete.get(partition) for partition in after}
