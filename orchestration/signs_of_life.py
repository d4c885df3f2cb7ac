"""A step of a round that takes long is not a round that nobody does: it beats the heart meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import psycopg

EVERY_SECONDS = 20
"""Well below the time after which the api takes silence for the end of all rounds."""
LONGEST_STEP_SECONDS = 30 * 60
"""A step that is at it for longer is taken to hang, and is silent from then on."""


@contextmanager
def show_life(conninfo: str, every: float = EVERY_SECONDS, longest: float = LONGEST_STEP_SECONDS) -> Iterator[None]:
    """Write the heartbeat ``every`` so many seconds while the block runs, for at most the ``longest``.

    It connects to Postgres by itself, for the block may be in the middle of a transaction; a block that is
    over sooner costs no connection. The heart ends with the process, however that ends.
    """
    ended = Event()
    Thread(target=_beat, args=(conninfo, ended, every, longest), name="signs of life", daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def _beat(conninfo: str, ended: Event, every: float, longest: float) -> None:
    for _ in range(int(longest / every)):
        if ended.wait(every):
            return
        with psycopg.connect(conninfo) as connection:
            connection.execute("update counts.progress set heartbeat_at = now()")
