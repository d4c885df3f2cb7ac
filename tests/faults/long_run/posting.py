"""Posts a long file as fast as ingest takes it, poison between its batches, up to a line that moves."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from clients.play_lines import Line as PlayLine
from clients.play_lines import open_lines
from clients.post_plays import Tally, judge_lines
from local.stack.waiting import NotReadyError, wait_until
from tests.e2e.line import Line
from tests.faults.long_run.poison import Poison

BATCH: Final = 1_000
CONNECTIONS: Final = 4
UNDER_WAY: Final = BATCH * (2 * CONNECTIONS + 1)
"""Lines that are posted, at most, before the first of them is known to have a verdict."""
PATIENCE_SECONDS: Final = 900


class LongPosting:
    """Posts in a thread; the context ends when every line has a verdict.

    Lines past those that :meth:`allow` names wait, so that kills which take long still come in its midst.
    """

    def __init__(self, line: Line, file: Path, poison: Poison, poison_share: float) -> None:
        self.tally = Tally()
        self.poster = line.poster(PATIENCE_SECONDS)
        self.seconds = 0.0
        self._file = file
        self._poison, self._poison_share = poison, poison_share
        self._allowed = 0
        self._is_ended = False
        self._moved = threading.Condition()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="posting")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._end()
        self._thread.join()
        self.poster.close()
        if error is None and self._failure is not None:
            raise self._failure

    def allow(self, lines: int) -> None:
        """Post up to so many lines of the file, and the few batches that are under way beyond them."""
        with self._moved:
            self._allowed = lines + UNDER_WAY
            self._moved.notify_all()

    def wait_for(self, lines: int, deadline_seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until so many lines have a verdict; raises TimeoutError at the deadline."""

        def ask() -> None:
            if self.tally.lines < lines:
                raise NotReadyError(f"{self.tally.lines} of {lines} lines have a verdict")

        wait_until("the posting", ask, deadline_seconds, 0.02, self._must_go_on)

    def _end(self) -> None:
        self.poster.stop()
        with self._moved:
            self._is_ended = True
            self._moved.notify_all()

    def _must_go_on(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        started = time.monotonic()
        try:
            self._post()
        except BaseException as failure:  # It is raised where the posting is waited for.
            self._failure = failure
        self.seconds = time.monotonic() - started

    def _post(self) -> None:
        with open_lines(str(self._file)) as lines:
            for judged in judge_lines(self.poster, self._held_back(lines), BATCH, CONNECTIONS):
                for _, verdict in judged:
                    self.tally.add(verdict)
        self._poison.flush()

    def _held_back(self, lines: Iterator[PlayLine]) -> Iterator[PlayLine]:
        due = 0.0
        for number, line in enumerate(lines):
            if number % BATCH == 0 and not self._may_post(number):
                return
            yield line
            due += self._poison_share
            if due >= 1:
                self._poison.write(int(due))
                due -= int(due)

    def _may_post(self, number: int) -> bool:
        with self._moved:
            self._moved.wait_for(lambda: self._is_ended or number < self._allowed)
            return not self._is_ended
