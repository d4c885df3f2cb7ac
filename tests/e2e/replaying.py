"""Posts a file of plays as `make replay` does, and follows it until it is in the charts."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from clients.play_lines import open_lines
from clients.post_plays import Tally, judge_lines
from tests.e2e.line import DEADLINE_SECONDS, Line
from tests.e2e.line_accounts import LineAccounts, read_accounts

BATCH = 500
CONCURRENCY = 4


@dataclass(frozen=True)
class Replayed:
    """What became of one posting of a file; times in seconds.

    ``charts_seconds`` is from the last acknowledgement until the charts held everything.
    """

    tally: Tally
    accounts: LineAccounts
    posting_seconds: float
    charts_seconds: float

    @property
    def accounted(self) -> int:
        """How many of the lines can be named: what became of each that ingest took, and the refused."""
        return self.accounts.accounted + self.tally.refused


def post_file(line: Line, file: Path) -> Tally:
    """Post every line of a file; returns how they fared."""
    poster, tally = line.poster(), Tally()
    try:
        with open_lines(str(file)) as lines:
            for judged in judge_lines(poster, lines, BATCH, CONCURRENCY):
                for _, verdict in judged:
                    tally.add(verdict)
    finally:
        poster.close()
    return tally


def replay(line: Line, file: Path, deadline_seconds: float = DEADLINE_SECONDS) -> Replayed:
    """Post a file and wait until the charts are complete; raises TimeoutError at the deadline."""
    before, started = read_accounts(line), time.monotonic()
    tally = post_file(line, file)
    posting_seconds = time.monotonic() - started
    charts_seconds = line.wait_until_settled(datetime.now(UTC), deadline_seconds)
    return Replayed(tally, read_accounts(line).since(before), posting_seconds, charts_seconds)
