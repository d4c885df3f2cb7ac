"""The one implementation of retries: as long as ingest asks for, and no longer than patience lasts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_before_delay
from tenacity.nap import sleep_using_event
from tenacity.stop import stop_when_event_set
from tenacity.wait import wait_random_exponential

from clients.top_songs.verdicts import UnconfirmedError

LONGEST_PAUSE_SECONDS: Final = 5.0
"""Between two requests to an ingest that does not say how long to wait."""
Answer = TypeVar("Answer")
_wait_without_advice = wait_random_exponential(multiplier=0.2, max=LONGEST_PAUSE_SECONDS)


class Patience:
    """Repeats what ingest could not confirm; safe for several threads."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._stopped = threading.Event()
        self._counting = threading.Lock()
        self.retried = 0
        """How many requests were sent again."""

    def persist(self, attempt: Callable[[], Answer]) -> Answer:
        """Return what ``attempt`` returns once it succeeds.

        Raises its last ``UnconfirmedError`` or ``httpx.TransportError`` when the next attempt would come too late.
        """
        retrying = Retrying(
            retry=retry_if_exception_type((httpx.TransportError, UnconfirmedError)),
            wait=_wait_as_asked,
            stop=stop_before_delay(self._seconds) | stop_when_event_set(self._stopped),
            sleep=sleep_using_event(self._stopped),
            before_sleep=self._count_retry,
            reraise=True,
        )
        return retrying(attempt)

    def end(self) -> None:
        """Stop waiting, in every thread."""
        self._stopped.set()

    def _count_retry(self, state: RetryCallState) -> None:
        with self._counting:
            self.retried += 1


def _wait_as_asked(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, UnconfirmedError) and error.retry_after is not None:
        return error.retry_after
    return _wait_without_advice(state)
