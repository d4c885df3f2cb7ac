"""Checked plays on their way to Kafka, whichever door they came through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from ingest.metrics import CONFIRMATION_SECONDS, PLAYS, REFUSALS
from ingest.play import SubmittedPlay, record_play
from ingest.publisher import Publisher
from ingest.refusals import Refusal
from ingest.replies import Status

_ACCEPTED: Final = PLAYS.labels(Status.ACCEPTED)
_UNCONFIRMED: Final = PLAYS.labels(Status.UNCONFIRMED)


class Recorder:
    """Makes plays durable and counts what became of them; ``secret`` keys the listeners' hash."""

    def __init__(self, publisher: Publisher, secret: bytes) -> None:
        self._publisher = publisher
        self._secret = secret

    async def record(self, submitted: Sequence[SubmittedPlay]) -> list[tuple[str, bool]]:
        """Each play's ``play_id`` and whether Kafka has it, in the same order."""
        # Taken after every play was checked, so that no checked play lies too far ahead of it.
        received_at = datetime.now(UTC)
        plays = [record_play(one, self._secret, received_at) for one in submitted]
        with CONFIRMATION_SECONDS.time():
            confirmed = await self._publisher.publish(plays)
        _count(confirmed)
        return [(play.play_id, durable) for play, durable in zip(plays, confirmed, strict=True)]


def count_refusal(refusal: Refusal) -> None:
    """Count a play that was refused."""
    PLAYS.labels(Status.REJECTED).inc()
    REFUSALS.labels(refusal.code).inc()


def _count(confirmed: list[bool]) -> None:
    accepted = sum(confirmed)
    if accepted:
        _ACCEPTED.inc(accepted)
    if accepted < len(confirmed):
        _UNCONFIRMED.inc(len(confirmed) - accepted)
