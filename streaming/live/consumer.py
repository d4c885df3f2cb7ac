"""Kafka's side of the live counter: its partitions, read on from the offsets that Postgres stores."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from confluent_kafka import Consumer, KafkaException, TopicPartition

from streaming.live.offsets import Message, Offsets
from streaming.live.raised_message import raise_messages
from streaming.live.settings import GROUP, LiveSettings
from streaming.live.watermarks import Watermarks

logger = logging.getLogger("streaming.live")


class PlayConsumer:
    """Reads this counter's share of the topic.

    ``find_offsets`` returns where to read on in the given partitions, ``base`` what its offsets are raised by above
    Kafka's. Kafka's own committed offsets are never used.
    """

    def __init__(
        self, settings: LiveSettings, find_offsets: Callable[[list[int]], Offsets], base: Callable[[], Offsets]
    ) -> None:
        self._topic = settings.kafka_topic
        self._find_offsets = find_offsets
        self._base = base
        self._watermarks = Watermarks()
        self.position: Offsets = {}
        """The next offset to count, by assigned partition."""
        self._consumer = Consumer(
            {
                **settings.kafka.librdkafka_options(),
                "group.id": GROUP,
                # A static member: a restart takes its partitions back at once, a second process of the name is fenced.
                "group.instance.id": settings.live_instance,
                "client.id": settings.live_instance,
                "enable.auto.commit": False,
                "enable.auto.offset.store": False,
                "auto.offset.reset": "earliest",
                "partition.assignment.strategy": "range",
                "session.timeout.ms": 10_000,
                "max.poll.interval.ms": 300_000,
                "fetch.wait.max.ms": 100,
                "queued.max.messages.kbytes": 65_536,
                "logger": logger,
            }
        )
        self._consumer.subscribe([self._topic], on_assign=self._assign, on_revoke=self._revoke)

    def _assign(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        self.position = self._find_offsets([one.partition for one in partitions])
        consumer.assign(self._places(self.position))
        logger.info("counting partitions from offsets %s", self.position)

    def _revoke(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        for one in partitions:
            self.position.pop(one.partition, None)
        consumer.unassign()

    def read(self, most: int, seconds: float) -> list[Message]:
        """Return the next messages: at most so many, after at most so long.

        Raises:
            KafkaException: for an error of the group or a partition that does not pass by itself.
        """
        messages = self._consumer.consume(most, timeout=seconds)
        for error in filter(None, (message.error() for message in messages)):
            logger.warning("Kafka: %s", error)
            if error.fatal():
                raise KafkaException(error)
        good = [message for message in messages if not message.error() and message.partition() in self.position]
        return raise_messages(good, self._base())

    def note_ends(self) -> None:
        """Ask Kafka how far the assigned partitions reach now; an unavailable broker is asked again later."""
        try:
            self._watermarks.note(self._consumer, self._topic, sorted(self.position), self._base())
        except KafkaException as error:
            logger.warning("Kafka did not tell its end offsets: %s", error)

    def complete_through(self, after: Offsets) -> dict[int, datetime | None]:
        """Return up to which instant each partition is complete once these offsets are counted."""
        return self._watermarks.settle(after)

    def seek(self, offsets: Offsets) -> None:
        """Read on from these offsets instead of from where the consumer stands."""
        self._watermarks.forget()
        for place in self._places(offsets):
            self._consumer.seek(place)
        self.position = dict(offsets)

    def _places(self, offsets: Offsets) -> list[TopicPartition]:
        """The same offsets as Kafka counts them."""
        base = self._base()
        return [
            TopicPartition(self._topic, partition, max(offset - base.get(partition, 0), 0))
            for partition, offset in sorted(offsets.items())
        ]

    def close(self) -> None:
        """Leave the group without waiting for its time-out."""
        self._consumer.close()
