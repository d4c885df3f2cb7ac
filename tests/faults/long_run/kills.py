"""Kills of the lake driver, spread over a posting: the Python process and its JVM by turns."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from random import SystemRandom
from typing import Final

from tests.e2e.line import Line
from tests.faults.long_run.posting import LongPosting
from tests.faults.victims import LAKE_DRIVER, LAKE_JVM, Victim

LONGEST_PAUSE_SECONDS: Final = 2.0
Say = Callable[[str], None]


@dataclass(frozen=True)
class Kill:
    """One ``kill -9``: how many of the plays were acknowledged then, and when the driver was back."""

    victim: str
    acknowledged: int
    back_seconds: float


def kill_by_turns(line: Line, posting: LongPosting, lines: int, count: int, say: Say) -> Iterator[Kill]:
    """Kill so many times, each in the midst of the posting of so many lines; then let the rest be posted.

    Raises AssertionError when a kill came after the last acknowledgement.
    """
    marks = [lines * number // (count + 1) for number in range(1, count + 2)]
    posting.allow(marks[0])
    for number, victim in enumerate(islice(cycle((LAKE_DRIVER, LAKE_JVM)), count)):
        # Posting goes on while the driver is away, up to the next kill.
        posting.wait_for(marks[number])
        posting.allow(marks[number + 1])
        kill = _kill(line, posting, victim)
        say(f"{kill.victim} killed at {kill.acknowledged:,} of {lines:,}, back after {kill.back_seconds:.0f} s")
        assert kill.acknowledged < lines, "the kill came too late to prove anything"
        yield kill
    posting.allow(lines)
    posting.wait_for(lines)


def _kill(line: Line, posting: LongPosting, victim: Victim) -> Kill:
    time.sleep(SystemRandom().uniform(0, LONGEST_PAUSE_SECONDS))
    former = victim.kill(line.settings)
    return Kill(victim.name, posting.tally.accepted, victim.wait_until_back(line.settings, former))
