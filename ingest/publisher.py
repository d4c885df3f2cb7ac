"""Plays into Kafka: an answer for each play, and only after the broker's own answer.

One thread polls librdkafka. What it learns in one poll goes to the event loop in one call, so a
thousand confirmations wake the loop once.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Protocol

from confluent_kafka import KafkaError, KafkaException, Message, Producer

from ingest.metrics import PRODUCER_REBUILDS
from ingest.play import Play

POLL_SECONDS: Final = 0.1
METADATA_SECONDS: Final = 2.0
"""How long the broker may take to say that it is there."""
TRUST_SECONDS: Final = 1.0
"""How long the broker's word on that is good for."""
REBUILD_PAUSE_SECONDS: Final = 0.5
QUEUE_LENGTH: Final = 100_000
QUEUE_KILOBYTES: Final = 65_536
"""Memory is bounded: beyond this, plays are turned away instead of held."""
TIMEOUT_SCAN_SECONDS: Final = 1.0
"""librdkafka looks for messages that are out of time once a second."""

logger = logging.getLogger(__name__)


class Publisher(Protocol):
    """Whoever can make plays durable."""

    async def start(self) -> None:
        """Begin to take plays; called once, inside the event loop that will publish."""

    async def publish(self, plays: Sequence[Play]) -> list[bool]:
        """Wait until every play's fate is known: true is durable, false is unconfirmed."""

    async def can_confirm(self) -> bool:
        """Whether a play published now would in all likelihood be confirmed."""

    async def close(self) -> None:
        """Wait for what is under way, then stop."""


class _Delivery:
    """The plays of one request on their way; touched by the event loop's thread alone."""

    __slots__ = ("confirmed", "done", "missing")

    def __init__(self, plays: int, done: asyncio.Future[None]) -> None:
        self.confirmed = [False] * plays
        self.missing = plays
        self.done = done

    def settle(self, index: int, confirmed: bool) -> None:
        self.confirmed[index] = confirmed
        self.missing -= 1
        if not self.missing and not self.done.done():
            self.done.set_result(None)


_Report = tuple[_Delivery, int, bool]


class KafkaPublisher:
    """Publishes to one topic with an idempotent producer, all in-sync replicas acknowledging.

    ``delivery_timeout`` (seconds) bounds the wait for a confirmation, ``queue_length`` how many
    plays may wait at once. A play that is out of time may still reach the log: its sender is told
    to send it again, and the copy is recognised later.
    """

    def __init__(
        self,
        bootstrap_servers: str,
        topic: str,
        delivery_timeout: float,
        queue_length: int = QUEUE_LENGTH,
    ) -> None:
        self._topic = topic
        self._delivery_timeout = delivery_timeout
        self._configuration = _configure(bootstrap_servers, delivery_timeout, queue_length, self._on_error)
        self._reports: list[_Report] = []
        self._fatal = threading.Event()
        self._closing = threading.Event()
        self._poller = threading.Thread(target=self._poll, name="kafka-poll", daemon=True)
        self._failed_at: float | None = None
        self._asked_at = float("-inf")
        self._reachable = False

    async def start(self) -> None:
        """Connect in the background; a broker that is away is no error."""
        self._loop = asyncio.get_running_loop()
        self._asking = asyncio.Lock()
        self._producer = self._build()
        self._poller.start()

    async def publish(self, plays: Sequence[Play]) -> list[bool]:
        """Hand the plays to the producer and wait for the fate of each, in the same order."""
        if not plays:
            return []
        delivery = _Delivery(len(plays), self._loop.create_future())
        for index, play in enumerate(plays):
            self._produce(delivery, index, play)
        await delivery.done
        return delivery.confirmed

    async def can_confirm(self) -> bool:
        """Ask the broker whether the topic can be written, unless it was asked a moment ago."""
        if self._is_failing() or not self._poller.is_alive():
            return False
        async with self._asking:
            if time.monotonic() - self._asked_at > TRUST_SECONDS:
                self._reachable = await asyncio.to_thread(self._has_leaders)
                self._asked_at = time.monotonic()
        return self._reachable

    async def close(self) -> None:
        """Let the poller flush for at most the delivery time-out, and end it."""
        self._closing.set()
        await asyncio.to_thread(self._poller.join)

    def _produce(self, delivery: _Delivery, index: int, play: Play) -> None:
        report = partial(self._report, delivery, index)
        try:
            self._producer.produce(self._topic, play.to_value(), play.to_key(), on_delivery=report)
        except (BufferError, KafkaException) as error:
            # The queue is full or the producer is dead: the client hears it at once, the log once.
            if self._failed_at is None:
                logger.warning("plays are turned away: %s", error)
            self._settle([(delivery, index, False)])

    def _report(self, delivery: _Delivery, index: int, error: KafkaError | None, message: Message) -> None:
        self._reports.append((delivery, index, error is None))

    def _settle(self, reports: Sequence[_Report]) -> None:
        for delivery, index, confirmed in reports:
            delivery.settle(index, confirmed)
        self._failed_at = None if reports[-1][2] else time.monotonic()

    def _poll(self) -> None:
        while not self._closing.is_set():
            self._serve(self._producer.poll, POLL_SECONDS)
            if self._fatal.is_set():
                self._rebuild()
        self._serve(self._producer.flush, self._delivery_timeout + TIMEOUT_SCAN_SECONDS)
        self._give_up()

    def _serve(self, wait_for_reports: Callable[[float], object], seconds: float) -> None:
        try:
            wait_for_reports(seconds)
        except KafkaException as error:
            # A fatal error comes this way; the reports that came before it still count.
            self._on_error(error.args[0])
        self._hand_over()

    def _hand_over(self) -> None:
        if self._reports:
            reports, self._reports = self._reports, []
            self._loop.call_soon_threadsafe(self._settle, reports)

    def _rebuild(self) -> None:
        """Replace a producer that can never send again."""
        self._give_up()
        self._closing.wait(REBUILD_PAUSE_SECONDS)
        self._fatal.clear()
        self._producer = self._build()
        PRODUCER_REBUILDS.inc()

    def _give_up(self) -> None:
        """Make whatever the producer still holds unconfirmed, so that every sender is answered."""
        self._producer.purge()
        self._serve(self._producer.flush, TIMEOUT_SCAN_SECONDS)

    def _build(self) -> Producer:
        return Producer(self._configuration)

    def _on_error(self, error: KafkaError) -> None:
        if error.fatal():
            logger.error("the producer failed for good and is replaced: %s", error)
            self._fatal.set()
        else:
            logger.warning("kafka: %s", error)

    def _is_failing(self) -> bool:
        failed_at = self._failed_at
        return failed_at is not None and time.monotonic() - failed_at < self._delivery_timeout

    def _has_leaders(self) -> bool:
        try:
            topic = self._producer.list_topics(self._topic, METADATA_SECONDS).topics[self._topic]
        except KafkaException as error:
            logger.warning("the broker gave no metadata: %s", error)
            return False
        partitions = topic.partitions.values()
        return bool(partitions) and all(partition.leader >= 0 for partition in partitions)


def _configure(
    bootstrap_servers: str,
    delivery_timeout: float,
    queue_length: int,
    on_error: Callable[[KafkaError], None],
) -> dict[str, object]:
    patience = int((delivery_timeout - TIMEOUT_SCAN_SECONDS) * 1000)
    return {
        "bootstrap.servers": bootstrap_servers,
        "client.id": "ingest",
        "acks": "all",
        "enable.idempotence": True,
        "delivery.timeout.ms": patience,
        "request.timeout.ms": patience,
        "linger.ms": 2,
        "compression.type": "lz4",
        # The Java clients' own choice, so that any producer keeps a listener in one partition.
        "partitioner": "murmur2_random",
        "queue.buffering.max.messages": queue_length,
        "queue.buffering.max.kbytes": QUEUE_KILOBYTES,
        "reconnect.backoff.max.ms": 1_000,
        "socket.connection.setup.timeout.ms": 5_000,
        "error_cb": on_error,
        "logger": logging.getLogger("ingest.kafka"),
    }
