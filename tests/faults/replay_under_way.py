"""Plays for the proofs with kills, and a replay of them that goes on while parts die."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Final, Self

from clients.play_lines import Line as PlayLine
from clients.play_lines import open_lines
from clients.post_plays import Tally, judge_lines
from clients.simulator.arrivals import SECONDS_AN_HOUR, arrive_within
from clients.simulator.built_in import build_catalogue
from clients.simulator.plays import Audience
from clients.simulator.trouble import Mixer, Shares
from local.stack.waiting import NotReadyError, wait_until
from tests.e2e.line import Line

LISTENERS: Final = 300
HOURS: Final = 3
BATCH: Final = 25
PAUSE_SECONDS: Final = 0.03
"""Between batches, so that a replay lasts long enough for a part to die in its midst."""
# No changed copies: a batch that is posted again may arrive behind them, and the first copy is the play.
SHARES: Final = Shares(late=0.05, short=0.05, cap_breakers=0.05, respellings=0.05)


def write_plays(file: Path, count: int, seed: int) -> None:
    """Write plays of the last hours, some of them late, short, over the cap or spelt otherwise."""
    now = time.time()
    instants = arrive_within(count, now - HOURS * SECONDS_AN_HOUR, now, Random(seed))
    postings = Mixer(SHARES, seed).mix(Audience(build_catalogue(), LISTENERS, seed).play(instants))
    file.write_text("".join(f"{json.dumps(posting.body)}\n" for posting in postings), encoding="utf-8")


class ReplayUnderWay:
    """Posts a file in a thread, as `make replay` does; the context ends when every line has a verdict."""

    def __init__(self, line: Line, file: Path) -> None:
        self.tally = Tally()
        self._file = file
        self._poster = line.poster()
        self._thread = threading.Thread(target=self._post, name="replay")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._poster.stop()
        self._thread.join()
        self._poster.close()

    def wait_for(self, acknowledged: int) -> None:
        """Wait until so many plays are acknowledged."""

        def ask() -> None:
            if self.tally.accepted < acknowledged:
                raise NotReadyError(f"{self.tally.accepted} of {acknowledged} plays are acknowledged")

        wait_until("the replay", ask, 60, 0.005)

    def _post(self) -> None:
        with open_lines(str(self._file)) as lines:
            for judged in judge_lines(self._poster, self._paced(lines), BATCH, 1):
                for _, verdict in judged:
                    self.tally.add(verdict)

    def _paced(self, lines: Iterator[PlayLine]) -> Iterator[PlayLine]:
        for number, line in enumerate(lines, 1):
            yield line
            if number % BATCH == 0:
                time.sleep(PAUSE_SECONDS)
