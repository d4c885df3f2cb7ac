"""How even the machine is while something is timed: the same work again and again, by its own processor's clock.

That clock does not run while others of this machine have the processor, but it does while neighbours on the same
hardware slow it down.
"""

from __future__ import annotations

import threading
import time
from statistics import quantiles
from types import TracebackType
from typing import Final, Self

ROUNDS: Final = 100_000
PAUSE_SECONDS: Final = 5


class MachineSpeed:
    """Times some hundredths of a second of work every few seconds while the context lasts."""

    def __init__(self) -> None:
        self._seconds = [_work()]
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._measure, name="machine speed", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def slowdowns(self) -> dict[str, float]:
        """How much longer the work took than at its fastest: half of the times, and one in ten."""
        fastest = min(self._seconds)
        tenths = quantiles([seconds / fastest for seconds in self._seconds], n=10, method="inclusive")
        return {"half": round(tenths[4], 2), "a_tenth": round(tenths[8], 2)}

    def _measure(self) -> None:
        while not self._ended.wait(PAUSE_SECONDS):
            self._seconds.append(_work())


def _work() -> float:
    begun = time.thread_time()
    sum(number * number % 7 for number in range(ROUNDS))
    return time.thread_time() - begun
