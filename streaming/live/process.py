"""The live counter's process: read, count, and go on after whatever happens to Kafka or Postgres.

Run as `python -m streaming.live.process`. It ends on SIGTERM or SIGINT after the transaction under way, and with an
error when the stored counts belong to another topic or secret.
"""

from __future__ import annotations

import logging
import signal
from threading import Event
from typing import Any

import psycopg
from psycopg import Connection

from streaming.live.consumer import PlayConsumer
from streaming.live.counter import LiveCounter
from streaming.live.offsets import OffsetConflictError, Offsets, next_offsets, read_offsets
from streaming.live.settings import LiveSettings
from streaming.live.source import check_source, read_offset_base
from streaming.source_identity import ForeignSourceError, SourceIdentity, read_source_identity

RETRY_SECONDS = 1.0
logger = logging.getLogger("streaming.live")


class LiveProcess:
    """Reads batches and counts them until ``stopping`` is set."""

    def __init__(self, settings: LiveSettings, stopping: Event) -> None:
        self._settings = settings
        self._stopping = stopping
        self._connection: Connection[Any] | None = None
        self._counter: LiveCounter | None = None
        self._base: Offsets = {}

    def run(self) -> None:
        """Count until told to stop.

        Raises:
            ForeignSourceError: when live counts were made from another topic or secret.
            KafkaException: for an error of the consumer group that does not pass by itself.
        """
        self._check_source()
        consumer = PlayConsumer(self._settings, self._find_offsets, lambda: self._base)
        try:
            while not self._stopping.is_set():
                self._count_next(consumer)
        finally:
            consumer.close()
            self._disconnect()

    def _check_source(self) -> None:
        identity = read_source_identity(
            self._settings.kafka,
            self._settings.kafka_topic,
            self._settings.user_id_secret.get_secret_value(),
        )
        while not self._stopping.is_set() and self._awaits_reseed(identity):
            self._stopping.wait(RETRY_SECONDS)

    def _awaits_reseed(self, found: SourceIdentity) -> bool:
        """Whether the topic is being adopted: a reseed makes it the stored one. The process is healthy until then."""
        try:
            check_source(self._connect(), found)
        except ForeignSourceError:
            if found.topic_id != self._settings.kafka_adopt_topic_id:
                raise
            self._connect().execute("update live.offsets set counted_at = now()")
            return True
        return False

    def _count_next(self, consumer: PlayConsumer) -> None:
        consumer.note_ends()
        messages = consumer.read(self._settings.live_largest_batch, self._settings.live_poll_seconds)
        if not consumer.position:
            return
        before = dict(consumer.position)
        after = next_offsets(before, messages)
        try:
            self._open_counter().count(messages, before, after, consumer.complete_through(after))
        except (psycopg.Error, OffsetConflictError) as failure:
            logger.warning("the batch was not counted and is read again: %s", str(failure).strip())
            self._disconnect()
            self._stopping.wait(RETRY_SECONDS)
            consumer.seek(self._find_offsets(list(before)))
        else:
            consumer.position = after

    def _open_counter(self) -> LiveCounter:
        if self._counter is None:
            self._counter = LiveCounter(self._connect())
        return self._counter

    def _find_offsets(self, partitions: list[int]) -> Offsets:
        """Read the stored offsets, however long Postgres is unavailable."""
        while True:
            try:
                offsets = read_offsets(self._connect(), partitions)
                self._base = read_offset_base(self._connect())
                return offsets
            except psycopg.Error as failure:
                logger.warning("Postgres is unavailable: %s", str(failure).strip())
                self._disconnect()
                if self._stopping.wait(RETRY_SECONDS):
                    return {}

    def _connect(self) -> Connection[Any]:
        if self._connection is None:
            self._connection = psycopg.connect(self._settings.conninfo, autocommit=True)
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = self._counter = None


def main() -> None:
    """Run the live counter with the settings of the environment."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    settings, stopping = LiveSettings(), Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    if settings.live_counts == "off":
        logger.info("LIVE_COUNTS=off: open windows are settled on the lake's schedule")
        stopping.wait()
        return
    LiveProcess(settings, stopping).run()


if __name__ == "__main__":
    main()
