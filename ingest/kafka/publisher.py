"""Plays into Kafka: an answer for each play, and only after the broker's own answer.

librdkafka sends in threads of its own. The event loop collects what they learnt, a thousandth of a second
apart while plays are under way: a second Python thread would fight for the interpreter's lock at every
confirmation, which costs more than all the rest of a play.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from typing import Final, Protocol

from confluent_kafka import KafkaError, KafkaException, Producer

from ingest.kafka.connection import KafkaConnection
from ingest.kafka.delivery import Delivery, Headers, Outgoing
from ingest.kafka.producer_configuration import QUEUE_LENGTH, TIMEOUT_SCAN_SECONDS, configure
from ingest.observability.metrics import PRODUCER_REBUILDS

COLLECT_SECONDS: Final = 0.001
IDLE_SECONDS: Final = 0.1
"""Between looks while nothing is under way: librdkafka has errors and log lines to tell."""
METADATA_SECONDS: Final = 2.0
"""How long the broker may take to say that it is there."""
TRUST_SECONDS: Final = 1.0
"""How long the broker's word on that is good for."""
REBUILD_PAUSE_SECONDS: Final = 0.5
ANY_PARTITION: Final = -1

logger = logging.getLogger(__name__)


class Publisher(Protocol):
    """Makes plays durable."""

    async def start(self) -> None:
        """Begin to take plays; called once, inside the event loop that will publish."""

    async def publish(self, plays: Sequence[Outgoing], headers: Headers = None) -> list[bool]:
        """Wait until every play's fate is known: true is durable, false is unconfirmed.

        ``headers`` are Kafka's, of each play.
        """

    async def can_confirm(self) -> bool:
        """Whether a play published now would in all likelihood be confirmed."""

    async def close(self) -> None:
        """Wait for what is under way, then stop."""


class KafkaPublisher:
    """Publishes to one topic with an idempotent producer, all in-sync replicas acknowledging.

    ``delivery_timeout`` (seconds) bounds the wait for a confirmation, ``queue_length`` how many
    plays may wait at once. A play that is out of time may still reach the log: its sender is told
    to send it again, and the copy is recognised later.
    """

    def __init__(
        self,
        connection: KafkaConnection,
        topic: str,
        delivery_timeout: float,
        queue_length: int = QUEUE_LENGTH,
    ) -> None:
        self._topic = topic
        self._delivery_timeout = delivery_timeout
        self._configuration = configure(connection, delivery_timeout, queue_length, self._on_error)
        self._under_way = 0
        self._fatal = False
        self._repair: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._failed_at: float | None = None
        self._asked_at = float("-inf")
        self._reachable = False

    async def start(self) -> None:
        """Connect in the background; a broker that is away is no error."""
        self._loop = asyncio.get_running_loop()
        self._asking = asyncio.Lock()
        self._producer = self._build()
        self._look_in(IDLE_SECONDS)

    async def publish(self, plays: Sequence[Outgoing], headers: Headers = None) -> list[bool]:
        """Hand the plays to the producer and wait for the fate of each, in the same order."""
        if not plays:
            return []
        delivery = Delivery(len(plays), self._loop.create_future())
        values = [self._produce(delivery, play, headers) for play in plays]
        if delivery.missing:
            await self._wait_for(delivery)
        if delivery.failed:
            self._failed_at = time.monotonic()
            return [delivery.is_confirmed(value) for value in values]
        self._failed_at = None
        return [True] * len(values)

    async def can_confirm(self) -> bool:
        """Ask the broker whether the topic can be written, unless it was asked a moment ago."""
        if self._is_failing() or self._timer is None:
            return False
        async with self._asking:
            if time.monotonic() - self._asked_at > TRUST_SECONDS:
                self._reachable = await asyncio.to_thread(self._has_leaders)
                self._asked_at = time.monotonic()
        return self._reachable

    async def close(self) -> None:
        """Wait for what is under way, for at most the delivery time-out, and let the producer go."""
        await self._drain(self._delivery_timeout + TIMEOUT_SCAN_SECONDS)
        if self._repair is not None:
            await self._repair
        await self._give_up()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _produce(self, delivery: Delivery, play: Outgoing, headers: Headers) -> bytes:
        value = play.to_value()
        try:
            self._producer.produce(self._topic, value, play.to_key(), ANY_PARTITION, delivery.report, headers=headers)
        except (BufferError, KafkaException) as error:
            # The queue is full or the producer is dead: the client hears it at once, the log once.
            if self._failed_at is None:
                logger.warning("plays are turned away: %s", error)
                self._failed_at = time.monotonic()
            delivery.turn_away(value)
        return value

    async def _wait_for(self, delivery: Delivery) -> None:
        if not self._under_way:
            self._look_in(COLLECT_SECONDS)
        self._under_way += 1
        try:
            await delivery.done
        finally:
            self._under_way -= 1

    def _look_in(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(seconds, self._look)

    def _look(self) -> None:
        try:
            self._collect()
        finally:
            self._look_in(COLLECT_SECONDS if self._under_way else IDLE_SECONDS)
        if self._fatal and self._repair is None:
            self._repair = self._loop.create_task(self._rebuild())

    def _collect(self) -> None:
        try:
            self._producer.poll(0)
        except KafkaException as error:
            # A fatal error may come this way; the reports that came before it still count.
            self._on_error(error.args[0])

    async def _drain(self, seconds: float) -> None:
        deadline = self._loop.time() + seconds
        while self._under_way and self._loop.time() < deadline:
            await asyncio.sleep(COLLECT_SECONDS)

    async def _rebuild(self) -> None:
        """Replace a producer that can never send again."""
        await self._give_up()
        await asyncio.sleep(REBUILD_PAUSE_SECONDS)
        former = [self._producer]
        self._producer = self._build()
        self._fatal, self._repair = False, None
        PRODUCER_REBUILDS.inc()
        # The end of a producer waits for its threads, so not here.
        await asyncio.to_thread(former.clear)

    async def _give_up(self) -> None:
        """Make whatever the producer still holds unconfirmed, so that every sender is answered."""
        self._producer.purge()
        await self._drain(TIMEOUT_SCAN_SECONDS)

    def _build(self) -> Producer:
        return Producer(self._configuration)

    def _on_error(self, error: KafkaError) -> None:
        if error.fatal():
            logger.error("the producer failed for good and is replaced: %s", error)
            self._fatal = True
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
