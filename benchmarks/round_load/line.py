"""A line of its own for the benchmarks of freshness: every part of the stack, and a day of plays in silver."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Final

from pydantic import Field
from pydantic_settings import BaseSettings

from benchmarks.round_load.history import HISTORY_PLAYS, write_history
from local.waiting import NotReadyError, wait_until
from tests.e2e.line import Line
from tests.whole_stack import own_stack

HISTORY_SECONDS: Final = 1_800


class RateSettings(BaseSettings):
    """What may be changed, each by the environment variable of its name."""

    minutes: float = Field(5, description="how long to measure")
    rate: int = Field(1_000, description="plays a second")
    history: int = Field(HISTORY_PLAYS, description="plays that the last 24 hours hold before")


@contextmanager
def line_with_history(plays: int) -> Iterator[Line]:
    """The running line, once that many plays of the last 24 hours are in its charts."""
    with own_stack() as stack:
        until = datetime.now(UTC)
        write_history(stack.line, until, plays)
        seconds = wait_until("the history", lambda: _must_hold(stack.line, until, plays), HISTORY_SECONDS, 1)
        print(f"{plays:,} plays of the 24 hours before {until} are in the charts after {seconds:.0f} s", flush=True)
        yield stack.line


def _must_hold(line: Line, until: datetime, plays: int) -> None:
    # Rounds look into the lake when Kafka holds something new.
    nudge = {"user_id": "nudge", "title": "Nudge", "artist": "Nudge", "region": "BV"}
    poster = line.poster()
    poster.post([{**nudge, "played_at": datetime.now(UTC).isoformat()}])
    poster.close()
    held = sum(_count(line, until.date() - timedelta(days=days)) for days in range(2))
    if held < plays:
        raise NotReadyError(f"{held} of {plays} plays are in the charts")


def _count(line: Line, day: date) -> int:
    chart = line.get("/charts/daily", region="global", date=str(day))
    return int(chart.json()["chart"]["total_plays"]) if chart.is_success else 0
