"""Checked plays on their way to Kafka, whichever door they came through."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Final

from prometheus_client import Counter

from ingest.access.authentication import Key
from ingest.access.key_limits import KeyLimits
from ingest.kafka.delivery import Headers
from ingest.kafka.publisher import Publisher
from ingest.observability.metrics import CONFIRMATION_SECONDS, KEY_PLAYS, PLAYS, REFUSALS
from ingest.play import OWN_LISTENER, Play, SubmittedPlay, hash_listener, record_play
from ingest.plays.plain_forms import PlainPlay
from ingest.plays.plain_plays import PlainReader
from ingest.plays.refusals import Refusal
from ingest.plays.replies import Status

_OWN: Final[Headers] = [OWN_LISTENER]
_ACCEPTED: Final = PLAYS.labels(Status.ACCEPTED)
_UNCONFIRMED: Final = PLAYS.labels(Status.UNCONFIRMED)


class Recorder:
    """Makes plays durable and counts what became of them; ``secret`` keys the listeners' hash."""

    def __init__(self, publisher: Publisher, secret: bytes, limits: KeyLimits) -> None:
        self.limits = limits
        self._publisher = publisher
        self._secret = secret
        self._readers: dict[frozenset[str], PlainReader] = {}

    def read_plain_play(self, body: bytes, key: Key) -> PlainPlay | None:
        """The play in a body, recorded, when there is no need to ask the model."""
        try:
            play = self._reader_for(key).read_play(body, key.decides, key.id, datetime.now(UTC))
        except ValueError:
            return None
        return play if self.limits.allow_all([play], key) else None

    def read_plain_batch(self, body: bytes, key: Key) -> list[PlainPlay] | None:
        """All plays in the body of a batch, recorded, when there is no need to ask the model."""
        try:
            plays = self._reader_for(key).read_batch(body, key.decides, key.id, datetime.now(UTC))
        except ValueError:
            return None
        return plays if self.limits.allow_all(plays, key) else None

    def limit(self, judged: SubmittedPlay | Refusal, key: Key) -> SubmittedPlay | Refusal:
        """Return the play, or why it is refused: what was wrong with it, or a limit of the key."""
        if isinstance(judged, Refusal):
            return judged
        return self.limits.refuse(judged, hash_listener(judged.user_id, self._secret), key) or judged

    def record(self, submitted: Sequence[SubmittedPlay], key: Key) -> list[Play]:
        """Return the plays for Kafka; ``key`` submitted them."""
        # Taken after every play was checked, so that no checked play lies too far ahead of it.
        received_at = datetime.now(UTC)
        return [record_play(one, self._secret, key.id, received_at) for one in submitted]

    async def publish(self, plays: Sequence[Play | PlainPlay], key: Key, *, is_own: bool) -> list[bool]:
        """Whether Kafka has each play of a key, in the same order; ``is_own`` when the key decides whose they are."""
        started = time.perf_counter()
        confirmed = await self._publisher.publish(plays, _OWN if is_own else None)
        CONFIRMATION_SECONDS.observe(time.perf_counter() - started)
        _count(confirmed)
        for play, is_stored in zip(plays, confirmed, strict=True):
            if is_stored:
                _plays_of(key.name, play.region).inc()
        return confirmed

    def _reader_for(self, key: Key) -> PlainReader:
        decided = frozenset(key.decides)
        if decided not in self._readers:
            self._readers[decided] = PlainReader(self._secret, decided)
        return self._readers[decided]


def count_refusal(refusal: Refusal) -> None:
    """Count a play that was refused."""
    PLAYS.labels(Status.REJECTED).inc()
    REFUSALS.labels(refusal.code).inc()


@cache
def _plays_of(key: str, region: str) -> Counter:
    """Return the counter of a key in a region; there are as many as keys and regions."""
    return KEY_PLAYS.labels(key, region)


def _count(confirmed: list[bool]) -> None:
    accepted = sum(confirmed)
    if accepted:
        _ACCEPTED.inc(accepted)
    if accepted < len(confirmed):
        _UNCONFIRMED.inc(len(confirmed) - accepted)
