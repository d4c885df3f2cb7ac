"""Plays on their way to Kafka, and what became of them."""

from __future__ import annotations

import asyncio
from typing import Protocol

from confluent_kafka import KafkaError, Message

Headers = list[tuple[str, str | bytes | None]] | None


class Outgoing(Protocol):
    """A play in the form that Kafka takes."""

    def to_key(self) -> bytes:
        """Kafka's key."""

    def to_value(self) -> bytes:
        """Kafka's value."""


class Delivery:
    """The plays of one request on their way."""

    __slots__ = ("done", "failed", "missing")

    def __init__(self, plays: int, done: asyncio.Future[None]) -> None:
        self.missing = plays
        self.failed: set[bytes] = set()
        self.done = done

    def report(self, error: KafkaError | None, message: Message) -> None:
        """What librdkafka calls once for each play."""
        if error is not None:
            self.failed.add(message.value() or b"")
        self.missing -= 1
        if not self.missing and not self.done.done():
            self.done.set_result(None)

    def turn_away(self, value: bytes) -> None:
        """The play never set out."""
        self.failed.add(value)
        self.missing -= 1

    def is_confirmed(self, value: bytes) -> bool:
        """Return whether it is stored; of equal plays all are or none, so sending one again is safe."""
        return value not in self.failed
