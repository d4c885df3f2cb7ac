"""Waiting by asking: a question is put again until it is answered or the deadline has passed."""

import logging
import time
from collections.abc import Callable

log = logging.getLogger("local")


class NotReadyError(Exception):
    """A part did not answer as it does when it is ready; the text says what was missing."""


def wait_until(
    what: str,
    ask: Callable[[], None],
    deadline_seconds: float = 180,
    pause_seconds: float = 0.5,
    still_hoped_for: Callable[[], None] = lambda: None,
) -> float:
    """Puts the question until it raises no NotReadyError; returns the seconds that took.

    `still_hoped_for` is called between questions and raises when waiting has become pointless.
    Raises TimeoutError, naming what was awaited and its last answer, after the deadline.
    """
    started = time.monotonic()
    while True:
        try:
            ask()
        except NotReadyError as error:
            waited = time.monotonic() - started
            if waited > deadline_seconds:
                raise TimeoutError(f"{what} is not ready after {waited:.0f} s: {error}") from error
            still_hoped_for()
            time.sleep(pause_seconds)
        else:
            return time.monotonic() - started
