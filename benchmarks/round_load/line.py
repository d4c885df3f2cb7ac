"""A line of its own for the benchmarks of freshness: every part of the stack, and a day of plays in silver."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from pydantic import Field
from pydantic_settings import BaseSettings

from benchmarks.round_load.history import HISTORY_PLAYS, write_history
from local.waiting import NotReadyError, wait_until
from tests.e2e.line import Line
from tests.whole_stack import own_stack

PORTION: Final = 400_000
"""Few enough that rounds add them to the counts, as they add what comes live."""
PORTION_SECONDS: Final = 1_800


class RateSettings(BaseSettings):
    """What may be changed, each by the environment variable of its name."""

    minutes: float = Field(5, description="how long to measure")
    rate: int = Field(1_000, description="plays a second")
    history: int = Field(HISTORY_PLAYS, description="plays that the day holds before")


@contextmanager
def line_with_history(plays: int) -> Iterator[Line]:
    """The running line, once that many plays of today are in its charts."""
    with own_stack() as stack:
        for first in range(0, plays, PORTION):
            _load(stack.line, first, min(PORTION, plays - first))
        yield stack.line


def _load(line: Line, first: int, plays: int) -> None:
    """Write a portion into bronze, and let rounds bring it through silver into the charts."""
    today = datetime.now(UTC).date()
    write_history(line, today, first, plays)
    seconds = wait_until("the history", lambda: _must_hold(line, first + plays), PORTION_SECONDS, 1)
    print(f"{first + plays:,} plays of {today} are in the charts; the last {plays:,} took {seconds:.0f} s", flush=True)


def _must_hold(line: Line, plays: int) -> None:
    # Rounds look into the lake when Kafka holds something new.
    nudge = {"user_id": "nudge", "title": "Nudge", "artist": "Nudge", "region": "BV"}
    poster = line.poster()
    poster.post([{**nudge, "played_at": datetime.now(UTC).isoformat()}])
    poster.close()
    chart = line.get("/charts/daily", region="global", date=str(datetime.now(UTC).date()))
    held = chart.json()["chart"]["total_plays"] if chart.is_success else 0
    if held < plays:
        raise NotReadyError(f"{held} of {plays} plays are in the charts")
