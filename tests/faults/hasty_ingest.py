"""Ingest as it must not be: it says that plays are stored before the broker has said so. The control of the proof."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from starlette.types import ASGIApp

from ingest import app
from ingest.kafka.delivery import Headers, Outgoing
from ingest.kafka.publisher import KafkaPublisher
from ingest.settings import Settings


class HastyPublisher(KafkaPublisher):
    """Confirms what it has only handed over."""

    async def start(self) -> None:
        """Nothing is forgotten while it waits to be sent."""
        await super().start()
        self._unheeded: set[asyncio.Task[list[bool]]] = set()

    async def publish(self, plays: Sequence[Outgoing], headers: Headers = None) -> list[bool]:
        """Hand over, and do not wait for more."""
        task = asyncio.ensure_future(super().publish(plays, headers))
        self._unheeded.add(task)
        task.add_done_callback(self._unheeded.discard)
        await asyncio.sleep(0)
        return task.result() if task.done() else [True] * len(plays)


def create_app() -> ASGIApp:
    """The service itself, with that publisher."""
    settings = Settings()
    publisher = HastyPublisher(settings.kafka, settings.kafka_topic, settings.ingest_delivery_timeout_seconds)
    return app.create_app(settings, publisher)
