"""A message of an adopted topic, with the offset that every table knows it by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from streaming.live.offsets import Message, Offsets


@dataclass(frozen=True, slots=True)
class RaisedMessage:
    """A message whose offset is raised by ``base``."""

    message: Message
    base: int

    def headers(self) -> Any:
        return self.message.headers()

    def value(self) -> bytes | None:
        return self.message.value()

    def partition(self) -> int | None:
        return self.message.partition()

    def offset(self) -> int | None:
        return (self.message.offset() or 0) + self.base


def raise_messages(messages: Iterable[Message], base: Offsets) -> list[Message]:
    """Return the messages with raised offsets, or as they are where nothing is added."""
    if not base:
        return list(messages)
    return [RaisedMessage(message, base.get(message.partition() or 0, 0)) for message in messages]
