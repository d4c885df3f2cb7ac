"""Ends open event streams when the server is asked to stop.

A server waits for its answers before it stops, and an event stream has no end of its own: without this
one open dashboard would keep the api from stopping.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def before_stopping(end: Callable[[], None]) -> Iterator[None]:
    """Call ``end`` in the running event loop when a signal asks the process to stop, then what the server has set.

    Only the main thread receives signals; in another thread, as in tests, the caller ends the server.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    former = {one: signal.getsignal(one) for one in STOP_SIGNALS}

    def hear(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(end)
        handler = former[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for one in STOP_SIGNALS:
        signal.signal(one, hear)
    try:
        yield
    finally:
        for one, handler in former.items():
            signal.signal(one, handler)
